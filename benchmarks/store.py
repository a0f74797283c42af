"""What an edit, opening an article, the list of all documents and leaving cost: our store, stock TinyDB, SQLite.

    python -m benchmarks.store [--documents 1 1000 10000] [--edits 200] [--journal 1.0]

An edit is one span accepted in a document of 60 spans, or of 20,000; each is on disk before the next
begins. SQLite runs with WAL and synchronous=FULL and has one row per span. Stock TinyDB gets fewer
edits if one takes seconds. Opening, the list (how many documents there are, how many are done, which is
the first one not done) and leaving after one edit are measured in new processes, without imports, with
and without a journal of some MB beside the file. They are compared with the time that SQLite takes to
open and read the same article.
"""

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from annotations.editing.commands import accept
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.source import Source
from annotations.model.span import Span, replace
from annotations.store.interface import Pending
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.row_types import DocumentRow
from annotations.store.tinydb_file.rows import row_bytes
from annotations.store.tinydb_file.tinydb_store import TinyStore

SOURCE = Source("model", "en_core_web_sm", "3.8.0")
SPANS = 60
MANY_SPANS = 20_000
TEXT = 6500
LABELS = ("PERSON", "ORG", "GPE", "DATE")

OPEN = """
import re, sys, time
from pathlib import Path
from annotations.editing.commands import accept
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.span import replace
from annotations.store.interface import Pending
from annotations.store.tinydb_file.tinydb_store import TinyStore
from benchmarks.store import text_of
path = Path(sys.argv[1])
document = Document(text_of(int(sys.argv[2])), f"/articles/{sys.argv[2]}.txt")
journal = path.with_name(f"{path.name}.journal")
times = [time.perf_counter()]
store = TinyStore(path)
document = store.identify(document).document
annotations = store.load(document, "ann")
times.append(time.perf_counter())
summaries = store.summaries("ann")
done = summaries.done
first = done.find(0)
assert (len(summaries), done.count(1), first) == (int(sys.argv[3]), 0, 0), first
summaries[first]
times.append(time.perf_counter())
span = next(iter(annotations.spans))
changes = accept(span) or (Change(span, replace(span, comment=str(time.time()))),)
store.commit([Pending(document.id, "ann", make_edit("accept", "ann", changes))])
times.append(time.perf_counter())
store.close()
times.append(time.perf_counter())
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(*((b - a) * 1000 for a, b in zip(times, times[1:])), int(peak[1]) / 1024)
"""
OPEN_SQLITE = """
import sqlite3, sys, time
begin = time.perf_counter()
connection = sqlite3.connect(sys.argv[1])
number = int(sys.argv[2])
connection.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()
spans = connection.execute("SELECT span FROM spans WHERE document = ?", (number,)).fetchall()
assert len(spans) == 60
opened = time.perf_counter()
connection.execute("SELECT count(*) FROM documents").fetchone()
print((opened - begin) * 1000, (time.perf_counter() - opened) * 1000)
"""


def text_of(number: int, length: int = TEXT) -> str:
    """An article of about 6,500 characters, or of another length, a different one for each number."""
    pick = random.Random(number)
    words = [
        pick.choice(("Ann", "met", "the", "minister", "in", "Zürich", "on", "Monday,"))
        for _ in range(1400)
    ]
    return f"Article {number}. {' '.join(words)}"[:length].ljust(length, ".")


def spans_of(number: int, spans: int = SPANS) -> tuple[Span, ...]:
    """The sixty suggested spans of an article, or another number of them."""
    pick = random.Random(number)
    return tuple(
        Span(n * 100, n * 100 + 9, pick.choice(LABELS), "suggested", (SOURCE,)) for n in range(spans)
    )


def length_for(spans: int) -> int:
    """The length of the text for a number of spans, in code points."""
    return max(TEXT, spans * 100 + 9)


def fill(path: Path, documents: int, spans: int = SPANS) -> None:
    """Make a store with this many articles."""
    database = AnnotationDatabase(path)
    with database.writing():
        for first in range(0, documents, 500):
            numbers = range(first, min(first + 500, documents))
            texts = {n: Document(text_of(n, length_for(spans)), f"/articles/{n}.txt") for n in numbers}
            rows = {
                "documents": {
                    n + 1: row_bytes("documents", vars_of(DocumentRow(d.sha256, d.path, d.text)))
                    for n, d in texts.items()
                },
                "annotations": {
                    n + 1: encode(AnnotationRow(d.sha256, "ann", spans_of(n, spans)))
                    for n, d in texts.items()
                },
            }
            database.commit((), rows)
    database.close()


def vars_of(row: DocumentRow) -> dict[str, str]:
    return {"sha256": row.sha256, "path": row.path, "text": row.text}


def encode(row: AnnotationRow) -> bytes:
    from annotations.store.encoding import encode

    return encode(row)


def ours(path: Path, documents: int, edits: int, spans: int = SPANS) -> Iterator[float]:
    store = TinyStore(path)
    pick = random.Random(1)
    numbers = [pick.randrange(documents) for _ in range(edits)]
    sets = {}
    for number in set(numbers):
        document = Document(text_of(number, length_for(spans)), f"/articles/{number}.txt")
        sets[number] = store.load(document, "ann")
    for number in numbers:
        annotations = sets[number]
        span = pick.choice(list(annotations.spans))
        changes = accept(span) or accept(next(iter(annotations.spans)))
        edit = make_edit("accept", "ann", changes)
        annotations.apply(edit)
        begin = time.perf_counter()
        store.commit([Pending(annotations.document, "ann", edit)])
        yield time.perf_counter() - begin
    store.close(checkpoint=False)


def ours_with_many_spans(path: Path, documents: int, edits: int) -> Iterator[float]:
    fill(path, 1, MANY_SPANS)
    yield from ours(path, 1, edits, MANY_SPANS)


def stock(path: Path, documents: int, edits: int) -> Iterator[float]:
    from tinydb import TinyDB

    def accepted(row: dict[str, list[dict[str, object]]]) -> None:
        pick.choice(row["spans"])["status"] = "accepted"

    pick = random.Random(1)
    with TinyDB(path) as database:
        table = database.table("annotations")
        for _ in range(edits):
            number = pick.randrange(documents) + 1
            begin = time.perf_counter()
            table.update(accepted, doc_ids=[number])
            yield time.perf_counter() - begin


def sqlite(path: Path, documents: int, edits: int) -> Iterator[float]:
    pick = random.Random(1)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("CREATE TABLE spans (document, number, span, PRIMARY KEY (document, number))")
    connection.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, edit TEXT)")
    connection.execute("BEGIN")
    span = '{"start":580,"end":589,"label":"PERSON","status":"suggested","sources":["en_core_web_sm"]}'
    connection.executemany(
        "INSERT INTO documents VALUES (?, ?)", ((n, text_of(n)) for n in range(documents))
    )
    connection.executemany(
        "INSERT INTO spans VALUES (?, ?, ?)",
        ((n, s, span) for n in range(documents) for s in range(SPANS)),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    accepted = span.replace("suggested", "accepted")
    for _ in range(edits):
        place = (accepted, pick.randrange(documents), pick.randrange(SPANS))
        begin = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE spans SET span = ? WHERE document = ? AND number = ?", place)
        connection.execute("INSERT INTO history (edit) VALUES (?)", (json.dumps([span, accepted]),))
        connection.execute("COMMIT")
        yield time.perf_counter() - begin
    connection.close()


Run = tuple[str, int]
"""The name of a store, and how many documents are in it."""


def in_turn(runs: dict[Run, Iterator[float]], seconds: float) -> dict[Run, list[float]]:
    """The times of edits in ms. The runs take turns, so that changes of the disk's speed affect all equally."""
    times: dict[Run, list[float]] = {run: [] for run in runs}
    spent = dict.fromkeys(runs, 0.0)
    while runs:
        for run in list(runs):
            took = next(runs[run], None)
            if took is not None:
                times[run].append(took * 1000)
                spent[run] += took
            if took is None or (spent[run] > seconds and len(times[run]) >= 3):
                del runs[run]
    return times


def lengthen(path: Path, documents: int, megabytes: float) -> None:
    """Fill the journal with about this many MB of edits in many documents that the file does not have."""
    journal = path.with_name(f"{path.name}.journal")
    end = journal.stat().st_size + megabytes * 1e6
    store, pick = TinyStore(path), random.Random(2)
    if store.database.journal.state.tail >= megabytes * 1e6:
        end = 0
    while journal.stat().st_size < end:
        number = pick.randrange(documents)
        document = Document(text_of(number), f"/articles/{number}.txt")
        live = store.load(document, "ann")
        pending = []
        for span in [span for span in live.spans if not span.decided][:40] or list(live.spans)[:40]:
            changes = accept(span) or (Change(span, replace(span, comment=str(end))),)
            pending.append(Pending(document.id, "ann", make_edit("accept", "ann", changes)))
        store.commit(pending)
    store.close(checkpoint=False)


def in_processes(
    script: str, *arguments: object, before: Callable[[], object] = lambda: None
) -> list[float]:
    """The numbers that a script prints: each is the smallest of five new processes."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    runs = []
    for _ in range(5):
        before()
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        runs.append(out.split())
    return [min(map(float, column)) for column in zip(*runs, strict=True)]


def print_bytes_of_an_edit(paths: dict[int, Path]) -> None:
    for size, path in paths.items():
        last = path.with_name(f"{path.name}.journal").read_bytes().splitlines()[-50:]
        print(f"ours: {statistics.median(map(len, last)):.0f} bytes an edit with {size} documents")


def print_openings(paths: dict[int, Path], megabytes: float) -> None:
    print("one article opened, the list, one edit, leaving (each the best of five processes), in ms")
    head = ("documents", "file MB", "opened", "list", "edit", "leaving", "peak MB", "to SQLite")
    print(" ".join(f"{word:>9}" for word in head))
    for size, path in paths.items():
        peer = path.with_name("opening.sqlite")
        list(sqlite(peer, size, 1))
        sqlite_opened, _ = in_processes(OPEN_SQLITE, peer, size // 2)
        peer.unlink()
        index = path.with_name(f"{path.name}.index")
        befores: dict[str, Callable[[], object]] = {
            "": lambda: None,
            "  no index": partial(index.unlink, missing_ok=True),
            f"  journal of {megabytes:g} MB": partial(lengthen, path, size, megabytes),
        }
        for what, before in befores.items():
            row = in_processes(OPEN, path, size // 2, size, before=before)
            opened, listed, edit, leaving, peak = row
            numbers = (opened, listed, edit, leaving, peak, opened / sqlite_opened)
            figures = " ".join(f"{number:>9.1f}" for number in numbers)
            print(f"{size:>9} {path.stat().st_size / 1e6:>9.1f} {figures}{what}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1, 1000, 10000])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--journal", type=float, default=1.0, help="the size of a long journal, in MB")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="the most seconds for one row of the table"
    )
    options = parser.parse_args()
    stores: dict[str, Callable[[Path, int, int], Iterator[float]]] = {
        "ours": ours,
        "ours, 20000": ours_with_many_spans,
        "SQLite": sqlite,
        "stock TinyDB": stock,
    }
    with tempfile.TemporaryDirectory(dir=".") as folder:
        paths = {size: Path(folder) / f"{size}" / "annotations.json" for size in options.documents}
        for size, path in paths.items():
            path.parent.mkdir()
            fill(path, size)
            path.with_name("stock TinyDB").write_bytes(path.read_bytes())
        print_openings(paths, options.journal)
        print("one edit, durable on disk")
        print(
            f"{'store':<13}{'documents':>9} {'median ms':>10} {'p95 ms':>9} {'edits':>6} {'to ours':>8}"
        )
        medians: dict[Run, float] = {}
        # Stock TinyDB keeps the disk so busy that the others would have to wait.
        for names in (("ours", "ours, 20000", "SQLite"), ("stock TinyDB",)):
            runs = {
                (name, size): stores[name](
                    path if name == "ours" else path.with_name(name), size, options.edits
                )
                for name in names
                for size, path in paths.items()
                if name != "ours, 20000" or size == min(paths)
            }
            for (name, size), times in in_turn(runs, options.seconds).items():
                times.sort()
                median = medians[name, size] = statistics.median(times)
                print(
                    f"{name:<13}{size:>9} {median:>10.3f} {times[int(len(times) * 0.95)]:>9.3f} "
                    f"{len(times):>6} {median / medians['ours', size]:>8.1f}",
                    flush=True,
                )
        print_bytes_of_an_edit(paths)
        for name in stores:
            of_it = [median for (known, _), median in medians.items() if known == name]
            print(f"{name}: largest to smallest median {max(of_it) / min(of_it):.2f}")


if __name__ == "__main__":
    main()
