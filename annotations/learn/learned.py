"""What one person's single decisions have taught so far, in whatever documents, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.learn.doubt import THRESHOLD, FittedWeights, Weights, threshold
from annotations.learn.first_weights import FIRST_WEIGHTS, PLACE_WEIGHTS
from annotations.learn.lesson import Lesson, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.record import Teaching
from annotations.learn.spot_checks import SpotChecks, spot_checks
from annotations.model.edit import Edit


@dataclass
class _Taught:
    """What an edit taught, and whether it was undone since."""

    at: str
    """When the edit was made, as it says."""
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
        self.place_weights: tuple[float, ...] = PLACE_WEIGHTS
        """What each signal adds to the chance that a name is where nobody suggested one."""
        self.decisions = 0
        """How many suggestions were decided one by one."""
        self._later = later
        self._taught: dict[str, _Taught] = {}
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

    def lessons(self) -> Iterator[Lesson]:
        """What was taught and not undone, in the order in which it was, whatever was read first."""
        for taught in sorted(self._taught.values(), key=lambda taught: taught.at):
            if taught.stands:
                yield from taught.lessons

    def follow(self, edit: Edit, teaching: Teaching) -> None:
        """An edit was made: what it teaches is learned once, what it undoes is not any more."""
        match edit.kind:
            case "undo":
                self._let_stand(edit.of, stands=False)
            case "redo":
                self._let_stand(edit.of, stands=True)
            case _:
                if edit.id in self._taught:
                    return
                taught = _Taught(edit.at, tuple(teaching.lessons(edit)), stands=False)
                if taught.lessons:
                    self._taught[edit.id] = taught
                    self._let_stand(edit.id, stands=True)

    def _let_stand(self, edit: str, *, stands: bool) -> None:
        taught = self._taught.get(edit)
        if taught is None or taught.stands == stands:
            return
        taught.stands = stands
        self._checked_anew(taught)
        for lesson in taught.lessons:
            (self.memory.learn if stands else self.memory.unlearn)(lesson)
            if isinstance(lesson, SuggestionDecided):
                self.decisions += 1 if stands else -1

    def _checked_anew(self, taught: _Taught) -> None:
        checks = (isinstance(one, SuggestionDecided) and one.spot_check for one in taught.lessons)
        if any(checks):
            self._spot_checks = None
