"""A stand-alone HTML page of annotated articles, to look at and to print. It is only written, never read.

Everything from the articles is escaped. There is no script, nothing is loaded from elsewhere, and the
page tells the browser to forbid both (Content-Security-Policy). Colours follow the reader's light or
dark theme and are left out in print; labels are written out, so that nothing depends on colour alone.
Nested spans are nested marks; if two spans cross, the later one is cut where the earlier one ends, and
both pieces are marked.
"""

import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TextIO

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.model.span import Span, reading_order
from annotations.model.value import Entity, Timex
from annotations.text.plural import counted

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/2 Georgia, serif; }
header { font: 0.9rem/1.4 system-ui, sans-serif; border-bottom: 1px solid; margin-bottom: 1rem; }
article { white-space: pre-wrap; overflow-wrap: anywhere; margin-bottom: 3rem; }
mark { color: inherit; padding: 0.1em 0.2em; border-radius: 0.2em; border-bottom: 2px solid;
  background: hsl(var(--hue) 80% 88%); border-color: hsl(var(--hue) 60% 40%); }
mark::after { content: attr(data-label); font: 600 0.6em/1 system-ui, sans-serif;
  margin-left: 0.4em; vertical-align: 0.1em; }
mark.suggested { border-bottom-style: dashed; }
mark.rejected { border-bottom-style: dotted; text-decoration: line-through; }
@media (prefers-color-scheme: dark) {
  mark { background: hsl(var(--hue) 45% 24%); border-color: hsl(var(--hue) 60% 65%); } }
@media print { body { max-width: none; margin: 0; font-size: 11pt; }
  mark { background: none; } article { break-after: page; } }
"""


class HtmlPage:
    """The format of the page."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Everything is shown."""
        return Fitted(annotated.without_history(), [])

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one page with all articles."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_head())
            for document in documents:
                file.write(_title(document))
                file.write('<article dir="auto">')
                _write_marked(file, document)
                file.write("</article>\n")
            file.write("</body>\n</html>\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Raises `FormatError`: a page is only to look at."""
        raise FormatError(f"{name} is an HTML page for people to read; it cannot be imported.")


def _head() -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Annotated articles</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    )


def _title(document: AnnotatedDocument) -> str:
    said = [document.document.name, document.created, document.row.annotator]
    said.append(counted(len(document.spans), "span"))
    said.append("done" if document.row.facts.done else "not done")
    return f"<header>{' · '.join(_shown(part) for part in said if part)}</header>\n"


def _shown(text: str) -> str:
    """Escaped text; control characters that HTML does not allow become visible symbols such as ␡."""
    pictured = "".join(
        chr(0x2400 + ord(char))
        if char < " " and char not in "\t\n\r"
        else "␡"
        if char == "\x7f"
        else char
        for char in text
    )
    return escape(pictured).replace("\r", "&#13;")


def _write_marked(file: TextIO, document: AnnotatedDocument) -> None:
    text, offset = document.text, 0
    open_: list[tuple[int, Span]] = []
    for start, end, span in [*_pieces(document.spans), (len(text), len(text), None)]:
        while open_ and open_[-1][0] <= start:
            until, _ = open_.pop()
            file.write(_shown(text[offset:until]) + "</mark>")
            offset = until
        file.write(_shown(text[offset:start]))
        offset = start
        if span is not None:
            file.write(_mark(span))
            open_.append((end, span))


def _pieces(spans: Iterable[Span]) -> list[tuple[int, int, Span]]:
    """Spans in reading order, cut so that any two are nested or do not overlap."""
    waiting = sorted(spans, key=reading_order, reverse=True)
    queue = [(span.start, span.end, span) for span in waiting]
    pieces: list[tuple[int, int, Span]] = []
    ends: list[int] = []
    while queue:
        start, end, span = queue.pop()
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:
            queue.append((ends[-1], end, span))
            queue.sort(key=lambda piece: (-piece[0], piece[1]))
            end = ends[-1]
        ends.append(end)
        pieces.append((start, end, span))
    return pieces


def _mark(span: Span) -> str:
    hue = hashlib.sha256(span.label.encode("utf-8")).digest()[0] * 360 // 256
    said = [span.label, span.status, *_value(span)]
    if span.comment:
        said.append(span.comment)
    title = _shown(" · ".join(said))
    label = _shown(span.label)
    return f'<mark class="{span.status}" style="--hue: {hue}" data-label="{label}" title="{title}">'


def _value(span: Span) -> list[str]:
    if isinstance(span.value, Timex):
        return [f"{span.value.type} {span.value.value}".strip()]
    if isinstance(span.value, Entity):
        return [part for part in (span.value.name, span.value.id) if part]
    return []


FORMAT = HtmlPage()
