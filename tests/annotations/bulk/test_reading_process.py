"""Processes that read texts: they are replaced, and started again when they die. Texts that make them
die are set aside.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotations.bulk.engine import LocalEngine
from annotations.bulk.reader import Batch, TextReader
from annotations.bulk.reading_process import TRIES, RenewedReader
from annotations.bulk.recipe import Recipe, recipe_of
from annotations.model.errors import AnnotateError
from tests.annotations.bulk.making import DATES, members, write_texts
from tests.annotations.suggest.conftest import package

__all__ = ["package"]
TROUBLE = """
import os, signal, time
word = doc.text.split()[0]
if word == "Deadly":
    os.kill(os.getpid(), signal.SIGKILL)
if word == "Endless":
    time.sleep(600)
if word == "Wrong":
    raise ValueError("no such word")
if len(doc) > 1:
    doc.ents = [Span(doc, 0, 1, label="FIRST")]
"""


@pytest.fixture
def trouble(package: Callable[[str, str], Path]) -> Recipe:
    """A pipeline that crashes, hangs or raises an error if the first word of a text says so, and
    otherwise labels this word.
    """
    package("en_trouble", TROUBLE)
    return recipe_of(["pipeline:en_trouble"])


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    write_texts(tmp_path / "letters", range(12))
    return tmp_path / "letters"


@contextmanager
def reader_of(recipe: Recipe, **options: float) -> Iterator[RenewedReader]:
    reader = RenewedReader(recipe, **options)  # type: ignore[arg-type]
    try:
        yield reader
    finally:
        reader.close()


def batch_of(folder: Path) -> Batch:
    return tuple(members(folder))


def test_a_text_that_kills_its_process_is_set_aside_and_the_others_are_read(
    trouble: Recipe, texts: Path
) -> None:
    (texts / "letter-0003.txt").write_text("Deadly words.", "utf-8")
    (texts / "letter-0005.txt").write_text("Wrong words.", "utf-8")
    with reader_of(trouble) as reader:
        read = reader.read(batch_of(texts)[:7])
    assert [text.problem for text in read if text.problem] == [
        "ended its process (signal 9)",
        "cannot be read by a suggester: no such word",
    ]
    # These texts have lines without suggestions, so a program that opens them reads them again.
    assert [b'"FIRST"' in text.line for text in read] == [True, True, True, False, True, False, True]
    assert all(b'"spans":[]' in text.line for text in read if text.problem)


def test_a_text_that_takes_too_long_is_set_aside(trouble: Recipe, texts: Path) -> None:
    (texts / "letter-0000.txt").write_text("Endless words.", "utf-8")
    with reader_of(trouble) as reader:
        reader.read(batch_of(texts)[1:2])
        reader._patience = 0.5
        (read,) = reader.read(batch_of(texts)[:1])
    assert "took longer than" in read.problem


def test_a_process_that_is_killed_from_outside_costs_no_text(texts: Path) -> None:
    wanted = [TextReader(DATES).read(member) for member in batch_of(texts)]
    with reader_of(DATES) as reader:
        for _ in range(TRIES - 1):
            assert reader.read(batch_of(texts)) == wanted
            assert reader.pid is not None
            os.kill(reader.pid, signal.SIGKILL)
        assert reader.read(batch_of(texts)) == wanted


def test_a_process_is_renewed_after_so_many_texts(texts: Path) -> None:
    wanted = [TextReader(DATES).read(member) for member in batch_of(texts)]
    pids = set()
    with reader_of(DATES, renewed_after=5) as reader:
        for first in range(0, 12, 4):
            assert reader.read(batch_of(texts)[first : first + 4]) == wanted[first : first + 4]
            pids.add(reader.pid)
    assert len(pids) == 3


def test_suggesters_that_cannot_be_loaded_are_one_sentence(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "names.jsonl").write_text('{"label": "X", "pattern": [{"tag": "NN"}]}\n', "utf-8")
    recipe = recipe_of([f"patterns:{tmp_path / 'names.jsonl'}"])
    engine = LocalEngine(2)
    with pytest.raises(AnnotateError, match="TAG is known only inside a pipeline"):
        list(engine.read([batch_of(texts)], recipe))


def test_many_processes_answer_in_the_order_of_the_batches(texts: Path) -> None:
    batches = [(member,) for member in batch_of(texts)]
    wanted = [[TextReader(DATES).read(member)] for (member,) in batches]
    assert list(LocalEngine(3).read(batches, DATES)) == wanted


def test_an_engine_that_is_closed_leaves_no_process(trouble: Recipe, texts: Path) -> None:
    (texts / "letter-0005.txt").write_text("Endless words.", "utf-8")
    read = LocalEngine(2).read([(member,) for member in batch_of(texts)], trouble)
    next(read)
    children = {int(pid) for pid in _children()}
    assert len(children) == 2
    read.close()
    assert not children & {int(pid) for pid in _children()}
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bulk")]


def _children() -> list[str]:
    tasks = Path("/proc/self/task").iterdir()
    return [pid for task in tasks for pid in (task / "children").read_text().split()]
