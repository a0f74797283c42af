"""A repaired copy of a store, from its file, its journal and its backups.

Nothing here writes to the examined files.
"""

from collections.abc import Callable
from pathlib import Path

from msgspec import Raw
from msgspec.structs import replace

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import text_of_id
from annotations.model.span import SpanKey
from annotations.store.encoding import encode
from annotations.store.interface import StoreError
from annotations.store.stamp import now
from annotations.store.tinydb_file import snapshot
from annotations.store.tinydb_file.checkpointing import keep_beginning, remove_unfinished
from annotations.store.tinydb_file.commit import (
    IMPORTED,
    START,
    Checkpoint,
    Commit,
    Entry,
    decode_edit,
    fresh_place,
)
from annotations.store.tinydb_file.decoding import Decoder, Unreadable
from annotations.store.tinydb_file.disk import REAL, Disk
from annotations.store.tinydb_file.extent import edit_reaches, row_reaches
from annotations.store.tinydb_file.files import StoreFiles
from annotations.store.tinydb_file.foreign import NewerSchema, has_twins, read_foreign, row_problems
from annotations.store.tinydb_file.journal import Journal
from annotations.store.tinydb_file.migrations import migrated
from annotations.store.tinydb_file.recovery import checkpoint_at, rebuilt
from annotations.store.tinydb_file.row_types import (
    ANNOTATIONS,
    DOCUMENTS,
    SCHEMA,
    TABLES,
    DocumentRow,
    Meta,
    row_key,
)
from annotations.store.tinydb_file.salvage import salvaged_rows, sound_lines
from annotations.store.tinydb_file.state import State, state_of_rows
from annotations.text.interruption import Uninterrupted
from annotations.text.plural import counted

_document = Decoder(DocumentRow)
_annotations = Decoder(AnnotationRow)


def repair(path: Path, copy: Path, disk: Disk = REAL) -> list[str]:
    """Write a repaired copy of a store, a database with its own journal; returns what was done.

    The most complete state that the journal confirms is used, otherwise the most complete undamaged one. Then
    undamaged lines of the journal after the damage are added one by one, and the undamaged rows of
    a damaged file. Never writes to the store itself. Raises `StoreError` if nothing can be saved, and
    `OSError`.
    """
    files, copied = StoreFiles.at(path), StoreFiles.at(copy)
    for there in copied.present():
        raise StoreError(f"{there} is there already; name another file for the repaired copy.")
    repairing = _Repair(disk, files)
    state = repairing.state()
    if not any(state.ids(table) for table in state.tables()):
        raise StoreError(f"Nothing usable was found in {path}, its journal and its backups.")
    _write(disk, copied, state)
    documents, sets = len(state.ids(DOCUMENTS)), len(state.ids(ANNOTATIONS))
    state.close()
    return [
        *repairing.done,
        f"{copy} has {counted(documents, 'document')} and {counted(sets, 'set')} of annotations.",
        f"Open it with --db; to use it in place of {files.base.name}, first move away all files "
        f"whose names begin with that.",
    ]


class _Repair:
    """One repair, with a list of what was done."""

    def __init__(self, disk: Disk, files: StoreFiles) -> None:
        self.disk = disk
        self.files = files
        self.done: list[str] = []

    def state(self) -> State:
        """Everything that can be saved."""
        state = self._most_complete()
        for position, commit in sound_lines(self.disk, self.files):
            last = state.position.sequence
            if commit.sequence > last:
                if commit.sequence > last + 1:
                    self._say(f"Commits {last + 1} to {commit.sequence - 1} are damaged and left out.")
                self._add_sound(state, commit)
                state.position = position
        self._drop_unsound(state)
        return state

    def _most_complete(self) -> State:
        attempts: list[tuple[str, Callable[[], State | None]]] = [
            ("the file", self._vouched_file),
            ("the journal and the backups", self._of_journal),
            (
                "the file as it is, without a journal to check it against",
                lambda: self._of_file(self.files.base),
            ),
            *((f"{path.name}", lambda path=path: self._of_file(path)) for path in self.files.earlier()),
        ]
        best, said = None, ""
        for name, attempt in attempts:
            before = len(self.done)
            try:
                state = attempt()
            except NewerSchema:
                if name == "the file":
                    raise
                continue
            except (OSError, StoreError, Unreadable):
                continue
            if state is None:
                del self.done[before:]
            elif best is None or state.position.sequence > best.position.sequence:
                best = state
                said = f"Began from {name}, complete up to commit {state.position.sequence}."
            else:
                del self.done[before:]
                state.close()
        if best is None:
            said = "Began from the rows that are whole in the file and its backups."
            best = state_of_rows(salvaged_rows(self.disk, self.files), START)
        self.done.insert(0, said)
        return best

    def _vouched_file(self) -> State | None:
        """The file, if the journal confirms its content."""
        foreign = read_foreign(self.disk, self.files.base)
        if foreign.meta is None or next(row_problems(foreign.tables), None) is not None:
            return None
        checkpoint = checkpoint_at(self.disk, self.files, foreign.meta.position)
        if checkpoint is None or checkpoint.sha256 != foreign.sha256:
            return None
        return state_of_rows(foreign.tables, foreign.meta.position)

    def _of_file(self, path: Path) -> State | None:
        foreign = read_foreign(self.disk, path)
        if foreign.schema == 1:
            tables = migrated(1, foreign.tables)
            place = IMPORTED
        else:
            tables = foreign.tables
            place = foreign.meta.position if foreign.meta else START
        if next(row_problems(tables), None) is not None:
            return None
        return state_of_rows(tables, place)

    def _of_journal(self) -> State | None:
        found = rebuilt(self.disk, self.files, add=self._add_sound)
        if found is None:
            return None
        state, place = found
        state.position = place
        return state

    def _add_sound(self, state: State, commit: Commit) -> None:
        """Add the undamaged parts of a commit to a state."""
        rows: dict[str, dict[str, Raw]] = {}
        for table, there in commit.rows.items():
            for number, raw in there.items():
                if _is_row(table, raw):
                    rows.setdefault(table, {})[number] = raw
                else:
                    self._say(f"Left out row {number} of table {table} in commit {commit.sequence}.")
        # The texts come first, because the edits are compared with them.
        state.add(replace(commit, rows=rows, edits=()))
        edits = []
        for entry in commit.edits:
            reaches = _edit_reaches(entry)
            if reaches is None:
                self._say(f"Left out an edit in commit {commit.sequence}: its kind is not known.")
            elif reaches > state.length_of(entry.document):
                self._say(f"Left out an edit in commit {commit.sequence}: it reaches beyond the text.")
            else:
                edits.append(entry)
        state.add(replace(commit, rows={}, edits=tuple(edits)))

    def _drop_unsound(self, state: State) -> None:
        """Remove what would damage the copy: it is reported, and is still in the damaged original."""
        texts: dict[str, int] = {}
        for number in state.ids(DOCUMENTS):
            row = _sound_document(state.row(DOCUMENTS, number) or b"")
            if row is None:
                state.put(DOCUMENTS, number, None)
                self._say(f"Left out documents row {number}: its text is not the one that was stored.")
            else:
                texts[row.key] = len(row.text)
        for number in state.ids(ANNOTATIONS):
            try:
                annotations = _annotations.decode(state.row(ANNOTATIONS, number) or b"")
            except (Unreadable, StoreError):
                state.put(ANNOTATIONS, number, None)
                self._say(f"Left out annotations row {number}: it cannot be read.")
                continue
            length = texts.get(annotations.document)
            if length is None:
                state.put(ANNOTATIONS, number, None)
                self._say(f"Left out annotations row {number}: its document is lost.")
                continue
            spans = {SpanKey(*span.key): span for span in annotations.spans if span.end <= length}
            held = [span for span in annotations.held if span.end <= length]
            count = len(annotations.spans) + len(annotations.held) - len(spans) - len(held)
            if count:
                self._say(f"Left out {counted(count, 'damaged span')} of annotations row {number}.")
                annotations.spans, annotations.held = tuple(spans.values()), tuple(held)
            steps = row_reaches(annotations) > length
            if steps:
                self._say(
                    f"Left out what undo and redo have in annotations row {number}: it is damaged."
                )
                annotations.undo = annotations.redo = ()
            if count or steps:
                state.put(ANNOTATIONS, number, encode(annotations))

    def _say(self, sentence: str) -> None:
        if sentence not in self.done:
            self.done.append(sentence)


def _write(disk: Disk, copied: StoreFiles, state: State) -> None:
    """Write a state as a new store, whose journal begins with it."""
    place = fresh_place()
    meta = Meta(SCHEMA, place.sequence, place.sum, place.segment, place.offset, state.next_ids())
    new = copied.unfinished()
    with Uninterrupted():
        try:
            contents = {table: state.contents(table) for table in state.tables()}
            written = snapshot.write_snapshot(disk, new, 0o600, contents, meta)
            journal = Journal(disk, copied)
            try:
                journal.seek(place)
                checkpoint = Checkpoint(written.size, written.sha256)
                journal.append(Commit(place.sequence + 1, now(), "repair", base=checkpoint), 0o600)
            finally:
                journal.close()
            disk.rename(new, copied.base)
            keep_beginning(disk, copied, place.sequence)
        finally:
            remove_unfinished(disk, new)


def _is_row(table: str, raw: Raw) -> bool:
    data = bytes(raw)
    if data == b"null":
        return True
    if has_twins(data):
        return False
    if table not in TABLES:
        return data.startswith(b"{")
    try:
        row_key(table, data)
        _document.decode(data) if table == DOCUMENTS else _annotations.decode(data)
    except Unreadable:
        return False
    return True


def _edit_reaches(entry: Entry) -> int | None:
    """How far an edit extends; `None` if it is not valid."""
    try:
        return edit_reaches(decode_edit(entry.edit))
    except StoreError:
        return None


def _sound_document(data: bytes) -> DocumentRow | None:
    try:
        row = _document.decode(data)
    except Unreadable:
        return None
    return row if row.document.sha256 == row.sha256 == text_of_id(row.key) else None
