# SPDX-License-Identifier: GPL-2.0-or-later
"""Samples, what is told about them, and the JSON that holds them.

A result is a dictionary:

    {"verb": "calls", "trireme": "0.1.0", "machine": {…}, "settings": {…}, "cases": {
        "uniform4f": {"native": [calls/s of each run], "local": […], "vm": […]}, …},
     "counts": {"uniform4f": {"local": {"records": …, …}, …}, …}}

Sample i of every place was taken in run i, one shortly after the other, so ratios are made run by
run, and their median is told.
"""

import json
import os
import statistics
import subprocess

from errors import BenchError
from places import executable


def median(samples):
    return statistics.median(samples)


def spread(samples):
    """Half of the range in which the middle half of the samples lie, as a part of the median."""
    middle = median(samples)
    if len(samples) < 2 or not middle:
        return 0.0
    low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
    return (high - low) / 2 / middle


def ratio(case, place, to="native"):
    """The median of the runs' ratios; None where one of the two was not measured."""
    if place == to or not case.get(place) or not case.get(to):
        return None
    return median([a / b for a, b in zip(case[place], case[to]) if b])


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {"processor": model, "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}


def version():
    said = subprocess.run([executable(), "--version"], capture_output=True, text=True, check=False)
    return said.stdout.split()[-1] if said.stdout.split() else "unknown"


def new(verb, **settings):
    return {"verb": verb, "trireme": version(), "machine": machine(), "settings": settings,
            "cases": {}}


def check_writable(path):
    """Before the measurements, not after them."""
    if path:
        try:
            with open(path, "a", encoding="utf-8"):
                pass
        except OSError as error:
            raise BenchError(f"cannot write {path}: {error.strerror}") from None


def save(result, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


def load(path, verb):
    """What save() wrote for the same verb."""
    try:
        with open(path, encoding="utf-8") as file:
            result = json.load(file)
    except OSError as error:
        raise BenchError(f"cannot read {path}: {error.strerror}") from None
    except ValueError as error:
        raise BenchError(f"{path} is no JSON: {error}") from None
    if not isinstance(result, dict) or not isinstance(result.get("cases"), dict):
        raise BenchError(f"{path} holds no result of `trireme bench`")
    if result.get("verb") != verb:
        raise BenchError(f"{path} is a result of `bench {result.get('verb')}`, not of "
                         f"`bench {verb}`")
    return result
