"""The documents of a corpus as a list: which of them fit what was typed, and in which order they stand.

A document fits when each word typed stands in its name, upper and lower case ignored, or is the word for
something that it is: `done`, `open`, `flagged` and the others in `CONDITIONS`.
"""

import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from annotations.text.natural_order import natural

STEP = 100
"""Rows that are made in a step of a millisecond or so."""
DocumentState = Literal["new", "begun", "done"]
"""Nothing decided yet, something decided, marked as done."""
FileState = Literal["there", "gone", "changed", "moved", "unreadable"]
"""What became of the file since the document was read from it; `unreadable` is what is not a text."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """What the list knows of one document; nothing of this needs its text."""

    number: int
    """Its place in the corpus, from 1."""
    key: str
    """What the corpus knows it by."""
    name: str
    state: DocumentState = "new"
    flagged: bool = False
    date: str = ""
    """Its creation time, ISO 8601; empty where there is none."""
    words: int | None = None
    decided: int = 0
    undecided: int | None = None
    """`None` as long as nobody has suggested anything in it."""
    lowest_score: float | None = None
    """Of the undecided suggestions; `None` where none has a score."""
    minutes: float = 0.0
    """Of work, longer pauses left out."""
    changed_at: str = ""
    """When a person last changed its annotations, in UTC, ISO 8601; empty where nobody did."""
    file: FileState = "there"
    file_detail: str = ""
    """Where a file that moved was before, or why it cannot be read."""
    at_random: bool = False
    """Whether it was drawn at random, so that it can be part of an unbiased test set."""
    doubtful: int | None = None
    """How many of the undecided there is a reason to look at; `None` as long as nobody suggested anything."""

    @property
    def must_be_asked_about(self) -> bool:
        """Whether one is asked before it is marked as done: it has undecided suggestions, or had none as yet."""
        if self.file == "unreadable":
            return False
        return self.words != 0 if self.undecided is None else bool(self.undecided)

    @property
    def note(self) -> str:
        """What a person should know about it, in a few words; empty where there is nothing."""
        notes = [_file_words(self.file, self.file_detail)] if self.file != "there" else []
        return "; ".join([*notes, "drawn at random"] if self.at_random else notes)


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


CONDITIONS: Mapping[str, Callable[[ListedDocument], bool]] = {
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
"""Words that stand for something a document is. A document that has the word in its name fits as well."""

AT_A_GLANCE: Mapping[str, Callable[["DocumentRows", int], bool]] = {
    "done": lambda rows, place: rows.is_done(place),
    "open": lambda rows, place: not rows.is_done(place),
    "flagged": lambda rows, place: rows.is_flagged(place),
}
"""Those of the conditions that are known of a document without its row."""

SortOrder = Literal["given", "name", "most left", "most doubtful", "minutes", "last changed"]
SORT_ORDERS: tuple[SortOrder, ...] = (
    "given",
    "name",
    "most left",
    "most doubtful",
    "minutes",
    "last changed",
)
"""`given` is the order of the corpus. Documents that an order has nothing to say about come last in it,
and those that are alike in it stand in the order of the corpus."""


class DocumentRows(Sequence[ListedDocument]):
    """The documents of a corpus in its order, each row made when it is asked for."""

    @property
    @abstractmethod
    def done(self) -> int:
        """How many are done."""

    @property
    @abstractmethod
    def flagged(self) -> int:
        """How many have a flag."""

    @abstractmethod
    def name(self, place: int) -> str:
        """What the document at a place is called."""

    @abstractmethod
    def is_done(self, place: int) -> bool:
        """Whether the document at a place is done; no row is made for it."""

    @abstractmethod
    def is_flagged(self, place: int) -> bool:
        """Whether the document at a place has a flag; no row is made for it."""

    @abstractmethod
    def place_of(self, key: str) -> int:
        """The place of a document. Raises `KeyError` where it is none of the corpus."""


class Listing:
    """The documents that fit what was typed, in an order.

    What a key costs: the words of a filter that only grew are looked for in what fitted before; names
    are made ready for comparing once, and an order is worked out once until a document changes. Nothing
    but its name is asked of a document that is neither in sight nor needed for what was typed.
    """

    def __init__(self, rows: DocumentRows) -> None:
        self._source = rows
        self._rows: list[ListedDocument | None] = [None] * len(rows)
        """Those that were asked for."""
        self._folded: list[str] = []
        """The names ready for comparing, once something was typed."""
        self._sorted: dict[SortOrder, list[int]] = {"given": list(range(len(rows)))}
        self._words: tuple[str, ...] = ()
        self._order: SortOrder = "given"
        self._shown: list[int] = self._sorted["given"]
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
        """The order they stand in."""
        return self._order

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, ready for comparing."""
        return self._words

    def __len__(self) -> int:
        """How many documents fit."""
        return len(self._shown)

    def __getitem__(self, place: int) -> ListedDocument:
        """The document at a place among those that fit, from 0."""
        return self._row(self._shown[place])

    def __iter__(self) -> Iterator[ListedDocument]:
        """The documents that fit, in their order."""
        return map(self._row, self._shown)

    def place_of(self, key: str) -> int | None:
        """Where a document stands among those that fit; `None` where it does not."""
        try:
            place = self._source.place_of(key)
        except KeyError:
            return None
        return self._shown.index(place) if place in self._shown else None

    def narrow_to(self, typed: str) -> None:
        """Keep the documents that fit what was typed."""
        before, self._words = self._words, words_of(typed)
        if self._words == before:
            return
        among = self._shown if narrows(before, self._words) else self._in_order()
        self._shown = self._fitting(among)

    def sort(self, order: SortOrder) -> None:
        """Let them stand in another order."""
        self._order = order
        self._shown = self._fitting(self._in_order())

    def prepare(self) -> Generator[None, None, bool]:
        """Make what would take longest, in steps, so that nobody waits for it later."""
        for place in range(self.total):
            if place % STEP == STEP - 1:
                yield
            self._row(place)
        self._sorted.setdefault("name", self._places_sorted("name"))
        return True

    def replace(self, rows: Iterable[ListedDocument]) -> None:
        """Something about documents changed. Raises `KeyError` where one is none of the corpus."""
        still_right: tuple[SortOrder, ...] = ("given", "name")
        for row in rows:
            place = self._source.place_of(row.key)
            before = self._row(place)
            if before.name != row.name:
                still_right = ("given",)
            self.done += (row.state == "done") - (before.state == "done")
            self.flagged += row.flagged - before.flagged
            self._rows[place] = row
            if self._folded:
                self._folded[place] = fold(row.name)
        self._sorted = {order: self._sorted[order] for order in still_right if order in self._sorted}
        self.sort(self._order)

    def _row(self, place: int) -> ListedDocument:
        """The document at a place of the corpus."""
        row = self._rows[place]
        if row is None:
            row = self._rows[place] = self._source[place]
        return row

    def _name(self, place: int) -> str:
        row = self._rows[place]
        return self._source.name(place) if row is None else row.name

    def _fitting(self, among: list[int]) -> list[int]:
        if not self._words:
            return among
        if not self._folded:
            self._folded = [fold(self._name(place)) for place in range(self.total)]
        folded, words = self._folded, self._words
        return [place for place in among if fits(self._is, place, folded[place], words)]

    def _is(self, word: str, place: int) -> bool:
        """Whether the document at a place is what a word stands for."""
        row = self._rows[place]
        if row is None and word in AT_A_GLANCE:
            return AT_A_GLANCE[word](self._source, place)
        return word in CONDITIONS and CONDITIONS[word](self._row(place))

    def _in_order(self) -> list[int]:
        if self._order not in self._sorted:
            self._sorted[self._order] = self._places_sorted(self._order)
        return self._sorted[self._order]

    def _places_sorted(self, order: SortOrder) -> list[int]:
        """The places of the documents in an order; those that are alike keep the order of the corpus."""
        places, row = range(self.total), self._row
        match order:
            case "given":
                return list(places)
            case "name":
                return sorted(places, key=lambda place: natural(self._name(place)))
            case "most left":
                return sorted(places, key=lambda place: row(place).undecided or 0, reverse=True)
            case "most doubtful":
                return sorted(places, key=lambda place: row(place).doubtful or 0, reverse=True)
            case "minutes":
                return sorted(places, key=lambda place: row(place).minutes, reverse=True)
            case "last changed":
                return sorted(places, key=lambda place: row(place).changed_at, reverse=True)
            case _:
                assert_never(order)


# Filtering


class _Folding(dict[int, str]):
    """Code points as they are compared: case folded and taken apart into letter and marks."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = unicodedata.normalize("NFD", chr(code).casefold())
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text for comparing: upper and lower case ignored, and `é` the same in one code point or two.

    Each code point is folded by itself, so that a place in the result belongs to one in the text.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words_of(typed: str) -> tuple[str, ...]:
    """The words that were typed, ready for comparing."""
    return tuple(fold(typed).split())


def fits(is_so: Callable[[str, int], bool], place: int, folded: str, words: Sequence[str]) -> bool:
    """Whether the document at a place, with its name ready for comparing, has or is each of the words."""
    return all(word in folded or is_so(word, place) for word in words)


def narrows(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what fits these words is among what fitted those before.

    That is so where each word before is part of one now that is not a word for a condition, or is the same.
    """
    return all(
        any(old == new or (old in new and new not in CONDITIONS) for new in after) for old in before
    )


def matched(name: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a name, each once: code points, in order, none over another."""
    folded = fold(name)
    found = [(at, at + len(word)) for word in words if (at := folded.find(word)) >= 0]
    if len(folded) != len(name):
        # Some code points became several: back to those of the name.
        origin = [place for place, char in enumerate(name) for _ in fold(char)]
        found = [(origin[start], origin[end - 1] + 1) for start, end in found]
    ranges: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges
