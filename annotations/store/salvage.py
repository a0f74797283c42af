"""What is whole in damaged files: single lines of a journal, single rows of a TinyDB file."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotations.annotation_set import AnnotationRow
from annotations.document import text_of_id
from annotations.store.base import ANNOTATIONS, DOCUMENTS, DocumentRow
from annotations.store.disk import Disk
from annotations.store.files import StoreFiles
from annotations.store.foreign import Tables
from annotations.store.journal import Commit, Position, loose_lines

_ROW = re.compile(rb'^"([1-9][0-9]{0,17})":(\{.*\}),?$')


def sound_lines(disk: Disk, files: StoreFiles) -> Iterator[tuple[Position, Commit]]:
    """Every line of the journal that is as it was written, whatever stands around it, in order.

    A line's sum is checked against the sum that the line before it names.
    """
    found: dict[int, tuple[Position, Commit]] = {}
    for path in (*files.older_segments(), files.journal):
        if path.exists():
            for position, commit in loose_lines(path.read_bytes()):
                found.setdefault(commit.sequence, (position, commit))
    for sequence in sorted(found):
        yield found[sequence]


def salvaged_rows(files: StoreFiles) -> Tables:
    """The rows that are whole in the TinyDB file and its backups, the newest of each.

    Found by the layout this program writes: one row a line. A row of which there is any doubt is left.
    """
    documents: dict[str, bytes] = {}
    annotations: dict[tuple[str, str], bytes] = {}
    for path in (files.base, *files.backups):
        for data in _rows(path):
            try:
                row = msgspec.json.decode(data, type=DocumentRow)
                if row.document.sha256 == row.sha256 == text_of_id(row.key):
                    documents.setdefault(row.key, data)
                continue
            except msgspec.DecodeError:
                pass
            try:
                found = msgspec.json.decode(data, type=AnnotationRow)
                annotations.setdefault((found.document, found.annotator), data)
            except msgspec.DecodeError:
                continue
    return {
        DOCUMENTS: dict(enumerate(documents.values(), 1)),
        ANNOTATIONS: dict(enumerate(annotations.values(), 1)),
    }


def _rows(path: Path) -> Iterator[bytes]:
    try:
        data = path.read_bytes()
    except OSError:
        return
    for line in data.split(b"\n"):
        row = _ROW.match(line)
        if row is not None:
            yield row[2]
