"""A terminal for which a test chooses the widths of characters, because terminals differ in these.

It understands the sequences that the program writes, draws grapheme clusters, never wraps at its right
edge (the program switches that off) and answers queries for the position of the cursor.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field

import regex
from wcwidth import wcwidth

WidthOf = Callable[[str], int]
"""How many cells a grapheme cluster takes."""
_TOKEN = regex.compile(
    r"(?P<csi>\x1b\[(?P<private>[<=>?]?)(?P<numbers>[0-9;:]*)[ $]*(?P<final>[@-~]))"
    r"|(?P<osc>\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))|(?P<escape>\x1b[78=>c()][0B]?)"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])|(?P<text>[^\x00-\x1f\x7f]+)"
)


def large(cluster: str) -> int:
    """The width of a cluster if each of its parts is drawn beside the others."""
    width = 0
    for char in cluster:
        if regex.match(r"\p{Mc}", char):
            width += 1
        elif regex.match(r"\p{RI}|\p{Emoji_Modifier}", char):
            width += 2
        elif char == "\ufe0f":
            width += wcwidth(cluster[0]) == 1
        else:
            width += max(wcwidth(char), 0)
    return width


def small(cluster: str) -> int:
    """The width of a cluster if it is as wide as its first character; flags and joined emoji take two cells."""
    if regex.fullmatch(r"\p{RI}{2}", cluster) or "\u200d" in cluster[1:]:
        return 2 if wcwidth(cluster[-1]) else wcwidth(cluster[0])
    return max(wcwidth(cluster[0]), 0)


def _without_colours(numbers: list[int]) -> list[int]:
    """The attributes among the numbers of an SGR sequence, without colours."""
    attributes, at = [], iter(numbers)
    for number in at:
        if number in (38, 48):
            for _ in range(1 if next(at) == 5 else 3):
                next(at)
        else:
            attributes.append(number)
    return attributes


@dataclass
class Emulator:
    """The screen as cells: a cluster is in its first cell, and its other cells are empty texts."""

    columns: int
    rows: int
    width_of: WidthOf
    answers: bool = True
    cells: list[list[str]] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    overrun: list[str] = field(default_factory=list)
    """Clusters for which there was no room before the right edge."""

    def __post_init__(self) -> None:
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self._x = self._y = 0
        self._saved = (0, 0)
        self._concealed = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._left = ""

    @property
    def display(self) -> list[str]:
        """The rows of the screen."""
        return ["".join(row) for row in self.cells]

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor."""
        return self._x, self._y

    def column_of(self, text: str, row: int) -> int:
        """The first cell of a text in a row."""
        before, found, _ = self.display[row].partition(text)
        assert found, (text, self.display[row])
        cell = 0
        while len(before):
            before = before[len(self.cells[row][cell]) :]
            cell += 1
        while not self.cells[row][cell]:
            cell += 1
        return cell

    def feed(self, data: bytes) -> None:
        """Read what a program writes."""
        text = self._left + self._decoder.decode(data)
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                assert len(text) - at < 200, f"not known: {text[at : at + 40]!r}"
                break
            self._do(token)
            at = token.end()
        self._left = text[at:]

    def _do(self, token: regex.Match[str]) -> None:
        if token["text"]:
            self._draw(token["text"])
        elif token["control"]:
            self._x = 0 if token["control"] in "\r\n" else self._x
            self._y = min(self._y + (token["control"] == "\n"), self.rows - 1)
        elif token["escape"] == "\x1b7":
            self._saved = (self._x, self._y)
        elif token["escape"] == "\x1b8":
            self._x, self._y = self._saved
        elif token["csi"] and not token["private"]:
            numbers = [int(number or 0) for number in token["numbers"].replace(":", ";").split(";")]
            self._control(token["final"], numbers)

    def _control(self, final: str, numbers: list[int]) -> None:
        first = numbers[0]
        if final == "H":
            self._y = min(max(first, 1), self.rows) - 1
            self._x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.columns) - 1
        elif final == "G":
            self._x = min(max(first, 1), self.columns) - 1
        elif final == "m":
            self._concealed = 8 in _without_colours(numbers)
        elif final == "J":
            self.cells = [[" "] * self.columns for _ in range(self.rows)]
        elif final == "n" and first == 6 and self.answers:
            self.replies.append(f"\x1b[{self._y + 1};{min(self._x, self.columns - 1) + 1}R")

    def _draw(self, text: str) -> None:
        row = self.cells[self._y]
        for cluster in regex.findall(r"\X", text):
            width = self.width_of(cluster)
            if self._x + width > self.columns:
                self.overrun.append(cluster)
                continue
            if width == 0:
                row[max(self._x - 1, 0)] += cluster
                continue
            row[self._x : self._x + width] = [" " if self._concealed else cluster] + [""] * (width - 1)
            if self._x + width < self.columns and not row[self._x + width]:
                row[self._x + width] = " "
            self._x += width
