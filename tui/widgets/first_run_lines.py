"""The page for a start without a text to annotate: the keys, the files in the folder, the styles."""

import os
from collections.abc import Collection, Sequence
from fnmatch import fnmatch
from pathlib import Path

from msgspec import Struct
from rich.cells import cell_len

from annotations.formats.text_row import is_file_of_texts
from annotations.model.label_scheme import LabelScheme
from annotations.text.display import displayable
from annotations.text.natural_order import natural
from tui.cells.cut import cut
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line, Piece, cut_line

MARGIN = 10
"""The left margin in cells, if the screen is wide enough."""
LOOKED_AT = 1000
"""How many entries of a folder are read."""
NAMES = 26
"""Cells for the name of something in the folder."""
SAMPLE = "Ana Sousa"
FIRST_KEYS = (
    ("O", "open a file or a folder by its name"),
    ("E", "try it on an example"),
    ("V", "paste a text"),
)
"""The keys that open something, and what they open."""


class Offer(Struct, frozen=True):
    """Something in the folder that can be opened."""

    path: str
    name: str
    words: str
    """What it is."""


def offers_in(folder: Path, patterns: Sequence[str], own: Collection[Path] = ()) -> list[Offer]:
    """What can be opened in a folder: the folder itself, the folders and files of texts in it, its articles.

    `patterns` match the names of articles; `own` are files of the project that are not articles. What cannot
    be read is left out.
    """
    articles: list[Offer] = []
    others: list[Offer] = []
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(LOOKED_AT), entries, strict=False):
                hidden = entry.name.startswith(".") or Path(entry.path) in own
                if hidden or not (entry.is_file() or entry.is_dir()):
                    continue
                if entry.is_dir():
                    number = _articles_in(entry.path, patterns)
                    if number:
                        others.append(Offer(entry.path, f"{entry.name}/", _counted(number)))
                elif _fits(entry.name, patterns):
                    articles.append(Offer(entry.path, entry.name, _size(entry.stat().st_size)))
                elif is_file_of_texts(entry.name):
                    others.append(Offer(entry.path, entry.name, "one text in each line or row"))
    except OSError:
        return []
    articles.sort(key=lambda offer: natural(offer.name))
    others.sort(key=lambda offer: natural(offer.name))
    whole = Offer(str(folder), "./", f"{_counted(len(articles))}, one after the other")
    return [*([whole] if len(articles) > 1 else []), *others, *articles]


def _articles_in(folder: str, patterns: Sequence[str]) -> int:
    try:
        with os.scandir(folder) as entries:
            looked_at = zip(range(LOOKED_AT), entries, strict=False)
            return sum(_fits(entry.name, patterns) for _, entry in looked_at if entry.is_file())
    except OSError:
        return 0


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _counted(articles: int) -> str:
    more = "at least " if articles >= LOOKED_AT else ""
    return f"{more}{articles:,} article{'' if articles == 1 else 's'}"


def _size(size: int) -> str:
    return f"{size:,} bytes" if size < 1000 else f"{size / 1000:,.0f} KB"


def first_run_lines(
    offers: Sequence[Offer], at: int, scheme: LabelScheme, width: int, height: int, look: Appearance
) -> list[Line]:
    """The page for a width in cells and a height in rows; `at` is the number of the selected offer."""
    style = look.colours.style
    margin = MARGIN if width >= 70 else 2
    muted, text = style("muted"), style("text")
    title: Line = [("Read an article and label its names and dates.", style("bright", bold=True))]
    keys: list[Line] = [
        [(sign, style("mark", bold=True)), (f"  {words}", text)] for sign, words in FIRST_KEYS
    ]
    states = _states(scheme, look)
    room = max(height - len(keys) - len(states) - 6, 1)
    top = max(min(at - room // 2, len(offers) - room), 0)
    lying: list[Line] = [
        _offer(offer, top + place == at, look) for place, offer in enumerate(offers[top : top + room])
    ] or [[("nothing to annotate: no *.txt, *.jsonl or *.csv file", muted)]]
    more = len(offers) - top - room
    heads = f"In this folder{f', {more:,} more below' if more > 0 else ''}"
    blocks: list[list[Line]] = [
        [title],
        keys,
        [[(heads, muted)], *lying],
        [[("What the styles mean", muted)], *states],
    ]
    lines: list[Line] = []
    for block in blocks:
        if lines and sum(map(len, blocks)) + len(blocks) - 1 <= height:
            lines.append([])
        lines += [
            [(" " * margin, style()), *cut_line(line, width - margin - 1, look.glyphs.cut)]
            for line in block
        ]
    return [*([[]] * max((height - len(lines)) // 3, 0)), *lines][:height]


def _offer(offer: Offer, here: bool, look: Appearance) -> list[Piece]:
    style = look.colours.style
    name = cut(offer.name, NAMES, look.glyphs.cut)
    lit = look.colours.lamp if here else style("text", bold=True)
    blank = " " * max(NAMES + 2 - cell_len(name), 0)
    return [(name, lit), (blank, style()), (displayable(offer.words), style("muted"))]


def _states(scheme: LabelScheme, look: Appearance) -> list[Line]:
    """A sample of each of three states of a span."""
    label = next(iter(scheme)).name
    colours, muted = look.colours, look.colours.style("muted")
    said = f"suggested: Enter accepts, {look.glyphs.backspace} rejects, a letter relabels"
    return [
        [(SAMPLE, colours.ink(label, underline=True)), (f"  {said}", muted)],
        [(SAMPLE, colours.done(label)), ("  accepted", muted)],
        [(SAMPLE, colours.ink(label, bold=True, underline=True)), ("  doubtful: look twice", muted)],
    ]
