"""What somebody changed in the TinyDB file from outside, as a commit by `external`."""

import msgspec

from annotations.editing.difference import difference
from annotations.model.annotation_set import AnnotationRow
from annotations.model.edit import Edit, make_edit
from annotations.model.source import source_from_text
from annotations.store.tinydb_file.foreign import Tables
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, DocumentRow, RowKey
from annotations.store.tinydb_file.state import State

EXTERNAL = "external"
OutsideRows = dict[str, dict[int, bytes | None]]


def outside_changes(
    before: State, now: State, tables: Tables
) -> tuple[OutsideRows, list[tuple[RowKey, Edit]]]:
    """The changes from the file as it was written, `before`, to its present content, `tables`.

    They are whole rows for documents and other tables, and edits for annotations. A document that was removed
    stays, because its annotations need its text.
    """
    rows: OutsideRows = {}
    documents = _new_documents(now, tables.get(DOCUMENTS, {}))
    if documents:
        rows[DOCUMENTS] = documents
    for table in {*before.tables(), *tables} - {DOCUMENTS, ANNOTATIONS}:
        there = tables.get(table, {})
        changed: dict[int, bytes | None] = {
            number: data for number, data in there.items() if not _same(before.row(table, number), data)
        }
        changed |= {number: None for number in before.ids(table) if number not in there}
        if changed:
            rows[table] = changed
    return rows, _annotation_edits(before, tables.get(ANNOTATIONS, {}))


def _annotation_edits(before: State, there: dict[int, bytes]) -> list[tuple[RowKey, Edit]]:
    after = {}
    for data in there.values():
        row = msgspec.json.decode(data, type=AnnotationRow, dec_hook=source_from_text)
        after[RowKey(row.document, row.annotator)] = row
    for key, _ in before.keys(ANNOTATIONS):
        after.setdefault(key, AnnotationRow(*key))
    edits = []
    for key, row in after.items():
        then = before.annotation_set(*key).to_row()
        changes, facts = difference(then, row)
        if changes or facts:
            edits.append((key, make_edit("external", EXTERNAL, changes, facts, cursor=then.cursor)))
    return edits


def _new_documents(now: State, there: dict[int, bytes]) -> dict[int, bytes | None]:
    new: dict[int, bytes | None] = {}
    free = max([now.next_id(DOCUMENTS) - 1, *there]) + 1
    for number, data in there.items():
        row = msgspec.json.decode(data, type=DocumentRow)
        if now.find(DOCUMENTS, RowKey(row.key)) is None:
            if number < now.next_id(DOCUMENTS):
                number, free = free, free + 1
            new[number] = data
    return new


def _same(one: bytes | None, other: bytes) -> bool:
    if one is None or one == other:
        return one == other
    return bool(msgspec.json.decode(one) == msgspec.json.decode(other))
