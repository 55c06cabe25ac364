# SPDX-License-Identifier: GPL-2.0-or-later
"""Results of tests: kept in a file for the host's GL, and compared."""

import collections
import fcntl
import json
import os
import pathlib
import subprocess
import threading

KINDS = (("pass", "pass on both"),
         ("fail", "not passed on the host's GL either, alike"),
         ("skip", "skipped on both"),
         ("regression", "pass on the host's GL only"),
         ("explained", "pass on the host's GL only, as docs/conformance.md explains"),
         ("progress", "pass through Trireme only"),
         ("other", "other differences"))


def _version(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], text=True,
                          capture_output=True, check=False)
    return done.stdout.strip() or "none"


class HostResults:
    """What the host's GL gives for each test, in a file that names piglit's version and Mesa's."""

    def __init__(self):
        cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
        key = f"{_version('piglit')}+mesa-{_version('libgl1-mesa-dri')}".replace("/", "_")
        self.path = cache / "trireme" / f"piglit-{key}.json"
        self.lock, self.unsaved = threading.Lock(), {}
        self.results = self._saved()

    def _saved(self):
        if not self.path.exists():
            return {}
        return json.loads(self.path.read_text(encoding="utf-8"))

    def get(self, name):
        return self.results.get(name)

    def put(self, name, results):
        with self.lock:
            self.results[name] = self.unsaved[name] = results
            if len(self.unsaved) >= 100:
                self._save()

    def save(self):
        with self.lock:
            if self.unsaved:
                self._save()

    def _save(self):
        """Adds to what the file has, which other runs may write to as well."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(f".{os.getpid()}")
        with open(self.path.with_suffix(".lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            every = {**self._saved(), **self.unsaved}
            new.write_text(json.dumps(every, indent=0, sort_keys=True), encoding="utf-8")
            new.rename(self.path)
        self.unsaved = {}


def passes(word):
    return word in ("pass", "warn")


def _aligned(host, trireme):
    """Yields (subtest, the host's word, Trireme's word); the subtest "" is the test as a whole.

    A subtest that one side did not come to has what befell the whole test there. The whole test is
    not compared with subtests, except that a program is to end well on both sides.
    """
    for subtest in sorted(host.keys() | trireme.keys()):
        before, after = (side.get(subtest, side.get("", "missing")) for side in (host, trireme))
        if subtest or "missing" not in (before, after):
            yield subtest, before, after
        elif {before, after} & {"crash", "timeout"}:
            yield (subtest, *("pass" if word == "missing" else word for word in (before, after)))


def differences(name, host, trireme):
    """Yields (name of test or subtest, the host's word, Trireme's word) where the words differ."""
    for subtest, before, after in _aligned(host, trireme):
        if before != after:
            yield f"{name}@{subtest}" if subtest else name, before, after


class Comparison:
    """Counts results, subtest by subtest, and keeps those that differ."""

    def __init__(self, explained):
        self.explained, self.counts = explained, collections.Counter()
        self.found = collections.defaultdict(list)

    def add(self, name, host, trireme):
        different = list(differences(name, host, trireme))
        for full_name, before, after in different:
            if passes(before) and not passes(after):
                kind = "explained" if self.explained(full_name) else "regression"
            else:
                kind = "progress" if passes(after) and not passes(before) else "other"
            self.counts[kind] += 1
            self.found[kind].append((full_name, before, after))
        for _, before, word in _aligned(host, trireme):
            if before == word:
                self.counts["pass" if passes(word) else "skip" if word == "skip" else "fail"] += 1

    def lines(self):
        """The differences, then the totals."""
        for kind, title in KINDS:
            if self.found[kind]:
                yield f"{title}:"
                for name, before, after in sorted(self.found[kind]):
                    yield f"  {name}: {before} on the host's GL, {after} through Trireme"
        for kind, title in KINDS:
            yield f"{self.counts[kind]:7} {title}"
