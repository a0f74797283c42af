"""The summaries of the documents in a TinyDB file, with the later changes from the journal."""

import weakref
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, overload

from msgspec import Raw

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import text_of_id
from annotations.model.document_summary import (
    DocumentSummaries,
    DocumentSummary,
    Progress,
    milliseconds,
    progress_of,
    when_done,
)
from annotations.store.tinydb_file.commit import decode_edit
from annotations.store.tinydb_file.decoding import RowDecoder, Unreadable, not_readable
from annotations.store.tinydb_file.extent import UNKNOWN
from annotations.store.tinydb_file.index import (
    DocumentHead,
    Lookup,
    annotations_head,
    document_head,
)
from annotations.store.tinydb_file.row_ids import RowIds
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, RowKey, head_of, row_key
from annotations.store.tinydb_file.state import State, replayed
from annotations.store.tinydb_file.work import NO_WORK

_row = RowDecoder(AnnotationRow, "A row of annotations in the database")
_NOTHING = Progress()
_ONE_BY_ONE = 16
"""After single queries for one in this number of documents, all are read: that takes no longer than the
queries."""
_Column = TypeVar("_Column", bytearray, "array[int]", "array[float]")


def summary_of(state: State, document: str, annotator: str) -> DocumentSummary | None:
    """The summary of one document, by its id; `None` if there is none. Raises `StoreError`."""
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
    """Annotations that differ from the TinyDB file."""

    number: int
    """Their row id."""
    data: bytes | None
    """The row before the edits; `None` for the one in the TinyDB file."""
    edits: tuple[Raw, ...]


class StoredSummaries(DocumentSummaries):
    """See `DocumentSummaries`. Its methods may raise `StoreError`."""

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
        """The row ids of the documents that are new or have changed since the TinyDB file was written,
        by their ids.
        """
        self._changed = dict(_changed_by(state, annotator))
        """By the id of the document; `None` for removed annotations."""
        self._work = base.ask(lambda index: index.work_of(annotator)) if base else NO_WORK
        self._numbers = self._row_ids()
        self._asked = 0
        """The number of queries for a single document."""
        self._done = self._column(bytearray(self._work.done), self._is_done)
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
        return self._all[place] if self._many_asked() else self._at(place)

    def __iter__(self) -> Iterator[DocumentSummary]:
        for known, progress in self._heads():
            if known.id in self._changed:
                changed = self._changed[known.id]
                yield _summary(known, Progress() if changed is None else self._progress(changed))
            else:
                yield _summary(known, progress)

    def _at(self, place: int) -> DocumentSummary:
        position: int | None
        if not self._rows and isinstance(self._numbers, RowIds):
            # Unchanged since the TinyDB file: the place is the position there.
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

    def _heads(self) -> Iterator[tuple[DocumentHead, Progress]]:
        """The heads of all documents, and their progress according to the TinyDB file."""
        base = self._base
        heads = base.ask(lambda index: index.document_heads()) if base else []
        works = base.ask(lambda index: index.annotations_heads()) if base else []
        work_of = [_NOTHING] * len(heads)
        for document, annotations in zip(self._work.documents, self._work.annotations, strict=True):
            work_of[document] = _readable(works[annotations].progress)
        if not self._rows:
            yield from zip(heads, work_of, strict=True)
            return
        below = base.numbers(DOCUMENTS) if base else []
        stored = dict(zip(below, zip(heads, work_of, strict=True), strict=True))
        for number in self._all_numbers(below):
            row = self._rows.get(number)
            if row is None:
                yield stored[number]
            else:
                work = stored[number][1] if number in stored else _NOTHING
                yield document_head(head_of(DOCUMENTS, row)), work

    @property
    def done(self) -> bytes:
        """See `DocumentSummaries`."""
        return bytes(self._done)

    @cached_property
    def flagged(self) -> bytes:
        """See `DocumentSummaries`."""
        flags = bytearray(self._work.columns.flagged)
        return bytes(self._column(flags, lambda changed: self._progress(changed).flagged))

    @cached_property
    def visited(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        return self._column(self._work.columns.visited, self._visited)

    @cached_property
    def marked_done(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        columns = self._work.columns
        return self._column(columns.marked_done, lambda changed: when_done(self._progress(changed)))

    @cached_property
    def seconds(self) -> Sequence[float]:
        """See `DocumentSummaries`."""
        return self._column(self._work.columns.seconds, lambda changed: self._progress(changed).seconds)

    @cached_property
    def paths(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        paths = self._base.ask(lambda index: index.paths()) if self._base else []
        return self._strings(paths, lambda row: row_key(DOCUMENTS, row).second)

    @cached_property
    def names(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        names = self._base.ask(lambda index: index.names()) if self._base else []
        return self._strings(names, lambda row: document_head(head_of(DOCUMENTS, row)).name)

    def _strings(self, stored: Sequence[str], of_row: Callable[[bytes], str]) -> Sequence[str]:
        """A column of the index in the order of the documents, with the changes since the TinyDB file."""
        if not self._rows:
            return stored
        below = self._base.numbers(DOCUMENTS) if self._base else []
        by_number = dict(zip(below, stored, strict=True))
        found = []
        for number in self._all_numbers(below):
            row = self._rows.get(number)
            found.append(by_number[number] if row is None else of_row(row))
        return found

    def last_at(self, path: str) -> int | None:
        """See `DocumentSummaries`."""
        if "by_path" in self.__dict__ or self._many_asked():
            return self.by_path.get(path)
        below = (number for number in self._find("path", path) if number not in self._rows)
        rows = ((number, row) for number, row in self._rows.items() if row is not None)
        above = (number for number, row in rows if row_key(DOCUMENTS, row).second == path)
        numbers = [*below, *above]
        return bisect_left(self._numbers, max(numbers)) if numbers else None

    def place_of(self, document: str) -> int | None:
        """See `DocumentSummaries`."""
        if self._many_asked():
            return self._of_id.get(document)
        return self._place_of(document)

    def with_text(self, sha256: str) -> list[int]:
        """See `DocumentSummaries`."""
        if self._many_asked():
            return self._of_text.get(sha256, [])
        below = [*self._find("document", sha256), *self._find("text", sha256)]
        above = [number for id_, number in self._on_top.items() if text_of_id(id_) == sha256]
        stored = (number for number in below if number not in self._rows)
        return [bisect_left(self._numbers, number) for number in sorted((*stored, *above))]

    def _many_asked(self) -> bool:
        """Count a single query; returns whether there were so many that all documents are now read at once."""
        self._asked += 1
        return self._asked * _ONE_BY_ONE > len(self)

    @cached_property
    def _all(self) -> list[DocumentSummary]:
        return list(self)

    @cached_property
    def _of_id(self) -> dict[str, int]:
        """The places of the documents by their ids."""
        return {one.document: place for place, one in enumerate(self._all)}

    @cached_property
    def _of_text(self) -> dict[str, list[int]]:
        """The places of the documents by the SHA-256 of their texts."""
        of_text: dict[str, list[int]] = {}
        for place, one in enumerate(self._all):
            of_text.setdefault(text_of_id(one.document), []).append(place)
        return of_text

    def _place_of(self, document: str) -> int | None:
        number = self._number_of(document)
        return None if number is None else bisect_left(self._numbers, number)

    def _find(self, lookup: Lookup, wanted: str) -> list[int]:
        return self._base.find(lookup, wanted) if self._base else []

    def _column(self, stored: _Column, of_changed: "Callable[[_Changed], Any]") -> _Column:
        """A column of `Work` in the order of the documents, with the changes since the TinyDB file."""
        below = self._base.count(DOCUMENTS) if self._base else 0
        column = stored[:]
        if len(stored) != below:
            column = _zeros(stored, below)
            for position, value in zip(self._work.documents, stored, strict=True):
                column[position] = value
        if isinstance(self._numbers, RowIds):
            column += _zeros(stored, len(self._numbers) - below)
        else:
            numbers = self._base.numbers(DOCUMENTS) if self._base else []
            values = dict(zip(numbers, column, strict=True))
            column = _zeros(stored, len(self._numbers))
            for place, number in enumerate(self._numbers):
                column[place] = values.get(number, 0)
        for document, changed in self._changed.items():
            if (at := self._place_of(document)) is not None:
                column[at] = 0 if changed is None else of_changed(changed)
        return column

    def _all_numbers(self, below: Sequence[int]) -> Sequence[int]:
        """The row ids of all documents; `below` has those in the TinyDB file."""
        return (*below, *self._numbers.behind) if isinstance(self._numbers, RowIds) else self._numbers

    def _row_ids(self) -> "Sequence[int]":
        base, last = self._base, self._base.last_number(DOCUMENTS) if self._base else 0
        behind = sorted(number for number in self._on_top.values() if number > last)
        gone = {number for number, row in self._rows.items() if row is None}
        between = any(n <= last and self._position(n) is None for n in self._on_top.values())
        if not between and not any(self._position(number) is not None for number in gone):
            return RowIds(base, base.count(DOCUMENTS) if base else 0, behind)
        below = base.numbers(DOCUMENTS) if base else []
        return sorted({*below, *self._on_top.values()} - gone)

    def _position(self, number: int) -> int | None:
        """The position of a document in the TinyDB file, by its row id; `None` if it is not there."""
        return self._base.ask(lambda index: index.position(DOCUMENTS, number)) if self._base else None

    def _number_of(self, document: str) -> int | None:
        """The row id of a document, by its id."""
        if document in self._on_top:
            return self._on_top[document]
        found = self._find("document", document)
        return next((number for number in reversed(found) if number not in self._rows), None)

    def _stored_progress(self, position: int | None) -> Progress:
        """The entry of a document in the TinyDB file, by its position there."""
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
        """Whether annotations are marked as done, according to the last edit about this."""
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

    def _visited(self, changed: _Changed) -> int:
        """When the person was last there, according to the last edit that counts; see `AnnotationSet.apply`."""
        for raw in reversed(changed.edits):
            edit = decode_edit(raw)
            if edit.kind != "suggest":
                return milliseconds(edit.at)
        return milliseconds(progress_of(_row.decode(self._below(changed))).visited)

    def _length_of(self, document: str) -> int:
        number = self._number_of(document)
        row = self._rows.get(number) if number is not None else None
        if row is not None:
            return document_head(head_of(DOCUMENTS, row)).characters
        place = self._base.place(DOCUMENTS, number) if self._base and number is not None else None
        return document_head(place.head).characters if place else UNKNOWN


def _changed_by(state: State, annotator: str) -> Iterator[tuple[str, _Changed | None]]:
    """The annotations by an annotator that differ from the TinyDB file; the removed ones first."""
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


def _zeros(like: _Column, number: int) -> _Column:
    """A column of the same type with this number of zeros."""
    if isinstance(like, bytearray):
        return bytearray(number)
    return array(like.typecode, bytes(number * like.itemsize))


def _progress_in(head: bytes) -> Progress:
    """The progress in the head of annotations. Raises `StoreError` for a row that cannot be read."""
    return _readable(annotations_head(head).progress)


def _readable(progress: Progress | None) -> Progress:
    if progress is None:
        raise not_readable("A row of annotations in the database", Unreadable("it is damaged"))
    return progress


def _summary(known: DocumentHead, progress: Progress) -> DocumentSummary:
    return DocumentSummary(known.id, known.name, known.path, known.words, progress)
