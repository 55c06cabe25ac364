# SPDX-License-Identifier: GPL-2.0-or-later
"""The cases of `bench calls` with each value of a setting, one value after the other. Native, where
it is among the places, is measured with each of them, so that ratios can be compared."""

import calls
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


def of_sweep(name, found, names, wanted):
    """A line for each value; a column for each case and place."""
    with_native = "native" in wanted
    chosen = [place for place in wanted if place != "native" or wanted == ["native"]]
    header = [name] + [f"{case} {place}" for case in names for place in chosen]
    rows = []
    for value, cases in found.items():
        figures = [figure(cases[case], place, with_native) for case in names for place in chosen]
        rows.append([value] + [f"{number:.3f}" if with_native else table.rate(number)
                               for number in figures])
    return table.lines(header, rows)


def curves(found, names, chosen, numeric):
    with_native = "native" in next(iter(next(iter(found.values())).values()))
    return {f"{case} {place}": [(numeric[value], figure(cases[case], place, with_native))
                                for value, cases in found.items()]
            for case in names for place in chosen}


def run(options, names, result):
    name, values = options.sweep
    found, numeric = {}, {}
    for value in values:
        places.say(f"{name}={shown(value)}")
        numeric[shown(value)] = value
        with places.opened(options.places, {name: value}) as opened:
            found[shown(value)] = calls.measure(opened, names, options.runs, options.time)
    result["sweep"] = {"setting": name, "values": found}
    print("\n".join(of_sweep(name, found, names, options.places)))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        chosen = [place for place in options.places if place != "native"] or ["native"]
        plot.draw(options.plot, f"by {name}", name,
                  "of native" if "native" in options.places else "calls/s",
                  curves(found, names, chosen, numeric), log_x=True)
    return 0
