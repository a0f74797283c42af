"""Where a moment is among commits whose order and times may not agree."""

from datetime import datetime


def place_of(moment: datetime, times: list[datetime]) -> tuple[int, int, int]:
    """How many commits come before a moment, how many of those are later and of the rest earlier.

    Of places that as many times contradict, the last one.
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
