# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of round trips, from the timeline that a server writes (--trace).

    doorbell -> picked up     the render thread slept and was rung; it begins its batch
    picked up -> done         decoding and the GL, until the answer is ready
    done -> seen              the answer is sent, and the program that waited goes on
"""

import collections
import json

PARTS = ("doorbell to picked up", "picked up to done", "done to seen")
ANSWER = "answer "


def read(path):
    """The events that are in the file so far; the last line may be half written."""
    events = []
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("{"):
                try:
                    events.append(json.loads(line.rstrip().rstrip(",")))
                except ValueError:
                    break
    return events


def contexts(events):
    """The events of each context, oldest context first: both its lines, by time."""
    lines = collections.defaultdict(list)
    for event in events:
        if "ts" in event:
            # A context's lines have successive numbers, the guest's, which is odd, first.
            lines[(event["tid"] + 1) // 2].append(event)
    return [sorted(lines[number], key=lambda event: event["ts"]) for number in sorted(lines)]


def end(event):
    return event["ts"] + event.get("dur", 0)


def last_within(events, low, high):
    """The last event that begins behind `low` and not behind `high`; None: none does."""
    found = [event for event in events if low < event["ts"] <= high]
    return found[-1] if found else None


def parts_of(events):
    """{part: [µs, …]} of the round trips of the command that one context waited for most. A part
    that a round trip does not have, or of which nobody noted the times, is left out."""
    by_name = collections.defaultdict(list)
    for event in events:
        by_name[event["name"]].append(event)
    answers = [event for name, of_name in by_name.items() if name.startswith(ANSWER)
               for event in of_name]
    names = collections.Counter(event["name"] for event in answers).most_common(1)
    answers.sort(key=lambda event: event["ts"])
    found = {part: [] for part in PARTS}
    before = 0
    for index, answer in enumerate(answers):
        done = answer["ts"]
        after = answers[index + 1]["ts"] if index + 1 < len(answers) else float("inf")
        if answer["name"] == names[0][0]:
            bell = last_within(by_name["doorbell"], before, done)
            batch = last_within(by_name["batch"], before, done)
            seen = [wait for wait in by_name["wait"]
                    if wait["ts"] < after and done <= end(wait) < after]
            if bell and batch and bell["ts"] <= batch["ts"]:
                found[PARTS[0]].append(batch["ts"] - bell["ts"])
            if batch:
                found[PARTS[1]].append(done - batch["ts"])
            if seen:
                found[PARTS[2]].append(end(seen[0]) - done)
        before = done
    return found
