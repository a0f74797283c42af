"""Suggestions in bulk: texts per second by one process, by several and by Ray; memory, disk, and finding them again.

    python -m benchmarks.bulk [--texts 320] [--characters 3500] [--workers 2] [--engines local ray] [--renew 2000]

Generated articles are read by the default pipeline and the rules for dates, once with one process and
then with several, by each engine; all must write the same bytes. The speed is measured after the first
batch; the start is the time until the first batch is finished. The processor time per text is the same
for any number of processes, unless they hinder each other. Memory is that of all processes that were
started, where a page that they share counts once (PSS); the growth compares the last quarter of a run
with the second one. Then the suggestions of the last text are looked up, as the program does when it
opens a text.
"""

import argparse
import hashlib
import os
import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from annotations.bulk.engine import Engine, LocalEngine, engine_of
from annotations.bulk.prepared import PreparedSuggestions
from annotations.bulk.recipe import recipe_of
from annotations.bulk.run import BATCH, BulkProgress, suggest_for_corpus
from annotations.bulk.suggestion_folder import SuggestionFolder
from annotations.corpus.member import FilePlace, Member

SOURCE = Path(__file__).parents[1] / "tui" / "screens" / "example.txt"
CHARACTERS = 3_500
NAMES = ["dates", "pipeline"]
MEMORY_INTERVAL = 0.5
"""Seconds between two measurements of the memory."""


def text_of(number: int, characters: int = CHARACTERS) -> str:
    """An article made of the sentences of the example, a different one for each number."""
    pick = random.Random(number)
    sentences = SOURCE.read_text("utf-8").replace("\n", " ").split(". ")
    text = f"Report {number}. "
    while len(text) < characters:
        text += pick.choice(sentences) + pick.choice((". ", ". ", ".\n\n"))
    return text[:characters]


@dataclass
class Figures:
    """The costs of one run."""

    started: float = 0.0
    first: float = 0.0
    """Seconds until the first batch was finished."""
    total: float = 0.0
    processor: float = 0.0
    """Seconds of all processors, for the processes that had ended by then."""
    memory: list[float] = field(default_factory=list)
    """In MB, at each measurement."""

    def progress(self, progress: BulkProgress) -> None:
        if progress.read and not self.first:
            self.first = time.perf_counter() - self.started

    def speed(self, texts: int) -> float:
        return (texts - BATCH) / (self.total - self.first)


@contextmanager
def watched(figures: Figures) -> Iterator[None]:
    """Measure the memory of all child processes again and again."""
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(MEMORY_INTERVAL):
            figures.memory.append(sum(map(megabytes, below(os.getpid()))))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def below(pid: int) -> list[int]:
    """The processes that a process started, and the processes that those started."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *below(child)]
    return found


def megabytes(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def measure(members: list[Member], engine: Engine, out: Path) -> Figures:
    figures = Figures(time.perf_counter())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with watched(figures):
        recipe = recipe_of(NAMES)
        suggest_for_corpus(members, recipe, SuggestionFolder(out), engine, figures.progress)
    figures.total = time.perf_counter() - figures.started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return figures


def written(folder: Path) -> dict[str, str]:
    files = (path for path in folder.iterdir() if path.stat().st_size)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def growth(memory: list[float]) -> float:
    """How much the memory grew from the second quarter of a run to the last one, as a share."""
    quarter = len(memory) // 4
    if not quarter:
        return 0.0
    return mean(memory[-quarter:]) / mean(memory[quarter : 2 * quarter]) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=320)
    parser.add_argument("--characters", type=int, default=CHARACTERS, help="characters in each text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--engines", nargs="+", choices=("one", "local", "ray"), default=["one", "local", "ray"]
    )
    parser.add_argument(
        "--renew", type=int, default=2000, help="replace a process after this number of texts"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        members = []
        for number in range(options.texts):
            path = folder / f"report-{number:06}.txt"
            path.write_text(text_of(number, options.characters), "utf-8")
            members.append(Member(path.name, FilePlace(str(path))))
        engines: dict[str, Engine] = {}
        if "one" in options.engines:
            engines["local, 1 process"] = LocalEngine(1, options.renew)
        if "local" in options.engines:
            engines[f"local, {options.workers} processes"] = LocalEngine(options.workers, options.renew)
        if "ray" in options.engines:
            engines[f"ray, {options.workers} actors"] = engine_of("ray", options.workers)
        print(f"{options.texts} texts of {options.characters} characters")
        print(f"{'':24}{'texts/s':>9}{'start s':>9}{'all s':>9}{'CPU ms':>8}{'MB':>7}{'growth':>8}")
        bytes_of: dict[str, dict[str, str]] = {}
        speeds = []
        for name, engine in engines.items():
            out = folder / name
            figures = measure(members, engine, out)
            bytes_of[name] = written(out)
            speeds.append(figures.speed(options.texts))
            peak = max(figures.memory, default=0.0)
            print(
                f"{name:24}{speeds[-1]:9.1f}{figures.first:9.1f}{figures.total:9.1f}"
                f"{figures.processor / options.texts * 1000:8.0f}{peak:7.0f}"
                f"{growth(figures.memory):8.1%}"
            )
        if len(speeds) > 1:
            ratios = ", ".join(f"{speed / speeds[0]:.2f}" for speed in speeds[1:])
            print(f"times the first: {ratios}")
        print(
            "the same bytes:",
            "yes" if len({str(sorted(one.items())) for one in bytes_of.values()}) == 1 else "NO",
        )
        size = sum(path.stat().st_size for path in out.iterdir())
        print(f"on the disk: {size / options.texts / 1000:.1f} kB a text")
        begin = time.perf_counter()
        found = PreparedSuggestions(out, NAMES).find(
            text_of(options.texts - 1, options.characters), language="en"
        )
        took = (time.perf_counter() - begin) * 1000
        spans = sum(len(reading.spans) for reading in found.readings)
        print(f"found again: {spans} spans in {took:.1f} ms, what is imported by then not counted")


if __name__ == "__main__":
    main()
