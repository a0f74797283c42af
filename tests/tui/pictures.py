"""The pictures of the documentation, exported by the program itself: `python -m tests.tui.pictures`.

Each picture starts the program through its command line, presses keys, and exports the screen in the
same way as the action "Write the screen to an SVG file". The articles are made up.
"""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from textual.pilot import Pilot

from annotations.model.source import Source
from annotations.model.span import Span
from tests.tui.made_up import ARTICLES, BOATS, HARBOUR
from tui import cli
from tui.actions.requests import Finish
from tui.app import AnnotateApp
from tui.workspace.suggestions import Suggested

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README_PICTURE = DOCS / "screen.svg"
SIZES = ((80, 24), (120, 40))
"""Columns and rows."""
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
ANNOTATOR = "ann"
SOURCE = Source.parse("en_core_web_sm 3.8.0")
QUIET = ("--no-model", "--annotator", ANNOTATOR)
PAUSE = 0.3
"""Seconds until the side panel is drawn too; it is drawn a little later than the rest."""


class Picture(NamedTuple):
    """A picture of a screen: the keys that lead there, and its theme."""

    name: str
    keys: tuple[str, ...]
    shows: str
    """Words that must be on the screen, so that it is not a picture of something else."""
    theme: str = "annotate-dark"


DECIDED = {
    HARBOUR.name: ("space", *("enter",) * 9, "backspace", *("enter",) * 4),
    BOATS.name: ("space", *("enter",) * 6, "D"),
}
"""The keys that decide something in an article before the pictures are taken."""
FIRST_DATE = ("ctrl+home", "tab", "tab")
PICTURES = (
    Picture("reading", ("space",), "harbour.txt"),
    Picture("reading-light", ("space",), "harbour.txt", "annotate-light"),
    Picture("panel", ("space", "f2"), "ENTITIES"),
    Picture("search", ("space", "slash", *"ministry"), "FIND"),
    Picture("preview", ("ctrl+home", "tab", "asterisk"), "PREVIEW"),
    Picture("prompt", (*FIRST_DATE, "equals_sign"), "VALUE"),
    Picture("list", ("L",), "QUEUE"),
)


def main() -> int:
    """Write all pictures."""
    (DOCS / "screens").mkdir(exist_ok=True)
    for file, svg in pictures():
        file.write_text(svg, "utf-8")
        print(file.relative_to(ROOT))
    return 0


def pictures() -> Iterator[tuple[Path, str]]:
    """The file and content of each picture; the picture of the README comes first."""
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
        run(folder, [article.name, *QUIET], SIZES[0], DECIDED.get(article.name, ()))


def exported(folder: Path, picture: Picture, size: tuple[int, int]) -> str:
    """The screen as the program exports it, at a size in columns and rows; the folder stays as it is."""
    with tempfile.TemporaryDirectory() as name:
        before = shutil.copytree(folder, Path(name) / "before")
        texts = [article.name for article in ARTICLES]
        try:
            return run(
                folder, [*texts, *QUIET, "--theme", picture.theme], size, picture.keys, picture.shows
            )
        finally:
            # Articles are known by their paths: a copy in another folder would be other articles.
            shutil.rmtree(folder)
            shutil.copytree(before, folder)


async def suggest(app: AnnotateApp, pilot: Pilot[None]) -> None:
    """Post all suggestions for the article on the screen, once it is loaded."""
    while not app.reader.keys.loaded:
        await pilot.pause(0.02)
    session = app.reader.opened.session
    spans = [
        Span(one.start, one.end, one.label, "suggested", (SOURCE,), one.score)
        for article in ARTICLES
        for one in article.spans()
        if article.text == session.text
    ]
    app.post_message(Suggested(session.annotations.key, SOURCE, spans))
    while sum(SOURCE in span.sources for span in session.annotations.spans) < len(spans):
        await pilot.pause(0.02)
    # The other suggestions come by themselves; when all are there, the program looks for places.
    while app.reader.around.progress or not app.reader.opened.sweep.finds_places:
        await pilot.pause(0.02)
    await pilot.pause(PAUSE)


def run(
    folder: Path, arguments: list[str], size: tuple[int, int], keys: tuple[str, ...], shows: str = ""
) -> str:
    """Start the program in a folder, press keys and leave it; give the screen before it was left."""
    svg = ""

    async def work(app: AnnotateApp) -> None:
        nonlocal svg
        async with app.run_test(size=size) as pilot:
            await suggest(app, pilot)
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
