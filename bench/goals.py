# SPDX-License-Identifier: GPL-2.0-or-later
"""The least ratio to the host's own GL that is wanted, by place and case.

Those of the VM are for TCG with one vCPU and an i386 guest on a software renderer; with another
configuration they are numbers to compare with, no more.
"""

GOALS = {
    "vm": {
        "vertex3f": 0.35,
        "color4f-normal3f": 0.12,
        "uniform4f": 1.0,
        "bind-texture": 0.7,
        "draw-arrays": 1.0,
        "bind-uniform-draw": 1.0,
        "draw-elements-client": 0.8,
        "tex-sub-image-64": 0.07,
        "get-error": 0.10,
        "get-integer": 0.08,
        "read-pixels-64": 0.4,
        "clear-swap": 0.6,
    },
    "local": {
        "vertex3f": 0.8,
        "color4f-normal3f": 0.8,
        "immediate-quads": 0.8,
        "uniform4f": 1.0,
        "bind-texture": 1.0,
        "draw-arrays": 1.0,
        "bind-uniform-draw": 1.0,
        "draw-elements-client": 1.0,
        "draw-arrays-client": 1.0,
        "tex-sub-image-64": 0.8,
        "tex-image-256": 0.8,
        "glmark2-build": 0.97,
        "glmark2-texture": 0.97,
        "glmark2-shading": 0.97,
        "glmark2-buffer": 0.97,
        "glmark2-ideas": 0.97,
        "openarena": 0.97,
    },
}

# At most, of a game's frame.
EXITS_OF_A_FRAME = 3
ROUND_TRIPS_OF_A_FRAME = 2

# Two of a program at once in the VM: the sum of their frames against one alone, where the host has
# a core left, and the smaller one's share of the sum.
TOGETHER = 1.3
SHARE = 0.4


def goal(place, case):
    """None: there is none."""
    return GOALS.get(place, {}).get(case)
