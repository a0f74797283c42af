"""What an edit and opening an article cost, in our store, stock TinyDB and SQLite, in one run.

    python -m benchmarks.store [--documents 1 1000 10000] [--edits 200]

An edit is one span accepted in a document of 60 spans; each is on disk before the next begins. SQLite
runs with WAL and synchronous=FULL and one row a span. Stock TinyDB gets fewer edits where one takes
seconds. Opening is measured in a fresh process: from the import to the spans of one article in hand.
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
from pathlib import Path

from annotations.editing.commands import accept
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.row_types import DocumentRow
from annotations.store.tinydb_file.rows import row_bytes
from annotations.store.tinydb_file.tinydb_store import TinyStore

SPANS = 60
TEXT = 6500
LABELS = ("PERSON", "ORG", "GPE", "DATE")

OPEN = """
import re, sys, time
begin = time.perf_counter()
from pathlib import Path
from annotations.model.document import Document
from annotations.store.tinydb_file.tinydb_store import TinyStore
from benchmarks.store import text_of
document = Document(text_of(int(sys.argv[2])), "/articles/one.txt")
imported = time.perf_counter()
store = TinyStore(Path(sys.argv[1]))
annotations = store.load(document, "ann")
end = time.perf_counter()
assert len(annotations.spans) == 60, len(annotations.spans)
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(end - begin, end - imported, int(peak[1]) / 1024)
"""


def text_of(number: int) -> str:
    """An article of about 6,500 characters, another one for each number."""
    pick = random.Random(number)
    words = [
        pick.choice(("Ann", "met", "the", "minister", "in", "Zürich", "on", "Monday,"))
        for _ in range(1400)
    ]
    return f"Article {number}. {' '.join(words)}"[:TEXT].ljust(TEXT, ".")


def spans_of(number: int) -> tuple[Span, ...]:
    """Its sixty suggested spans."""
    pick = random.Random(number)
    return tuple(
        Span(n * 100, n * 100 + 9, pick.choice(LABELS), "suggested", ("en_core_web_sm 3.8.0",))
        for n in range(SPANS)
    )


def fill(path: Path, documents: int) -> None:
    """A store of that many articles."""
    database = AnnotationDatabase(path)
    with database.writing():
        for first in range(0, documents, 500):
            numbers = range(first, min(first + 500, documents))
            texts = {n: Document(text_of(n), f"/articles/{n}.txt") for n in numbers}
            rows = {
                "documents": {
                    n + 1: row_bytes("documents", vars_of(DocumentRow(d.sha256, d.path, d.text)))
                    for n, d in texts.items()
                },
                "annotations": {
                    n + 1: encode(AnnotationRow(d.sha256, "ann", spans_of(n))) for n, d in texts.items()
                },
            }
            database.commit((), rows)
    database.close()


def vars_of(row: DocumentRow) -> dict[str, str]:
    return {"sha256": row.sha256, "path": row.path, "text": row.text}


def encode(row: AnnotationRow) -> bytes:
    import msgspec

    return msgspec.json.encode(row)


def ours(path: Path, documents: int, edits: int) -> Iterator[float]:
    store = TinyStore(path)
    pick = random.Random(1)
    numbers = [pick.randrange(documents) for _ in range(edits)]
    sets = {}
    for number in set(numbers):
        document = Document(text_of(number), f"/articles/{number}.txt")
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
    store.close(fold=False)


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


def in_turn(runs: dict[int, Iterator[float]], seconds: float) -> dict[int, list[float]]:
    """The times of edits in ms, one of each size in turn, so that the disk's moods meet all alike."""
    times: dict[int, list[float]] = {size: [] for size in runs}
    spent = dict.fromkeys(runs, 0.0)
    while runs:
        for size in list(runs):
            took = next(runs[size], None)
            if took is not None:
                times[size].append(took * 1000)
                spent[size] += took
            if took is None or (spent[size] > seconds and len(times[size]) >= 3):
                del runs[size]
    return times


def opening(path: Path, number: int) -> tuple[float, float, float]:
    """Seconds with imports, seconds without, and peak MB, the best of three fresh processes."""
    runs = []
    for _ in range(3):
        command = [sys.executable, "-c", OPEN, str(path), str(number)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        runs.append((float(out[0]), float(out[1]), float(out[2])))
    return min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1, 1000, 10000])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0, help="at most, for one row of the table")
    options = parser.parse_args()
    stores: dict[str, Callable[[Path, int, int], Iterator[float]]] = {
        "ours": ours,
        "SQLite": sqlite,
        "stock TinyDB": stock,
    }
    with tempfile.TemporaryDirectory(dir=".") as folder:
        paths = {size: Path(folder) / f"{size}" / "annotations.json" for size in options.documents}
        for size, path in paths.items():
            path.parent.mkdir()
            fill(path, size)
            path.with_name("stock TinyDB").write_bytes(path.read_bytes())
        print("opening one article (best of three processes)")
        print(f"{'documents':>9} {'file MB':>8} {'ms':>7} {'with imports':>13} {'peak MB':>8}  index")
        for size, path in paths.items():
            for index in ("there", "removed"):
                with_imports, opened, memory = opening(path, size // 2)
                print(
                    f"{size:>9} {path.stat().st_size / 1e6:>8.1f} {opened * 1000:>7.1f} "
                    f"{with_imports * 1000:>13.0f} {memory:>8.0f}  {index}"
                )
                path.with_name(f"{path.name}.index").unlink(missing_ok=True)
        print("one edit, durable on disk")
        print(
            f"{'store':<13}{'documents':>9} {'median ms':>10} {'p95 ms':>9} {'edits':>6} {'to ours':>8}"
        )
        first: dict[int, float] = {}
        for name, edit in stores.items():
            runs = {
                size: edit(path if name == "ours" else path.with_name(name), size, options.edits)
                for size, path in paths.items()
            }
            medians = []
            for size, times in in_turn(runs, options.seconds).items():
                times.sort()
                median = statistics.median(times)
                medians.append(median)
                first.setdefault(size, median)
                print(
                    f"{name:<13}{size:>9} {median:>10.3f} {times[int(len(times) * 0.95)]:>9.3f} "
                    f"{len(times):>6} {median / first[size]:>8.1f}",
                    flush=True,
                )
            print(f"{name}: largest to smallest median {max(medians) / min(medians):.2f}")


if __name__ == "__main__":
    main()
