"""The settings `dates` and `language` of a project."""

from pathlib import Path

import pytest

from annotations.dates.scheme import SCHEMES
from annotations.model.errors import AnnotateError
from annotations.project.settings import load_settings


def settings_of(folder: Path, text: str) -> object:
    """The settings that are read from a file with this text."""
    file = folder / "annotate.toml"
    file.write_text(text)
    return load_settings(file)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", SCHEMES["news"]),
        ('dates = "timex3"', SCHEMES["timex3"]),
        ("dates = { age = true }", SCHEMES["news"] | {"age"}),
        ('[dates]\nscheme = "timex3"\nnow = false\nset = false', SCHEMES["timex3"] - {"now", "set"}),
    ],
)
def test_a_scheme_or_single_kinds(tmp_path: Path, text: str, kinds: object) -> None:
    assert settings_of(tmp_path, text).date_kinds == kinds  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dates = 3", 'line 1: \'dates\' must be "timex3", "news" or a table of kinds'),
        ('dates = "old"', "line 1: there is no scheme of dates 'old'"),
        ("dates = { ages = true }", "line 1: there is no kind of dates 'ages'; did you mean 'age'?"),
        ("dates = { age = 1 }", "line 1: the kind 'age' of dates must be true or false, not 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AnnotateError) as error:
        settings_of(tmp_path, text)
    assert said in str(error.value)


def test_the_language_of_the_articles(tmp_path: Path) -> None:
    assert settings_of(tmp_path, 'language = "es"').language == "es"  # type: ignore[attr-defined]
