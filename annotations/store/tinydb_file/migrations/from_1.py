"""From schema 1 to 2: annotations name their document by the SHA-256 of its text, not by its row.

A document row of schema 1 is `{"path", "text"}`, a row of annotations `{"document", "annotator",
"spans"}` with the document's row id. There was no history, so undo begins again.
"""

import msgspec

from annotations.model.document import Document
from annotations.store.tinydb_file.decoding import Decoder
from annotations.store.tinydb_file.foreign import Tables
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow


class _Document(msgspec.Struct):
    path: str
    text: str


class _Annotations(msgspec.Struct):
    document: int
    annotator: str
    spans: msgspec.Raw


_document = Decoder(_Document)
_annotations = Decoder(_Annotations)


def migrated(tables: Tables) -> Tables:
    """The tables of a file of schema 1 as schema 2 has them; other tables stay as they are.

    Raises `Unreadable` for rows that are not of schema 1.
    """
    documents = {number: _document.decode(row) for number, row in tables.get(DOCUMENTS, {}).items()}
    names = {number: Document(row.text, row.path).sha256 for number, row in documents.items()}
    annotations = {}
    for number, data in tables.get(ANNOTATIONS, {}).items():
        row = _annotations.decode(data)
        name = names.get(row.document, f"row {row.document}")
        annotations[number] = msgspec.json.encode(
            {"document": name, "annotator": row.annotator, "spans": row.spans}
        )
    return {
        **tables,
        DOCUMENTS: {
            number: msgspec.json.encode(DocumentRow(names[number], row.path, row.text))
            for number, row in documents.items()
        },
        ANNOTATIONS: annotations,
    }
