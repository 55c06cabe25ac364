#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`trireme bench`: arguments, results, tables, and that it measures at all; never how fast."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TRIREME = pathlib.Path(os.environ.get("TRIREME_BUILD", SOURCE / "build")) / "trireme"
os.environ["TRIREME_EXECUTABLE"] = str(TRIREME)
sys.path.insert(0, str(SOURCE / "bench"))

import apps  # noqa: E402
import arguments  # noqa: E402
import calls  # noqa: E402
import contexts  # noqa: E402
import counts  # noqa: E402
import frames  # noqa: E402
import goals  # noqa: E402
import idle  # noqa: E402
import places  # noqa: E402
import plot  # noqa: E402
import results  # noqa: E402
import sweep  # noqa: E402
import sync  # noqa: E402
import table  # noqa: E402
import timeline  # noqa: E402
import together  # noqa: E402
from errors import BenchError  # noqa: E402


def bench(*arguments, env=None):
    return subprocess.run([TRIREME, "bench", *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=200, check=False,
                          env={**os.environ, **(env or {})})


class CommandLineTest(unittest.TestCase):
    def assert_refused(self, words, *arguments, env=None):
        done = bench(*arguments, env=env)
        self.assertIn(done.returncode, (1, 2), done)
        self.assertIn(words, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_help(self):
        for arguments, words in ((["--help"], "calls"), (["calls", "--help"], "--compare"),
                                 (["contexts", "--help"], "equal share"),
                                 (["sync", "--help"], "--pause"),
                                 (["apps", "--help"], "OpenArena"),
                                 (["idle", "--help"], "does nothing"),
                                 (["ring", "--help"], "--samples")):
            done = bench(*arguments)
            self.assertEqual(done.returncode, 0, done)
            self.assertIn(words, done.stdout)

    def test_mistakes(self):
        self.assert_refused('no verb "row"', "row")
        self.assert_refused("bench VERB")
        self.assert_refused("moon", "calls", "--in", "native,moon")
        self.assert_refused("nothing", "calls", "--in", ",")
        self.assert_refused("0 is not greater", "calls", "--time", "0")
        self.assert_refused("-1 is less", "calls", "--runs", "-1")
        self.assert_refused("is for --counts", "calls", "--runs", "0")
        self.assert_refused("invalid", "calls", "--time", "long")
        self.assert_refused("no case glDraw", "calls", "--in", "native", "glDraw")
        self.assert_refused("unrecognized", "calls", "--run", "3")
        self.assert_refused("sweeps are", "calls", "--sweep", "moon=1..2")
        self.assert_refused("goes with none", "calls", "--sweep", "spin=1,2", "--counts")
        self.assert_refused("contexts are 1 to 64", "contexts", "--sweep", "contexts=1,65")
        self.assert_refused("bench calls the others", "contexts", "--sweep", "spin=1,2")
        self.assert_refused("no case moon", "sync", "moon")
        self.assert_refused("no program moon", "apps", "moon")
        self.assert_refused("nothing to watch", "idle", "--in", "native")
        self.assert_refused("goes with neither", "apps", "--together", "2", "--plot", "a.svg")
        self.assert_refused("0 is not greater", "sync", "--runs", "0")
        self.assert_refused("no build folder", "calls", "--in", "native", "--against", "/nonexistent")
        self.assert_refused("cannot write", "calls", "--in", "native", "--json", "/nonexistent/a")

    def test_old_results_that_are_none(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "old.json")
            for text, words in (("no json", "no JSON"), ("[1]", "holds no result"),
                                ('{"verb": "sync", "cases": {}}', "bench sync")):
                with open(path, "w", encoding="ascii") as file:
                    file.write(text)
                self.assert_refused(words, "calls", "--in", "native", "--compare", path)
            self.assert_refused("cannot read", "calls", "--compare", os.path.join(folder, "none"))

    def test_what_is_missing_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            lone = os.path.join(folder, "trireme")
            os.symlink(TRIREME, lone)
            os.environ["TRIREME_EXECUTABLE"] = lone
            try:
                with self.assertRaisesRegex(BenchError, "qemu.*run build"):
                    places.check_guest(["vm"])
                with self.assertRaisesRegex(BenchError, "gl_calls.*run build"):
                    calls.all_cases()
                places.check_guest(["native", "local"])
            finally:
                os.environ["TRIREME_EXECUTABLE"] = str(TRIREME)


class PlacesTest(unittest.TestCase):
    def test_names_come_in_one_order(self):
        self.assertEqual(places.parse_names("vm, native"), ["native", "vm"])

    def test_answers(self):
        self.assertEqual(places.parse_answer("flush 200 500000000", "flush"), (200, 0.5))
        for line in ("", "flush 200", "enable 200 5", "flush 0 0"):
            with self.assertRaises(BenchError):
                places.parse_answer(line, "flush")


class FakePlace:
    """Makes calls at the rates it is given, one after the other."""

    def __init__(self, *rates):
        self.rates = list(rates)

    def measure(self, case, milliseconds):
        return int(self.rates.pop(0) * milliseconds / 1000), milliseconds / 1000


def result_of(**samples):
    return {"verb": "calls", "cases": {"uniform4f": samples}}


class ResultsTest(unittest.TestCase):
    def test_places_take_turns(self):
        order = []

        class Noting(FakePlace):
            def measure(self, case, milliseconds):
                order.append((self, case))
                return 1, 1.0

        one, other = Noting(), Noting()
        calls.measure({"native": one, "vm": other}, ["a", "b"], 2, 10, lambda text: None)
        self.assertEqual(order, [(one, "a"), (other, "a"), (one, "b"), (other, "b")] * 2)

    def test_ratio_is_of_runs(self):
        # The machine was slower in the second run, for both alike.
        cases = calls.measure({"native": FakePlace(1000, 10, 1000), "vm": FakePlace(500, 5, 500)},
                              ["a"], 3, 1000, lambda text: None)
        self.assertEqual(results.ratio(cases["a"], "vm"), 0.5)
        self.assertEqual(results.median(cases["a"]["native"]), 1000)
        self.assertIsNone(results.ratio(cases["a"], "native"))
        self.assertIsNone(results.ratio({"vm": [1]}, "vm"))

    def test_spread(self):
        self.assertEqual(results.spread([7]), 0)
        self.assertEqual(results.spread([80, 90, 100, 110, 120]), 0.1)

    def test_saved_and_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json")
            results.save(result_of(native=[1.0]), path)
            self.assertEqual(results.load(path, "calls"), result_of(native=[1.0]))

    def test_goals_name_cases(self):
        known = {**calls.all_cases(), **apps.apps(1)}
        for place, wanted in goals.GOALS.items():
            self.assertIn(place, places.NAMES)
            self.assertLessEqual(set(wanted), set(known))


class CountsTest(unittest.TestCase):
    """Counts of the local transport, which repeat exactly."""

    EXPECTED = {
        # records, bytes and round trips of a call
        "vertex3f": (1.002, 16.016, 0),  # Begin and End come with every 1,000 vertices
        "color4f-normal3f": (1, 20, 0),
        "uniform4f": (1, 24, 0),
        "bind-texture": (1, 16, 0),
        "draw-arrays": (1, 16, 0),
        "bind-uniform-draw": (1, 56 / 3, 0),
        "get-error": (0, 0, 0),
        "is-enabled": (0, 0, 0),
        "buffer-sub-data-1k": (1, 32 + 1200, 0),
        "finish": (1, 16, 1),
        "read-pixels-64": (1, 40, 1),
    }

    def test_records_bytes_and_round_trips(self):
        with places.opened(["local"]) as opened:
            found = counts.measure(opened, {name: n for name, n in calls.all_cases().items()
                                            if name in self.EXPECTED}, False, lambda text: None)
        for case, expected in self.EXPECTED.items():
            with self.subTest(case):
                values = found[case]["local"]
                self.assertEqual([round(values[name], 6) for name in
                                  ("records", "bytes", "round_trips")],
                                 [round(value, 6) for value in expected])
                self.assertEqual(set(values), set(counts.NAMES))

    def test_instructions_are_of_a_call(self):
        class Guest:
            """Says ticks and steps."""

            def __init__(self, said):
                self.said = said

            def output(self, *arguments):
                return self.said

        self.assertEqual(counts.guest_instructions(Guest("6000 10\n"), {"matrix": 20}, str),
                         {"matrix": 30})
        with self.assertRaises(BenchError):
            counts.guest_instructions(Guest("no display\n"), {"matrix": 20}, str)

    def test_what_both_programs_do_drops_out(self):
        few = {"commands": 10, "bytes": 80, "round_trips": 3, "doorbells": 1, "waits": 0, "wakes": 1}
        many = {**few, "commands": 30, "bytes": 240, "round_trips": 13}
        self.assertEqual(counts.difference(few, many, 10), {
            "records": 2, "bytes": 16, "round_trips": 1, "doorbells": 0, "waits": 0, "wakes": 0})

    def test_table(self):
        lines = table.of_counts({"flush": {"local": {"records": 1.0, "bytes": 0.25}}})
        self.assertEqual([line.split() for line in lines],
                         [["case", "in", "records", "bytes"], ["flush", "local", "1", "0.250"]])


class SweepTest(unittest.TestCase):
    def test_values(self):
        for text, expected in (("ring-size=16K..64K", ("ring-size", [16384, 32768, 65536])),
                               ("spin=5,50", ("spin", [5, 50])),
                               ("publish=64..128", ("publish", [64, 128])),
                               ("contexts=1..4", ("contexts", [1, 2, 4])),
                               ("ioeventfd=on,off", ("ioeventfd", ["on", "off"]))):
            self.assertEqual(arguments.parse_sweep(text), expected)

    def test_values_that_are_none(self):
        for text in ("ring-size", "ring-size=", "ring-size=4..2", "spin=a", "spin=1..", "depth=1",
                     "ioeventfd=maybe", "ioeventfd=on..off", "ring-size=0..4", "contexts=1..128"):
            with self.assertRaises(arguments.argparse.ArgumentTypeError, msg=text):
                arguments.parse_sweep(text)

    def test_settings_reach_the_configuration(self):
        self.assertEqual(places.configuration({"ring-size": 65536, "spin": 7}),
                         "[rings]\nring-size = 65536\nspin-us = 7\n")
        self.assertEqual(places.configuration({}), "")

    def test_settings_reach_the_guest(self):
        with places.opened(["local"], {"publish": 4096}, programs=0) as opened:
            self.assertIn("TRIREME_PUBLISH=4096\n", opened["local"].execute(["env"]))

    def test_table(self):
        found = {value: {"flush": {"native": [100], "local": [rate]}}
                 for value, rate in ((16384, 50), (1 << 20, 75), (1 << 21, 80))}
        lines = sweep.of_sweep("ring-size", found, ["flush"], ["native", "local"])
        self.assertEqual([line.split() for line in lines],
                         [["ring-size", "flush", "local"], ["16K", "0.500"], ["1M", "0.750"],
                          ["2M", "0.800"], ["knee", "1M"]])

    def test_only_numbers_have_knees(self):
        found = {value: {"flush": {"vm": [100]}} for value in ("on", "off")}
        self.assertEqual([line.split()[0] for line in
                          sweep.of_sweep("ioeventfd", found, ["flush"], ["vm"])],
                         ["ioeventfd", "on", "off"])

    def test_contexts_are_added_up(self):
        with tempfile.TemporaryDirectory() as folder:
            path, picture = os.path.join(folder, "a.json"), os.path.join(folder, "a.svg")
            done = bench("calls", "--in", "local", "--runs", "1", "--time", "1", "--sweep",
                         "contexts=1,2", "--json", path, "--plot", picture, "uniform4f")
            self.assertEqual(done.returncode, 0, done)
            self.assertEqual([line.split()[0] for line in done.stdout.splitlines()],
                             ["contexts", "1", "2", "knee"])
            with open(path, encoding="utf-8") as file:
                found = json.load(file)["sweep"]
            self.assertEqual({value: len(cases["uniform4f"]["local"])
                              for value, cases in found["values"].items()}, {"1": 1, "2": 1})
            with open(picture, encoding="utf-8") as file:
                self.assertIn("</svg>", file.read())


class DistributionTest(unittest.TestCase):
    def test_percentiles(self):
        ordered = list(range(100))
        self.assertEqual([sync.percentile(ordered, percent) for percent in (1, 50, 99)], [1, 50, 99])
        self.assertEqual(sync.percentile([7], 99), 7)

    def test_histogram_has_every_sample(self):
        classes = sync.histogram([900, 1000, 1100, 50000])
        self.assertEqual(sum(count for _, count in classes), 4)
        self.assertEqual(classes[0], (1.0, 2))
        self.assertEqual(classes, sorted(classes))

    def test_answers_of_several_contexts(self):
        rates = contexts.parse("100 1000000000\n300 1000000000\n", 2)
        self.assertEqual(rates, [100, 300])
        self.assertEqual(contexts.fairness(rates), 0.5)
        for text in ("", "100 1000000000\n", "1 0\n2 0\n", "trouble\n"):
            with self.assertRaises(BenchError):
                contexts.parse(text, 2)
        with self.assertRaises(BenchError):
            sync.parse("12\n", 2)


class TimelineTest(unittest.TestCase):
    # A context of two round trips, one of a thread that slept, behind another's of none.
    EVENTS = [
        {"name": "thread_name", "tid": 3, "args": {"name": "guest, slot 1"}},
        {"name": "batch", "tid": 2, "ts": 0, "dur": 1},
        {"name": "answer A", "tid": 4, "ts": 90},
        {"name": "doorbell", "tid": 3, "ts": 100},
        {"name": "wait", "tid": 3, "ts": 101, "dur": 24},
        {"name": "batch", "tid": 4, "ts": 110, "dur": 30},
        {"name": "answer B", "tid": 4, "ts": 117},
        {"name": "batch", "tid": 4, "ts": 200, "dur": 10},
        {"name": "wait", "tid": 3, "ts": 150, "dur": 40},
        {"name": "answer B", "tid": 4, "ts": 203},
        {"name": "wait", "tid": 3, "ts": 190, "dur": 15},
    ]

    def test_parts(self):
        other, context = timeline.contexts(self.EVENTS)
        self.assertEqual(len(other), 1)
        self.assertEqual(list(timeline.parts_of(context).values()), [[10], [7, 3], [8, 2]])

    def test_a_file_that_is_not_ended(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "trace.json")
            with open(path, "w", encoding="ascii") as file:
                file.write("[\n" + ",\n".join(json.dumps(event) for event in self.EVENTS)
                           + ',\n{"name": "bat')
            self.assertEqual(timeline.read(path), self.EVENTS)

    def test_table(self):
        lines = sync.of_sync({"asleep": {"vm": [5000, 7000]}},
                             {"asleep": {"vm": {"done to seen": [2.0], "picked up to done": []}}})
        self.assertEqual([line.split()[:3] for line in lines[1:]],
                         [["vm,", "asleep", "5.0"], ["done", "to", "seen"]])


class AppsTest(unittest.TestCase):
    def test_what_programs_say(self):
        known = apps.apps(1)
        said = "[build] duration=1: FPS: 40 FrameTime: 25 ms\n[build] <default>: FPS: 41.5\n"
        self.assertEqual(apps.rate(known["glmark2-build"], said), 41.5)
        self.assertEqual(apps.rate(known["openarena"],
                                   "840 frames 60.0 seconds 14.0 fps 9.0/71.4/160.0 ms\n"), 14.0)
        for text in ("", "FPS: 0", "no display"):
            with self.assertRaises(BenchError):
                apps.rate(known["glmark2-build"], text)

    @staticmethod
    def looks(slot, *numbers):
        """What the server writes of a context: (frames, doorbells, waits, round trips) each time."""
        return [{"program": "etr", "process": 7, "slot": slot, "frames": drawn, "doorbells": rung,
                 "waits": waits, "round_trips": trips, "running": True}
                for drawn, rung, waits, trips in numbers]

    def test_costs_are_of_the_context_that_draws(self):
        contexts = frames.by_context(self.looks(1, (0, 5, 5, 5)) + self.looks(2, (2, 99, 0, 99))
                                     + self.looks(3, (10, 5, 10, 20)))
        self.assertEqual(len(contexts), 2)
        self.assertEqual(frames.cost(contexts), (1.5, 2))
        self.assertIsNone(frames.cost([]))

    def test_costs_are_of_the_later_frames(self):
        contexts = frames.by_context(self.looks(1, (4, 900, 0, 900), (50, 1000, 0, 1000),
                                                (70, 1010, 5, 1010), (100, 1020, 30, 1050)))
        self.assertEqual(frames.cost(contexts), (1, 1))
        self.assertEqual(frames.cost(contexts, 60), (35 / 30, 40 / 30))
        self.assertEqual(frames.cost(contexts, 100), (10.5, 10.5))

    def test_contexts_of_earlier_programs_do_not_count(self):
        earlier = self.looks(1, (4, 0, 0, 0))
        entries = self.looks(1, (9, 0, 0, 0)) + self.looks(2, (1, 0, 0, 0))
        self.assertEqual(frames.by_context(entries, earlier), [entries[1:]])

    def test_places_take_turns(self):
        order = []

        class Where:
            name = "native"

            def __init__(self, fps):
                self.fps = fps

            def execute_all(self, command, count, environment):
                order.append((command[0], self.fps, count))
                return [f"FPS: {self.fps / count}"] * count

        known = apps.apps(1)
        chosen = {"glmark2-build": known["glmark2-build"], "glmark2-ideas": known["glmark2-ideas"]}
        opened = {"native": Where(10), "local": Where(9)}
        samples, _ = apps.measure(opened, chosen, 2, 1, str)
        self.assertEqual(order, [("glmark2", 10, 1), ("glmark2", 9, 1)] * 4)
        self.assertEqual(samples["glmark2-ideas"], {"native": [10, 10], "local": [9, 9]})

        order.clear()
        found = together.measure(opened, {"glmark2-build": known["glmark2-build"]}, 2, 1, 1, str)
        self.assertEqual(order, [("glmark2", 10, 1), ("glmark2", 10, 2),
                                 ("glmark2", 9, 1), ("glmark2", 9, 2)])
        self.assertEqual(found["glmark2-build"]["local"],
                         {"alone": [9], "together": [[4.5, 4.5]]})

    def test_table_of_programs_at_once(self):
        lines = together.of_together({"neverball": {"vm": {"alone": [10], "together": [[5, 10]]}}})
        self.assertEqual(lines[1].split(), ["neverball", "vm", "10.0", "15.0", "1.50", "1.3", "met",
                                            "0.33", "0.4", "missed"])

    def test_table(self):
        lines = apps.of_apps({"glmark2-build": {"native": [100], "local": [98]}, "openarena": {}},
                             {"glmark2-build": {"local": [[3.5, 1.0]]}, "openarena": {}},
                             ["native", "local"])
        self.assertEqual(lines[1].split(), ["glmark2-build", "100.0", "0%", "98.0", "0%", "3.50",
                                            "too", "many", "1.00", "0.980", "0.97", "met"])
        self.assertEqual(lines[2].split(), ["openarena", "-", "-", "-", "-", "-"])

    def test_programs_that_say_nothing_are_counted(self):
        with places.opened(["native", "local"], programs=0) as opened:
            app = apps.App(("glxgears",), skip=5)
            for where in opened.values():
                value, cost = apps.one(where, app, 1)
                self.assertGreater(value, 0)
            self.assertEqual(len(cost), 2)

    def test_measured(self):
        done = bench("apps", "--in", "native,local", "--runs", "1", "--seconds", "1",
                     "glmark2-texture")
        self.assertEqual(done.returncode, 0, done)
        heading, line = done.stdout.splitlines()
        self.assertRegex(line, r"^glmark2-texture +[\d.]+ +0% +[\d.]+ +0% +[\d.]+ +[\d.]+ ")


class IdleTest(unittest.TestCase):
    def test_an_idle_program_costs_nothing(self):
        with places.opened(["local"], programs=0) as opened:
            found = idle.measure(opened["local"], 2, 1, lambda text: None)
        self.assertEqual([found[name] for name in idle.NAMES], [0, 0, 0])
        # A thread that looked ten times a second would have run twenty times.
        self.assertLess(found["runs"], 12)

    def test_table(self):
        lines = idle.of_idle({"local": {"doorbells": 0, "waits": 1, "wakes": 2, "runs": 3,
                                        "server": 0.001}})
        self.assertEqual(lines[1].split(), ["local", "0", "1", "2", "3", "0.10%", "-", "-"])


class PlotTest(unittest.TestCase):
    def test_numbers_on_the_axis(self):
        text = plot.script("a'b.svg", "t", "x", "y", {"one": [(1, 10), (2, 20)]}, log_x=True)
        self.assertIn("set output 'a''b.svg'\n", text)
        self.assertIn("set logscale x 2\n", text)
        self.assertTrue(text.endswith("title 'one'\n1 10\n2 20\ne\n"), text)

    def test_knee_is_marked(self):
        points = [(1, 10), (2, 50), (4, 91), (8, 100), (16, 70)]
        self.assertEqual(plot.knee(points), (4, 91))
        text = plot.script("a.svg", "t", "x", "y", {"one": points}, log_x=True, knees=True)
        self.assertIn("set label '' at 4,91 point", text)

    def test_names_on_the_axis(self):
        text = plot.script("a.svg", "t", "", "y", {"one": [("flush", 1)], "two": [("flush", 2)]})
        self.assertIn("set xtics ('flush' 0)", text)
        self.assertTrue(text.endswith("0 1\ne\n0 2\ne\n"), text)


class TableTest(unittest.TestCase):
    def test_rates(self):
        self.assertEqual([table.rate(value) for value in (1234567, 98765, 12.34, 2e9)],
                         ["1.23 M", "98.8 k", "12.3  ", "2 G"])

    def test_goals_met_and_missed(self):
        for rate, verdict in ((200, "1 met"), (99, "1 missed")):
            lines = table.of_calls(result_of(native=[100], vm=[rate]), ["native", "vm"])
            self.assertRegex(lines[-1], rf"^uniform4f .*{rate / 100:.3f} +{verdict}$")

    def test_without_native_there_are_no_ratios(self):
        lines = table.of_calls(result_of(local=[100]), ["local"])
        self.assertEqual(lines[-1].split(), ["uniform4f", "100", "0%"])

    def test_old_ratio_stands_beside(self):
        old = result_of(native=[100], vm=[25])
        lines = table.of_calls(result_of(native=[100], vm=[100]), ["native", "vm"], old)
        self.assertIn("0.250", lines[-1])
        lines = table.of_calls(result_of(native=[100], vm=[100]), ["native", "vm"],
                               {"cases": {}})
        self.assertRegex(lines[-1], r"-$")

    def test_other_build_stands_beside(self):
        lines = table.of_calls({"cases": {"flush": {"vm": [100], "vm-against": [50]}}}, ["vm"],
                               against=True)
        self.assertEqual([line.split()[-1] for line in lines], ["against", "×2.00"])

    def test_columns_are_aligned(self):
        lines = table.lines(["a", "b"], [["long name", "1"], ["x", "10000"]])
        self.assertEqual(lines, ["a              b", "long name      1", "x          10000"])


class MeasuringTest(unittest.TestCase):
    def test_native_and_local(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json")
            done = bench("calls", "--in", "local,native", "--runs", "2", "--time", "1", "--json",
                         path, "uniform4f", "get-error")
            self.assertEqual(done.returncode, 0, done)
            self.assertRegex(done.stdout, r"(?m)^uniform4f .* (met|missed)$")
            with open(path, encoding="utf-8") as file:
                result = json.load(file)
            self.assertEqual(list(result["cases"]), ["uniform4f", "get-error"])
            for case in result["cases"].values():
                self.assertEqual({place: len(rates) for place, rates in case.items()},
                                 {"native": 2, "local": 2})
                self.assertTrue(all(rate > 0 for rates in case.values() for rate in rates))
            done = bench("calls", "--in", "native", "--runs", "1", "--time", "1", "--compare", path,
                         "uniform4f")
            self.assertEqual(done.returncode, 0, done)
            self.assertIn("was", done.stdout)

    def test_contexts(self):
        done = bench("contexts", "--in", "local", "--runs", "1", "--time", "1", "--sweep",
                     "contexts=1,3", "uniform4f")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual([line.split()[0] for line in done.stdout.splitlines()], ["at", "1", "3"])

    def test_sync(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json")
            done = bench("sync", "--in", "native,local", "--runs", "2", "--samples", "10",
                         "--pause", "1000", "--json", path)
            self.assertEqual(done.returncode, 0, done)
            with open(path, encoding="utf-8") as file:
                result = json.load(file)
            cases = result["cases"]
            for state in ("awake", "asleep"):
                parts = result["parts"][state]["local"]
                self.assertEqual(set(parts), set(timeline.PARTS))
                self.assertTrue(all(us >= 0 for found in parts.values() for us in found))
            # After a pause of 1 ms the thread sleeps, but for accidents.
            self.assertGreater(len(parts["doorbell to picked up"]), 5)
            self.assertGreater(len(parts["picked up to done"]), 5)
            self.assertRegex(done.stdout, r"(?m)^  doorbell to picked up +\d")
            self.assertEqual({(state, name, len(times)) for state, by_place in cases.items()
                              for name, times in by_place.items()},
                             {(state, name, 20) for state in ("awake", "asleep")
                              for name in ("native", "local")})

    def test_sweep(self):
        done = bench("calls", "--in", "local", "--runs", "1", "--time", "1", "--sweep",
                     "ring-size=16K,1M", "uniform4f")
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual([line.split()[0] for line in done.stdout.splitlines()],
                         ["ring-size", "16K", "1M", "knee"])


if __name__ == "__main__":
    unittest.main()
