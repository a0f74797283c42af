"""CoNLL-U Plus: one word per line in named columns, entities in brackets as in GUM and as IOB2 tags.

A file that is written has the columns `ID FORM MISC ANNOTATE:NER`. `Entity=` in MISC has every span,
`(1-PERSON` on its first word and `1)` on its last, even if spans nest or cross; the last column has
only spans that do not overlap. Reserved signs in labels are written as in web addresses (`%28`). White
space is kept exactly: `SpaceAfter=No`, or `SpacesAfter` with UDPipe's escapes.

`# newdoc id` is the document's name. If that does not say everything, comments hold its path, its exact
name and its id (`# document_path`, `# document_name`, `# document_id`).

CoNLL-U Plus and plain CoNLL-U can be read (`conllu_input`).

Sources: universaldependencies.org/ext-format.html and format.html; for Entity the README of
UD_English-GUM and CorefUD 1.0; for SpacesAfter the manual of UDPipe.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.annotated_document import annotated as make
from annotations.formats.conllu_input import DOCUMENT_COMMENTS, documents
from annotations.formats.conllu_rows import escaped_space
from annotations.formats.division import by_sentence
from annotations.formats.format import Fitted, Options, Reading
from annotations.formats.loss import Loss, Part, losses_without, minus, span_loss
from annotations.formats.tags import tag
from annotations.formats.tokens import (
    OVERLAP,
    TextToken,
    language_of,
    place,
    without_overlaps,
    word_tokens,
)
from annotations.formats.tolerance import read_each
from annotations.model.span import Span
from annotations.text.segmentation import PARAGRAPH_END

COLUMN = "ANNOTATE:NER"
_HEAD = f"# global.columns = ID FORM MISC {COLUMN}\n"
_RESERVED = re.compile(r"[\s%()|-]")


class ConlluPlus:
    """The format of CoNLL-U Plus files."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep the spans that cover whole words, and the text if it has any words."""
        text = annotated.text
        cut = word_tokens(text, language_of(annotated, options))
        _, misfits = place(text, annotated.spans, cut)
        holds: set[Part] = {"path"} if all(map(_in_a_comment, _names(annotated))) else set()
        losses = losses_without(annotated, holds) + misfits
        kept = minus(annotated, losses)
        reason = f"{OVERLAP}: kept in Entity, not in the column {COLUMN}"
        losses += [span_loss(text, span, reason, "flat") for span in without_overlaps(kept.spans)[1]]
        if text and not cut:
            losses.append(Loss("spacing", "text of white space only: reads back empty"))
        path, name, document_id = _names(kept)
        fitted = make(
            text if cut else "",
            kept.spans,
            path=path,
            name=name,
            document_id=document_id if cut or not text else "",
        )
        return Fitted(replace(fitted, origin=kept.origin), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one word per line."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_HEAD)
            known: set[str] = set()
            for number, document in enumerate(documents, 1):
                file.writelines(_head(document, known))
                file.write("# global.Entity = GRP-etype\n")
                file.writelines(_lines(document, number, options))
                if not document.text:
                    file.write("\n")

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents; a file without `# newdoc` is one document."""
        found = documents(path, name, options)
        yield from read_each(found, lambda _, reader: [reader.reading()])


def _names(document: AnnotatedDocument) -> tuple[str, str, str]:
    """The path, the name and the id of a document; each is empty if it has none."""
    return document.document.path, document.document.given_name, document.document.given_id


def _in_a_comment(value: str) -> bool:
    """Whether a value can be read back completely from a comment."""
    return value.isprintable() and value == value.strip()


def _head(document: AnnotatedDocument, known: set[str]) -> Iterator[str]:
    """The comments that begin a document; no two documents of a file get the same `newdoc id`."""
    name = "".join(
        "_" if char.isspace() or not char.isprintable() else char for char in document.document.name
    )
    id_, number = name, 1
    while id_ in known:
        number += 1
        id_ = f"{name}-{number}"
    if id_:
        known.add(id_)
    yield f"# newdoc id = {id_}\n" if id_ else "# newdoc\n"
    if _names(document) != ("", id_, ""):
        for comment, value in zip(DOCUMENT_COMMENTS, _names(document), strict=True):
            if value:
                yield f"# {comment} = {value}\n"


def _lines(document: AnnotatedDocument, number: int, options: Options) -> Iterator[str]:
    text = document.text
    cut = word_tokens(text, language_of(document, options))
    following = dict(zip(cut, [word.start for word in cut[1:]], strict=False))
    opened: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    closed: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    for group, span in enumerate(document.spans, 1):
        opened[span.start].append((group, span))
        closed[span.end].append((group, span))
    tags = dict(zip(cut, _tags(cut, without_overlaps(document.spans)[0]), strict=True))
    offset = 0
    for count, sentence in enumerate(by_sentence(document, cut), 1):
        if not offset or PARAGRAPH_END.search(text, offset, sentence[0].start):
            yield "# newpar\n"
        yield f"# sent_id = {number}-{count}\n# text = {_in_one_line(text, sentence)}\n"
        for place_, word in enumerate(sentence, 1):
            start, end = word
            misc = []
            if entity := _brackets(word, opened[start], closed[end]):
                misc.append(f"Entity={entity}")
            space = text[end : following.get(word, len(text))]
            if space != (" " if word in following else ""):
                misc.append(f"SpacesAfter={escaped_space(space)}" if space else "SpaceAfter=No")
            if start and not offset:
                misc.append(f"SpacesBefore={escaped_space(text[:start])}")
            yield f"{place_}\t{text[start:end]}\t{'|'.join(misc) or '_'}\t{tags[word]}\n"
            offset = end
        yield "\n"


def _tags(cut: Iterable[TextToken], spans: Iterable[Span]) -> Iterator[str]:
    coming = iter(spans)
    span = next(coming, None)
    for start, end in cut:
        while span is not None and span.end <= start:
            span = next(coming, None)
        on = span if span is not None and span.start <= start else None
        yield _quoted(tag(on, start, end, None, "IOB2"), keep="-")


def _brackets(word: TextToken, opened: list[tuple[int, Span]], closed: list[tuple[int, Span]]) -> str:
    """The brackets of a word. Closing ones come first, otherwise a label would run into their number."""
    ends = [f"{number})" for number, span in reversed(closed) if span.start < word.start]
    begins = [
        f"({number}-{_quoted(span.label)}" + (")" if span.end == word.end else "")
        for number, span in opened
    ]
    return "".join([*ends, *begins])


def _quoted(text: str, keep: str = "") -> str:
    """The text with reserved characters written as in web addresses, such as `%28`."""

    def code(match: re.Match[str]) -> str:
        signs = "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))
        return match[0] if match[0] in keep else signs

    return _RESERVED.sub(code, text)


def _in_one_line(text: str, sentence: list[TextToken]) -> str:
    parts, offset = [], sentence[0].start
    for start, end in sentence:
        parts.append(" " * (start > offset) + text[start:end])
        offset = end
    return "".join(parts)


FORMAT = ConlluPlus()
