"""The text of an HTML page, and how to find in it the places that Label Studio names.

`globalOffsets` count in all text nodes together: UTF-16 units, or code points in newer versions; a `<br>`
counts as one. An XPath such as `/div[1]/p[2]/text()[1]` with an offset names a place in one text node. The
text of the page is that of its text nodes, with a line end between blocks without white space between them.
Source: `rangeToGlobalOffset` in `selection-tools.js` of Label Studio's editor.
"""

import re
from bisect import bisect_left, bisect_right
from html.parser import HTMLParser
from typing import NamedTuple

from annotations.formats.utf16 import Utf16

_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_CLOSES = {
    "p": frozenset(["p"]),
    "li": frozenset(["li"]),
    "td": frozenset(["td", "th"]),
    "th": frozenset(["td", "th"]),
    "tr": frozenset(["tr", "td", "th"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "option": frozenset(["option"]),
}
"""The open elements that end where an element begins, since HTML lets their end tags be left out."""
_SILENT = frozenset(["script", "style"])
_DEEPEST = 500
_STEP = re.compile(r"/(text\(\)|[a-zA-Z][\w:-]*)(?:\[(\d{1,6})\])?")


class _Piece(NamedTuple):
    """A text node or a `<br>`; `points` is where it begins in all nodes, `start` in the text (code points)."""

    points: int
    start: int
    length: int


class Hypertext(HTMLParser):
    """A parsed page; `text` is its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._length = 0
        self._page: list[str] = []
        self._points = 0
        self._pieces: list[_Piece] = []
        self._nodes: dict[str, list[_Piece]] = {}
        self._open: list[tuple[str, str, dict[str, int]]] = [("", "", {})]
        self._in_text = self._at_block = False
        self.feed(html)
        self.close()
        self.text = "".join(self._parts)
        self._units = Utf16("".join(self._page))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note that an element begins."""
        self._in_text = False
        while len(self._open) > 1 and self._open[-1][0] in _CLOSES.get(tag, ()):
            self._open.pop()
        _, path, counts = self._open[-1]
        counts[tag] = counts.get(tag, 0) + 1
        self._at_block = self._at_block or tag in _BLOCKS
        if tag == "br":
            self._add("\n")
        elif tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append((tag, f"{path}/{tag}[{counts[tag]}]", {}))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Note an element that cannot have an end tag, or that is closed in its start tag."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends, together with the elements inside it that are still open."""
        self._in_text = False
        self._at_block = self._at_block or tag in _BLOCKS
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        """Note a piece of text; the parser may give a text node in several pieces."""
        tag, path, counts = self._open[-1]
        if tag in _SILENT:
            return
        if not self._in_text:
            counts["text()"] = counts.get("text()", 0) + 1
        self._in_text = True
        piece = self._add(data)
        self._nodes.setdefault(f"{path}/text()[{counts['text()']}]", []).append(piece)

    def offset_of_global(self, place: int, end: bool, utf16: bool) -> int | None:
        """The offset in the text of a global offset, which counts UTF-16 units or code points.

        `end` says that it is the end of a span: between two text nodes it belongs to the first of them.
        `None` for an offset that is not in the text.
        """
        point = self._units.code_points(place) if utf16 else place
        if point is None or not 0 <= point <= self._points:
            return None
        by_begin = bisect_left if end else bisect_right
        number = max(by_begin(self._pieces, point, key=lambda piece: piece.points) - 1, 0)
        if number >= len(self._pieces):
            return None
        piece = self._pieces[number]
        inside = point - piece.points
        return piece.start + inside if 0 <= inside <= piece.length - (not end) else None

    def at(self, xpath: str, units: int) -> int | None:
        """The offset in the text of a place in a text node; `None` if the page does not have that place."""
        steps = _STEP.findall(xpath)
        path = "".join(f"/{name.lower()}[{number or 1}]" for name, number in steps)
        pieces = self._nodes.get(path, [])
        if not pieces or units < 0:
            return None
        point = self._units.code_points(self._units.units(pieces[0].points) + units)
        for piece in pieces:
            if point is not None and 0 <= point - piece.points <= piece.length:
                return piece.start + point - piece.points
        return None

    def _add(self, text: str) -> _Piece:
        if self._at_block and self._length and text.strip() and not self._parts[-1][-1:].isspace():
            self._parts.append("\n")
            self._length += 1
        self._at_block = self._at_block and not text.strip()
        piece = _Piece(self._points, self._length, len(text))
        self._parts.append(text)
        self._page.append(text)
        self._length += len(text)
        self._points += len(text)
        self._pieces.append(piece)
        return piece
