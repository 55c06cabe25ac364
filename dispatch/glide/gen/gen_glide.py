#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Generates Glide's encoders, decoder, entry points and export files from glide.toml and
exports.txt.

    gen_glide.py --description glide.toml --exports exports.txt --out DIRECTORY
"""

import argparse
import sys

from api import Api, ApiError
from write_guest import write_encode, write_entry_points, write_exports, write_opcodes, write_settings
from write_host import write_commands, write_decode, write_handlers
from write_wrapper import write_wrapper


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--description', required=True, help='glide.toml')
    parser.add_argument('--exports', required=True, help='exports.txt')
    parser.add_argument('--out', required=True, help='directory for the generated files')
    args = parser.parse_args()
    try:
        api = Api(args.description, args.exports)
    except ApiError as error:
        print(f'glide.toml: {error}', file=sys.stderr)
        return 1
    write_opcodes(api, args.out)
    write_encode(api, args.out)
    write_settings(api, args.out)
    write_entry_points(api, args.out)
    write_exports(api, args.out)
    write_commands(api, args.out)
    write_handlers(api, args.out)
    write_decode(api, args.out)
    write_wrapper(api, args.out)
    return 0


if __name__ == '__main__':
    sys.exit(main())
