"""The start without a text or a database: keys, the texts in the folder, how the states of spans look."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from annotations.model.label_scheme import ONTONOTES
from annotations.project.settings import TEXT_FILES, Settings
from tests.tui.own_colours import own_colours
from tui.cli import main
from tui.colours.glyphs import ASCII, UNICODE
from tui.command_line.usage import OVERVIEW
from tui.screens.first_run import EXAMPLE, FirstRun
from tui.widgets.appearance import Appearance
from tui.widgets.first_run_lines import Offer, first_run_lines, offers_in
from tui.widgets.lines import Line

LOOK = Appearance(own_colours(), UNICODE)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a10.txt", "a2.txt", "notes.pdf", "texts.jsonl", ".hidden.txt"):
        (tmp_path / name).write_text("some words")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "b.text").write_text("x" * 5000)
    (tmp_path / "empty").mkdir()
    return tmp_path


def text(line: Line) -> str:
    return "".join(piece for piece, _ in line)


def shown(app: FirstRun) -> list[str]:
    """The screen as lines of text."""
    strips = app.screen._compositor.render_strips()
    return ["".join(part.text for part in strip).rstrip() for strip in strips]


def test_what_can_be_opened(folder: Path) -> None:
    assert [(offer.name, offer.words) for offer in offers_in(folder, TEXT_FILES)] == [
        ("./", "2 articles, one after the other"),
        ("letters/", "1 article"),
        ("texts.jsonl", "one text in each line or row"),
        ("a2.txt", "10 bytes"),
        ("a10.txt", "10 bytes"),
    ]
    own = {folder / "texts.jsonl", folder / "a2.txt"}
    assert [offer.name for offer in offers_in(folder, TEXT_FILES, own)] == ["letters/", "a10.txt"]
    assert offers_in(folder / "gone", TEXT_FILES) == []


@pytest.mark.parametrize("height", [12, 21, 47])
@pytest.mark.parametrize("width", range(40, 221, 20))
def test_it_fits_every_terminal_and_has_one_lamp(width: int, height: int) -> None:
    offers = [Offer(f"{number}", f"a\x1b{number}" * 12, "1 KB") for number in range(40)]
    for at in (0, 20, 39):
        for look in (LOOK, Appearance(own_colours("none"), ASCII)):
            lines = first_run_lines(offers, at, ONTONOTES, width, height, look)
            assert len(lines) <= height
            assert max(cell_len(text(line)) for line in lines) <= width
            lit = [piece for line in lines for piece, style in line if style == look.colours.lamp]
            assert [piece.startswith(f"a␛{at}") for piece in lit] == [True]
            assert lit[0].endswith(look.glyphs.cut)


def test_the_states_differ() -> None:
    lines = first_run_lines([], 0, ONTONOTES, 80, 21, LOOK)
    styles = {str(style) for line in lines for piece, style in line if piece == "Ana Sousa"}
    assert len(styles) == 3
    assert any("nothing to annotate" in text(line) for line in lines)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("enter", "."),
        ("down down down enter", "a2.txt"),
        ("up enter", "."),
        ("E", str(EXAMPLE)),
        ("O n e w enter", "new"),
        ("O x escape down enter", "letters"),
        ("O enter ctrl+q", ""),
        ("escape", ""),
    ],
)
async def test_the_keys(folder: Path, keys: str, chosen: str) -> None:
    app = FirstRun(folder, ONTONOTES, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys.split())
    wanted = str(folder if chosen == "." else folder / chosen) if chosen else ""
    assert app.chosen == (chosen if chosen == "new" else wanted)


async def test_a_pasted_path_is_opened(folder: Path) -> None:
    app = FirstRun(folder, ONTONOTES, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste("/some where/a.txt\n"))
        await pilot.pause()
        await pilot.press("enter")
    assert app.chosen == "/some where/a.txt"


async def test_a_pasted_text_becomes_a_file_and_is_opened(folder: Path) -> None:
    app = FirstRun(folder, ONTONOTES, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        assert "Paste the text" in shown(app)[-2]
        assert shown(app)[-1] == " PASTE  Esc cancel"
        app.post_message(events.Paste("  \r"))
        await pilot.press("enter")
        assert shown(app)[-2] == " There are no words in what was pasted."
        await pilot.press("escape", "V")
        app.post_message(events.Paste("Ana left Porto."))
        await pilot.pause()
        assert shown(app)[-2] == " Pasted: 15 characters"
        await pilot.press("o", "enter")
    assert app.chosen == str(folder / "pasted.txt")
    assert (folder / "pasted.txt").read_text("utf-8") == "Ana left Porto.\n"


async def test_a_paste_of_several_lines_is_a_text_and_no_path(folder: Path) -> None:
    app = FirstRun(folder, ONTONOTES, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste("Ana left Porto.\rShe came to Sines.\r"))
        await pilot.pause()
        assert "save it as a file" in shown(app)[-1]
        await pilot.press("escape", "O")
        app.post_message(events.Paste("a\rb"))
        await pilot.pause()
        assert shown(app)[-1].startswith(" Open: a b")
        await pilot.press("ctrl+q")
    assert app.chosen == ""
    assert not (folder / "pasted.txt").exists()


def test_the_example_is_that_of_the_readme() -> None:
    assert EXAMPLE.read_bytes() == (ROOT / "examples" / "article.txt").read_bytes()


def test_without_a_terminal_it_explains_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main([]) == 2
    assert capsys.readouterr().err == "".join(f"{line}\n" for line in OVERVIEW)
