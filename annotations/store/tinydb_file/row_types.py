"""The rows of the TinyDB file: the content of each table, the keys of a row, and its entry in the index."""

from contextlib import suppress
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Raw, Struct

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_summary import progress_of
from annotations.store.encoding import encode
from annotations.store.tinydb_file.commit import Position
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.store.tinydb_file.index import AnnotationsHead, DocumentHead

SCHEMA = 3
DOCUMENTS = "documents"
ANNOTATIONS = "annotations"
META = "meta"
TABLES = (DOCUMENTS, ANNOTATIONS)
_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
_Sum = Annotated[str, msgspec.Meta(pattern="^(?:[0-9a-f]{16})?$")]


class DocumentRow(Struct, omit_defaults=True):
    """A document as it is stored."""

    sha256: str
    path: str
    """The path where the text was last read: absolute, `-` for standard input, or empty for no file."""
    text: str
    added: str = ""
    """When it was added, in UTC, ISO 8601."""
    id: str = ""
    """Empty for the first document with this text, whose id is the SHA-256."""
    name: str = ""
    """Its name, if that is not the name of its file."""
    source: str = ""
    """For an imported document: the file that contained it, `#` and its id or number there."""
    opened: bool = False
    """For an imported document: whether it was opened from the file in `path` since."""

    @property
    def key(self) -> str:
        """The id of the document, which its annotations name."""
        return self.id or self.sha256

    @property
    def document(self) -> Document:
        """The document that this row represents."""
        return Document(self.text, self.path, self.id, self.name, self.source, self.opened)


class _DocumentKeys(Struct):
    sha256: str
    path: str
    id: str = ""


class _AnnotationKeys(Struct):
    document: str
    annotator: str


class Meta(Struct, omit_defaults=True):
    """What the file states about itself: the only row of the table `meta`."""

    schema: _Count
    sequence: _Count = 0
    """The number of the last commit in the file; with `sum`, `segment` and `offset` its place."""
    sum: _Sum = ""
    segment: _Count = 0
    offset: _Count = 0
    next: dict[str, _Count] = {}
    """The next free row id of each table. Ids are never used twice."""

    @property
    def position(self) -> Position:
        """The place in the journal up to which the file is complete."""
        return Position(self.sequence, self.sum, self.segment, self.offset)


class RowKey(NamedTuple):
    """The key of a row: the id of a document, or the document and annotator of annotations."""

    first: str = ""
    second: str = ""


_document_row = Decoder(DocumentRow)
_annotation_row = Decoder(AnnotationRow)
_document_keys = Decoder(_DocumentKeys)
_annotation_keys = Decoder(_AnnotationKeys)


def row_key(table: str, data: bytes | Raw) -> RowKey:
    """The keys of a row; for a document also the path where it was read.

    Raises `Unreadable` when the row has no such fields.
    """
    if table == DOCUMENTS:
        document = _document_keys.decode(data)
        return RowKey(document.id or document.sha256, document.path)
    if table == ANNOTATIONS:
        annotations = _annotation_keys.decode(data)
        return RowKey(annotations.document, annotations.annotator)
    return RowKey()


def head_of(table: str, data: bytes, *, with_words: bool = True) -> bytes:
    """The entry of a row in the index; empty for a row of a table that this program does not use.
    Raises `Unreadable`.
    """
    if table not in TABLES:
        return b""
    key = row_key(table, data)
    if table == DOCUMENTS:
        try:
            row = _document_row.decode(data)
        except Unreadable:
            return encode(DocumentHead(*key, "", -1, None))
        words = len(row.text.split()) if with_words else None
        known = row.document
        return encode(DocumentHead(key.first, row.path, known.name, len(row.text), words))
    progress = None
    with suppress(Unreadable):
        progress = progress_of(_annotation_row.decode(data))
    return encode(AnnotationsHead(*key, progress))
