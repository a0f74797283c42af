"""Several programs with one file: no edit is lost, and a program that died does not stop the others."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.store.interface import Pending
from annotations.store.tinydb_file.tinydb_store import TinyStore

TEXT = "Ann met Bo. " * 1000
EDITS = 600

AT_WORK = """
import sys
from pathlib import Path
from tests.annotations.store.test_processes import work
work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
"""
HOLDING = """
import sys, time
from pathlib import Path
from annotations.store.tinydb_file.tinydb_store import TinyStore
store = TinyStore(Path(sys.argv[1]))
with store.database.writing():
    print("held", flush=True)
    time.sleep(60)
"""


def work(path: Path, annotator: str, edits: int) -> None:
    """Label in the annotator's own document and in a shared one, with some checkpoints."""
    store = TinyStore(path)
    for document in (Document(TEXT + annotator, f"/{annotator}.txt"), Document(TEXT, "/shared.txt")):
        annotations = store.load(document, annotator)
        for number in range(edits // 2):
            changes = label_range(annotations.spans, number * 4, number * 4 + 3, "PERSON", annotator)
            edit = make_edit("create", annotator, changes)
            annotations.apply(edit)
            store.commit([Pending(document.sha256, annotator, edit)])
            if number % 100 == 99:
                store.database.journal.checkpoint()
    store.close()


def test_four_programs_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    names = ["ann", "bo", "cem", "dee"]
    workers = [
        subprocess.Popen([sys.executable, "-c", AT_WORK, str(path), name, str(EDITS)]) for name in names
    ]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0, 0]
    store = TinyStore(path)
    assert len(list(store.documents())) == 5
    for name in names:
        for document in (Document(TEXT + name, ""), Document(TEXT, "")):
            assert len(store.load(document, name).spans) == EDITS // 2
    assert store.notices == []
    store.close()
    assert len({row.annotator for row in store_rows(path)}) == 4


def store_rows(path: Path) -> list[AnnotationRow]:
    store = TinyStore(path, read_only=True)
    rows = [row for document in store.documents() for row in store.annotations(document.sha256)]
    store.close()
    return rows


def test_a_dead_program_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    work(path, "ann", 2)
    command = [sys.executable, "-c", HOLDING, str(path)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    # Reading never waits for the lock.
    reader = TinyStore(path, read_only=True)
    assert len(list(reader.documents())) == 2
    reader.close()
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(10)
    holder.stdout.close()
    work(path, "bo", 2)
    assert len(store_rows(path)) == 4
