"""All pictures of the documentation exist, and that of the README shows the program as it is now."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.tui.pictures import DOCS, PICTURES, README_PICTURE, ROOT, SIZES, exported, file_of, fill

ANEW = "python -m tests.tui.pictures"


def words_of(svg: str) -> list[str]:
    """The pieces of text in a picture, in the order of its file."""
    found = re.findall(r"<text [^>]*>([^<]*)</text>", svg)
    return [words for text in found if (words := unescape(text).replace("\xa0", " ").strip())]


@pytest.mark.usefixtures("spot_checks")
def test_the_picture_of_the_readme_is_the_screen_of_now(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    fill(folder)
    now = words_of(exported(folder, PICTURES[0], SIZES[1]))
    assert words_of(README_PICTURE.read_text("utf-8")) == now, f"draw it anew: {ANEW}"


def test_there_is_a_picture_of_each_screen_in_each_size_and_no_other() -> None:
    files = {file_of(picture, size) for picture in PICTURES for size in SIZES}
    assert set((DOCS / "screens").iterdir()) == files
    for picture in PICTURES:
        for size in SIZES:
            assert picture.shows in file_of(picture, size).read_text("utf-8")


def test_the_readme_shows_the_picture_and_whoever_contributes_reads_how_to_draw_them_all() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "(docs/screen.svg)" in readme
    assert "(docs/screens)" in readme
    assert ANEW in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
