"""The undamaged parts of damaged files: single lines of a journal, single rows of a TinyDB file."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import text_of_id
from annotations.store.encoding import encode
from annotations.store.tinydb_file.commit import (
    BODY,
    FIRST_SUM,
    INNER_HEAD,
    SUM_END,
    Commit,
    Position,
    commit_of,
    decoded_commit,
    first_commit_of,
    stated_sum,
    sum_of,
)
from annotations.store.tinydb_file.commit import HEAD as LINE_HEAD
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.store.tinydb_file.disk import Disk, read_all
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.foreign import InvalidFile, NewerSchema, Tables, has_twins, parsed
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, META, DocumentRow

_ROW = re.compile(rb'^"([1-9][0-9]{0,17})":(\{.*\}),?$')
_TABLE = re.compile(rb'^[{}],?("(?:[^"\\]|\\.)*"):\{$')
_document = Decoder(DocumentRow)
_annotations = Decoder(AnnotationRow)


def sound_lines(disk: Disk, files: StoreFiles) -> Iterator[tuple[Position, Commit]]:
    """Every undamaged line of the journal, whatever is around it, in order.

    A line's sum is checked against that of the line before it: the sum which that line states, or the right sum
    if only that statement is damaged.
    """
    found: dict[int, tuple[Position, Commit]] = {}
    for path in (*files.older_segments(), files.journal):
        try:
            data = read_all(disk, path)
        except OSError:
            continue
        for position, commit in _loose_lines(data):
            found.setdefault(commit.sequence, (position, commit))
    for sequence in sorted(found):
        yield found[sequence]


def _loose_lines(data: bytes) -> Iterator[tuple[Position, Commit]]:
    before: bytes | None = None
    sums = [FIRST_SUM]
    for line in _lines(data):
        first = first_commit_of(line)
        if first is not None:
            before, sums = None, [first.previous if first.pruned else stated_sum(line)]
            continue
        for previous in sums:
            commit = commit_of(line, previous)
            if commit is None:
                continue
            if before is not None and previous != stated_sum(before):
                # This line proves that only the sum is wrong in the line before it.
                whole = LINE_HEAD + previous.encode() + b'",' + before[BODY:]
                if (saved := decoded_commit(whole)) is not None and not saved.previous:
                    yield Position(saved.sequence, previous), saved
            yield Position(commit.sequence, stated_sum(line)), commit
            before, sums = None, [stated_sum(line)]
            break
        else:
            named = decoded_commit(line)
            rest = line[BODY:-1]
            possible = [*sums, *([named.previous] if named and named.previous else [])]
            before = line
            sums = list(dict.fromkeys([stated_sum(line), *(sum_of(one, rest) for one in possible)]))[:4]


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines of a segment, each with a line end, even if the line end is damaged."""
    for line in data.split(b"\n"):
        begins = [0, *(found.start() for found in INNER_HEAD.finditer(line, 1))]
        for begin, end in zip(begins, [*(b - 1 for b in begins[1:]), len(line)], strict=True):
            piece = line[begin:end]
            if len(piece) > SUM_END:
                yield piece + b"\n"


def salvaged_rows(disk: Disk, files: StoreFiles) -> Tables:
    """The undamaged rows in the TinyDB file and its backups, the newest version of each.

    A doubtful row is left out. If an object in a row of this program has a key twice, the
    row is used only if there is no other, with the second of the two values.
    """
    documents: dict[str, bytes] = {}
    annotations: dict[tuple[str, str], bytes] = {}
    others: Tables = {}
    doubtful: list[bytes] = []
    for path in (files.base, *files.earlier()):
        for table, number, data in _rows(disk, path):
            if has_twins(data):
                doubtful.append(data)
            elif _keep(data, documents, annotations):
                continue
            elif table not in (None, DOCUMENTS, ANNOTATIONS, META) and _is_object(data):
                others.setdefault(table or "", {}).setdefault(number, data)
    for data in doubtful:
        _keep(data, documents, annotations, anew=True)
    return {
        DOCUMENTS: dict(enumerate(documents.values(), 1)),
        ANNOTATIONS: dict(enumerate(annotations.values(), 1)),
        **others,
    }


def _keep(
    data: bytes,
    documents: dict[str, bytes],
    annotations: dict[tuple[str, str], bytes],
    *,
    anew: bool = False,
) -> bool:
    """Keep a row if this program uses it and it is the first with its key; returns whether this program uses it.

    With `anew` it is encoded again, with each key once.
    """
    try:
        row = _document.decode(data)
        if row.document.sha256 == row.sha256 == text_of_id(row.key):
            documents.setdefault(row.key, encode(row) if anew else data)
            return True
    except Unreadable:
        pass
    try:
        found = _annotations.decode(data)
    except Unreadable:
        return False
    key = (found.document, found.annotator)
    annotations.setdefault(key, encode(found) if anew else data)
    return True


def _is_object(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError):
        return False
    return True


def _rows(disk: Disk, path: Path) -> Iterator[tuple[str | None, int, bytes]]:
    """The rows of a file with their tables: parsed as JSON, otherwise by the layout that this program writes."""
    try:
        data = read_all(disk, path)
    except OSError:
        return
    try:
        for table, rows in parsed(path, data).tables.items():
            for number, row in rows.items():
                yield table, number, row
        return
    except (InvalidFile, NewerSchema):
        pass
    table_name: str | None = None
    for line in data.split(b"\n"):
        if (head := _TABLE.match(line)) is not None:
            try:
                table_name = msgspec.json.decode(head[1], type=str)
            except ValueError:
                table_name = None
        elif (found := _ROW.match(line)) is not None:
            yield table_name, int(found[1]), found[2]
