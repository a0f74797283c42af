"""The pictures of the documentation, exported by the program itself: `python -m tests.tui.pictures`.

The program is started as by its command, keys are pressed, and it exports its screen as its action
"Write the screen to an SVG file" does. The articles are made up.
"""

import asyncio
import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from tests.tui.made_up import ARTICLES
from tui import cli
from tui.app import AnnotateApp
from tui.requests import Finish

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README_PICTURE = DOCS / "screen.svg"
SIZES = ((80, 24), (120, 40))
"""Columns and rows."""
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
ANNOTATOR = "ann"
QUIET = ("--no-model", "--annotator", ANNOTATOR)
PAUSE = 0.3
"""Seconds until what is drawn a little later is drawn: the side panel."""


class Picture(NamedTuple):
    """A screen: how to get there, in which theme."""

    name: str
    keys: tuple[str, ...]
    shows: str
    """What is to be read on it, so that no picture is taken of something else."""
    theme: str = "annotate-dark"


DECIDE = ("space", *("enter",) * 9, "backspace", *("enter",) * 4)
PICTURES = (
    Picture("reading", DECIDE, "Sines"),
    Picture("reading-light", DECIDE, "Sines", "annotate-light"),
    Picture("panel", (*DECIDE, "f2"), "Sines"),
    Picture("search", (*DECIDE, "slash", *"ministry", "enter"), "1 of 2"),
    Picture("preview", ("space", "asterisk"), "Enter"),
    Picture("prompt", (*DECIDE, "equals_sign"), "Sines"),
    Picture("list", ("L",), "boats.txt"),
)


def main() -> int:
    """Write them all."""
    (DOCS / "screens").mkdir(exist_ok=True)
    for file, svg in pictures():
        file.write_text(svg, "utf-8")
        print(file.relative_to(ROOT))
    return 0


def pictures() -> Iterator[tuple[Path, str]]:
    """Each picture's file and content; the one of the README first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        fill(folder)
        yield README_PICTURE, exported(folder, PICTURES[0], SIZES[1])
        for picture in PICTURES:
            for size in SIZES:
                yield file_of(picture, size), exported(folder, picture, size)


def file_of(picture: Picture, size: tuple[int, int]) -> Path:
    """The file of a picture."""
    return DOCS / "screens" / f"{picture.name}-{size[0]}x{size[1]}.svg"


def fill(folder: Path) -> None:
    """Write the articles, and a database with what is suggested in them."""
    folder.mkdir()
    for article in ARTICLES:
        (folder / article.name).write_text(article.text, "utf-8", newline="")
        # What has been opened is known by its name when suggestions for its text come.
        run(folder, [article.name, *QUIET], SIZES[0], ())
    rows = [{"text": article.text, "spans": article.spans()} for article in ARTICLES]
    file = folder.parent / "suggested.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with contextlib.chdir(folder), contextlib.redirect_stdout(sys.stderr):
        assert cli.main(["import", str(file), "--annotator", ANNOTATOR]) == 0


def exported(folder: Path, picture: Picture, size: tuple[int, int]) -> str:
    """The screen at a size in columns and rows, as the program writes it."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(folder, Path(name) / "articles"))
        texts = [article.name for article in ARTICLES]
        return run(copy, [*texts, *QUIET, "--theme", picture.theme], size, picture.keys, picture.shows)


def run(
    folder: Path, arguments: list[str], size: tuple[int, int], keys: tuple[str, ...], shows: str = ""
) -> str:
    """Start the program in a folder, press keys and leave it; its screen before that."""
    svg = ""

    async def work(app: AnnotateApp) -> None:
        nonlocal svg
        async with app.run_test(size=size) as pilot:
            for _ in range(100):
                await pilot.pause(0.02)
                if app.reader.keys.loaded:
                    break
            await pilot.pause(PAUSE)
            for key in keys:
                await pilot.press(key)
            await pilot.pause(PAUSE)
            svg = app.export_screenshot(title="annotate")
            shown = svg.replace("&#160;", " ")
            assert shows in shown, f"{shows!r} is not on the screen"
            app.post_message(Finish())
            await pilot.pause(PAUSE)

    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(sys.stderr),
        mock.patch.dict(os.environ, TERMINAL),
        mock.patch("textual.constants.COLOR_SYSTEM", "truecolor"),
        mock.patch("tui.cli._screen_is_terminal", return_value=True),
        mock.patch("sys.stdin", mock.Mock(isatty=lambda: True)),
        mock.patch("tui.app.AnnotateApp.run", lambda app: asyncio.run(work(app))),
    ):
        assert cli.main(arguments) == 0
    return svg


if __name__ == "__main__":
    raise SystemExit(main())
