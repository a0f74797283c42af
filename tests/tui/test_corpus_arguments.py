"""What is named on the command line: an article, a corpus, or the database in the current folder."""

import argparse
from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from tui.command_line.corpus_arguments import CorpusChoice, add_order, add_texts, corpus_of


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some texts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    (tmp_path / "texts").mkdir()
    for name in ("a.txt", "texts/1.txt", "texts/2.txt", "texts/notes.md"):
        (tmp_path / name).write_text(name)
    (tmp_path / "t.jsonl").write_text('{"body": "A", "url": "x", "day": "2021-04-08"}\n')
    return tmp_path


def parsed(*arguments: str) -> CorpusChoice | None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--db")
    add_texts(parser, "texts")
    add_order(parser)
    return corpus_of(parser.parse_args(arguments))


def chosen(*arguments: str) -> CorpusChoice:
    choice = parsed(*arguments)
    assert choice is not None
    return choice


def names(*arguments: str) -> list[str]:
    contents = chosen(*arguments).contents
    return [member.name for member in contents.members] if contents else []


def test_one_article_is_opened_as_it_always_was() -> None:
    assert parsed("a.txt") is parsed("-") is parsed("not there") is None


def test_a_corpus_can_be_named_in_every_way() -> None:
    assert (
        names("texts")
        == names("texts/1.txt", "texts/2.txt")
        == names("texts/*.txt")
        == ["1.txt", "2.txt"]
    )
    assert names("texts", "a.txt", "--recursive") == ["texts/1.txt", "texts/2.txt", "a.txt"]
    columns = ["--text-column", "body", "--id-column", "url", "--date-column", "day"]
    contents = chosen("t.jsonl", *columns).contents
    assert contents is not None
    assert [(member.id, member.created) for member in contents.members] == [("x", "2021-04-08")]


def test_the_settings_are_those_of_the_folder_and_its_own_files_are_no_articles(here: Path) -> None:
    settings = here / "texts" / "annotate.toml"
    settings.write_text(
        'files = ["*.md", "*.json"]\nguidelines = "guide.md"\npatterns = ["names.json"]\n'
    )
    for own in ("guide.md", "names.json", "annotations.json", "gold.json", "gold.json.journal"):
        (here / "texts" / own).touch()
    choice = chosen("texts", "--db", "texts/gold.json")
    assert choice.settings.file == settings
    assert choice.contents is not None
    assert [member.name for member in choice.contents.members] == ["notes.md"]
    assert choice.contents.passed_over[0].name == "1.txt"


def test_the_database_is_with_the_texts_or_here_and_that_is_said(here: Path) -> None:
    choice = chosen("texts")
    assert choice.database == str(here / "texts" / "annotations.json")
    assert choice.database_words == f"The annotations are in {choice.database}."
    (here / "annotations.json").touch()
    assert chosen("texts").database == str(here / "annotations.json")
    assert chosen("texts").database_words == ""
    assert chosen("texts", "a.txt").database == str(here / "annotations.json")
    assert chosen("texts", "--db", "x.json").database == str(here / "x.json")


def test_without_a_name_it_is_the_database_that_is_here(here: Path) -> None:
    with pytest.raises(AnnotateError, match="Name an article, a folder or several files"):
        parsed()
    (here / "annotations.json").touch()
    choice = chosen("--order", "random", "--seed", "7")
    assert (choice.contents, choice.database) == (None, str(here / "annotations.json"))
    assert (choice.order, choice.seed, choice.root) == ("random", 7, here)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.txt", "--id-column", "x"], "--id-column applies only to"),
        (["texts", "--text-column", "x"], "name such a file"),
        (["t.jsonl"], "it has body, url, day; name one with --text-column"),
        (["texts", "none.txt"], "There is no file none.txt"),
        (["*.pdf"], "No file is called"),
    ],
)
def test_what_cannot_be_listed_is_one_sentence(arguments: list[str], said: str) -> None:
    with pytest.raises(AnnotateError) as error:
        parsed(*arguments)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_order_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["--order", "best"], ["--seed", "x"]):
        with pytest.raises(SystemExit) as end:
            parsed("texts", *wrong)
        assert end.value.code == 2
    assert "choose from" in capsys.readouterr().err
