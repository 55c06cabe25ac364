# SPDX-License-Identifier: GPL-2.0-or-later
"""The cases of `bench calls` with each value of a setting, one value after the other. Native, where
it is among the places, is measured with each of them, so that ratios can be compared."""

import calls
import contexts
import places
import plot
import results
import table


def shown(value):
    """16K rather than 16384."""
    if isinstance(value, int):
        for unit, size in (("M", 1 << 20), ("K", 1 << 10)):
            if value % size == 0:
                return f"{value // size}{unit}"
    return str(value)


def figure(case, place, with_native):
    """A place's ratio to native, else its rate."""
    return results.ratio(case, place) if with_native else results.median(case[place])


def curves(found, names, wanted):
    """{"CASE PLACE": [(value, figure), …]}"""
    with_native = "native" in wanted
    chosen = [place for place in wanted if place != "native" or wanted == ["native"]]
    return {f"{case} {place}": [(value, figure(cases[case], place, with_native))
                                for value, cases in found.items()]
            for case in names for place in chosen}


def of_sweep(name, found, names, wanted):
    """A line for each value, a column for each case and place; of numbers the knees at the end."""
    columns = curves(found, names, wanted)
    rows = [[shown(value)] + [f"{points[i][1]:.3f}" if "native" in wanted
                              else table.rate(points[i][1]) for points in columns.values()]
            for i, value in enumerate(found)]
    if all(isinstance(value, int) for value in found):
        rows.append(["knee"] + [shown(plot.knee(points)[0]) for points in columns.values()])
    return table.lines([name, *columns], rows)


def measure(options, names, name, values):
    """{value: {case: {place: [calls/s, …]}}}; with contexts the calls of all of them."""
    found = {}
    if name == "contexts":
        with places.opened(options.places, programs=0) as opened:
            by_case = {case: contexts.measure(opened, case, values, options.runs, options.time)
                       for case in names}
        return {value: {case: {place: by_case[case][str(value)][place] for place in opened}
                        for case in names} for value in values}
    for value in values:
        places.say(f"{name}={shown(value)}")
        with places.opened(options.places, {name: value}) as opened:
            found[value] = calls.measure(opened, names, options.runs, options.time)
    return found


def run(options, names, result):
    name, values = options.sweep
    found = measure(options, names, name, values)
    result["sweep"] = {"setting": name,
                       "values": {shown(value): cases for value, cases in found.items()}}
    print("\n".join(of_sweep(name, found, names, options.places)))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, f"by {name}", name,
                  "of native" if "native" in options.places else "calls/s",
                  curves(found, names, options.places), log_x=True,
                  knees=isinstance(values[0], int))
    return 0
