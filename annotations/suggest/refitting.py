"""Fitting the weights of doubt and of places to a person's decisions, in the process of the suggesters.

Lessons are sent once: after the first time only the new ones, in small messages, so that neither side is
delayed. If lessons were removed, or inserted before earlier ones, the number of lessons that stay is sent.
"""

from collections.abc import Sequence

from annotations.learn.doubt import FittedWeights
from annotations.learn.lesson import Lesson
from annotations.suggest.protocol import Fit, FitDone
from annotations.suggest.worker_process import WorkerProcess
from annotations.suggest.worker_requests import WorkerRequests
from annotations.text.child_process import ProcessDiedError

AT_ONCE = 200
"""How many lessons one message contains."""


class Refitting:
    """The lessons that the process has, and those that it should have."""

    def __init__(self, requests: WorkerRequests) -> None:
        self._requests = requests
        self._wanted: Sequence[Lesson] | None = None
        self._worker: WorkerProcess | None = None
        self._sent: list[Lesson] = []

    def want(self, lessons: Sequence[Lesson]) -> None:
        """Fit to these next; may be called from any thread."""
        self._wanted = lessons

    def fitted(self) -> FittedWeights | None:
        """The weights for the last requested lessons; `None` if there are none, or if the process failed."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return None
        lessons = list(wanted)
        try:
            return self._ask(lessons)
        except ProcessDiedError as death:
            self._requests.unreported_death = death
            return None

    def _ask(self, lessons: list[Lesson]) -> FittedWeights | None:
        worker = self._requests.started()
        if worker is not self._worker:
            self._worker, self._sent = worker, []
        keep = _common(self._sent, lessons)
        self._sent = lessons[:keep]
        weights: FittedWeights | None = None
        for first in range(keep, max(len(lessons), keep + 1), AT_ONCE):
            batch = tuple(lessons[first : first + AT_ONCE])
            last = first + AT_ONCE >= len(lessons)
            reply = self._requests.ask(Fit(self._requests.next_id(), first, batch, last))[-1]
            if not isinstance(reply, FitDone):
                self._worker = None
                return None
            self._sent += batch
            weights = reply.weights
        return weights


def _common(one: Sequence[Lesson], other: Sequence[Lesson]) -> int:
    """How many are the same, counted from the first."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a is not b:
            return number
    return min(len(one), len(other))
