"""The colours that are really written, on terminals of 256 colours, of sixteen and with NO_COLOR."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program.terminal import Terminal
from tests.texts import ARTICLE

KEYS = (
    # Move, label, go to a suggestion, label more, reject; names under the text, the side panel.
    *("right", "g", "space", "shift+right", "p", "backspace", "f3", "f3", "f2", "tab", "f2", "f2"),
    # A search, a preview.
    *("/", "t", "h", "enter", "\x1b", "*", "\x1b"),
)
_SGR = re.compile(rb"\x1b\[([0-9;]*)m")


class Graphics(NamedTuple):
    """How text is drawn from here on: the numbers of colours, `None` for the terminal's own."""

    fore: int | None = None
    back: int | None = None
    attributes: frozenset[int] = frozenset()

    def after(self, numbers: list[int]) -> "Graphics":
        """How it is drawn behind a sequence for colours and attributes."""
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
        text = re.sub(rb"\x1b(?:[\[P][0-9;?=<>]*[ -/]*[@-~]|[78=>c])|[\x00-\x1f]", b"", behind)
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
        terminal.wait_for("saved")
        for key in KEYS:
            terminal.press(key)
            terminal.drain(0.1)
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        return terminal.raw


@pytest.mark.parametrize("theme", ["annotate-light", "ansi-dark"])
def test_no_color_writes_attributes_and_no_colour_at_all(tmp_path: Path, theme: str) -> None:
    pieces = list(drawn(written(tmp_path, {"NO_COLOR": "1"}, "--theme", theme)))
    raw_numbers = {number for graphics, _ in pieces for number in graphics.attributes}
    assert {(graphics.fore, graphics.back) for graphics, _ in pieces} == {(None, None)}
    # Bold, dim, underlined, reversed; concealed is what no person sees.
    assert {1, 4, 7} <= raw_numbers <= {1, 2, 3, 4, 7, 8, 9}


def test_no_color_writes_not_even_the_sequences_for_the_terminals_own_colours(tmp_path: Path) -> None:
    raw = written(tmp_path, {"NO_COLOR": "1"})
    numbers = {number for sequence in _SGR.findall(raw) for number in sequence.split(b";")}
    assert numbers <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"8", b"9"}
