"""Words in columns, one per line, with a blank line between sentences: CoNLL-2003 and simpler formats.

There are four formats; each name contains its tag scheme. The two of CoNLL-2003 have `word POS chunk tag`
with single spaces, the others have `word<TAB>tag`. A line `-DOCSTART-` begins each document. Files of
other programs may have any columns, also several columns of tags (`column_layout`).
Positions are word numbers; the file does not hold the white space of the text, so the text that is read
back has single spaces between words and a line for each sentence. Source: Tjong Kim Sang and De Meulder 2003,
"Introduction to the CoNLL-2003 Shared Task".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.column_layout import (
    DOCUMENT_START,
    TAG,
    Layout,
    cells_of,
    is_comment,
    layout_of,
    starts_document,
)
from annotations.formats.division import by_sentence
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, losses_without, minus, span_loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import Scheme, tag, tagged
from annotations.formats.tokens import (
    OVERLAP,
    TextToken,
    language_of,
    place,
    without_overlaps,
    word_tokens,
)
from annotations.formats.tolerance import BAD_ROW, MOST, read_each, unreadable
from annotations.model.span import Span, replace


class _Word(NamedTuple):
    text: str
    tags: tuple[str, ...]
    """One from each column of tags."""


@dataclass
class _Rows:
    """The lines of one document."""

    sentences: list[list[_Word]] = field(default_factory=lambda: [[]])
    losses: list[Loss] = field(default_factory=list)
    has_valid_line: bool = False
    """Whether one of the lines could be read completely."""

    def add(self, line: str, where: str, layout: Layout) -> None:
        """Add a line that is not blank and does not start a document."""
        if is_comment(line):
            if not any(loss.reason == _COMMENT for loss in self.losses):
                self.losses.append(Loss("foreign", _COMMENT, None, line[:40]))
            return
        cells = cells_of(line)
        try:
            word, wrong = _word(cells, layout)
            if word is not None:
                self.sentences[-1].append(word)
            if wrong:
                raise FormatError(f"{where} {wrong}.")
            self.has_valid_line = True
        except FormatError as error:
            self.losses.append(unreadable(error, BAD_ROW))
            if len(self.losses) > MOST:
                raise FormatError(self.losses[0].example) from None


class Column:
    """A column format; `fields` is 4 for CoNLL-2003 and 2 for the simpler formats."""

    def __init__(self, scheme: Scheme, fields: Literal[2, 4]) -> None:
        self._scheme = scheme
        self._fields = fields

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep spans of whole words that do not overlap, and space the text as it will be read back."""
        losses = losses_without(annotated, ())
        text = annotated.text
        placed, misfits = place(text, annotated.spans, _words(text, language_of(annotated, options)))
        losses.extend(misfits)
        names = [on.span for on in placed if not _is_one_word(on.span.label)]
        losses.extend(span_loss(text, span, "has a label with white space in it") for span in names)
        kept, beside = without_overlaps([on.span for on in placed if _is_one_word(on.span.label)])
        losses.extend(span_loss(text, span, OVERLAP) for span in beside)
        bare = minus(annotated, losses).with_spans(kept)
        bare = minus(bare, [loss for loss in losses if loss.part != "span"])
        spaced = _spaced(bare, options)
        if spaced.text != text:
            losses.append(Loss("spacing", "white space between words: reads back as single spaces"))
        return Fitted(spaced, losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one word per line."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for document in documents:
                start = "-X- -X- O" if self._fields == 4 else "O"
                file.write(f"{DOCUMENT_START}{self._separator}{start}\n\n")
                for sentence in _sentences(document, self._scheme):
                    for word in sentence:
                        file.write(self._row(word))
                    file.write("\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents; a file without `-DOCSTART-` is one document."""
        layout = layout_of(path, name, options)
        unread = _unread(layout)

        def read_one(where: str, rows: _Rows) -> Iterator[Reading]:
            reading = _reading(rows, where, self._scheme)
            yield reading._replace(losses=[*unread, *reading.losses])
            unread.clear()

        yield from read_each(_documents(path, name, options, layout), read_one)

    @property
    def _separator(self) -> str:
        return " " if self._fields == 4 else "\t"

    def _row(self, word: _Word) -> str:
        middle = "_ _ " if self._fields == 4 else ""
        return f"{word.text}{self._separator}{middle}{word.tags[0]}\n"


_COMMENT = "comment between sentences, which is not read"


def _documents(path: Path, name: str, options: Options, layout: Layout) -> Iterator[tuple[str, _Rows]]:
    """The documents of a file, each with a name for errors.

    If there is text before the first `-DOCSTART-`, these lines end documents instead of beginning them:
    there is another document after the last of them only if more text follows.
    """
    rows, started, ends, size, first = _Rows(), False, False, 0, name
    for where, data in numbered_lines(path, name, options, blank=True):
        size += len(data)
        if size > LONGEST:
            raise FormatError(f"{where}: one document is longer than {LONGEST >> 20} MB.")
        try:
            line = decoded(data, where).rstrip("\r\n")
        except FormatError as error:
            rows.losses.append(unreadable(error, BAD_ROW))
            continue
        cells = cells_of(line)
        starts = starts_document(cells) and cells[-1] == "O"
        if starts and not rows.sentences[-1]:
            if started or rows != _Rows():
                ends = ends or not started
                yield first, rows
            rows, started, size, first = _Rows(), True, 0, where
        elif line.strip():
            rows.add(line, where, layout)
        elif rows.sentences[-1]:
            rows.sentences.append([])
    if rows != _Rows() or (started and not ends):
        yield first, rows


def _word(cells: list[str], layout: Layout) -> tuple[_Word | None, str]:
    """The word of a line, if it has one, and what is wrong with the line; empty if nothing is."""
    short = 1 < len(cells) < layout.width and len(layout.tags) == 1
    if len(cells) > layout.width or len(cells) == 0:
        return None, f"has {len(cells)} columns, where the others have {layout.width}"
    text = cells[min(layout.word, len(cells) - (2 if short else 1))]
    if not text.strip():
        return None, "has no word"
    nothing = ("O",) * len(layout.tags)
    if len(cells) < layout.width and not short:
        return _Word(text, nothing), "is not a word and a tag in columns"
    tags = (cells[-1],) if short else tuple(cells[number] for number in layout.tags)
    wrong = next((tag for tag in tags if not TAG.fullmatch(tag)), None)
    if wrong is not None:
        return _Word(text, nothing), f"has {wrong[:40]!r}, which is not a tag"
    return _Word(text, tags), ""


def _unread(layout: Layout) -> list[Loss]:
    names = [f"{number + 1}" for number in layout.others]
    names += [f"{number + 1} (chunks)" for number in layout.chunks]
    return [Loss("foreign", f"columns not read: {', '.join(sorted(names))}")] if names else []


def _is_one_word(label: str) -> bool:
    return not any(map(str.isspace, label))


def _words(text: str, language: str) -> list[TextToken]:
    """The words of a text; a word that would read as the start of a document is cut in two."""
    cut: list[TextToken] = []
    for start, end in word_tokens(text, language):
        if text[start:end] == DOCUMENT_START:
            cut.append(TextToken(start, start + 1))
            start += 1
        cut.append(TextToken(start, end))
    return cut


def _spaced(document: AnnotatedDocument, options: Options) -> AnnotatedDocument:
    """The document with single spaces between its words and a line for each sentence."""
    text = document.text
    sentences = list(by_sentence(document, _words(text, language_of(document, options))))
    spaced = "\n".join(" ".join(text[start:end] for start, end in sentence) for sentence in sentences)
    return annotated(spaced, _moved(document.spans, sentences)).in_language(document.language)


def _moved(spans: Iterable[Span], sentences: list[list[TextToken]]) -> list[Span]:
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    offset = 0
    for word in (word for sentence in sentences for word in sentence):
        starts[word.start] = offset
        offset += word.end - word.start
        ends[word.end] = offset
        offset += 1
    return [replace(span, start=starts[span.start], end=ends[span.end]) for span in spans]


def _sentences(document: AnnotatedDocument, scheme: Scheme) -> Iterator[list[_Word]]:
    """The sentences of a fitted document, which are its lines; their words are separated by spaces."""
    spans = iter(document.spans)
    span = next(spans, None)
    offset = 0
    for line in document.text.split("\n") if document.text else ():
        sentence: list[_Word] = []
        last: Span | None = None
        for text in line.split(" "):
            end = offset + len(text)
            while span is not None and span.end <= offset:
                span = next(spans, None)
            inside = span if span is not None and span.start <= offset else None
            sentence.append(_Word(text, (tag(inside, offset, end, last, scheme),)))
            last = inside
            offset = end + 1
        yield sentence


def _reading(rows: _Rows, where: str, scheme: Scheme) -> Reading:
    if rows.losses and not rows.has_valid_line and all(loss.reason == BAD_ROW for loss in rows.losses):
        raise FormatError(rows.losses[0].example)
    sentences = [sentence for sentence in rows.sentences if sentence]
    text = "\n".join(" ".join(word.text for word in sentence) for sentence in sentences)
    found = SpanInput(text, where)
    found.losses += rows.losses
    offset = 0
    for sentence in sentences:
        starts = [offset]
        for word in sentence:
            starts.append(starts[-1] + len(word.text) + 1)
        for layer in zip(*(word.tags for word in sentence), strict=True):
            for first, last, label, oddity in tagged(layer, scheme, where):
                if oddity:
                    found.losses.append(Loss("foreign", oddity, None, sentence[first].text[:40]))
                end = starts[last + 1] - 1
                found.add(starts[first], end, label, f"the span of {label[:40]}", status="accepted")
        offset = starts[-1]
    return Reading(annotated(text, found.spans), found.losses, complete=True)


CONLL2003_IOB1 = Column("IOB1", 4)
CONLL2003_IOB2 = Column("IOB2", 4)
IOB2 = Column("IOB2", 2)
BILUO = Column("BILUO", 2)
