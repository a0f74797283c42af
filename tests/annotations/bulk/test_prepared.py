"""Suggestions made in advance are found by their text, and are the same as the suggesters would give now."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotations.bulk import run
from annotations.bulk.prepared import PreparedSuggestions
from annotations.bulk.recipe import Recipe, recipe_of
from annotations.bulk.shard import SHARD_NAME
from annotations.corpus.own_files import SUGGESTIONS
from annotations.corpus.place_of_suggestions import default_folder, folder_for, folder_named
from annotations.editing.document_session import DocumentSession
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Run
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import DATE_RULES
from annotations.model.span import Span
from annotations.suggest.registry import Pipelines, choose
from annotations.suggest.suggester import Suggester
from tests.annotations.bulk.making import make, write_texts

MONTHS = '{"label": "DATE", "pattern": "May"}\n{"label": "DATE", "pattern": "3 May 1802"}\n'


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    """Dates, and patterns that find some of the same dates."""
    patterns = tmp_path / "months.jsonl"
    patterns.write_text(MONTHS + '{"label": "THING", "pattern": "Letter"}\n', "utf-8")
    return recipe_of(["dates", f"patterns:{patterns}"])


@pytest.fixture
def corpus(tmp_path: Path, recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts, with their suggestions in a folder beside it, in three shards."""
    monkeypatch.setattr(run, "SHARD", 5)
    write_texts(tmp_path / "letters", range(12))
    make(tmp_path / "letters", tmp_path / "letters.suggested", recipe)
    return tmp_path / "letters"


def text_of(corpus: Path, number: int) -> str:
    return (corpus / f"letter-{number:04}.txt").read_text("utf-8")


def prepared(recipe: Recipe, corpus: Path) -> PreparedSuggestions:
    folder = folder_for([str(corpus)])
    assert folder is not None
    return PreparedSuggestions(folder, recipe.suggesters, recipe.date_kinds)


def session(text: str) -> DocumentSession:
    document = Document(text)
    return DocumentSession(document, AnnotationSet(document.id, "ann"), ONTONOTES)


@pytest.mark.parametrize("number", [0, 2, 4, 5, 11])
def test_a_document_gets_exactly_what_the_suggesters_would_say(
    number: int, corpus: Path, recipe: Recipe
) -> None:
    text = text_of(corpus, number)
    live, ahead = session(text), session(text)
    for name in recipe.suggesters:
        suggester = choose(name).load(Pipelines(lambda: None))
        whole = Run(suggester.source, 0, len(text), suggester.unit)
        live.suggest(suggester.source, suggester.suggest(text, recipe.dates_of(text)), whole)
    found = prepared(recipe, corpus).find(text)
    for reading in found.readings:
        ahead.suggest(reading.source, reading.spans, reading.run)
    assert found.notice == ""
    assert ahead.annotations.to_row() == live.annotations.to_row()
    assert len(ahead.annotations.spans) > 1


def test_what_a_suggester_thought_possible_is_brought_with_what_it_found(
    recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    possible = Span(0, 6, "ORG", sources=(DATE_RULES,), score=0.1234)

    def of_dates(suggester: Suggester) -> list[Span]:
        return [possible] if suggester.source == DATE_RULES else []

    monkeypatch.setattr("annotations.bulk.reader.second_readings", of_dates)
    write_texts(tmp_path / "letters", range(1))
    make(tmp_path / "letters", tmp_path / "letters.suggested", recipe)
    corpus = tmp_path / "letters"
    dates, patterns = prepared(recipe, corpus).find(text_of(corpus, 0)).readings
    assert dates.second_readings == (replace(possible, score=0.123),)
    assert patterns.second_readings == ()


def test_what_was_read_by_now_is_not_brought_again(corpus: Path, recipe: Recipe) -> None:
    text = text_of(corpus, 7)
    found = prepared(recipe, corpus).find(text)
    dates, patterns = found.readings
    again = prepared(recipe, corpus).find(text, [dates.run])
    assert again.readings == (patterns,)


def test_a_text_that_changed_or_is_new_is_said(corpus: Path, recipe: Recipe) -> None:
    suggestions = prepared(recipe, corpus)
    for text in (f"{text_of(corpus, 3)}And more.", "Nobody knows me."):
        found = suggestions.find(text)
        assert (found.readings, "letters.suggested has no suggestions" in found.notice) == ((), True)
    assert suggestions.find(text_of(corpus, 3)).readings


def test_what_is_made_while_somebody_works_is_found(corpus: Path, recipe: Recipe) -> None:
    suggestions = prepared(recipe, corpus)
    write_texts(corpus, [50])
    assert suggestions.find(text_of(corpus, 50)).readings == ()
    make(corpus, corpus.with_name("letters.suggested"), recipe)
    assert len(suggestions.find(text_of(corpus, 50)).readings) == 2
    assert len(suggestions.find(text_of(corpus, 3)).readings) == 2


def test_another_version_of_one_suggester_leaves_what_the_others_say(
    corpus: Path, recipe: Recipe, tmp_path: Path
) -> None:
    (tmp_path / "months.jsonl").write_text(MONTHS, "utf-8")
    suggestions = prepared(recipe, corpus)
    found = suggestions.find(text_of(corpus, 3))
    assert [str(reading.source) for reading in found.readings] == ["dates"]
    assert "another version of months.jsonl" in found.notice
    # The notice is shown once, not for each text.
    assert suggestions.find(text_of(corpus, 4)).notice == ""


def test_another_language_or_other_dates_leave_what_patterns_found(corpus: Path, recipe: Recipe) -> None:
    text = text_of(corpus, 3)
    german = prepared(recipe, corpus).find(text, language="de")
    assert (
        german.notice
        == "letters.suggested was made with the language English for this text; it is read again now."
    )
    ages = prepared(Recipe(recipe.suggesters, frozenset({"age"})), corpus).find(text)
    assert "another version of dates;" in ages.notice
    for found in (german, ages):
        assert [reading.source.kind for reading in found.readings] == ["patterns"]
    assert len(prepared(recipe, corpus).find(text, language="en").readings) == 2


def test_a_text_that_was_set_aside_is_said_with_its_reason(corpus: Path, recipe: Recipe) -> None:
    folder = corpus.with_name("letters.suggested")
    manifest = json.loads((folder / SUGGESTIONS).read_text("utf-8"))
    shard = manifest["shards"][0]
    lines = (folder / f"{shard['file']}.jsonl").read_bytes().splitlines(keepends=True)
    changed = json.loads(lines[4])
    changed["spans"], changed["history"] = [], {}
    # This line keeps its length, so that the offsets of the other lines stay right.
    lines[4] = json.dumps(changed, ensure_ascii=False).encode().ljust(len(lines[4]) - 1) + b"\n"
    (folder / f"{shard['file']}.jsonl").write_bytes(b"".join(lines))
    shard["set_aside"] = [{"name": "letter-0004.txt", "reason": "ended its process (signal 9)"}]
    (folder / SUGGESTIONS).write_text(json.dumps(manifest), "utf-8")
    found = prepared(recipe, corpus).find(text_of(corpus, 4))
    assert found.readings == ()
    assert found.notice == (
        "letter-0004.txt was set aside when suggestions were made: it ended its process (signal 9)."
    )


@pytest.mark.parametrize("damage", ["cut", "gone", "link", "other", "no list"])
def test_what_is_damaged_is_not_believed(damage: str, corpus: Path, recipe: Recipe) -> None:
    folder = corpus.with_name("letters.suggested")
    suggestions = prepared(recipe, corpus)
    for path in folder.glob("*.jsonl"):
        data = path.read_bytes()
        path.unlink()
        if damage == "cut":
            path.write_bytes(data[:30])
        elif damage == "other":
            path.write_bytes(data.replace(b"Letter", b"Latter"))
        elif damage == "link":
            path.with_name("elsewhere").write_bytes(data)
            path.symlink_to("elsewhere")
    if damage == "no list":
        (folder / SUGGESTIONS).write_bytes(b"{")
    found = suggestions.find(text_of(corpus, 3))
    assert found.readings == ()
    assert found.notice


def test_the_folder_is_next_to_what_was_named(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    beside = tmp_path / "letters.suggested"
    for named in (["letters"], ["letters/"], [str(corpus)], ["./letters/../letters"]):
        assert default_folder(named) == folder_for(named) == beside
    assert default_folder(["letters/letter-0001.txt", "letters/letter-0002.txt"]) == beside
    assert default_folder(["texts.jsonl"]) == tmp_path / "texts.jsonl.suggested"
    assert folder_for(["letters/letter-0001.txt"]) == beside
    assert folder_for(["texts.jsonl"]) is None
    assert folder_named(["letters"], None) == beside
    assert folder_named(["letters"], "other/../out") == tmp_path / "out"
    with pytest.raises(AnnotateError, match="Name a folder for the suggestions"):
        folder_named(["/"], None)
    monkeypatch.chdir(corpus)
    assert default_folder([]) == default_folder(["."]) == beside
    assert all(SHARD_NAME.fullmatch(path.stem) for path in beside.glob("*.jsonl"))
