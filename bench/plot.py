# SPDX-License-Identifier: GPL-2.0-or-later
"""Curves as SVG, drawn by gnuplot."""

import shutil
import subprocess

import results
from errors import BenchError


def check(path):
    """Before the measurements, not after them."""
    if path:
        if not shutil.which("gnuplot"):
            raise BenchError("--plot needs gnuplot; install the package gnuplot-nox")
        results.check_writable(path)


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def knee(points):
    """The first (x, y) whose y is at least nine tenths of the greatest."""
    best = max(y for _, y in points)
    return next((x, y) for x, y in points if y >= 0.9 * best)


def script(path, title, x_label, y_label, series, log_x=False, log_y=True, knees=False):
    """What gnuplot is told. `series`: {name: [(x, y), …]}; an x that is text is a place on the axis
    in the order of the first series. `knees`: a circle marks the knee of each."""
    texts = [x for x, _ in next(iter(series.values()))]
    named = any(isinstance(x, str) for x in texts)
    lines = ["set terminal svg size 900,500 dynamic background 'white'",
             f"set output {quoted(path)}", f"set title {quoted(title)} noenhanced",
             f"set xlabel {quoted(x_label)}", f"set ylabel {quoted(y_label)}", "set grid",
             "set key outside right noenhanced"]
    if named:
        tics = ", ".join(f"{quoted(text)} {i}" for i, text in enumerate(texts))
        lines.append(f"set xtics ({tics}) rotate by -45 noenhanced")
    if log_x and not named:
        lines.append("set logscale x 2")
        if all(isinstance(x, int) for points in series.values() for x, _ in points):
            lines.append("set format x '%.0b%B'")  # 64Ki
    if log_y:
        lines.append("set logscale y")
    for points in series.values() if knees else ():
        x, y = knee(points)
        lines.append(f"set label '' at {texts.index(x) if named else x},{y:g} "
                     "point pointtype 6 pointsize 2")
    lines.append("plot " + ", ".join(f"'-' using 1:2 with linespoints title {quoted(name)}"
                                     for name in series))
    for points in series.values():
        lines += [f"{texts.index(x) if named else x} {y:g}" for x, y in points]
        lines.append("e")
    return "\n".join(lines) + "\n"


def draw(path, *arguments, **keywords):
    done = subprocess.run(["gnuplot"], input=script(path, *arguments, **keywords), text=True,
                          capture_output=True, check=False)
    if done.returncode:
        raise BenchError(f"gnuplot: {done.stderr.strip()[-500:]}")
