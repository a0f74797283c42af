"""The colours that are really written, on terminals with 256 or sixteen colours and with NO_COLOR."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from annotations.model.label_scheme import ONTONOTES
from tests.program.terminal import Terminal
from tests.texts import ARTICLE
from tests.tui.own_colours import XTERM
from tui.colours.arithmetic import READABLE, contrast
from tui.colours.computed import VGA

GREYS = {16, 231, *range(232, 256)}
LAMP = {"annotate-dark": 221, "annotate-light": 235}
DECIDE = ("space", "enter", "backspace", "right", "g", "shift+right", "p")
PANEL = ("f3", "f3", "f2", "tab", "f2", "f2")
WINDOWS = (
    *("/", "t", "h", "enter", "\x1b", "right", "o", "*", "\x1b", '"'),
    *("\x1b", "\x10", "x", "\x1b", "?"),
)
KEYS = (*DECIDE, *PANEL, *WINDOWS, "\x1b")
"""Keys for decisions, names under the text, the panel, a search, a preview, a prompt, the palette and
the list of keys.
"""
FEW = {"COLORTERM": "", "TERM": "screen-256color"}
SIXTEEN = {"COLORTERM": "", "TERM": "xterm"}
CONSOLE = {"COLORTERM": "", "TERM": "linux"}
ATTRIBUTES = {1, 2, 3, 4, 7, 9, 22, 23, 24, 27, 29}
_SGR = re.compile(rb"\x1b\[([0-9;]*)m")
_OTHER = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b(?:[\[P][0-9;?=<>]*[ -/]*[@-~]|[78=>c])|[\x00-\x1f]"
)


class Graphics(NamedTuple):
    """How the following text is drawn: the numbers of colours, `None` for the terminal's own."""

    fore: int | None = None
    back: int | None = None
    attributes: frozenset[int] = frozenset()

    def after(self, numbers: list[int]) -> "Graphics":
        """How text is drawn after a sequence for colours and attributes."""
        fore, back, attributes = self.fore, self.back, set(self.attributes)
        at = iter(numbers)
        for number in at:
            match number:
                case 0:
                    fore, back, attributes = None, None, set()
                case 38 | 48:
                    assert next(at) == 5, "a colour that is none of 256"
                    fore, back = (next(at), back) if number == 38 else (fore, next(at))
                case _ if 30 <= number <= 37 or 90 <= number <= 97:
                    fore = number - 30 if number < 40 else number - 82
                case _ if 40 <= number <= 47 or 100 <= number <= 107:
                    back = number - 40 if number < 50 else number - 92
                case 39:
                    fore = None
                case 49:
                    back = None
                case _:
                    attributes.add(number)
        return Graphics(fore, back, frozenset(attributes))


def drawn(raw: bytes) -> Iterator[tuple[Graphics, str]]:
    """The pieces of text that a program wrote, and how they are drawn."""
    graphics = Graphics()
    before, *rest = _SGR.split(raw)
    del before
    for numbers, behind in zip(rest[::2], rest[1::2], strict=True):
        graphics = graphics.after([int(number or 0) for number in numbers.split(b";")])
        text = re.sub(
            rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b(?:[\[P][0-9;?=<>]*[ -/]*[@-~]|[78=>c])|[\x00-\x1f]",
            b"",
            behind,
        )
        if 8 not in graphics.attributes:
            # Concealed: what the terminal is asked how wide it is.
            yield graphics, text.decode("utf-8", "replace")


def written(folder: Path, environment: dict[str, str], *arguments: str) -> bytes:
    """All that the program writes while some keys are pressed."""
    (folder / "article.txt").write_text(ARTICLE, "utf-8", newline="")
    with Terminal(
        ["article.txt", "--no-model", *arguments],
        folder,
        columns=120,
        rows=40,
        environment=environment,
    ) as terminal:
        terminal.wait_for(r"0/[1-9]")
        terminal.drain(0.3)
        for key in KEYS:
            terminal.press(key)
            terminal.drain(0.1)
        written = terminal.raw
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        return written


@pytest.mark.parametrize("theme", LAMP)
def test_grounds_are_greys_in_256_colours_but_for_the_lamp_and_chips(tmp_path: Path, theme: str) -> None:
    pieces = list(drawn(written(tmp_path, FEW, "--theme", theme)))
    names = {label.name for label in ONTONOTES} | {label.key for label in ONTONOTES}
    for graphics, text in pieces:
        if graphics.back not in GREYS and graphics.back != LAMP[theme] and text.strip():
            assert text.strip() in names, (graphics, text)
        if theme == "annotate-dark":
            assert not {graphics.fore, graphics.back} & set(range(17, 22)), (graphics, text)
    assert any(graphics.back == LAMP[theme] for graphics, _ in pieces)


@pytest.mark.parametrize(("environment", "colours"), [(SIXTEEN, list(XTERM.values())), (CONSOLE, VGA)])
@pytest.mark.parametrize("theme", LAMP)
def test_everything_can_be_read_in_sixteen_colours(
    tmp_path: Path, theme: str, environment: dict[str, str], colours: list[str]
) -> None:
    pieces = list(drawn(written(tmp_path, environment, "--theme", theme)))
    seen = set()
    for graphics, text in pieces:
        if text.strip():
            assert graphics.fore is not None, text
            assert graphics.back is not None, text
            seen.add((graphics.fore, graphics.back))
            assert contrast(colours[graphics.fore], colours[graphics.back]) >= READABLE, text
    assert (0, 11) in seen, "the lamp"


@pytest.mark.parametrize("theme", ["annotate-light", "ansi-dark"])
def test_no_color_writes_attributes_and_no_colour_at_all(tmp_path: Path, theme: str) -> None:
    pieces = list(drawn(written(tmp_path, {"NO_COLOR": "1"}, "--theme", theme)))
    raw_numbers = {number for graphics, _ in pieces for number in graphics.attributes}
    assert {(graphics.fore, graphics.back) for graphics, _ in pieces} == {(None, None)}
    # The numbers for bold, dim, underlined and reversed, and for the end of each.
    assert {1, 4, 7} <= raw_numbers <= ATTRIBUTES


def test_no_color_writes_not_even_the_sequences_for_the_terminals_own_colours(tmp_path: Path) -> None:
    raw = written(tmp_path, {"NO_COLOR": "1"})
    numbers = {number for sequence in _SGR.findall(raw) for number in sequence.split(b";")}
    # Concealed text is only written to ask the terminal for its width.
    assert {int(number or 0) for number in numbers} <= ATTRIBUTES | {0, 8}


def test_ascii_signs_on_request_on_the_console_and_in_other_encodings(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").write_text('glyphs = "ascii"\n', "utf-8")
    text = "Bo met Ann in Lima today.\n"
    (tmp_path / "plain.txt").write_text(text, "utf-8")
    for environment in ({}, {"TERM": "linux"}, {"PYTHONIOENCODING": "latin-1"}):
        with Terminal(["plain.txt", "--no-model"], tmp_path, environment=environment) as terminal:
            terminal.wait_for("saved")
            for key in (
                "right",
                "p",
                "space",
                "f2",
                "tab",
                "f2",
                '"',
                "\x1b",
                "?",
                "\x1b",
                "\x10",
                "\x1b",
            ):
                terminal.press(key)
                terminal.drain(0.1)
                assert terminal.text.isascii(), terminal.text
            terminal.press("ctrl+q")
            assert terminal.end() == 0
        (tmp_path / "annotate.toml").unlink(missing_ok=True)
