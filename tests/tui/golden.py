"""Golden files: what a part of the screen looks like, as text that a person can read and compare.

Under each row of text there is a row of letters, one for each cell, that name the style of the cell; a
blank is the most frequent style. The styles are listed at the end.
"""

import difflib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

GOLDENS = Path(__file__).parent / "goldens"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def painted(strips: Sequence[Strip]) -> str:
    """The rows with their styles, as the text of a golden file."""
    rows = [[(segment.text, _said(segment.style)) for segment in strip] for strip in strips]
    used = Counter[str]()
    for row in rows:
        for text, style in row:
            used[style] += cell_len(text)
    base = used.most_common(1)[0][0]
    letters = {base: " "}
    lines = []
    for row in rows:
        lines.append("".join(text for text, _ in row).rstrip())
        under = ""
        for text, style in row:
            letter = letters.setdefault(style, _LETTERS[len(letters) - 1])
            under += letter * cell_len(text)
        if under.strip():
            lines.append(under.rstrip())
    styles = [f"{letter or ' '} {style}" for style, letter in letters.items()]
    return "\n".join([*lines, "", *styles, ""])


def check_golden(name: str, shown: str, request: pytest.FixtureRequest) -> None:
    """Compare what is shown with a golden file; with `--update-goldens`, write the file first."""
    file = GOLDENS / f"{name}.golden"
    if request.config.getoption("--update-goldens"):
        GOLDENS.mkdir(exist_ok=True)
        file.write_text(shown, "utf-8")
    agreed = file.read_text("utf-8") if file.exists() else ""
    if shown != agreed:
        difference = difflib.unified_diff(
            agreed.splitlines(), shown.splitlines(), "agreed", "shown", lineterm="", n=1
        )
        pytest.fail(f"{file.name} looks otherwise:\n" + "\n".join(difference), pytrace=False)


def _said(style: Style | None) -> str:
    if style is None:
        return "none"
    words = [
        name
        for name in ("bold", "dim", "italic", "underline", "strike", "reverse")
        if getattr(style, name)
    ]
    fore = style.color.name if style.color else "default"
    back = style.bgcolor.name if style.bgcolor else "default"
    return " ".join([*words, fore, "on", back])
