# SPDX-License-Identifier: GPL-2.0-or-later
"""Arguments that several verbs take, and what they may be."""

import argparse

import places


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not greater than 0")
    return value


def not_negative(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is less than 0")
    return value


def place_names(text):
    try:
        return places.parse_names(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_common(parser, runs, time):
    """--in, --runs, --time, --json, --compare, --plot."""
    parser.add_argument("--in", dest="places", type=place_names, default=list(places.NAMES),
                        metavar="PLACES", help="native,local,vm (default) or some of these")
    parser.add_argument("--runs", type=not_negative if time else positive, default=runs,
                        metavar="N", help=f"how often each thing is measured (default: {runs})")
    if time:
        parser.add_argument("--time", type=positive, default=time, metavar="MS",
                            help=f"how long a measurement takes at least (default: {time})")
    parser.add_argument("--json", metavar="FILE", help="write all samples to FILE")
    parser.add_argument("--plot", metavar="FILE.svg", help="draw curves (gnuplot)")


SIZES = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def parse_size(text):
    """64K as a number."""
    scale = SIZES.get(text[-1:].upper(), 1)
    digits = text[:-1] if scale > 1 else text
    if not digits.isdigit() or int(digits) < 1:
        raise ValueError(f"{text} is no number such as 64 or 64K")
    return int(digits) * scale


# What can be swept, and what its values are.
SETTINGS = {"ring-size": parse_size, "publish": parse_size, "spin": parse_size,
            "contexts": parse_size, "ioeventfd": str}
MOST_CONTEXTS = 64  # of gl_calls


def parse_sweep(text):
    """NAME=FROM..TO, each twice the one before, or NAME=A,B,…: (name, values)."""
    name, equals, values = text.partition("=")
    if name not in SETTINGS or not equals:
        raise argparse.ArgumentTypeError(
            f"{text}: sweeps are ring-size=16K..16M, publish=64..64K, spin=1..1000, "
            "contexts=1..16, ioeventfd=on,off")
    try:
        if ".." in values:
            low, high = (parse_size(value) for value in values.split("..", 1))
            if name == "ioeventfd" or low > high:
                raise ValueError(f"{values} is no range")
            found = []
            while low <= high:
                found.append(low)
                low *= 2
        else:
            found = [SETTINGS[name](value) for value in values.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if name == "ioeventfd" and not set(found) <= {"on", "off", "auto"}:
        raise argparse.ArgumentTypeError(f"{values}: ioeventfd is on, off or auto")
    if name == "contexts" and max(found) > MOST_CONTEXTS:
        raise argparse.ArgumentTypeError(f"{values}: contexts are 1 to {MOST_CONTEXTS}")
    return name, found
