"""What many texts cost compared with a single one: the start, the next document, the list, and keys.

    python -m benchmarks.corpus [--files 10000] [--done 9000] [--stored 100000] [--runs 7]

A folder of generated texts is opened under a pseudo-terminal: without a database, and with one in which
a number of its documents (`--done`) are done; in turn with a single article. Each time is that of a new
process, from its start to the moment its output holds the first words of the text. Then documents are
marked done: the time is from the key to the first words of the next text. The list is opened, and keys
are typed in it. Every figure is printed beside that of the single article in the same run; a key is
compared with an arrow key there.

Then a database of many more short documents without files is opened; most of them are done. The time to
the first document that is not done and to the rows around it in the list is measured without imports;
then the start of the program and the list are measured.
"""

import argparse
import os
import pty
import re
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from annotations.corpus.corpus_documents import CorpusDocuments
from annotations.corpus.corpus_rows import CorpusRows
from annotations.corpus.listing import Listing
from annotations.corpus.member_opening import open_member
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import replace
from annotations.store.encoding import encode
from annotations.store.opening import open_store
from annotations.store.tinydb_file.database import AnnotationDatabase
from annotations.store.tinydb_file.row_types import DocumentRow
from annotations.store.tinydb_file.rows import row_bytes
from benchmarks.start import seconds
from benchmarks.store import spans_of, text_of, vars_of

COMMAND = [sys.executable, "-m", "tui.cli", "--no-model", "--annotator", "ann"]
WORKED_AT = "2020-01-01T09:00:00.000Z"
QUIET = 0.6
"""The program is at rest when it has written nothing for this many seconds; it then has read the next text ahead."""


MARKS = ("Tidings", "QUARREL")
"""Each text has one of them, in turn. They differ in every letter, because only cells that differ are written."""


def write_texts(folder: Path, files: int) -> None:
    """A folder of texts, all older than any work in them."""
    folder.mkdir()
    for number in range(files):
        path = folder / f"report-{number}.txt"
        path.write_text(text_of(number).replace(". ", f". {MARKS[number % 2]} ", 1), "utf-8")
        os.utime(path, (1_500_000_000, 1_500_000_000))


def write_database(folder: Path, done: int) -> None:
    """A database in the folder of the texts, in which a number of texts, from the first on, are done."""
    database = AnnotationDatabase(folder / "annotations.json")
    with database.writing():
        for first in range(0, done, 500):
            documents, annotations = {}, {}
            for number in range(first, min(first + 500, done)):
                document = Document(text_of(number), str(folder / f"report-{number}.txt"))
                row = DocumentRow(document.sha256, document.path, document.text)
                documents[number + 1] = row_bytes("documents", vars_of(row))
                spans = tuple(replace(span, status="accepted") for span in spans_of(number))
                facts = DocumentFacts.of(done=True)
                annotations[number + 1] = encode(
                    AnnotationRow(
                        document.sha256,
                        "ann",
                        spans,
                        facts,
                        edited=WORKED_AT,
                        marked_done=WORKED_AT,
                        seconds=100.0 + number % 50,
                    )
                )
            database.commit((), {"documents": documents, "annotations": annotations})
    database.close()


def write_stored(folder: Path, documents: int) -> None:
    """A database of short documents without files; nine of ten are done."""
    folder.mkdir()
    database = AnnotationDatabase(folder / "annotations.json")
    with database.writing():
        for first in range(0, documents, 1000):
            rows: dict[str, dict[int, bytes]] = {"documents": {}, "annotations": {}}
            for number in range(first, min(first + 1000, documents)):
                text = f"Article {number}. {'Ann met Bob. ' * 20}"
                document = Document(text, f"/articles/{number}.txt")
                row = DocumentRow(document.sha256, document.path, document.text)
                rows["documents"][number + 1] = row_bytes("documents", vars_of(row))
                if done := number < documents * 9 // 10:
                    facts, at = DocumentFacts.of(done=done), WORKED_AT
                    work = AnnotationRow(
                        document.sha256, "ann", (), facts, edited=at, marked_done=at, seconds=90.0
                    )
                    rows["annotations"][number + 1] = encode(work)
            database.commit((), rows)
    database.close()


def opened_without_imports(folder: Path) -> float:
    """Milliseconds to the first document of a database that is not done, and the rows around it."""
    begin = time.perf_counter()
    store = open_store(str(folder / "annotations.json"), read_only=True)
    documents = CorpusDocuments.of(None, store.summaries("ann"), "file", 1)
    corpus = documents.corpus(
        lambda member: open_member(member, "utf-8", lambda id_: next(iter(store.with_text(id_)), None)),
        lambda opened: opened.document,
    )
    arrival = corpus.start()
    assert arrival is not None
    listing = Listing(CorpusRows(corpus))
    for place in range(arrival.place - 20, min(arrival.place + 20, len(listing))):
        listing[place]
    took = (time.perf_counter() - begin) * 1000
    store.close()
    return took


class Program:
    """The program on its own terminal, and how long it takes to write something."""

    def __init__(self, arguments: Sequence[str], folder: str) -> None:
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
            os.execvp(COMMAND[0], [*COMMAND, *arguments])

    def until(self, wanted: str, key: str = "") -> float:
        """Milliseconds from a key until the program has written what matches a pattern."""
        begin, written = time.perf_counter(), b""
        os.write(self._fd, key.encode())
        while time.perf_counter() - begin < 30:
            if not select.select([self._fd], [], [], 1)[0]:
                continue
            data = os.read(self._fd, 1 << 16)
            if b"\x1b[6n" in data:
                os.write(self._fd, b"\x1b[1;1R")
            written += data
            plain = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", written)
            if re.search(wanted.encode(), plain):
                return (time.perf_counter() - begin) * 1000
        raise SystemExit(f"the program never showed {wanted!r}")

    def rest(self, for_seconds: float = QUIET) -> None:
        """Read what it writes until it has written nothing for a while."""
        while select.select([self._fd], [], [], for_seconds)[0]:
            os.read(self._fd, 1 << 16)

    @property
    def memory(self) -> float:
        """Its peak memory, in MB."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


def arrows(program: Program, times: int = 20) -> float:
    """Median of the milliseconds from an arrow key to what it shows."""
    measured = []
    for _ in range(times):
        program.rest(0.05)
        measured.append(program.until(".", "\x1bOC"))
    return statistics.median(measured)


def starts(single: str, corpora: dict[str, tuple[str, bytes]], runs: int, folder: str) -> None:
    """Print the seconds to the first text of each corpus, beside those of a single article."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ("single", *corpora)}
    for _ in range(runs + 1):
        taken["single"].append(seconds([*COMMAND, single], b"Article 0.", folder))
        for name, (path, wanted) in corpora.items():
            taken[name].append(seconds([*COMMAND, path], wanted, folder))
        time.sleep(0.5)
    for name in corpora:
        for what, own, other in zip(
            ("clock", "processor"),
            zip(*taken[name][1:], strict=True),
            zip(*taken["single"][1:], strict=True),
            strict=True,
        ):
            more = statistics.median(o - s for o, s in zip(own, other, strict=True)) * 1000
            ratio = statistics.median(o / s for o, s in zip(own, other, strict=True))
            one = statistics.median(other)
            print(f"{name:18} {what:9} {one:7.3f} s alone, {more:4.0f} ms more, ratio {ratio:.2f}")


def in_the_corpus(folder: str, first: int, alone: float, here: str) -> None:
    """Print what `D`, the list and keys take in a corpus, beside an arrow key in a single article."""
    program = Program([folder], here)
    program.until(rf"Article {first}\.")
    program.rest()
    figures = {"an arrow": [arrows(program)], "D": [], "list": [], "key in list": []}
    number = first
    for _ in range(8):
        program.rest()
        number += 1
        # The program asks about undecided suggestions; the second key is the answer.
        os.write(program._fd, b"D")
        program.rest()
        figures["D"].append(program.until(MARKS[number % 2], "D"))
    for _ in range(3):
        program.rest()
        figures["list"].append(program.until("type to filter", "L"))
        for key in "report 9":
            program.rest(0.1)
            figures["key in list"].append(program.until(".", key))
        program.rest()
        os.write(program._fd, b"\x1b")
        program.rest()
        os.write(program._fd, b"\x1b")
    for what, measured in figures.items():
        took = statistics.median(measured)
        print(
            f"{what:18} {took:7.1f} ms, {took / alone:5.1f} times an arrow alone, worst {max(measured):.1f}"
        )
    print(f"{'memory':18} {program.memory:7.0f} MB at most")
    program.kill()


def many(folder: Path, documents: int, alone: float) -> None:
    """Print how long it takes to open a database of many documents, and its list."""
    write_stored(folder, documents)
    took = statistics.median(opened_without_imports(folder) for _ in range(5))
    print(f"{documents:,} stored: the first not done, and rows: {took:.0f} ms without imports")
    first = documents * 9 // 10
    program = Program([], str(folder))
    took = program.until(rf"Article {first}\.")
    program.rest()
    listed = program.until("type to filter", "L")
    print(f"{documents:,} stored: {took:.0f} ms from exec to the text, memory {program.memory:.0f} MB")
    print(f"{documents:,} stored: list {listed:.1f} ms, {listed / alone:.1f} times an arrow alone")
    program.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--done", type=int, default=9_000)
    parser.add_argument("--stored", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    # An installed program is already compiled. With this variable set, it would be compiled at each start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        bare, begun, here = root / "bare", root / "begun", root / "here"
        here.mkdir()
        single = here / "single.txt"
        single.write_text(text_of(0), "utf-8")
        for folder in (bare, begun):
            write_texts(folder, options.files)
        write_database(begun, options.done)
        corpora = {
            "no database": (str(bare), b"Article 0."),
            f"{options.done} done": (str(begun), f"Article {options.done}.".encode()),
        }
        starts(str(single), corpora, options.runs, str(here))
        program = Program([str(single)], str(here))
        program.until(r"Article 0\.")
        program.rest()
        alone = arrows(program)
        print(f"{'alone: an arrow':18} {alone:7.1f} ms, memory {program.memory:.0f} MB")
        program.kill()
        in_the_corpus(str(begun), options.done, alone, str(here))
        many(root / "many", options.stored, alone)


if __name__ == "__main__":
    main()
