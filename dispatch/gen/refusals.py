# SPDX-License-Identifier: GPL-2.0-or-later
"""The [[glx.refuse]] and [[wgl.refuse]] lists: shell patterns of extensions and commands."""

import fnmatch


class Refusals:
    def __init__(self, section, entries):
        self.section = section
        self.entries = [(pattern, e['reason']) for e in entries for pattern in e['match']]
        self.used = set()

    def reason(self, name):
        """Why it is refused; '': it is not."""
        for pattern, reason in self.entries:
            if fnmatch.fnmatchcase(name, pattern):
                self.used.add(pattern)
                return reason
        return ''

    def check_all_used(self):
        for pattern, _ in self.entries:
            if pattern not in self.used:
                raise SystemExit(f'overrides: {self.section}.refuse: nothing matches {pattern}')
