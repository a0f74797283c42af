"""Corpora for tests, and an engine that reads in this process and counts what it reads."""

import hashlib
from collections.abc import Generator, Iterable
from pathlib import Path

from annotations.bulk.reader import Batch, ReadText, TextReader
from annotations.bulk.recipe import Recipe, recipe_of
from annotations.bulk.run import BulkReport, suggest_for_corpus
from annotations.bulk.suggestion_folder import SuggestionFolder
from annotations.corpus.member import FilePlace, Member
from annotations.store.tinydb_file.disk import REAL, Disk

DATES = recipe_of(["dates"])


def write_texts(folder: Path, numbers: Iterable[int]) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        path = folder / f"letter-{number:04}.txt"
        path.write_text(
            f"Letter {number} came on {1 + number % 28} May {1800 + number % 200}.\n", "utf-8"
        )


def members(folder: Path) -> list[Member]:
    return [Member(path.name, FilePlace(str(path))) for path in sorted(folder.iterdir())]


class InProcessEngine:
    """Reads with the real suggesters in this process."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, batches: Iterable[Batch], recipe: Recipe) -> Generator[list[ReadText], None, None]:
        reader = TextReader(recipe)
        for batch in batches:
            self.read_texts += [member.name for member in batch]
            yield [reader.read(member) for member in batch]


def make(
    texts: Path, out: Path, recipe: Recipe = DATES, disk: Disk = REAL
) -> tuple[BulkReport, list[str]]:
    """Make the suggestions for a folder. Return the report, and the names of the texts that were read."""
    engine = InProcessEngine()
    report = suggest_for_corpus(members(texts), recipe, SuggestionFolder(out, disk), engine)
    return report, engine.read_texts


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file, by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
