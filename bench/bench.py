#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`trireme bench` but for the rings. Each verb is a module with add_arguments() and run()."""

import argparse
import sys

import apps
import calls
import contexts
import glide
import idle
import sync
from errors import BenchError

VERBS = {"calls": calls, "apps": apps, "contexts": contexts, "glide": glide, "idle": idle,
         "sync": sync}


def parser():
    top = argparse.ArgumentParser(prog="trireme bench", allow_abbrev=False)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, module in VERBS.items():
        verb = verbs.add_parser(name, help=module.SUMMARY, description=module.__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter,
                                allow_abbrev=False)
        module.add_arguments(verb)
    return top


def main(arguments=None):
    options = parser().parse_args(arguments)
    try:
        return VERBS[options.verb].run(options)
    except BenchError as error:
        print(f"trireme bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
