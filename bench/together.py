# SPDX-License-Identifier: GPL-2.0-or-later
"""Several of one program at once against one alone: the sum of their frames a second, and the
smallest share of it that one of them got."""

import apps
import goals
import places
import results
import table


def measure(opened, chosen, count, runs, seconds, progress=places.say):
    """{app: {place: {"alone": [frames/s, …], "together": [[frames/s of each], …]}}}"""
    found = {name: {place: {"alone": [], "together": []} for place in opened} for name in chosen}
    for number in range(runs):
        for name, app in chosen.items():
            for place, where in opened.items():
                progress(f"run {number + 1} of {runs}: {name} in {place}")
                into = found[name][place]
                into["alone"] += apps.rates(where, app, seconds)
                into["together"].append(apps.rates(where, app, seconds, count))
    return found


def figures(samples):
    """(alone, sum, sum/alone, smallest share): medians."""
    sums = [sum(rates) for rates in samples["together"]]
    return (results.median(samples["alone"]), results.median(sums),
            results.median([total / alone for total, alone in zip(sums, samples["alone"])]),
            results.median([min(rates) / total for rates, total in zip(samples["together"], sums)]))


def of_together(found):
    rows = []
    for name, by_place in found.items():
        for place, samples in by_place.items():
            alone, total, ratio, share = figures(samples)
            wanted = (goals.TOGETHER, goals.SHARE) \
                if place == "vm" and len(samples["together"][0]) == 2 else (None, None)
            rows.append([name, place, f"{alone:.1f}", f"{total:.1f}",
                         f"{ratio:.2f}", table.verdict(ratio, wanted[0]),
                         f"{share:.2f}", table.verdict(share, wanted[1])])
    return table.lines(["program", "in", "alone", "sum", "sum/alone", "goal", "smallest share",
                        "goal"], rows)
