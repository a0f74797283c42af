"""The glossary names modules and classes that exist, and no word twice."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(
    r"^\| (\*\*.+?\*\*) \| .+ \| `((?:annotations|tui)/\S*)`(?: `(\w+)`)? \|$",
    (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_row_of_the_tables_says_where_its_word_lives() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert len(ROWS) == len(re.findall(r"^\| \*\*", text, re.MULTILINE)) > 20


def test_no_word_has_two_meanings() -> None:
    words = [word for row in ROWS for word in re.findall(r"\*\*(.+?)\*\*", row[0])]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("words", "path", "name"), ROWS, ids=[row[0].strip("*") for row in ROWS])
def test_what_the_glossary_names_is_there(words: str, path: str, name: str) -> None:
    assert (ROOT / path).exists()
    if name:
        assert hasattr(import_module(path.removesuffix(".py").replace("/", ".")), name)


def test_the_readme_links_to_it() -> None:
    assert "(docs/glossary.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
