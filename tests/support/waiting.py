# SPDX-License-Identifier: GPL-2.0-or-later
"""Waiting for what other processes do."""

import time

# Seconds; long enough for a machine that is busy with other things.
PATIENCE = 90


def until(condition, what, pause=0.01):
    """Waits until condition() is true, and returns what it returned."""
    end = time.monotonic() + PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"timed out waiting for {what}")
        time.sleep(pause)
