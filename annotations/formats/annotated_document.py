"""The unit that files contain: a document with the annotations of one annotator."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import msgspec

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document, path_as_text, text_of_id
from annotations.model.document_facts import NOTHING_SAID, DocumentFacts
from annotations.model.span import Span, reading_order


@dataclass(frozen=True)
class AnnotatedDocument:
    """A document, its creation time and the annotations of one annotator.

    `origin` is its name before a format dropped that. If it gets its own file, the file is named after
    it; it has no other use.

    `created` is the date the document's relative dates count from (ISO 8601, empty when unknown):
    the person's own, which is also in `row.facts`, or otherwise the one found in the text.
    """

    document: Document
    row: AnnotationRow
    created: str = ""
    origin: str = field(default="", compare=False)
    language: str = field(default="", compare=False)
    """The code of the language in which it is read; empty if only `row.facts` may state it."""

    @property
    def text(self) -> str:
        """The exact text of the document."""
        return self.document.text

    @property
    def name(self) -> str:
        """The name of the document, also if a format cannot store it."""
        return self.document.name or self.origin

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans, in reading order."""
        return self.row.spans

    def with_spans(self, spans: Iterable[Span]) -> "AnnotatedDocument":
        """The same with other spans, which are sorted into reading order."""
        row = msgspec.structs.replace(self.row, spans=tuple(sorted(spans, key=reading_order)))
        return replace(self, row=row)

    def with_facts(self, facts: DocumentFacts) -> "AnnotatedDocument":
        """The same with other facts of the document."""
        return replace(self, row=msgspec.structs.replace(self.row, facts=facts))

    def in_language(self, code: str) -> "AnnotatedDocument":
        """The same, read in the language with this code."""
        return replace(self, language=code)

    def without_history(self) -> "AnnotatedDocument":
        """The same without what only the program needs: readings, undo, redo and the cursor."""
        row = self.row
        bare = AnnotationRow(row.document, row.annotator, row.spans, row.facts)
        return replace(self, row=bare)

    def digest(self) -> bytes:
        """A fingerprint of its content, to compare what was written with what is read.

        How sure a suggester was beside a span helps to judge it while it is undecided; few formats hold it.
        """
        spans = (msgspec.structs.replace(span, beside=None) for span in self.row.spans)
        row = msgspec.structs.replace(self.row, spans=tuple(spans))
        # Not as JSON: whether a default is left out there depends on more than its value.
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
    facts: DocumentFacts = NOTHING_SAID,
) -> AnnotatedDocument:
    """An annotated document as a file states it, with spans in reading order.

    `document_id` is the id this program gave the document, where the file holds it.
    """
    document = Document(text, path_as_text(path), given_name=path_as_text(name))
    if document_id and text_of_id(document_id) == document.sha256 != document_id:
        document = replace(document, given_id=document_id)
    row = AnnotationRow(document.id, annotator, tuple(sorted(spans, key=reading_order)), facts)
    return AnnotatedDocument(document, row, created)
