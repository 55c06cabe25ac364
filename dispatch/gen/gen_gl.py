#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Generates OpenGL's encoders, decoders, tables and reports from gl.xml and overrides.toml, and
the tables of GLX's and WGL's calls from glx.xml, wgl.xml and the same overrides.

A command that neither the rules nor the overrides classify is an error that names it.
"""

import argparse
import os
import sys

from glx import read_glx
from output import write_if_changed
from registry import Registry
from rules import Overrides, classify_all
from wgl import read_wgl
from write_api import write_api, write_opcodes
from write_bad_calls import write_bad_calls
from write_glx import glx_coverage, write_glx
from write_guest import write_encode, write_entry_header, write_entry_points
from write_host import write_decode, write_functions, write_functions_header, write_host_header
from write_reports import gl_coverage, write_extensions
from write_test import write_enums, write_test
from write_wgl import wgl_coverage, write_wgl


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--registry', required=True, help='gl.xml')
    parser.add_argument('--glx-registry', required=True, help='glx.xml')
    parser.add_argument('--wgl-registry', required=True, help='wgl.xml')
    parser.add_argument('--overrides', required=True, help='overrides.toml')
    parser.add_argument('--out', required=True, help='directory for the C files')
    parser.add_argument('--coverage', required=True, help='gl-coverage.txt')
    args = parser.parse_args()

    registry = Registry(args.registry)
    overrides = Overrides(args.overrides)
    rules, wrong = classify_all(registry, overrides)
    glx = read_glx(args.glx_registry, overrides.glx)
    wgl = read_wgl(args.wgl_registry, overrides.wgl)
    wrong += [(c.name, c.wrong) for c in glx.commands if c.wrong]
    for name, why in wrong:
        print(f'{name} is not classified: {why}', file=sys.stderr)
    if wrong:
        return 1
    write_api(registry, args.out)
    write_opcodes(rules, args.out)
    write_encode(rules, args.out)
    write_entry_header(rules, args.out)
    write_entry_points(rules, args.out)
    write_functions_header(rules, args.out)
    write_functions(rules, args.out)
    write_host_header(rules, args.out)
    write_decode(rules, args.out)
    write_extensions(registry, rules, overrides, args.out)
    write_test(rules, args.out)
    write_enums(registry, args.out)
    write_bad_calls(registry, rules, args.out)
    write_glx(glx, args.out)
    write_wgl(wgl, args.out)
    write_if_changed(*os.path.split(args.coverage),
                     '\n'.join(gl_coverage(rules) + glx_coverage(glx) + wgl_coverage(wgl)) + '\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
