"""Markdown as lines of a width in cells, in the styles and symbols of the rest of the screen.

These functions only turn a text into lines. There are no boxes: a heading is bold, a quotation has a rule
at its left, the cells of a table are in columns. Links are shown, but cannot be followed.
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from annotations.text.display import displayable
from tui.cells.cut import wrapped
from tui.cells.wrap import Wrap
from tui.widgets.appearance import Appearance
from tui.widgets.columns import Columns
from tui.widgets.lines import Line, Piece

GAP = 2
"""Spaces between the columns of a table."""


class Heading(Struct, frozen=True):
    """A heading and the number of its line, from 0."""

    words: str
    line: int


class MarkdownPage(Struct, frozen=True):
    """A text in the form in which it is shown."""

    lines: Sequence[Line]
    headings: Sequence[Heading]


def markdown_page(markdown: str, width: int, appearance: Appearance, margin: int = 0) -> MarkdownPage:
    """A text in lines that end before the column `width` and begin after a margin; control characters are
    visible.
    """
    # Line by line, so that the line breaks remain: characters that control the terminal become visible.
    shown = "\n".join(displayable(line) for line in markdown.expandtabs(4).splitlines())
    writer = _Writer(width, appearance, margin)
    writer.write(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(shown))
    return MarkdownPage(writer.lines, writer.headings)


class _Writer:
    """Writes the blocks of a text, one after the other."""

    def __init__(self, width: int, appearance: Appearance, margin: int) -> None:
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self._width = width
        self._look = appearance
        self._before: list[Piece] = [(" " * margin, Style.null())]
        """The beginning of each line: the margin, the rules of quotations, the space under the sign of a
        list item.
        """
        self._signs: dict[int, Piece] = {}
        """The pieces that replace some of these in the next line, by their number: the signs of items that
        begin there.
        """
        self._begun = False
        """Whether a quotation has begun, but nothing of it has been written yet."""
        self._ordered: list[str] = []
        """For each open list, what is written after the number of an item; empty for a list without
        numbers.
        """

    def write(self, tokens: Sequence[Token]) -> None:
        """Write all blocks."""
        for place, token in enumerate(tokens):
            if token.nesting:
                self._enter_or_leave(token)
            match token.type:
                case "heading_open":
                    self._heading(tokens[place + 1])
                case "paragraph_open":
                    if not token.hidden:
                        self._blank()
                    self._put(self._inline(tokens[place + 1]))
                case "fence" | "code_block" | "html_block":
                    self._blank()
                    for line in token.content.splitlines():
                        self._put([(line, self._look.colours.style("muted"))])
                case "hr":
                    self._blank()
                    rule = self._look.glyphs.left * self._room
                    self._put([(rule, self._look.colours.style("rule"))])
                case "table_open":
                    self._blank()
                    self._table(list(_rows(tokens[place + 1 :])))

    def _enter_or_leave(self, token: Token) -> None:
        """Begin or end something that contains other blocks: a list, a list item, a quotation."""
        style, signs = self._look.colours.style, self._look.glyphs
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                if not self._ordered:
                    self._blank()
                self._ordered.append(token.markup if token.tag == "ol" else "")
            case "bullet_list_close" | "ordered_list_close":
                self._ordered.pop()
            case "list_item_open":
                number = f"{token.info}{self._ordered[-1]}" if self._ordered[-1] else signs.keyless
                self._signs[len(self._before)] = (f"{number} ", style("muted"))
                self._before.append((" " * (len(number) + 1), Style.null()))
            case "blockquote_open":
                self._blank()
                self._before.append((f"{signs.rule} ", style("rule")))
                self._begun = True
            case "list_item_close" | "blockquote_close":
                self._before.pop()
                self._signs.pop(len(self._before), None)
                self._begun = False

    def _heading(self, inline: Token) -> None:
        self._blank()
        words = "".join(text for text, _ in self._inline(inline))
        self.headings.append(Heading(words, len(self.lines)))
        self._put(self._inline(inline, self._look.colours.style("bright", bold=True)))

    @property
    def _room(self) -> int:
        return max(self._width - sum(cell_len(text) for text, _ in self._before), 8)

    def _blank(self) -> None:
        if self.lines and not self._signs and not self._begun:
            self.lines.append(list(self._before))
        self._begun = False

    def _put(self, pieces: Sequence[Piece]) -> None:
        """Write words, wrapped."""
        for row in _in_rows(pieces, self._room):
            before = [self._signs.get(number, piece) for number, piece in enumerate(self._before)]
            self.lines.append([*before, *row])
            self._signs, self._begun = {}, False

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        """Write a table, with columns as wide as their cells, or all narrower if there is not enough room."""
        style = self._look.colours.style
        widest = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=False)]
        room = self._room - GAP * (len(widest) - 1)
        if sum(widest) > room:
            widest = [max(room * cells // sum(widest), 3) for cells in widest]
        for number, row in enumerate(rows):
            cells = [wrapped(cell, width) or [""] for cell, width in zip(row, widest, strict=False)]
            for line in range(max(map(len, cells), default=0)):
                columns = Columns(self._look.glyphs.cut).add(self._before)
                for cell, width in zip(cells, widest, strict=False):
                    left = columns.column
                    words = cell[line] if line < len(cell) else ""
                    columns.put(words, style("text", bold=not number), self._width)
                    columns.to(left + width + GAP)
                self.lines.append(columns.line)

    def _inline(self, token: Token, base: Style | None = None) -> list[Piece]:
        """The words of a block with their styles."""
        style = self._look.colours.style
        base = style("text") if base is None else base
        pieces: list[Piece] = []
        on: list[Style] = []
        links: list[tuple[str, int]] = []
        for child in token.children or ():
            match child.type:
                case "em_open":
                    on.append(Style(italic=True))
                case "strong_open":
                    on.append(Style(bold=True))
                case "s_open":
                    on.append(Style(strike=True))
                case "em_close" | "strong_close" | "s_close":
                    on.pop()
                case "link_open":
                    links.append((str(child.attrs.get("href", "")), len(pieces)))
                case "link_close":
                    target, first = links.pop()
                    if "".join(text for text, _ in pieces[first:]) != target:
                        pieces.append((f" ({target})", style("muted")))
                case "softbreak":
                    pieces.append((" ", base))
                case "hardbreak":
                    pieces.append(("\n", base))
                case "code_inline":
                    pieces.append((child.content, style("bright")))
                case _:
                    pieces.append((child.content, Style.combine([base, *on])))
        return pieces


def _rows(tokens: Iterable[Token]) -> Iterator[list[str]]:
    """The cells of a table, row by row, as plain words."""
    row: list[str] = []
    for token in tokens:
        match token.type:
            case "inline":
                row.append("".join(child.content for child in token.children or ()))
            case "tr_close":
                yield row
                row = []
            case "table_close":
                return


def _in_rows(pieces: Sequence[Piece], cells: int) -> Iterator[list[Piece]]:
    """Words with their styles in rows of a number of cells."""
    text = "".join(words for words, _ in pieces)
    wrap = Wrap(text, cells)
    wrap.reach_offset(len(text))
    for number in range(wrap.rows):
        start, end = wrap.range_of(number)
        end = start + len(text[start:end].rstrip())
        row, at = list[Piece](), 0
        for words, style in pieces:
            part = words[max(start - at, 0) : max(end - at, 0)]
            if part:
                row.append((part, style))
            at += len(words)
        yield row
