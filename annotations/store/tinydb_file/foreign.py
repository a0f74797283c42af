"""A TinyDB file that this program did not write in its present form: read completely, and checked row by row.

Somebody may have changed it with standard TinyDB or an editor. It may come from an older version of this
program, or from somewhere else.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Raw

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import text_of_id
from annotations.store.interface import StoreError
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.store.tinydb_file.disk import Disk
from annotations.store.tinydb_file.extent import edit_reaches
from annotations.store.tinydb_file.row_types import (
    ANNOTATIONS,
    DOCUMENTS,
    META,
    SCHEMA,
    DocumentRow,
    Meta,
)
from annotations.store.tinydb_file.settling import attempts, open_for_writing, touched
from annotations.store.tinydb_file.snapshot import FileBeingWritten

Tables = dict[str, dict[int, bytes]]
T = TypeVar("T")

_ROW_ID = re.compile("[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Problem:
    """A problem in a TinyDB file: its place and description."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class InvalidFile(StoreError):
    """A TinyDB file that cannot be used as a database of annotations; the message names all of `problems`."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"{path} is not a valid database: {problems[0]}{more}; nothing was changed; "
            "`annotate doctor` lists everything, `annotate doctor --repair` writes a repaired copy, "
            "and --db chooses another file."
        )


class NewerSchema(StoreError):
    """A TinyDB file of a later version of this program."""

    def __init__(self, path: Path, schema: int) -> None:
        super().__init__(
            f"{path} was written by a newer version of annotate (schema {schema}; this one knows up to "
            f"{SCHEMA}); nothing was changed; update annotate, or choose another file with --db."
        )


@dataclass(frozen=True)
class ForeignFile:
    """The content of a TinyDB file, without `meta`."""

    schema: int
    """0 for a file without rows and tables of this program: a new one."""
    meta: Meta | None
    tables: Tables
    size: int
    """In bytes."""
    sha256: str
    """The SHA-256 of the file as it was read."""


def read_foreign(disk: Disk, path: Path) -> ForeignFile:
    """Read a whole TinyDB file; each row becomes JSON on one line.

    Raises `InvalidFile` when it is not a TinyDB file, `NewerSchema`, `FileBeingWritten` when another program
    is writing it in place, and `OSError`. What the rows hold is checked by `row_problems`.
    """
    for _ in attempts():
        file = disk.open(path, os.O_RDONLY)
        try:
            before = os.fstat(file)
            data = disk.read(file, before.st_size, 0)
            try:
                found: ForeignFile | InvalidFile = parsed(path, data)
            except InvalidFile as error:
                found = error
            invalid = isinstance(found, InvalidFile)
            changing = touched(path, before, file) or (invalid and open_for_writing(file))
        finally:
            disk.close(file)
        if not changing:
            if isinstance(found, InvalidFile):
                raise found
            return found
    raise FileBeingWritten(path)


def parsed(path: Path, data: bytes) -> ForeignFile:
    """The content in the bytes of a TinyDB file. Raises `InvalidFile` and `NewerSchema`."""
    raw_tables = _decode(path, data)
    tables: Tables = {}
    for name, rows in raw_tables.items():
        tables[name] = {}
        for number, raw in rows.items():
            if not _ROW_ID.fullmatch(number):
                place = f"table {name[:40]}, row {number[:40]!r}"
                raise InvalidFile(path, [Problem(place, "a row id is a positive whole number")])
            tables[name][int(number)] = _one_line(raw)
    meta = _meta(path, list(tables.pop(META, {}).values()))
    if meta is not None:
        schema = meta.schema
    elif DOCUMENTS in tables and ANNOTATIONS in tables:
        schema = 1
    elif any(tables.values()):
        names = ", ".join(sorted(tables))
        what = f"it has no tables documents and annotations, but {names[:80]}"
        raise InvalidFile(path, [Problem("", what)])
    else:
        schema = 0
    return ForeignFile(schema, meta, tables, len(data), hashlib.sha256(data).hexdigest())


class _Schema(msgspec.Struct):
    schema: Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


_schema = Decoder(_Schema)
_meta_row = Decoder(Meta)


def row_problems(tables: Tables) -> Iterator[Problem]:
    """All problems of documents and annotations, each with its place."""
    texts: dict[str, str] = {}
    for _, place, row in _decoded_rows(tables, DOCUMENTS, DocumentRow):
        if isinstance(row, Problem):
            yield row
            continue
        if row.document.sha256 != row.sha256:
            yield Problem(place, "the text does not have the stated sha256")
        elif text_of_id(row.key) != row.sha256:
            yield Problem(place, "the id does not begin with the sha256")
        elif row.key in texts:
            yield Problem(place, "another row has the same document")
        texts[row.key] = row.text
    seen: dict[tuple[str, str], int] = {}
    for number, place, annotations in _decoded_rows(tables, ANNOTATIONS, AnnotationRow):
        if isinstance(annotations, Problem):
            yield annotations
            continue
        key = (annotations.document, annotations.annotator)
        if key in seen:
            yield Problem(place, f"row {seen[key]} has the same document and annotator")
        seen.setdefault(key, number)
        if annotations.document not in texts:
            yield Problem(place, f"there is no document {annotations.document[:12]}")
            continue
        yield from _span_problems(place, annotations, len(texts[annotations.document]))


def _decoded_rows(tables: Tables, name: str, kind: type[T]) -> Iterator[tuple[int, str, T | Problem]]:
    """The rows of a table with their numbers and places; an invalid row is reported as a problem."""
    decoder = Decoder(kind)
    for number, data in tables.get(name, {}).items():
        place = f"table {name}, row {number}"
        try:
            yield number, place, decoder.decode(data)
        except Unreadable as error:
            yield number, place, Problem(place, str(error))


def _span_problems(place: str, annotations: AnnotationRow, length: int) -> Iterator[Problem]:
    keys = set()
    for number, span in enumerate(annotations.spans):
        where = f"{place}, span {number + 1}"
        if span.end > length:
            what = f"it reaches to {span.end} in a text of {length} characters"
            yield Problem(where, what)
        if span.key in keys:
            yield Problem(where, f"{span.label} from {span.start} to {span.end} appears twice")
        keys.add(span.key)
    for name, edits in (("undo", annotations.undo), ("redo", annotations.redo)):
        for number, edit in enumerate(edits):
            if (end := edit_reaches(edit)) > length:
                what = f"a span of it ends at {end}, and the text has {length} characters"
                yield Problem(f"{place}, step {number + 1} of {name}", what)
    for number, span in enumerate(annotations.held):
        if span.end > length:
            what = f"it reaches to {span.end} in a text of {length} characters"
            yield Problem(f"{place}, suggestion {number + 1} held back", what)


def _decode(path: Path, data: bytes) -> dict[str, dict[str, Raw]]:
    if not data.strip(b" \t\r\n"):
        return {}
    try:
        data.decode("utf-8")
        tables = msgspec.json.decode(data, type=dict[str, dict[str, Raw]])
        for name, rows in tables.items():
            for number, raw in rows.items():
                if bytes(memoryview(raw)[:1]) != b"{":
                    place = f"table {name[:40]}, row {number[:40]}"
                    raise InvalidFile(path, [Problem(place, "a row is an object")])
        _no_twins(path, data)
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is 0x{data[error.start]:02x}, which is not UTF-8"
        raise InvalidFile(path, [Problem("", what)]) from None
    except msgspec.ValidationError:
        what = "it is JSON, but not tables of rows by id as TinyDB writes them"
        raise InvalidFile(path, [Problem("", what)]) from None
    except msgspec.DecodeError as error:
        raise InvalidFile(path, [Problem("", _syntax(data, error))]) from None
    except json.JSONDecodeError as error:
        what = f"the JSON is broken at character {error.pos}, line {error.lineno}"
        raise InvalidFile(path, [Problem("", what)]) from None
    except RecursionError:
        raise InvalidFile(path, [Problem("", "it is nested too deeply")]) from None
    return tables


def _no_twins(path: Path, data: bytes) -> None:
    # Numbers are not converted: Python needs long for numbers with thousands of digits.
    json.loads(data, object_pairs_hook=lambda pairs: refuse_twins(path, pairs), parse_int=float)


def refuse_twins(path: Path, pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object with the same key twice: readers would drop one of the two.

    Raises `InvalidFile`.
    """
    if len(dict(pairs)) == len(pairs):
        return
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            what = f"the key {key[:40]!r} appears twice in one object; one of the two would be lost"
            raise InvalidFile(path, [Problem("", what)])
        seen.add(key)


def has_twins(row: bytes) -> bool:
    """Whether a single row is not JSON or has an object with the same key twice."""
    try:
        _no_twins(Path(), row)
    except (InvalidFile, ValueError, RecursionError):
        return True
    return False


def _meta(path: Path, rows: list[bytes]) -> Meta | None:
    if not rows:
        return None
    try:
        schema = _schema.decode(rows[0]).schema
        if schema > SCHEMA:
            raise NewerSchema(path, schema)
        return _meta_row.decode(rows[0])
    except Unreadable as error:
        raise InvalidFile(path, [Problem("table meta", str(error))]) from None


def _one_line(raw: Raw) -> bytes:
    """A row without line breaks, which can only be between its parts."""
    return bytes(raw).replace(b"\n", b" ").replace(b"\r", b" ")


def _syntax(data: bytes, error: msgspec.DecodeError) -> str:
    found = re.search(r"byte (\d+)", str(error))
    offset = int(found[1]) if found else len(data)
    line = data.count(b"\n", 0, offset) + 1
    what = "it ends in the middle" if "truncated" in str(error) else "the JSON is broken"
    return f"{what} at byte {min(offset, len(data))}, line {line}"
