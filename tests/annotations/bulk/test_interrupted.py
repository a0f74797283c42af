"""A signal at any line while suggestions are made: no shard is half written, and the next run completes the work."""

import signal
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from annotations.bulk import run, shard, suggestion_folder
from annotations.bulk.reader import Batch, ReadText, without_suggestions
from annotations.bulk.recipe import Recipe
from annotations.bulk.suggestion_folder import SuggestionFolder
from annotations.model.document import Document
from annotations.text import interruption
from tests.annotations.bulk.making import DATES, contents, members, write_texts
from tests.interrupting import interrupt_at_each_line


class NobodySuggests:
    """An engine that returns no suggestions for any text."""

    def read(self, batches: Iterable[Batch], recipe: Recipe) -> Generator[list[ReadText], None, None]:
        for batch in batches:
            yield [without_suggestions(Document(member.name), "") for member in batch]


def make(texts: Path, out: Path) -> None:
    run.suggest_for_corpus(members(texts), DATES, SuggestionFolder(out), NobodySuggests())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_half_is_left_wherever_a_signal_comes(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SHARD", 1)
    write_texts(tmp_path / "texts", range(2))
    make(tmp_path / "texts", tmp_path / "undisturbed")
    whole = contents(tmp_path / "undisturbed")

    def act(line: int) -> None:
        make(tmp_path / "texts", tmp_path / f"out{line}")

    modules = (run, shard, suggestion_folder, interruption)
    for line in interrupt_at_each_line(act, modules, number, 11 if number == signal.SIGINT else 37):
        out = tmp_path / f"out{line}"
        there = contents(out) if out.exists() else {}
        parts = {name: sha256 for name, sha256 in there.items() if name != "annotate-suggestions.json"}
        assert parts.items() <= whole.items()
        assert {name.partition(".")[0] for name in parts if name.endswith(".index")} == {
            name.partition(".")[0] for name in parts if name.endswith(".jsonl")
        }
        make(tmp_path / "texts", out)
        assert contents(out) == whole
    assert line > 100
