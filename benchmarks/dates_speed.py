"""How long it takes to find and resolve the dates of texts of 3 KB to 1 MB, compared with another commit.

    python -m benchmarks.dates_speed [--against COMMIT] [--folder FOLDER]

The text is made of the sentences in this file, each time with other numbers, or of a folder of TimeML
documents. No text was read before in the process; tables are compiled before the measurement.
`--against` unpacks that commit (`git archive`) into a folder that is removed afterwards, and measures
both commits in the same run, each in separate processes; the ratio is that of the medians. Times are
processor times, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

if TYPE_CHECKING:
    from annotations.model.span import Span

SENTENCES = (
    "The council met on Tuesday, March {day}, {year}, and the harbour was shut until Friday.",
    "Two weeks ago some {number} people had asked for it, as they did in the {decade}s.",
    "Profit in the third quarter of {year} was 3 million, up from 2 million a year ago.",
    "Nobody in the town knew what to say of it, and the paper said as much.",
    "At 9.30 p.m. the guard locked up; he had waited for {day} hours and left on {day} May.",
    "In the early morning of the next day the ferry sailed, and no one has seen it since {year}.",
)
SIZES = (3_000, 30_000, 100_000, 300_000, 1_000_000)
TURNS = 3
"""How often each size is measured."""


def main() -> None:
    """Print a table of processor seconds by size; with `--against`, also those of the other commit and the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--against", metavar="COMMIT", help="also measure this commit of the repository")
    parser.add_argument("--folder", type=Path, help="use the texts of these TimeML documents")
    parser.add_argument("--time", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.time:
        print(*times(source(options.folder)))
        return
    here = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as folder:
        places = [here]
        if options.against:
            unpack(here, options.against, Path(folder))
            places.append(Path(folder))
        runs = {place: [in_process(place, options.folder) for _ in range(TURNS)] for place in places}
    names = ["seconds", *([f"seconds of {options.against}", "ratio"] if options.against else [])]
    print(f"{'characters':>12}  " + "  ".join(names))
    for number, size in enumerate(SIZES):
        medians = [median(run[number] for run in runs[place]) for place in places]
        columns = [f"{value:{len(name)}.4f}" for value, name in zip(medians, names, strict=False)]
        if options.against:
            columns.append(f"{medians[0] / medians[1]:5.2f}")
        print(f"{size:>12}  " + "  ".join(columns))


def unpack(repository: Path, commit: str, folder: Path) -> None:
    """Write the modules of a commit into a folder. End the program if git has no such commit."""
    packed = subprocess.run(
        ["git", "-C", str(repository), "archive", commit, "annotations"],
        capture_output=True,
        check=False,
    )
    if packed.returncode:
        sys.exit(packed.stderr.decode(errors="replace").strip())
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)


def in_process(place: Path, folder: Path | None) -> list[float]:
    """The seconds that the modules in a folder take for each size, in a separate process."""
    command = [sys.executable, __file__, "--time", *(["--folder", str(folder)] if folder else [])]
    done = subprocess.run(
        command, cwd=place, env={"PYTHONPATH": str(place)}, capture_output=True, check=True
    )
    return [float(value) for value in done.stdout.split()]


def source(folder: Path | None) -> str:
    """The text from which texts of all sizes are cut."""
    if folder is None:
        return " ".join(
            sentence.format(day=number % 28 + 1, year=1950 + number % 70, decade=1950, number=number + 2)
            + ("\n\n" if number % 5 == 4 else "")
            for number in range(12_000)
            for sentence in SENTENCES[number % 6 : number % 6 + 1]
        )
    texts = [
        "".join(body.itertext())
        for path in sorted(folder.iterdir())
        if path.suffix in (".tml", ".xml")
        and (body := ElementTree.parse(path).find(".//TEXT")) is not None
    ]
    return "\n\n".join(texts)


def times(text: str) -> list[float]:
    """The seconds for each size, with the modules that are first on the import path."""
    from annotations.dates.creation_time import CreationTime
    from annotations.dates.document_dates import timexes

    find_dates = _finder()
    created = CreationTime("2021-04-08", "given")
    text = text * (SIZES[-1] // len(text) + 1)
    timexes("On Tuesday.", find_dates("On Tuesday."), created)
    seconds = []
    for size in SIZES:
        # A different beginning each time, so that no cache knows the text from the previous size.
        part = f"{size} " + text[:size]
        begun = time.process_time()
        timexes(part, find_dates(part), created)
        seconds.append(time.process_time() - begun)
    return seconds


def _finder() -> Callable[[str], list[Span]]:
    """The function that finds dates, under its present name or the one in older commits."""
    try:
        module, name = import_module("annotations.dates.matcher"), "find_dates"
    except ImportError:
        module, name = import_module("annotations.dates.recognise"), "recognise"
    return cast("Callable[[str], list[Span]]", getattr(module, name))


if __name__ == "__main__":
    main()
