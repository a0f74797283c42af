"""The documents that are done, with the times when they were marked as done. The pace of the work is
computed from them.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence

from annotations.model.document_summary import Progress, when_done


class Finished:
    """The done documents in the order of their times. If a document changes, only that one is moved."""

    def __init__(self, marked_done: Sequence[int], seconds: Sequence[float]) -> None:
        """For each document: when it was marked as done, in milliseconds since 1970 (0 if it is not
        done), and the seconds of work in it.
        """
        self._of = list(zip(marked_done, seconds, strict=True))
        self._in_order = sorted(one for one in self._of if one[0])

    @property
    def in_order(self) -> Sequence[tuple[int, float]]:
        """When each finished document was marked as done, and the seconds of work in it, the earliest first."""
        return self._in_order

    def note(self, number: int, progress: Progress | None) -> None:
        """Note the present progress of a document, by its number."""
        before = self._of[number]
        marked_done = 0 if progress is None else when_done(progress)
        self._of[number] = now = (marked_done, 0.0 if progress is None else progress.seconds)
        if before == now:
            return
        if before[0]:
            del self._in_order[bisect_left(self._in_order, before)]
        if marked_done:
            insort(self._in_order, now)
