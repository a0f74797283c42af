"""The place of a moment among commits whose order and times may disagree."""

from datetime import datetime


def place_of(moment: datetime, times: list[datetime]) -> tuple[int, int, int]:
    """How many commits come before a moment, how many of those have a later time, and how many of the
    others an earlier one.

    If several places are contradicted by equally many times, the last one counts.
    """
    later, earlier = 0, sum(time <= moment for time in times)
    best = (later + earlier, 0, later, earlier)
    for count, time in enumerate(times, 1):
        if time <= moment:
            earlier -= 1
        else:
            later += 1
        best = min(best, (later + earlier, -count, later, earlier))
    return -best[1], best[2], best[3]
