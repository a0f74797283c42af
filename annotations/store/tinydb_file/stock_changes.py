"""Changes by TinyDB's own methods, as a commit by `external`: annotations as edits, the rest as rows."""

from msgspec.structs import replace

from annotations.editing.difference import difference
from annotations.model.annotation_set import AnnotationRow
from annotations.model.edit import Edit, make_edit
from annotations.store.encoding import encode
from annotations.store.interface import StoreError
from annotations.store.tinydb_file.decoding import RowDecoder
from annotations.store.tinydb_file.external import EXTERNAL
from annotations.store.tinydb_file.foreign import Tables, row_problems
from annotations.store.tinydb_file.open_files import RowChanges
from annotations.store.tinydb_file.row_types import ANNOTATIONS, DOCUMENTS, META, RowKey, row_key
from annotations.store.tinydb_file.state import State, found_by

_Changes = dict[str, dict[int, bytes | None]]
_annotations = RowDecoder(AnnotationRow, "A row of annotations in the database")


def as_commit(state: State, changes: RowChanges) -> tuple[_Changes, list[tuple[RowKey, Edit]]]:
    """The rows and edits that change `state` to the changed rows; `None` means a removed row.

    Removing a document also removes its annotations. Raises `StoreError` for rows that would
    damage the store, such as annotations without a document or a span beyond its text.
    """
    rows: _Changes = {table: dict(there) for table, there in changes.items() if there}
    if rows.get(META):
        raise StoreError("The table meta is reserved for the program; name another table.")
    for number, data in rows.get(DOCUMENTS, {}).items():
        there = state.row(DOCUMENTS, number) if data is None else None
        if there is not None:
            of_it = state.of_document(row_key(DOCUMENTS, there).first)
            rows.setdefault(ANNOTATIONS, {}).update(dict.fromkeys(of_it))
    _refuse_unsound(state, rows)
    edits: list[tuple[RowKey, Edit]] = []
    for number, data in list(rows.get(ANNOTATIONS, {}).items()):
        if data is not None:
            start, edit = _as_edit(state.row(ANNOTATIONS, number), _annotations.decode(data))
            if edit is not None:
                edits.append((RowKey(start.document, start.annotator), edit))
            rows[ANNOTATIONS][number] = encode(start)
            if rows[ANNOTATIONS][number] == state.row(ANNOTATIONS, number):
                del rows[ANNOTATIONS][number]
    return {table: there for table, there in rows.items() if there}, edits


def emptying(state: State, changes: RowChanges) -> list[tuple[RowKey, Edit]]:
    """The edits that empty annotations whose rows will be removed, for programs that have them open.

    Without them another program would continue to show removed annotations, and add its next edit to nothing.
    Annotations that are removed with their document are not emptied: they come back with it.
    """
    gone = changes.get(DOCUMENTS, {})
    edits: list[tuple[RowKey, Edit]] = []
    for number, data in changes.get(ANNOTATIONS, {}).items():
        there = state.row(ANNOTATIONS, number) if data is None else None
        if there is not None:
            before = _annotations.decode(there)
            document = state.find(DOCUMENTS, RowKey(before.document))
            if document is not None and document in gone and gone[document] is None:
                continue
            empty = AnnotationRow(before.document, before.annotator)
            removed, facts = difference(before, empty)
            if removed or facts:
                key = RowKey(before.document, before.annotator)
                edit = make_edit("external", EXTERNAL, removed, facts, cursor=before.cursor)
                edits.append((key, edit))
    return edits


def _as_edit(there: bytes | None, after: AnnotationRow) -> tuple[AnnotationRow, Edit | None]:
    """A row and the edit after it that together give the wanted row; the row has what an edit cannot express."""
    before = (
        AnnotationRow(after.document, after.annotator) if there is None else _annotations.decode(there)
    )
    changes, facts = difference(before, after)
    if not changes and not facts:
        return after, None
    start = replace(after, spans=before.spans, facts=before.facts, cursor=before.cursor)
    return start, make_edit("external", EXTERNAL, changes, facts, cursor=after.cursor)


def _refuse_unsound(state: State, rows: _Changes) -> None:
    tables: Tables = {DOCUMENTS: {}, ANNOTATIONS: {}}
    for table, own in tables.items():
        there = rows.get(table, {})
        for number, data in there.items():
            if data is None:
                continue
            own[number] = data
            key, before = found_by(table, data), state.row(table, number)
            if before is not None and found_by(table, before) != key:
                raise StoreError(f"Row {number} of table {table} has another id; insert a new row.")
            other = state.find(table, key)
            if other not in (None, number) and there.get(other, b"") is not None:
                raise StoreError(f"Row {other} of table {table} has the same id; change that row.")
    for data in tables[ANNOTATIONS].values():
        document = state.find(DOCUMENTS, RowKey(row_key(ANNOTATIONS, data).first))
        text = state.row(DOCUMENTS, document) if document is not None else None
        if document is not None and text is not None and document not in rows.get(DOCUMENTS, {}):
            tables[DOCUMENTS][document] = text
    problem = next(row_problems(tables), None)
    if problem is not None:
        raise StoreError(f"This cannot be stored: {problem}.")
