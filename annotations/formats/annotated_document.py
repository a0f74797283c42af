"""The unit that files consist of: a document with the annotations of one annotator."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import msgspec

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document, path_as_text, text_of_id
from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.span import Span, reading_order


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document, its creation time and the annotations of one annotator.

    `origin` is the name it had before a format dropped it. It is only used to name a file written for
    this document alone.

    `created` is the date the document's relative dates count from (ISO 8601, empty when unknown):
    the one a person set, which is also in `row.facts`, or otherwise the one found in the text.
    """

    document: Document
    row: AnnotationRow
    created: str = ""
    origin: str = field(default="", compare=False)
    language: str = field(default="", compare=False)
    """The code of the language in which the document is read; empty if only `row.facts` may state it."""

    @property
    def text(self) -> str:
        """The exact text of the document."""
        return self.document.text

    @property
    def name(self) -> str:
        """The name of the document, even if a format cannot store it."""
        return self.document.name or self.origin

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans, in reading order."""
        return self.row.spans

    def with_spans(self, spans: Iterable[Span]) -> "AnnotatedDocument":
        """The same document with other spans, which are sorted into reading order."""
        row = msgspec.structs.replace(self.row, spans=tuple(sorted(spans, key=reading_order)))
        return replace(self, row=row)

    def with_facts(self, facts: DocumentFacts) -> "AnnotatedDocument":
        """The same document with other facts."""
        return replace(self, row=msgspec.structs.replace(self.row, facts=facts))

    def in_language(self, code: str) -> "AnnotatedDocument":
        """The same document, read in the language with this code."""
        return replace(self, language=code)

    def without_history(self) -> "AnnotatedDocument":
        """The same document without what only the program needs: readings, undo, redo and the cursor."""
        row = self.row
        bare = AnnotationRow(row.document, row.annotator, row.spans, row.facts)
        return replace(self, row=bare)

    def digest(self) -> bytes:
        """A fingerprint of its content, to compare what was written with what is read.

        It ignores `beside`, how sure the suggester was of the words next to a span: few formats hold it.
        """
        spans = (msgspec.structs.replace(span, beside=None) for span in self.row.spans)
        row = msgspec.structs.replace(self.row, spans=tuple(spans))
        # Not JSON: whether JSON leaves out a default depends on more than its value.
        named = (self.document.path, self.document.given_name)
        whole = repr((self.document.text, *named, self.created, row))
        return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def annotated(
    text: str,
    spans: Iterable[Span],
    *,
    path: str = "",
    name: str = "",
    document_id: str = "",
    annotator: str = "",
    created: str = "",
    facts: DocumentFacts = NO_FACTS,
) -> AnnotatedDocument:
    """An annotated document as a file states it, with spans in reading order.

    `document_id` is the id this program gave the document, if the file holds it.
    """
    document = Document(text, path_as_text(path), given_name=path_as_text(name))
    if document_id and text_of_id(document_id) == document.sha256 != document_id:
        document = replace(document, given_id=document_id)
    row = AnnotationRow(document.id, annotator, tuple(sorted(spans, key=reading_order)), facts)
    return AnnotatedDocument(document, row, created)
