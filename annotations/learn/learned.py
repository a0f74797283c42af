"""What was learned so far from one person's single decisions in all documents, and what follows from it."""

from bisect import insort
from collections.abc import Sequence

from msgspec import Struct

from annotations.learn.doubt import THRESHOLD, FittedWeights, Weights, threshold
from annotations.learn.first_weights import FIRST_WEIGHTS, PLACE_WEIGHTS
from annotations.learn.lesson import Lesson, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.record import Teaching
from annotations.learn.spot_checks import SpotChecks, spot_checks
from annotations.model.edit import Edit

FITTED_EVERY = 25
"""After how many more lessons the weights are updated: a few alone would change them too much."""
FITTED_TO = 8_000
"""The weights are fitted to at least this many of the last lessons: more than the decisions that count
in them (`regression.MOST_ROWS`), because what was decided before each is one of its signals.
"""
DROP_EVERY = 2_000
"""The first lessons are left out in steps of this many: fitting starts again then."""


class TaughtByEdit(Struct, frozen=True, gc=False):
    """What one edit taught, until it is undone."""

    document: str
    """The id of its document."""
    edit: str
    """The id of the edit."""
    at: str
    """When it was made, as the edit itself states."""
    lessons: tuple[Lesson, ...]


class Learned:
    """The lessons of one person, the memory made of them, and the weights fitted to them.

    The memory is made of all lessons. Those of other documents are kept one by one only as long as the
    weights are fitted to them: a lesson needs more than a kilobyte. The others are read again from the
    record of their document when it is opened.

    `later` is the threshold of doubt once enough was decided. The weights are those of the start until
    `use` sets other ones.
    """

    def __init__(self, later: float = THRESHOLD) -> None:
        self.memory = Memory()
        self.weights: Weights = FIRST_WEIGHTS
        self.place_weights: tuple[float, ...] = PLACE_WEIGHTS
        """What each signal adds to the chance that there is a name where nobody suggested one."""
        self.decisions = 0
        """How many suggestions were decided one by one."""
        self.changes = 0
        """How often something was learned or taken back."""
        self._later = later
        self._taught: dict[str, TaughtByEdit] = {}
        self._undone: set[str] = set()
        self._from_record: set[str] = set()
        """The edits in `_taught` that were read from the record of a document that is not open."""
        self._let_go = 0
        """How many lessons are not kept one by one, but only counted in the memory."""
        self._recorded = 0
        """An upper limit of the number of kept lessons that were read from records."""
        self._read_until: dict[str, str] = {}
        """The time of the last lesson of each document whose record was read."""
        self._checks: list[tuple[str, str, bool]] = []
        """When each spot check was made, in which edit, and whether the suggestion was wrong; in their order."""
        self._in_order: list[Lesson] | None = []
        self._last = ("", "")
        """The sort key of the last edit whose lessons are in `_in_order`."""
        self._spot_checks: SpotChecks | None = None

    def use(self, fitted: FittedWeights) -> None:
        """Use these weights for judging from now on."""
        self.weights = Weights(fitted.suggestions, self.weights.typical)
        self.place_weights = fitted.places

    @property
    def threshold(self) -> float:
        """The likelihood of being wrong above which a suggestion is now doubtful."""
        return threshold(self.decisions, self._later)

    @property
    def spot_checks(self) -> SpotChecks:
        """The results of the spot checks so far."""
        if self._spot_checks is None:
            self._spot_checks = spot_checks([wrong for _, _, wrong in self._checks])
        return self._spot_checks

    def lessons(self) -> Sequence[Lesson]:
        """The kept lessons that were not undone, in the order of their edits, not of reading.

        As long as new lessons are later than all others, they are only appended to the same list.
        """
        if self._in_order is None:
            standing = self._standing()
            self._in_order = [lesson for taught in standing for lesson in taught.lessons]
            self._last = _place(standing[-1]) if standing else ("", "")
        return self._in_order

    def lessons_to_fit(self) -> Sequence[Lesson]:
        """The lessons that the weights should now be fitted to, in their order."""
        lessons = self.lessons()
        number = self._let_go + len(lessons)
        first = max(number - FITTED_TO, 0) // DROP_EVERY * DROP_EVERY - self._let_go
        return lessons[max(first, 0) : len(lessons) - number % FITTED_EVERY]

    def recall(self, edit: Edit, teaching: Teaching) -> None:
        """Learn what an edit in the record of an opened document taught, unless that was learned before."""
        if edit.id in self._taught:
            self._from_record.discard(edit.id)
            return
        taught = _taught_by(edit, teaching)
        if taught.lessons and edit.at <= self._read_until.get(teaching.document, ""):
            self._taught[edit.id] = taught
            self._let_go -= len(taught.lessons)
            self._in_order = None
        else:
            self._take_in(taught)

    def follow(self, edit: Edit, teaching: Teaching) -> None:
        """Learn what a new edit teaches, once, and forget what it undoes."""
        match edit.kind:
            case "undo":
                self._take_back(edit.of)
            case "redo":
                self._teach_again(edit.of)
            case _:
                self._take_in(_taught_by(edit, teaching))

    def read(self, taught: Sequence[TaughtByEdit]) -> None:
        """Learn what the edits in the record of a document taught, each once. Called once for a document."""
        for one in taught:
            if self._take_in(one):
                self._from_record.add(one.edit)
        if taught:
            self._read_until[taught[0].document] = max(one.at for one in taught)
            self._recorded += sum(len(one.lessons) for one in taught)
        if self._recorded > FITTED_TO + 3 * DROP_EVERY:
            self._drop_first()

    def _drop_first(self) -> None:
        """Keep only the recorded lessons that the weights may be fitted to."""
        kept = self._recorded = 0
        for taught in reversed(self._standing()):
            number = len(taught.lessons)
            kept += number
            if taught.edit in self._from_record:
                if kept > FITTED_TO + 2 * DROP_EVERY:
                    del self._taught[taught.edit]
                    self._from_record.discard(taught.edit)
                    self._let_go += number
                else:
                    self._recorded += number
        self._in_order = None

    def _standing(self) -> list[TaughtByEdit]:
        """What was taught and neither undone nor dropped, in its order."""
        standing = [one for id_, one in self._taught.items() if id_ not in self._undone]
        standing.sort(key=_place)
        return standing

    def _take_in(self, taught: TaughtByEdit) -> bool:
        """Learn what an edit taught, if it taught anything and was not learned before; returns whether it was."""
        if not taught.lessons or taught.edit in self._taught:
            return False
        self._taught[taught.edit] = taught
        self._learn(taught)
        return True

    def _learn(self, taught: TaughtByEdit) -> None:
        if self._in_order is not None and _place(taught) >= self._last:
            self._in_order.extend(taught.lessons)
            self._last = _place(taught)
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
        for check in [(taught.at, taught.edit, not one.right) for one in decided if one.spot_check]:
            if by > 0:
                insort(self._checks, check)
            else:
                self._checks.remove(check)
            self._spot_checks = None


def _taught_by(edit: Edit, teaching: Teaching) -> TaughtByEdit:
    return TaughtByEdit(teaching.document, edit.id, edit.at, tuple(teaching.lessons(edit)))


def _place(taught: TaughtByEdit) -> tuple[str, str]:
    """The sort key of an edit. Edits of one document made at the same moment stay in recorded order."""
    return taught.at, taught.document
