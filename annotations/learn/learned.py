"""What was learned so far from one person's single decisions, in all documents, and what follows from it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from annotations.learn.doubt import THRESHOLD, FittedWeights, Weights, threshold
from annotations.learn.first_weights import FIRST_WEIGHTS, PLACE_WEIGHTS
from annotations.learn.lesson import Lesson, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.record import Teaching
from annotations.learn.spot_checks import SpotChecks, spot_checks
from annotations.model.edit import Edit

FITTED_EVERY = 25
"""The weights follow what was learned in steps of that many lessons: a few alone would turn them over."""


class TaughtByEdit(Struct, frozen=True):
    """What one edit taught, as long as it is not undone."""

    edit: str
    """The id of the edit."""
    at: str
    """When it was made, as it says."""
    lessons: tuple[Lesson, ...]


class Learned:
    """The lessons of one person, the memory made of them, and the weights fitted to them.

    `later` is the threshold of doubt once enough was decided. The weights are those of the start until
    `weights` is set to others.
    """

    def __init__(self, later: float = THRESHOLD) -> None:
        self.memory = Memory()
        self.weights: Weights = FIRST_WEIGHTS
        self.place_weights: tuple[float, ...] = PLACE_WEIGHTS
        """What each signal adds to the chance that a name is where nobody suggested one."""
        self.decisions = 0
        """How many suggestions were decided one by one."""
        self.changes = 0
        """How often something was learned or taken back."""
        self._later = later
        self._taught: dict[str, TaughtByEdit] = {}
        self._undone: set[str] = set()
        self._in_order: list[Lesson] | None = []
        self._last = ""
        """When the last of the edits was made whose lessons are in order."""
        self._spot_checks: SpotChecks | None = None

    def use(self, fitted: FittedWeights) -> None:
        """Judge by these weights from now on."""
        self.weights = Weights(fitted.suggestions, self.weights.typical)
        self.place_weights = fitted.places

    @property
    def threshold(self) -> float:
        """Above which likelihood of being wrong a suggestion is doubtful by now."""
        return threshold(self.decisions, self._later)

    @property
    def spot_checks(self) -> SpotChecks:
        """How the spot checks came out so far."""
        if self._spot_checks is None:
            wrong = [
                not lesson.right
                for lesson in self.lessons()
                if isinstance(lesson, SuggestionDecided) and lesson.spot_check
            ]
            self._spot_checks = spot_checks(wrong)
        return self._spot_checks

    def lessons(self) -> Sequence[Lesson]:
        """What was taught and not undone, in the order in which it was, whatever was read first.

        The list is added to, and never changed otherwise, as long as what comes is behind all that was there.
        """
        if self._in_order is None:
            standing = [one for id_, one in self._taught.items() if id_ not in self._undone]
            standing.sort(key=lambda taught: taught.at)
            self._in_order = [lesson for taught in standing for lesson in taught.lessons]
            self._last = standing[-1].at if standing else ""
        return self._in_order

    def lessons_to_fit(self) -> Sequence[Lesson]:
        """The lessons that the weights are to be fitted to by now, in their order."""
        lessons = self.lessons()
        return lessons[: len(lessons) // FITTED_EVERY * FITTED_EVERY]

    def follow(self, edit: Edit, teaching: Teaching) -> None:
        """An edit was made: what it teaches is learned once, what it undoes is not any more."""
        match edit.kind:
            case "undo":
                self._take_back(edit.of)
            case "redo":
                self._teach_again(edit.of)
            case _:
                if edit.id not in self._taught:
                    self.take_in([TaughtByEdit(edit.id, edit.at, tuple(teaching.lessons(edit)))])

    def take_in(self, taught: Iterable[TaughtByEdit]) -> None:
        """Learn what edits taught, each once."""
        for one in taught:
            if one.lessons and one.edit not in self._taught:
                self._taught[one.edit] = one
                self._learn(one)

    def _learn(self, taught: TaughtByEdit) -> None:
        if self._in_order is not None and taught.at >= self._last:
            self._in_order.extend(taught.lessons)
            self._last = taught.at
        else:
            self._in_order = None
        self._changed(taught, by=1)
        for lesson in taught.lessons:
            self.memory.learn(lesson)

    def _take_back(self, edit: str) -> None:
        taught = self._taught.get(edit)
        if taught is None or edit in self._undone:
            return
        self._undone.add(edit)
        self._in_order = None
        self._changed(taught, by=-1)
        for lesson in taught.lessons:
            self.memory.unlearn(lesson)

    def _teach_again(self, edit: str) -> None:
        if edit in self._undone:
            self._undone.discard(edit)
            self._in_order = None
            self._learn(self._taught[edit])

    def _changed(self, taught: TaughtByEdit, by: int) -> None:
        self.changes += 1
        decided = [one for one in taught.lessons if isinstance(one, SuggestionDecided)]
        self.decisions += by * len(decided)
        if any(one.spot_check for one in decided):
            self._spot_checks = None
