# SPDX-License-Identifier: GPL-2.0-or-later
"""What ends a verb with one line on standard error."""


class BenchError(Exception):
    """Something is missing or failed; the message says what, and what to do about it."""
