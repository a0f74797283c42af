"""Everything that is wrong with the files of a store, and a repaired copy of it.

Nothing here writes to the files that are looked at.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from annotations.annotation_set import AnnotationRow
from annotations.span import SpanKey
from annotations.store import base as base_file
from annotations.store.base import ANNOTATIONS, DOCUMENTS, DocumentRow
from annotations.store.disk import REAL, Disk
from annotations.store.files import StoreFiles
from annotations.store.foreign import InvalidFile, NewerSchema, read_foreign, row_problems
from annotations.store.journal import (
    IMPORTED,
    START,
    DamagedJournal,
    Journal,
    Position,
    Segment,
)
from annotations.store.migrations import migrated
from annotations.store.protocol import StoreError
from annotations.store.recovery import checkpoint_at, rebuilt
from annotations.store.salvage import salvaged_rows, sound_lines
from annotations.store.state import State, state_of_rows


@dataclass(frozen=True)
class Finding:
    """One thing found: in which file, what, and whether it is damage or only good to know."""

    file: Path
    what: str
    damage: bool = True


def inspect(path: Path, disk: Disk = REAL) -> Iterator[Finding]:
    """All that is to be said of a store. Raises `OSError` for files that cannot be read at all."""
    files = StoreFiles.at(path)
    if files.base.exists():
        yield from _inspect_base(disk, files, files.base)
    else:
        yield Finding(files.base, "it is not there")
    yield from _inspect_journal(disk, files)
    for backup in files.backups:
        if backup.exists():
            for finding in _inspect_base(disk, files, backup):
                yield finding if finding.damage else Finding(backup, f"a backup: {finding.what}", False)
    for kind in ("torn", "rejected"):
        for aside in sorted(files.folder.glob(f"{files.base.name}.{kind}-*")):
            yield Finding(aside, "set aside earlier; remove it when you need it no more", False)
    if files.unfinished.exists():
        yield Finding(files.unfinished, "left by a crash; the next save removes it", False)


def _inspect_base(disk: Disk, files: StoreFiles, path: Path) -> Iterator[Finding]:
    try:
        foreign = read_foreign(path)
    except InvalidFile as error:
        yield from (Finding(path, str(problem)) for problem in error.problems)
        return
    except NewerSchema as error:
        yield Finding(path, str(error))
        return
    tables = foreign.tables
    if foreign.schema == 1:
        try:
            tables = migrated(1, tables)
        except msgspec.DecodeError as error:
            yield Finding(path, f"a row of schema 1: {error}")
            return
    problems = list(row_problems(tables))
    yield from (Finding(path, str(problem)) for problem in problems)
    documents, rows = len(tables.get(DOCUMENTS, {})), len(tables.get(ANNOTATIONS, {}))
    if not problems:
        what = (
            f"{documents} documents and {rows} sets of annotations, schema {foreign.schema}, all sound"
        )
        yield Finding(path, what, False)
    if foreign.meta is not None and Journal(disk, files).exists():
        checkpoint = checkpoint_at(disk, files, foreign.meta.position)
        scanned = base_file.scan_base(disk, path)
        if scanned is not None:
            scanned[0].close()
        if checkpoint is None:
            yield Finding(path, "the journal does not have the place this file names")
        elif scanned is None or scanned[0].sha256 != checkpoint.sha256:
            yield Finding(path, "it was changed from outside since it was written")


def _inspect_journal(disk: Disk, files: StoreFiles) -> Iterator[Finding]:
    expected: Position | None = None
    found = False
    for path in (*files.older_segments(), files.journal):
        try:
            segment = Segment.open(disk, path)
        except DamagedJournal as error:
            yield Finding(path, _damage(error))
            expected = None
            found = True
            continue
        if segment is None:
            if path.exists():
                yield Finding(path, "an unfinished first line, of an edit not yet saved", False)
            continue
        found = True
        if expected and (segment.begin.sequence, segment.previous) != (expected.sequence, expected.sum):
            yield Finding(path, f"it does not go on from commit {expected.sequence}")
        expected = segment.begin
        try:
            for _, position in segment.read(segment.begin):
                expected = position
            left = os.fstat(segment.file).st_size - expected.offset
            first = segment.begin.sequence + 1
            yield Finding(path, f"commits {first} to {expected.sequence}, all sound", False)
            if left > 0:
                yield Finding(path, f"{left} bytes of an edit not yet saved follow", False)
        except DamagedJournal as error:
            yield Finding(path, f"{_damage(error)}; commits up to {expected.sequence} are sound")
            expected = None
        finally:
            segment.close()
    if not found and files.base.exists():
        yield Finding(files.journal, "it is not there: history begins with the next edit", False)


def _damage(error: DamagedJournal) -> str:
    return f"damaged at byte {error.offset}: {error.what}"


def repair(path: Path, copy: Path, disk: Disk = REAL) -> list[str]:
    """Write a repaired copy of a store, from its file, journal and backups; what was done.

    The most complete sound state is taken; then sound lines of the journal behind damage are added one
    by one, and of a damaged file the rows that are whole. Never writes to the store itself. Raises
    `StoreError` where nothing can be saved, and `OSError`.
    """
    files = StoreFiles.at(path)
    if copy.exists():
        raise StoreError(f"{copy} is there already; name another file for the repaired copy.")
    done: list[str] = []
    state = _most_complete(disk, files, done)
    for position, commit in sound_lines(disk, files):
        last = state.position.sequence
        if commit.sequence > last:
            if commit.sequence > last + 1:
                done.append(f"Commits {last + 1} to {commit.sequence - 1} are damaged and left out.")
            state.take(commit)
            state.position = position
    done += _drop_unsound(state)
    if not any(state.ids(table) for table in state.tables()):
        raise StoreError(f"Nothing sound was found in {path}, its journal and its backups.")
    meta = base_file.Meta(base_file.SCHEMA, next=state.next_ids())
    base_file.write_base(disk, copy, 0o600, {t: state.contents(t) for t in state.tables()}, meta)
    disk.sync_folder(copy.absolute().parent)
    documents, sets = len(state.ids(DOCUMENTS)), len(state.ids(ANNOTATIONS))
    return [*done, f"{copy} has {documents} documents and {sets} sets of annotations."]


def _most_complete(disk: Disk, files: StoreFiles, done: list[str]) -> State:
    attempts: list[tuple[str, Callable[[], State | None]]] = [
        ("the file", lambda: _of_file(files.base)),
        ("the journal and the backups", lambda: _of_journal(disk, files)),
        *((f"the backup {path}", lambda p=path: _of_file(p)) for path in files.backups),
    ]
    best: State | None = None
    for name, attempt in attempts:
        try:
            state = attempt()
        except (OSError, StoreError, msgspec.DecodeError):
            continue
        if state is not None and (best is None or state.position.sequence > best.position.sequence):
            best = state
            done[:] = [f"Began from {name}, complete up to commit {state.position.sequence}."]
    if best is None:
        best = state_of_rows(salvaged_rows(files), START)
        done.append("Began from the rows that are whole in the file and its backups.")
    return best


def _of_file(path: Path) -> State | None:
    foreign = read_foreign(path)
    tables = foreign.tables
    if foreign.schema == 1:
        return state_of_rows(migrated(1, tables), IMPORTED)
    if next(row_problems(tables), None) is not None:
        return None
    return state_of_rows(tables, foreign.meta.position if foreign.meta else START)


def _of_journal(disk: Disk, files: StoreFiles) -> State | None:
    found = rebuilt(disk, files)
    if found is None:
        return None
    state, place = found
    state.position = place
    return state


def _drop_unsound(state: State) -> list[str]:
    """Take out what would make the copy unsound: it is named, and still in the damaged original."""
    done = []
    texts: dict[str, int] = {}
    for number in state.ids(DOCUMENTS):
        row = msgspec.json.decode(state.row(DOCUMENTS, number) or b"", type=DocumentRow)
        texts[row.key] = len(row.text)
    for number in state.ids(ANNOTATIONS):
        annotations = msgspec.json.decode(state.row(ANNOTATIONS, number) or b"", type=AnnotationRow)
        length = texts.get(annotations.document)
        if length is None:
            state.put(ANNOTATIONS, number, None)
            done.append(f"Left out annotations row {number}: its document is lost.")
            continue
        spans = {SpanKey(*span.key): span for span in annotations.spans if span.end <= length}
        held = [span for span in annotations.held if span.end <= length]
        count = len(annotations.spans) + len(annotations.held) - len(spans) - len(held)
        if count:
            done.append(f"Left out {count} unsound spans of annotations row {number}.")
            annotations.spans, annotations.held = tuple(spans.values()), tuple(held)
            state.put(ANNOTATIONS, number, msgspec.json.encode(annotations))
    return done
