"""The database for texts if none is named."""

from pathlib import Path

import pytest

from annotations.store.interface import StoreError
from annotations.store.opening import database_exists, database_of_articles, database_url
from annotations.store.tinydb_file.location import default_database

FOLDER, HERE = Path("/texts"), Path("/home/ann")


@pytest.mark.parametrize(
    ("folder", "there", "wanted"),
    [
        (None, [], HERE),
        (None, [FOLDER], HERE),
        (FOLDER, [FOLDER], FOLDER),
        (FOLDER, [FOLDER, HERE], FOLDER),
        (FOLDER, [HERE], HERE),
        (FOLDER, [], FOLDER),
    ],
)
def test_an_existing_database_goes_first_and_a_new_one_is_with_the_texts(
    folder: Path | None, there: list[Path], wanted: Path
) -> None:
    databases = [one / "annotations.json" for one in there]
    assert default_database(folder, HERE, databases.__contains__) == wanted / "annotations.json"


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts below the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    (tmp_path / "texts").mkdir()
    return tmp_path / "texts"


def test_what_a_person_names_goes_before_all(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = texts.parent / "annotations.json", texts / "annotations.json"
    assert database_url(None) == str(here)
    assert database_url(None, texts) == str(there)
    assert not database_exists(str(here))
    here.with_name("annotations.json.journal").touch()
    assert database_exists(str(here))
    assert database_url(None, texts) == str(here)
    there.write_text("{}")
    assert database_url(None, texts) == str(there)
    monkeypatch.setenv("ANNOTATE_DB", "by-environment.json")
    assert database_url(None, texts) == str(texts.parent / "by-environment.json")
    assert database_url("named.json", texts) == str(texts.parent / "named.json")
    assert database_url("postgresql://host/name", texts) == "postgresql://host/name"


def test_a_link_among_the_texts_is_no_database(texts: Path) -> None:
    (texts / "annotations.json").symlink_to(texts.parent / "elsewhere.json")
    with pytest.raises(StoreError, match="is a link to"):
        database_url(None, texts)


def test_one_article_is_sought_here_and_several_with_the_texts(texts: Path) -> None:
    here, there = texts.parent / "annotations.json", texts / "annotations.json"
    for name in ("a.txt", "b.txt"):
        (texts / name).touch()
    assert database_of_articles(None, ["texts/a.txt"]) == str(here)
    there.write_text("{}")
    assert database_of_articles(None, ["texts/a.txt"]) == str(there)
    assert database_of_articles(None, ["a.txt"]) == str(here)
    here.write_text("{}")
    assert database_of_articles(None, ["texts/a.txt"]) == str(here)
    assert database_of_articles(None, ["texts/a.txt", "texts/b.txt"]) == str(there)
    assert database_of_articles("other.json", ["texts/a.txt"]) == str(texts.parent / "other.json")
