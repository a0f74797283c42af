"""What one person's single decisions have taught so far, in whatever documents, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.learn.doubt import THRESHOLD, Weights, threshold
from annotations.learn.first_weights import FIRST_WEIGHTS
from annotations.learn.lesson import Lesson, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.record import Teaching
from annotations.model.edit import Edit


@dataclass
class _Taught:
    """What an edit taught, and whether it was undone since."""

    lessons: tuple[Lesson, ...]
    stands: bool = True


class Learned:
    """The lessons of one person, the memory made of them, and the weights fitted to them.

    `later` is the threshold of doubt once enough was decided. The weights are those of the start until
    `weights` is set to others.
    """

    def __init__(self, later: float = THRESHOLD) -> None:
        self.memory = Memory()
        self.weights: Weights = FIRST_WEIGHTS
        self.decisions = 0
        """How many suggestions were decided one by one."""
        self._later = later
        self._taught: dict[str, _Taught] = {}

    @property
    def threshold(self) -> float:
        """Above which likelihood of being wrong a suggestion is doubtful by now."""
        return threshold(self.decisions, self._later)

    def lessons(self) -> Iterator[Lesson]:
        """What was taught and not undone, in the order in which it was."""
        for taught in self._taught.values():
            if taught.stands:
                yield from taught.lessons

    def follow(self, edit: Edit, teaching: Teaching) -> None:
        """An edit was made: what it teaches is learned, what it undoes is not any more."""
        match edit.kind:
            case "undo":
                self._let_stand(edit.of, stands=False)
            case "redo":
                self._let_stand(edit.of, stands=True)
            case _:
                taught = _Taught(tuple(teaching.lessons(edit)), stands=False)
                if taught.lessons:
                    self._taught[edit.id] = taught
                    self._let_stand(edit.id, stands=True)

    def _let_stand(self, edit: str, *, stands: bool) -> None:
        taught = self._taught.get(edit)
        if taught is None or taught.stands == stands:
            return
        taught.stands = stands
        for lesson in taught.lessons:
            (self.memory.learn if stands else self.memory.unlearn)(lesson)
            if isinstance(lesson, SuggestionDecided):
                self.decisions += 1 if stands else -1
