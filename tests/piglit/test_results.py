#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How the output of piglit's programs is read, and results are compared."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import profiles  # noqa: E402
import results  # noqa: E402
import runner  # noqa: E402


class FakePlace:
    """Answers each run with the next of `answers`, and keeps the commands."""

    def __init__(self, *answers):
        self.answers, self.commands = list(answers), []

    def run(self, command, patience=1, alone=False):
        self.commands.append(command)
        return self.answers.pop(0)


def shader(name, folder="a"):
    return profiles.Test("shader", name, {"command": ["shader_runner", f"{folder}/{name}"]})


def result(word):
    return f'PIGLIT: {{"result": "{word}" }}\n'


def subtest(name, word):
    return f'PIGLIT: {{"subtest": {{"{name}" : "{word}"}}}}\n'


class Verdicts(unittest.TestCase):
    def verdict(self, status, out):
        return runner.run_alone(FakePlace((status, out)), shader("x"))

    def test_result_of_a_program(self):
        self.assertEqual(self.verdict(0, "noise\n" + result("pass")), {"": "pass"})
        self.assertEqual(self.verdict(1, result("fail")), {"": "fail"})
        self.assertEqual(self.verdict(1, result("pass")), {"": "warn"})
        self.assertEqual(self.verdict(0, "nothing\n"), {"": "fail"})
        self.assertEqual(self.verdict(-11, result("pass")), {"": "crash"})
        self.assertEqual(self.verdict(None, ""), {"": "timeout"})

    def test_subtests_stand_for_the_program(self):
        out = subtest("one", "pass") + subtest("two", "fail") + result("fail")
        self.assertEqual(self.verdict(1, out), {"one": "pass", "two": "fail"})

    def test_who_did_not_end_it_was(self):
        out = 'PIGLIT: {"enumerate subtests": ["one", "two", "three"]}\n' + subtest("one", "pass")
        self.assertEqual(self.verdict(-6, out), {"one": "pass", "two": "crash", "": "crash"})
        self.assertEqual(self.verdict(0, out + result("skip")),
                         {"one": "pass", "two": "skip", "three": "skip"})


class Batches(unittest.TestCase):
    def test_each_gets_its_own(self):
        place = FakePlace((0, "PIGLIT TEST: 1 - a\n" + subtest("a", "pass")
                           + "PIGLIT TEST: 2 - b\n" + subtest("b", "fail")))
        found = {test.name: word for test, word in runner.run_batch(place, [shader("a"), shader("b")])}
        self.assertEqual(found, {"a": {"": "pass"}, "b": {"": "fail"}})

    def test_a_program_that_gives_up_is_begun_again_behind_it(self):
        place = FakePlace((1, "PIGLIT TEST: 1 - a\n" + result("skip")),
                          (0, "PIGLIT TEST: 1 - b\n" + subtest("b", "pass")))
        found = {test.name: word for test, word in runner.run_batch(place, [shader("a"), shader("b")])}
        self.assertEqual(found, {"a": {"": "skip"}, "b": {"": "pass"}})
        self.assertNotIn(shader("a").shader, place.commands[1])

    def test_who_crashed_is_run_alone(self):
        place = FakePlace((-11, "PIGLIT TEST: 1 - a\n" + subtest("a", "pass") + "PIGLIT TEST: 2 - b\n"),
                          (0, result("pass")))
        found = {test.name: word for test, word in runner.run_batch(place, [shader("a"), shader("b")])}
        self.assertEqual(found, {"a": {"": "pass"}, "b": {"": "pass"}})

    def test_bundles_are_of_one_folder(self):
        tests = [shader("a"), shader("b"), shader("c", "other")]
        self.assertEqual([len(bundle) for bundle in runner.bundles(tests)], [2, 1])


class Comparisons(unittest.TestCase):
    def compare(self, host, trireme, explained=()):
        comparison = results.Comparison(profiles.matcher(explained) if explained else lambda name: None)
        comparison.add("test", host, trireme)
        return dict(comparison.counts)

    def test_counts(self):
        self.assertEqual(self.compare({"": "pass"}, {"": "pass"}), {"pass": 1})
        self.assertEqual(self.compare({"": "pass"}, {"": "fail"}), {"regression": 1})
        self.assertEqual(self.compare({"": "warn"}, {"": "skip"}), {"regression": 1})
        self.assertEqual(self.compare({"": "fail"}, {"": "pass"}), {"progress": 1})
        self.assertEqual(self.compare({"": "fail"}, {"": "crash"}), {"other": 1})
        self.assertEqual(self.compare({"": "skip"}, {"": "skip"}), {"skip": 1})
        self.assertEqual(self.compare({"": "pass"}, {"": "skip"}, ["te*"]), {"explained": 1})

    def test_subtests(self):
        both = {"a": "pass", "b": "pass"}
        self.assertEqual(self.compare(both, {"a": "pass", "b": "fail"}), {"pass": 1, "regression": 1})
        self.assertEqual(self.compare(both, {"": "skip"}), {"regression": 2})
        self.assertEqual(self.compare(both, {**both, "": "crash"}), {"pass": 2, "regression": 1})

    def test_patterns(self):
        matches = profiles.matcher(["spec@!opengl 1.?@*", "glx@x[1]"])
        self.assertTrue(matches("spec@!opengl 1.1@a@b"))
        self.assertTrue(matches("glx@x[1]"))
        self.assertFalse(matches("spec@!opengl 2.0@a"))
        self.assertFalse(matches("glx@x1"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
