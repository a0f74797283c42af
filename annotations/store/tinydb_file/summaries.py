"""The summaries of the documents in a TinyDB file, with what the journal has on top of it."""

import weakref
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from msgspec import Raw

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document_summary import (
    DocumentSummaries,
    DocumentSummary,
    Progress,
    progress_of,
)
from annotations.store.tinydb_file.commit import decode_edit
from annotations.store.tinydb_file.decoding import RowDecoder, Unreadable, not_readable
from annotations.store.tinydb_file.extent import UNKNOWN
from annotations.store.tinydb_file.index import (
    NO_WORK,
    DocumentHead,
    Work,
    annotations_head,
    document_head,
)
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, RowKey, head_of, row_key
from annotations.store.tinydb_file.snapshot import Snapshot
from annotations.store.tinydb_file.state import State, replayed

_row = RowDecoder(AnnotationRow, "A row of annotations in the database")


def summary_of(state: State, document: str, annotator: str) -> DocumentSummary | None:
    """The summary of one document, by its id; `None` where there is none. Raises `StoreError`."""
    number = state.find(DOCUMENTS, RowKey(document))
    head = state.head(DOCUMENTS, number) if number is not None else None
    if head is None:
        return None
    annotations = state.find(ANNOTATIONS, RowKey(document, annotator))
    data = state.row(ANNOTATIONS, annotations) if annotations is not None else None
    progress = Progress() if data is None else progress_of(_row.decode(data))
    return _summary(document_head(head), progress)


@dataclass(frozen=True)
class _Changed:
    """Annotations that are not as in the TinyDB file."""

    number: int
    """Their row id."""
    data: bytes | None
    """The row below the edits; `None` for the one in the TinyDB file."""
    edits: tuple[Raw, ...]


class StoredSummaries(DocumentSummaries):
    """See `DocumentSummaries`. What is asked of it may raise `StoreError`."""

    def __init__(self, state: State, annotator: str) -> None:
        base = self._base = state.base.again() if state.base else None
        if base is not None:
            weakref.finalize(self, base.close).atexit = False
        self._rows = {number: row for number, (row, _) in state.on_top(DOCUMENTS).items()}
        self._on_top = {
            row_key(DOCUMENTS, row).first: number
            for number, row in self._rows.items()
            if row is not None
        }
        """The row ids of the documents that are new or changed since the TinyDB file, by their ids."""
        self._changed = dict(_changed_by(state, annotator))
        """By the id of the document; `None` for annotations that are gone."""
        self._work = base.ask(lambda index: index.work_of(annotator)) if base else NO_WORK
        self._numbers = self._row_ids()
        below = base.count(DOCUMENTS) if base else 0
        done = _column(self._work, below)
        if isinstance(self._numbers, _Numbers):
            done += bytes(len(self._numbers) - below)
        else:
            flags = dict(zip(base.numbers(DOCUMENTS) if base else (), done, strict=True))
            done = bytearray(flags.get(number, 0) for number in self._numbers)
        self._done = done
        for document, changed in self._changed.items():
            number = self._number_of(document)
            if number is not None:
                place = bisect_left(self._numbers, number)
                done[place] = changed is not None and self._is_done(changed)
        if base is not None and state.base is not None and base.remade is not None:
            state.base.index, state.base.remade = base.index, base.remade

    def __len__(self) -> int:
        return len(self._done)

    @overload
    def __getitem__(self, place: int) -> DocumentSummary: ...
    @overload
    def __getitem__(self, place: slice) -> list[DocumentSummary]: ...
    def __getitem__(self, place: int | slice) -> DocumentSummary | list[DocumentSummary]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        position: int | None
        if not self._rows and isinstance(self._numbers, _Numbers):
            # As in the TinyDB file: the place is the position.
            row, position = None, range(len(self))[place]
        else:
            number = self._numbers[place]
            row, position = self._rows.get(number), self._position(number)
        if row is not None:
            head = head_of(DOCUMENTS, row)
        else:
            assert self._base is not None
            assert position is not None
            head = self._base.ask(lambda index: index.place_at(DOCUMENTS, position)).head
        known = document_head(head)
        if known.id in self._changed:
            changed = self._changed[known.id]
            return _summary(known, Progress() if changed is None else self._progress(changed))
        return _summary(known, self._stored_progress(position))

    def __iter__(self) -> Iterator[DocumentSummary]:
        for known, work in self._heads():
            if known.id in self._changed:
                changed = self._changed[known.id]
                yield _summary(known, Progress() if changed is None else self._progress(changed))
            else:
                yield _summary(known, Progress() if work is None else _progress_in(work))

    def _heads(self) -> Iterator[tuple[DocumentHead, bytes | None]]:
        """The heads of all documents, and of the annotations in the TinyDB file where there are any."""
        base = self._base
        heads = base.ask(lambda index: [*index.heads(DOCUMENTS)]) if base else []
        works = base.ask(lambda index: [*index.heads(ANNOTATIONS)]) if base else []
        work_of: list[bytes | None] = [None] * len(heads)
        for document, annotations in zip(self._work.documents, self._work.annotations, strict=True):
            work_of[document] = works[annotations]
        if not self._rows:
            yield from zip(map(document_head, heads), work_of, strict=True)
            return
        below = base.numbers(DOCUMENTS) if base else []
        stored = dict(zip(below, zip(heads, work_of, strict=True), strict=True))
        for number in self._all_numbers(below):
            head, work = stored.get(number, (b"", None))
            row = self._rows.get(number)
            yield document_head(head if row is None else head_of(DOCUMENTS, row)), work

    @property
    def done(self) -> int:
        """See `DocumentSummaries`."""
        return self._done.count(1)

    def first_open(self, start: int = 0) -> int | None:
        """See `DocumentSummaries`."""
        place = self._done.find(0, start)
        return None if place < 0 else place

    def _all_numbers(self, below: Sequence[int]) -> Sequence[int]:
        """The row ids of all documents; `below` are those in the TinyDB file."""
        return (*below, *self._numbers.behind) if isinstance(self._numbers, _Numbers) else self._numbers

    def _row_ids(self) -> "Sequence[int]":
        base, last = self._base, self._base.last_number(DOCUMENTS) if self._base else 0
        behind = sorted(number for number in self._on_top.values() if number > last)
        gone = {number for number, row in self._rows.items() if row is None}
        between = any(n <= last and self._position(n) is None for n in self._on_top.values())
        if not between and not any(self._position(number) is not None for number in gone):
            return _Numbers(base, base.count(DOCUMENTS) if base else 0, behind)
        below = base.numbers(DOCUMENTS) if base else []
        return sorted({*below, *self._on_top.values()} - gone)

    def _position(self, number: int) -> int | None:
        """Where in the TinyDB file a document is, by its row id; `None` where it is not there."""
        return self._base.ask(lambda index: index.position(DOCUMENTS, number)) if self._base else None

    def _number_of(self, document: str) -> int | None:
        """The row id of a document, by its id."""
        if document in self._on_top:
            return self._on_top[document]
        found = self._base.find("document", document) if self._base else []
        return next((number for number in reversed(found) if number not in self._rows), None)

    def _stored_progress(self, position: int | None) -> Progress:
        """What the TinyDB file says of a document, by its position there."""
        row = self._work.row_of(position) if position is not None else None
        if row is None or self._base is None:
            return Progress()
        return _progress_in(self._base.ask(lambda index: index.place_at(ANNOTATIONS, row)).head)

    def _below(self, changed: _Changed) -> bytes:
        if changed.data is not None or self._base is None:
            return changed.data or b""
        place = self._base.place(ANNOTATIONS, changed.number)
        return self._base.row(place) if place else b""

    def _progress(self, changed: _Changed) -> Progress:
        data = self._below(changed)
        return progress_of(replayed(changed.number, data, changed.edits, self._length_of).to_row())

    def _is_done(self, changed: _Changed) -> bool:
        """Whether annotations are marked as done: what the last edit about that says."""
        for raw in reversed(changed.edits):
            if b'"done"' in memoryview(raw).tobytes():
                for fact in decode_edit(raw).facts:
                    if fact.fact == "done":
                        return fact.after.done
        if changed.data is not None:
            return _row.decode(changed.data).facts.done
        place = self._base.place(ANNOTATIONS, changed.number) if self._base else None
        progress = annotations_head(place.head).progress if place else None
        return progress is not None and progress.done

    def _length_of(self, document: str) -> int:
        number = self._number_of(document)
        row = self._rows.get(number) if number is not None else None
        if row is not None:
            return document_head(head_of(DOCUMENTS, row)).characters
        place = self._base.place(DOCUMENTS, number) if self._base and number is not None else None
        return document_head(place.head).characters if place else UNKNOWN


class _Numbers(Sequence[int]):
    """Row ids, those of the TinyDB file read when they are asked for, and those behind them."""

    def __init__(self, base: Snapshot | None, below: int, behind: list[int]) -> None:
        self._base = base
        self._below = below
        self.behind = behind

    def __len__(self) -> int:
        return self._below + len(self.behind)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        if place >= self._below or self._base is None:
            return self.behind[place - self._below]
        return self._base.ask(lambda index: index.number_at(DOCUMENTS, place))


def _changed_by(state: State, annotator: str) -> Iterator[tuple[str, _Changed | None]]:
    """The annotations by an annotator that are not as in the TinyDB file; those that are gone first."""
    gone, changed = [], []
    for number, (data, edits) in state.on_top(ANNOTATIONS).items():
        if data is not None:
            key = row_key(ANNOTATIONS, data)
        else:
            place = state.base.place(ANNOTATIONS, number) if state.base else None
            if place is None:
                continue
            head = annotations_head(place.head)
            key = RowKey(head.document, head.annotator)
        if key.second == annotator:
            if data is None and not edits:
                gone.append((key.first, None))
            else:
                changed.append((key.first, _Changed(number, data, edits)))
    yield from gone
    yield from changed


def _column(work: Work, documents: int) -> bytearray:
    """A byte for each document of the TinyDB file: 1 where it is done."""
    if len(work.documents) == documents:
        return bytearray(work.done)
    column = bytearray(documents)
    for position, done in zip(work.documents, work.done, strict=True):
        column[position] = done
    return column


def _progress_in(head: bytes) -> Progress:
    """The progress in the head of annotations. Raises `StoreError` for a row that cannot be read."""
    progress = annotations_head(head).progress
    if progress is None:
        raise not_readable("A row of annotations in the database", Unreadable("it is damaged"))
    return progress


def _summary(known: DocumentHead, progress: Progress) -> DocumentSummary:
    return DocumentSummary(known.id, known.name, known.path, known.words, progress)
