"""The annotated documents of a store."""

from collections.abc import Container, Iterator
from functools import cached_property

from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.editing.label_mapping import ShownSuggestions
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.model.annotation_set import AnnotationRow, AnnotationSet
from annotations.model.document import Document, text_of_id
from annotations.model.label_scheme import ONTONOTES, LabelScheme
from annotations.store.interface import Store


def stored_documents(
    store: Store,
    scheme: LabelScheme = ONTONOTES,
    *,
    only: Container[tuple[str, str]] | None = None,
    with_values: bool = True,
    languages: LanguageChoice = UNDECIDED,
) -> Iterator[AnnotatedDocument]:
    """Everything in a store, one annotated document for each document and annotator.

    `only` limits them to these pairs of a document id and an annotator. A document that nobody has annotated
    is given once, without spans and annotator. Suggestions have the labels of the project, as on the screen;
    those with labels that the project does not have are left out.

    The creation time is the one that the person set, otherwise the one stated in the text. Dates have values:
    those that a person set or accepted, otherwise the result of the rules with that creation time. Without
    `with_values` neither creation times nor values are computed, which is enough to count spans. `languages`
    decides in which language a document is read if nobody stated its language.
    """
    for document in store.documents():
        for row in [*store.annotations(document.id)] or [AnnotationRow(document.id, "")]:
            if only is not None and (row.document, row.annotator) not in only:
                continue
            if with_values:
                yield as_exported(document, row, scheme, languages)
            else:
                yield AnnotatedDocument(document, _as_shown(row, scheme))


def as_exported(
    document: Document, row: AnnotationRow, scheme: LabelScheme, languages: LanguageChoice = UNDECIDED
) -> AnnotatedDocument:
    """One document as `stored_documents` gives it."""
    from annotations.dates.document_dates import dated

    row = _as_shown(row, scheme)
    language = languages.language_of(document.text, row.facts.language)
    created = _creation_time(document, row, language)
    spans = dated(document.text, row.spans, created, language)
    value = created.value if created else ""
    return AnnotatedDocument(document, row, value, language=language).with_spans(spans)


def _as_shown(row: AnnotationRow, scheme: LabelScheme) -> AnnotationRow:
    if not scheme.own:
        return row
    annotations = AnnotationSet.from_row(row)
    ShownSuggestions(annotations, scheme)
    return annotations.to_row()


class StoredArticles:
    """The articles of a store by their id or path; paths are read when the first one is needed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, document_id: str, path: str) -> Document | None:
        """The article with this id or, if that is empty, the last stored one with this path; `None` if none."""
        if not document_id:
            return self._by_path.get(path)
        same_text = self._store.with_text(text_of_id(document_id))
        return next((document for document in same_text if document.id == document_id), None)

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {document.path: document for document in self._store.documents() if document.path}


def _creation_time(document: Document, row: AnnotationRow, language: str) -> CreationTime | None:
    if given := row.facts.creation_time:
        return CreationTime(given, "given")
    found = find_creation_time(document.text, document.path, language=language)
    return found if found is not None and found.trusted else None
