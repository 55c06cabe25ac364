# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers and columns for people."""

import goals
import results
from places import AGAINST


def rate(value):
    """12.3 M; three digits."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.3g}  "


def lines(header, rows):
    """The first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    return [("  ".join([row[0].ljust(widths[0])]
                       + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])])).rstrip()
            for row in [header, *rows]]


def verdict(value, wanted):
    """What stands behind a ratio that has a goal."""
    if wanted is None or value is None:
        return ""
    return f"{wanted:g} {'met' if value >= wanted else 'missed'}"


def columns(place, case, name, with_native, against, old):
    """(header, cell) of each column that one place has."""
    samples = case[place]
    yield f"{place} calls/s", rate(results.median(samples))
    yield "±", f"{results.spread(samples):.0%}"
    if place != "native" and with_native:
        value = results.ratio(case, place)
        yield f"{place}/native", f"{value:.3f}"
        yield "goal", verdict(value, goals.goal(place, name))
    if place != "native" and against:
        yield "against", f"×{results.ratio(case, place, place + AGAINST):.2f}"
    if old:
        yield "was", before(old, name, place)


def of_calls(result, places, old=None, against=False):
    """The table of `bench calls`: rates with their spread; ratios to native with their goals; how
    many times as fast as the build that was measured against; what an older result says."""
    table = []
    for name, case in result["cases"].items():
        row = [("case", name)]
        for place in places:
            row += columns(place, case, name, "native" in places, against, old)
        table.append(row)
    return lines([header for header, _ in table[0]], [[cell for _, cell in row] for row in table])


def before(old, name, place):
    """What an older result says: the ratio to native where it has one, else the rate."""
    case = old["cases"].get(name, {})
    value = results.ratio(case, place)
    if value is not None:
        return f"{value:.3f}"
    return rate(results.median(case[place])) if case.get(place) else "-"


def number(value):
    """A count for each call: exact where it is whole."""
    if value is None:
        return "-"
    return f"{value:.0f}" if value == int(value) else f"{value:.3f}".replace("-0.000", "0.000")


def of_counts(counts):
    """The table of counts; a line for each case and place."""
    names = []
    for by_place in counts.values():
        for values in by_place.values():
            names += [name for name in values if name not in names]
    rows = [[case, place] + [number(values.get(name)) for name in names]
            for case, by_place in counts.items() for place, values in by_place.items()]
    return lines(["case", "in"] + [name.replace("_", " ") for name in names], rows)
