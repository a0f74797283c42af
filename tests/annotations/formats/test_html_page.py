"""The HTML page, which is only written."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options
from annotations.formats.registry import load
from annotations.model.span import Span
from tests.annotations.formats.corpus import document, documents


def written(folder: Path, annotated: AnnotatedDocument) -> str:
    file = folder / "file"
    page = load("html")
    page.write([page.fit(annotated, Options()).annotated], file, Options())
    return file.read_bytes().decode("utf-8")


class Page(HTMLParser):
    """What a browser shows of the articles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.covered: dict[str, str] = {}
        self.marks: list[tuple[str, str]] = []
        self._started: list[tuple[str, int]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        if tag == "mark":
            self._started.append((dict(attrs)["data-label"] or "", len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "mark":
            label, start = self._started.pop()
            self.marks.append((label, self.text[start:]))

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.text += data


@settings(max_examples=100)
@given(annotated=documents())
def test_the_page_shows_the_text_and_only_marks(
    annotated: AnnotatedDocument, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = Page(written(tmp_path_factory.mktemp("page"), annotated))
    assert not page.open
    assert set(page.tags) <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "article",
        "mark",
    }
    pictured = "".join(
        chr(0x2400 + ord(c)) if c < " " and c not in "\t\n\r" else "␡" if c == "\x7f" else c
        for c in annotated.text
    )
    assert page.text == pictured
    seen = sum(len(text) for _, text in page.marks)
    assert seen == sum(span.end - span.start for span in annotated.spans)


def test_crossing_spans_are_both_marked(tmp_path: Path) -> None:
    crossing = document("abcdef", Span(0, 4, "X"), Span(2, 6, "Y"), Span(3, 5, "Z"))
    marks = Page(written(tmp_path, crossing)).marks
    assert {label: "".join(sorted(t for name, t in marks if name == label)) for label in "XYZ"} == {
        "X": "abcd",
        "Y": "cdef",
        "Z": "de",
    }


def test_reading_says_why_not(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be imported"):
        list(load("html").read(tmp_path / "x", "x", Options()))
