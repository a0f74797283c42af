"""Words in columns, one a line, a blank line between sentences: CoNLL-2003 and its plain relatives.

Four formats, each naming its tag scheme: CoNLL-2003 has `word POS chunk tag` with single spaces, the
others `word<TAB>tag`. A line `-DOCSTART-` begins each document.
Offsets are word numbers; the white space of the text is not in the file, so a text reads back with
single spaces between words and a line for each sentence. Source: Tjong Kim Sang and De Meulder 2003,
"Introduction to the CoNLL-2003 Shared Task".
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.division import by_sentence
from annotations.formats.file_input import LONGEST, decoded, numbered_lines
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, losses_without, minus, span_loss
from annotations.formats.span_input import SpanInput
from annotations.formats.tags import Scheme, tag, tagged
from annotations.formats.tokens import OVERLAP, Token, place, without_overlaps, words
from annotations.span import Span, replace

DOCUMENT_START = "-DOCSTART-"


class _Word(NamedTuple):
    text: str
    tag: str


class Column:
    """A column format; `fields` is 4 for CoNLL-2003 and 2 for the plain ones."""

    def __init__(self, scheme: Scheme, fields: Literal[2, 4]) -> None:
        self._scheme = scheme
        self._fields = fields

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep what lies on words and does not overlap, and space the text as it will be read."""
        losses = losses_without(annotated, ())
        text = annotated.text
        placed, misfits = place(text, annotated.spans, _words(text, options.language))
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
        """Write one word a line."""
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
        sentences: list[list[_Word]] = [[]]
        started, size, where, first = False, 0, name, name
        for where, data in numbered_lines(path, name, blank=True):
            size += len(data)
            if size > LONGEST:
                raise FormatError(f"{where}: one document is longer than {LONGEST >> 20} MB.")
            row = self._cells(data, where)
            if (
                row
                and row[0] == DOCUMENT_START
                and row[-1] == "O"
                and len(row) != 3
                and not sentences[-1]
            ):
                if started or sentences != [[]]:
                    yield _reading(sentences, first, self._scheme)
                sentences, started, size, first = [[]], True, 0, where
            elif row:
                sentences[-1].append(_Word(row[0], row[-1]))
            elif sentences[-1]:
                sentences.append([])
        if started or sentences != [[]]:
            yield _reading(sentences, first, self._scheme)

    @property
    def _separator(self) -> str:
        return " " if self._fields == 4 else "\t"

    def _row(self, word: _Word) -> str:
        middle = "_ _ " if self._fields == 4 else ""
        return f"{word.text}{self._separator}{middle}{word.tag}\n"

    def _cells(self, data: bytes, where: str) -> list[str]:
        """The first and the last cell of a line and those between, none for a blank line."""
        line = decoded(data, where).rstrip("\r\n")
        if not line.strip():
            return []
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if len(cells) < 2 or not cells[0] or any(map(str.isspace, cells[0])):
            raise FormatError(f"{where} is not a word and a tag in columns.")
        return cells


def _is_one_word(label: str) -> bool:
    return not any(map(str.isspace, label))


def _words(text: str, language: str) -> list[Token]:
    """The words of a text, one that looks like the start of a document cut in two."""
    cut: list[Token] = []
    for start, end in words(text, language):
        if text[start:end] == DOCUMENT_START:
            cut.append(Token(start, start + 1))
            start += 1
        cut.append(Token(start, end))
    return cut


def _spaced(document: AnnotatedDocument, options: Options) -> AnnotatedDocument:
    """The document with single spaces between its words and a line for each sentence."""
    text = document.text
    sentences = list(by_sentence(document, _words(text, options.language)))
    spaced = "\n".join(" ".join(text[start:end] for start, end in sentence) for sentence in sentences)
    return annotated(spaced, _moved(document.spans, sentences))


def _moved(spans: Iterable[Span], sentences: list[list[Token]]) -> list[Span]:
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
    """The sentences of a fitted document: its lines, its words between spaces."""
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
            sentence.append(_Word(text, tag(inside, offset, end, last, scheme)))
            last = inside
            offset = end + 1
        yield sentence


def _reading(sentences: list[list[_Word]], where: str, scheme: Scheme) -> Reading:
    sentences = [sentence for sentence in sentences if sentence]
    text = "\n".join(" ".join(word.text for word in sentence) for sentence in sentences)
    found = SpanInput(text, where)
    offset = 0
    for sentence in sentences:
        starts = [offset]
        for word in sentence:
            starts.append(starts[-1] + len(word.text) + 1)
        for first, last, label, oddity in tagged([word.tag for word in sentence], scheme, where):
            if oddity:
                found.losses.append(Loss("foreign", oddity, None, sentence[first].text[:40]))
            end = starts[last + 1] - 1
            found.add(starts[first], end, label, f"the span of {label}", status="accepted")
        offset = starts[-1]
    return Reading(annotated(text, found.spans), found.losses, complete=True)


CONLL2003_IOB1 = Column("IOB1", 4)
CONLL2003_IOB2 = Column("IOB2", 4)
IOB2 = Column("IOB2", 2)
BILUO = Column("BILUO", 2)
