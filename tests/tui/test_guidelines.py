from pathlib import Path

import pytest

from tests.tui.conftest import Open

GUIDELINES = """\
# How we label

Read this first. [a link](https://example.org)

## ORG

Companies.
{filler}
## Places (GPE, LOC)

Cities are places. Hostile: \x1b]0;owned\x07\x9b31m \u202e
{filler}
"""


@pytest.fixture
def guidelines(tmp_path: Path) -> Path:
    file = tmp_path / "guidelines.md"
    file.write_text(GUIDELINES.format(filler="\nMore words.\n" * 40), "utf-8")
    return file


async def test_they_open_at_the_label_under_the_cursor(open_article: Open, guidelines: Path) -> None:
    async with open_article(guidelines=guidelines) as screen:
        await screen.press("space", "G")
        await screen.wait(lambda: "Cities are places" in screen.text)
        assert "How we label" not in screen.text
        assert not set(screen.text) & set("\x1b\x07\x9b\u202e")
        await screen.press("home")
        await screen.wait(lambda: "Read this first" in screen.text)
        await screen.press("pagedown", "down", "escape")
        assert "LISBON" in screen.text
        assert screen.focus == "Lisbon"


async def test_without_a_label_they_open_at_the_top(open_article: Open, guidelines: Path) -> None:
    async with open_article(guidelines=guidelines, suggested=[]) as screen:
        await screen.press("G")
        await screen.wait(lambda: "How we label" in screen.text)
        await screen.press("G")
        assert "LISBON" in screen.text


async def test_a_missing_file_is_one_sentence(open_article: Open, tmp_path: Path) -> None:
    async with open_article(guidelines=tmp_path / "no.md") as screen:
        await screen.press("G")
        assert "The guidelines cannot be read: No such file" in screen.text
    async with open_article() as screen:
        await screen.press("G")
        assert "No guidelines yet" in screen.text
