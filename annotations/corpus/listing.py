"""The documents of a corpus as a list: which of them match what was typed, and in which order they are.

A document matches if each word typed is in its name, ignoring upper and lower case, or names a
condition that it meets: `done`, `german` and the others in `CONDITIONS`.
"""

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, assert_never

from msgspec import Struct

from annotations.corpus.name_filter import fold, words_of
from annotations.dates.document_language import NAMES
from annotations.entities.steps import finish, sorted_in_steps
from annotations.model.document_summary import milliseconds
from annotations.text.natural_order import natural

STEP = 50
"""How many rows are made in one step of about half a millisecond."""
GLANCES = 2_000
"""How many documents are checked for one condition in one step of about half a millisecond."""
DocumentState = Literal["new", "begun", "done"]
"""The stages of a document: nothing decided yet, something decided, or done."""
FileState = Literal["there", "gone", "changed", "moved", "unreadable"]
"""What happened to the file since the document was read from it; `unreadable` is a file that is not text."""


class ListedDocument(Struct, frozen=True, gc=False):
    """What the list knows about one document; none of this needs its text."""

    number: int
    """Its place in the corpus, from 1."""
    key: str
    """The key that identifies it in the corpus."""
    name: str
    state: DocumentState = "new"
    flagged: bool = False
    date: str = ""
    """Its creation time, ISO 8601; empty if there is none."""
    words: int | None = None
    decided: int = 0
    undecided: int | None = None
    """`None` until suggestions were made for it."""
    lowest_score: float | None = None
    """The lowest score of the undecided suggestions; `None` if none has a score."""
    minutes: float = 0.0
    """Minutes of work, without longer pauses."""
    changed_at: str = ""
    """When a person last changed its annotations, in UTC, ISO 8601; empty if nobody did."""
    file: FileState = "there"
    file_detail: str = ""
    """The earlier path of a file that moved, or why it cannot be read."""
    at_random: bool = False
    """Whether it was drawn at random, so that it can be part of an unbiased test set."""
    doubtful: int | None = None
    """How many undecided suggestions should be checked; `None` until suggestions were made."""
    language: str = ""
    """The name of its language if this is known to differ from that of the corpus."""

    @property
    def must_be_asked_about(self) -> bool:
        """Whether to ask before marking it as done: suggestions are undecided, or were never made."""
        if self.file == "unreadable":
            return False
        return self.words != 0 if self.undecided is None else bool(self.undecided)

    @property
    def note(self) -> str:
        """What a person should know about it, in a few words; empty if there is nothing."""
        random, language = "drawn at random" * self.at_random, self.language and f"in {self.language}"
        return "; ".join(filter(None, (_file_words(self.file, self.file_detail), random, language)))


def _file_words(file: FileState, detail: str) -> str:
    match file:
        case "there":
            return ""
        case "gone":
            return "the file is gone"
        case "changed":
            return "the text has changed"
        case "moved":
            return f"moved from {detail}" if detail else "moved"
        case "unreadable":
            return f"skipped: {detail}" if detail else "skipped: it is not a text"
        case _:
            assert_never(file)


STATES: Mapping[str, Callable[[ListedDocument], bool]] = {
    "done": lambda row: row.state == "done",
    "open": lambda row: row.state != "done",
    "begun": lambda row: row.state == "begun",
    "new": lambda row: row.state == "new",
    "undecided": lambda row: bool(row.undecided),
    "flagged": lambda row: row.flagged,
    "changed": lambda row: row.file == "changed",
    "gone": lambda row: row.file == "gone",
    "moved": lambda row: row.file == "moved",
    "unreadable": lambda row: row.file == "unreadable",
    "random": lambda row: row.at_random,
}
"""Words for conditions that a document can meet."""


def _in_language(name: str) -> Callable[[ListedDocument], bool]:
    return lambda row: row.language == name


CONDITIONS = {**STATES, **{name.lower(): _in_language(name) for name in NAMES.values()}}
"""The conditions and the languages. A document with the word in its name also matches."""

SortOrder = Literal["given", "name", "most left", "most doubtful", "minutes", "last changed"]
SORT_ORDERS: tuple[SortOrder, ...] = (
    "given",
    "name",
    "most left",
    "most doubtful",
    "minutes",
    "last changed",
)
"""`given` is the order of the corpus. Documents without a value for an order come last in it, and those
with equal values are in the order of the corpus."""


class DocumentRows(Sequence[ListedDocument]):
    """The documents of a corpus in its order; each row is made when it is needed."""

    @property
    @abstractmethod
    def done(self) -> int:
        """How many documents are done."""

    @property
    @abstractmethod
    def flagged(self) -> int:
        """How many documents have a flag."""

    @abstractmethod
    def name(self, place: int) -> str:
        """The name of the document at a place."""

    @abstractmethod
    def at_a_glance(self, condition: str) -> bytes | None:
        """1 for each document that meets a word of `CONDITIONS`, otherwise 0, without making rows.

        `None` if only the rows show this.
        """

    @abstractmethod
    def place_of(self, key: str) -> int:
        """The place of a document. Raises `KeyError` if it is not in the corpus."""


class Listing:
    """The documents that match what was typed, in an order.

    The cost of a key: if a filter only became longer, its words are searched for among the previous
    matches; names are prepared for comparison once, the documents that meet a condition are found once,
    and an order is computed once. A document that changed moves to its new place, the others stay. Work
    on many documents is done in steps of at most a millisecond, so that keys are handled in between. Of
    a document that is neither visible nor needed for what was typed, only the name is read.
    """

    def __init__(self, rows: DocumentRows) -> None:
        self._source = rows
        self._rows: list[ListedDocument | None] = [None] * len(rows)
        """The rows that were requested."""
        self._folded: list[str] = []
        """The names prepared for comparison, as many as were needed so far."""
        self._columns: dict[str, bytearray] = {}
        """1 for each document that meets a condition, for the conditions that were typed."""
        self._sorted: dict[SortOrder, list[int]] = {"given": list(range(len(rows)))}
        self._replaced: set[int] = set()
        """The documents whose rows were replaced: `at_a_glance` does not know their changes."""
        self._typed = ""
        self._words: tuple[str, ...] = ()
        self._order: SortOrder = "given"
        self._shown: list[int] = self._sorted["given"]
        self._changes = 0
        """How often a document changed: what was computed in the meantime may be wrong."""
        self.done = rows.done
        """How many of all documents are done."""
        self.flagged = rows.flagged
        """How many of all documents have a flag."""

    @property
    def total(self) -> int:
        """How many documents there are in the corpus."""
        return len(self._rows)

    @property
    def order(self) -> SortOrder:
        """The order of the documents."""
        return self._order

    @property
    def words(self) -> tuple[str, ...]:
        """The words to search for, prepared for comparison."""
        return self._words

    def __len__(self) -> int:
        """How many documents match."""
        return len(self._shown)

    def __getitem__(self, place: int) -> ListedDocument:
        """The document at a place among those that match, from 0."""
        return self._row(self._shown[place])

    def __iter__(self) -> Iterator[ListedDocument]:
        """The documents that match, in their order."""
        return map(self._row, self._shown)

    def place_of(self, key: str) -> int | None:
        """The place of a document among those that match; `None` if it does not match."""
        try:
            place = self._source.place_of(key)
        except KeyError:
            return None
        at = self._where(self._shown, self._order, place)
        return at if self._shown[at : at + 1] == [place] else None

    def narrow_to(self, typed: str) -> None:
        """Keep the documents that match what was typed."""
        finish(self.bring(typed, self._order))

    def sort(self, order: SortOrder) -> None:
        """Sort them in another order."""
        finish(self.bring(self._typed, order))

    def bring(self, typed: str, order: SortOrder) -> Generator[None, None, bool]:
        """Keep the documents that match what was typed, in an order, in steps; nothing changes until the last."""
        words = words_of(typed)
        changes = -1
        while changes != self._changes:
            changes = self._changes
            in_order = yield from self._in_order(order)
            fresh, among = words, in_order
            if order == self._order and narrows(self._words, words):
                fresh, among = tuple(word for word in words if word not in self._words), self._shown
            if fresh:
                among = yield from self._fitting(among, fresh)
        self._typed, self._words, self._order, self._shown = typed, words, order, among
        return True

    def prepare(self) -> Generator[None, None, bool]:
        """Prepare what takes longest, in steps, so that keys need not wait for it later."""
        yield from self._fold_names()
        yield from self._make_rows()
        for order in SORT_ORDERS:
            yield from self._in_order(order)
        return True

    def replace(self, rows: Iterable[ListedDocument]) -> None:
        """Note a change of documents. Raises `KeyError` if one is not in the corpus."""
        for row in rows:
            place = self._source.place_of(row.key)
            before = self._row(place)
            self.done += (row.state == "done") - (before.state == "done")
            self.flagged += row.flagged - before.flagged
            self._changes += 1
            self._replaced.add(place)
            self._put(place, row)

    def _put(self, place: int, row: ListedDocument) -> None:
        """Replace the row of a document, and move it to the place of the new row."""
        lists = {id(places): (order, places) for order, places in self._sorted.items()}
        lists[id(self._shown)] = (self._order, self._shown)
        for order, places in lists.values():
            at = self._where(places, order, place)
            if places[at : at + 1] == [place]:
                del places[at]
        self._rows[place] = row
        if place < len(self._folded):
            self._folded[place] = fold(row.name)
        for condition, column in self._columns.items():
            column[place] = CONDITIONS[condition](row)
        for order, places in lists.values():
            if places is not self._shown or self._fits(place):
                places.insert(self._where(places, order, place), place)

    def _fits(self, place: int) -> bool:
        return all(
            word in self._folded[place] or (word in CONDITIONS and self._columns[word][place])
            for word in self._words
        )

    def _row(self, place: int) -> ListedDocument:
        """The document at a place of the corpus."""
        row = self._rows[place]
        if row is None:
            row = self._rows[place] = self._source[place]
        return row

    def _name(self, place: int) -> str:
        row = self._rows[place]
        return self._source.name(place) if row is None else row.name

    def _make_rows(self) -> Generator[None, None, None]:
        for place in range(self.total):
            if self._rows[place] is None:
                self._row(place)
                if place % STEP == STEP - 1:
                    yield

    def _fold_names(self) -> Generator[None, None, None]:
        folded = self._folded
        while len(folded) < self.total:
            here = range(len(folded), min(len(folded) + GLANCES, self.total))
            folded += [fold(self._name(place)) for place in here]
            if len(folded) < self.total:
                yield

    def _find_out(self, condition: str) -> Generator[None, None, None]:
        """Which documents meet a condition."""
        is_so, known = CONDITIONS[condition], self._source.at_a_glance(condition)
        if known is None:
            yield from self._make_rows()
        while condition not in self._columns:
            changes, column = self._changes, bytearray(known or b"")
            for place in sorted(self._replaced) if known is not None else ():
                column[place] = is_so(self._row(place))
            while len(column) < self.total:
                here = range(len(column), min(len(column) + GLANCES, self.total))
                column += bytes(is_so(self._row(place)) for place in here)
                if len(column) < self.total:
                    yield
            if changes == self._changes:
                self._columns[condition] = column

    def _fitting(self, among: list[int], words: tuple[str, ...]) -> Generator[None, None, list[int]]:
        yield from self._fold_names()
        for word in words:
            if word in CONDITIONS:
                yield from self._find_out(word)
        found: list[int] = []
        for first in range(0, len(among), GLANCES):
            if first:
                yield
            found += self._fitting_of(among[first : first + GLANCES], words)
        return found

    def _fitting_of(self, places: list[int], words: tuple[str, ...]) -> list[int]:
        """The documents at these places that match all words."""
        folded = self._folded
        for word in words:
            if (column := self._columns.get(word)) is not None:
                places = [place for place in places if column[place] or word in folded[place]]
            else:
                places = [place for place in places if word in folded[place]]
        return places

    def _in_order(self, order: SortOrder) -> Generator[None, None, list[int]]:
        while order not in self._sorted:
            changes = self._changes
            if order != "name":
                yield from self._make_rows()
            places = yield from sorted_in_steps(range(self.total), self._key(order))
            if changes == self._changes:
                self._sorted[order] = places
        return self._sorted[order]

    def _where(self, places: list[int], order: SortOrder, place: int) -> int:
        """The place that a document has, or would have, in an order."""
        key = self._key(order)
        return bisect_left(places, (key(place), place), key=lambda one: (key(one), one))

    def _key(self, order: SortOrder) -> Callable[[int], Any]:
        """The sort key of an order, ascending; documents with equal keys keep the order of the corpus."""
        row = self._row
        match order:
            case "given":
                return int
            case "name":
                return lambda place: natural(self._name(place))
            case "most left":
                return lambda place: -(row(place).undecided or 0)
            case "most doubtful":
                return lambda place: -(row(place).doubtful or 0)
            case "minutes":
                return lambda place: -row(place).minutes
            case "last changed":
                return lambda place: -milliseconds(row(place).changed_at)
            case _:
                assert_never(order)


# Filtering


def narrows(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether all matches of these words are among the matches of the previous words.

    This is so if each previous word is equal to a word now, or part of one that is not a condition.
    """
    return all(
        any(old == new or (old in new and new not in CONDITIONS) for new in after) for old in before
    )
