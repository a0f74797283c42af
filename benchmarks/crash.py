"""Kill a writer at random moments and check the file: nothing that was saved may be lost.

    python -m benchmarks.crash [--kills 1000] [--power-cuts 50]

A child makes edits and prints the number of each when its commit has returned; it is killed with
SIGKILL at a random moment. Then the file must be JSON that holds the tables, and the store, opened
again, must have every edit that was printed, in order, and at most one more. The child makes
checkpoints often (`--checkpoint`), so that many kills happen during one; a third of the kills happen
while a store is opened after an earlier kill. Stock TinyDB is tested with the same edits.

A power cut is made on a separate ext4 file system in a file: it is shut down without flushing its
log (`EXT4_IOC_SHUTDOWN`), unmounted and mounted again. This needs root and a loop device.
"""

import argparse
import contextlib
import fcntl
import json
import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotations.model.document import Document
from annotations.model.document_facts import fact_changes
from annotations.model.edit import Change, make_edit
from annotations.model.source import person
from annotations.model.span import Span
from annotations.store.interface import Pending, StoreError
from annotations.store.tinydb_file.tinydb_store import TinyStore

DOCUMENT = Document("x" * 100_000, "/crash.txt")
OTHERS = 200
_EXT4_IOC_SHUTDOWN = 0x8004587D
_NO_LOG_FLUSH = 2


def work(path: Path, every: int) -> None:
    """The child: adds one span after the other and prints its number when it is saved; removes 200 when
    there are over 300.
    """
    store = TinyStore(path)
    annotations = store.load(DOCUMENT, "ann")
    number = count(annotations.facts.comment)
    while True:
        number += 1
        span = Span(number % 90_000, number % 90_000 + 1, f"L{number}", "accepted", (person("ann"),))
        changes = [Change(None, span)]
        if len(annotations.spans) > 300:
            changes += [Change(old, None) for old in list(annotations.spans)[:200]]

        facts = fact_changes(annotations.facts, annotations.facts.with_comment(str(number)))
        edit = make_edit("create", "ann", changes, facts)
        annotations.apply(edit)
        store.commit([Pending(DOCUMENT.sha256, "ann", edit)])
        os.write(1, b"%d %d\n" % (number, time.monotonic_ns()))
        if number % every == 0:
            store.database.journal.checkpoint()


def work_stock(path: Path) -> None:
    """The same with stock TinyDB."""
    from tinydb import TinyDB

    table = TinyDB(path).table("annotations")
    if not len(table):
        table.insert_multiple({"spans": ["x" * 1000]} for _ in range(OTHERS))
        table.insert({"number": 0, "spans": []})
    (row,) = [row for row in table if "number" in row]
    number, spans = row["number"], row["spans"]
    while True:
        number += 1
        spans = [] if len(spans) > 300 else [*spans, f"L{number}" * 20]
        table.update({"number": number, "spans": spans}, doc_ids=[row.doc_id])
        os.write(1, b"%d %d\n" % (number, time.monotonic_ns()))


def count(comment: str) -> int:
    return int(comment or 0)


@dataclass
class Tally:
    """The results of all kills or power cuts."""

    cuts: int = 0
    acknowledged: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, last: int, found: int | str, edits: int) -> None:
        self.cuts += 1
        self.acknowledged += edits
        if isinstance(found, str):
            self.outcomes[found] += 1
        elif found < last:
            self.outcomes["acknowledged edits lost"] += 1
        else:
            self.outcomes["whole"] += 1

    def line(self, name: str) -> str:
        parts = ", ".join(f"{word}: {number}" for word, number in sorted(self.outcomes.items()))
        return f"{name:<32} {self.cuts:>5} cuts, {self.acknowledged:>7} edits saved; {parts}"


def found_in(path: Path) -> int | str:
    """The number of the last edit in the store, or what is wrong with it."""
    try:
        if path.exists() and not {"documents", "annotations", "meta"} <= set(
            json.loads(path.read_bytes())
        ):
            return "file not of tables"
        store = TinyStore(path, read_only=True)
        facts = store.load(DOCUMENT, "ann").facts
        notices = [note for note in store.notices if "put together" not in note]
        store.close()
        return notices[0] if notices else count(facts.comment)
    except ValueError:
        return "file not readable"
    except StoreError as error:
        return str(error)


def found_in_stock(path: Path) -> int | str:
    if not path.exists() or not path.stat().st_size:
        return 0
    try:
        rows = json.loads(path.read_bytes())["annotations"].values()
        return next((row["number"] for row in rows if "number" in row), 0)
    except (ValueError, KeyError, OSError):
        return "file not readable"


def child(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.crash", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def acknowledged(running: subprocess.Popen[bytes], until: int | None = None) -> list[int]:
    """The numbers that a child had printed completely up to a moment."""
    assert running.stdout is not None
    lines = running.stdout.read().split(b"\n")[:-1]
    running.stdout.close()
    pairs = [tuple(map(int, line.split())) for line in lines]
    return [number for number, moment in pairs if until is None or moment < until]


def kills(folder: Path, number: int, stock: bool, every: int) -> Tally:
    tally = Tally()
    path = folder / "annotations.json"
    last = 0
    pick = random.Random(number)
    for cut in range(number):
        running = child("--stock" if stock else "--work", str(path), "--checkpoint", str(every))
        assert running.stdout is not None
        if cut % 3:
            # After the start, so that most kills hit a writer that is saving; the others hit one that
            # is opening the store.
            _wait_for_output(running)
            time.sleep(pick.expovariate(1 / 0.02))
        else:
            time.sleep(pick.uniform(0.1, 0.3))
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        edits = acknowledged(running)
        last = max([last, *edits])
        found = found_in_stock(path) if stock else found_in(path)
        tally.add(last, found, len(edits))
        if isinstance(found, str) or found < last:
            shutil.rmtree(folder)
            folder.mkdir()
            last = 0
    return tally


def _wait_for_output(running: subprocess.Popen[bytes]) -> None:

    assert running.stdout is not None
    select.select([running.stdout.fileno()], [], [], 10)


@contextmanager
def file_system(image: Path, point: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "loop", str(image), str(point)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(point)], check=True, capture_output=True)


def power_cuts(folder: Path, number: int, stock: bool, every: int) -> Tally:
    tally = Tally()
    image, point = folder / "image", folder / "point"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True, capture_output=True)
    pick = random.Random(number)
    path = point / "annotations.json"
    last = 0
    for _ in range(number):
        with file_system(image, point):
            running = child("--stock" if stock else "--work", str(path), "--checkpoint", str(every))
            _wait_for_output(running)
            time.sleep(pick.expovariate(1 / 0.05))
            moment = time.monotonic_ns()
            root = os.open(point, os.O_RDONLY)
            fcntl.ioctl(root, _EXT4_IOC_SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
            os.close(root)
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            edits = acknowledged(running, moment)
        last = max([last, *edits])
        with file_system(image, point):
            found = found_in_stock(path) if stock else found_in(path)
            tally.add(last, found, len(edits))
            if isinstance(found, str) or found < last:
                for old in point.glob("annotations*"):
                    old.unlink()
                last = 0
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--power-cuts", type=int, default=50)
    parser.add_argument(
        "--checkpoint", type=int, default=7, help="make a checkpoint after this number of edits"
    )
    parser.add_argument("--work", metavar="PATH", help=argparse.SUPPRESS)
    parser.add_argument("--stock", metavar="PATH", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work or options.stock:
        # The parent may close the pipe first.
        with contextlib.suppress(BrokenPipeError):
            work(Path(options.work), options.checkpoint) if options.work else work_stock(
                Path(options.stock)
            )
        return
    for name, stock, share in (("ours, SIGKILL", False, 1.0), ("stock TinyDB, SIGKILL", True, 0.1)):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            inner = Path(folder) / "store"
            inner.mkdir()
            tally = kills(inner, max(1, int(options.kills * share)), stock, options.checkpoint)
            print(tally.line(name), flush=True)
    if os.geteuid() != 0 or not options.power_cuts or shutil.which("mkfs.ext4") is None:
        print("power cuts: not run, they take root, a loop device and mkfs.ext4")
        return
    for name, stock in (("ours, power cut", False), ("stock TinyDB, power cut", True)):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            try:
                print(power_cuts(Path(folder), options.power_cuts, stock, options.checkpoint).line(name))
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"power cuts: not run: {error}")
                return


if __name__ == "__main__":
    main()
