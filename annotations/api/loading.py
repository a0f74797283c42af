"""`annotations.load`: a database as Python objects."""

import os
from pathlib import Path

from annotations.api.loaded import LoadedAnnotations, LoadedDocument, LoadedFrom
from annotations.dates.document_language import LanguageChoice, pipeline_language
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.stored import stored_documents
from annotations.model.annotation_set import AnnotationRow
from annotations.model.errors import AnnotateError
from annotations.project.settings import find_settings, load_settings
from annotations.store.opening import open_store


def load_annotations(
    path: str | os.PathLike[str] = "annotations.json", annotator: str | None = None
) -> LoadedAnnotations:
    """Read a database as it is now: one object for each document and annotator.

    With an `annotator` there is one for each document, also for documents that this person has not
    annotated; changes are made in that name. Labels are those of the `annotate.toml` in the folder of
    the database or above it. No file stays open, and only the methods that change something write.
    Raises `AnnotateError` if there is no database, or if it cannot be read.
    """
    place = Path(os.path.abspath(path))
    if not place.is_file():
        what = "is a folder, not a database" if place.is_dir() else "does not exist"
        raise AnnotateError(f"The database {place} {what}; check the path.")
    settings = load_settings(find_settings(place.parent))
    scheme = settings.scheme
    languages = LanguageChoice(settings.language, pipeline_language(settings.model))
    store = open_store(place, read_only=True, existing=True)
    try:
        found = list(stored_documents(store, scheme, languages=languages))
    finally:
        store.close()
    if annotator is not None:
        found = _by_annotator(annotator, found)
    where = LoadedFrom(place, scheme, languages)
    return LoadedAnnotations(str(place), tuple(LoadedDocument(one, where) for one in found))


def _by_annotator(annotator: str, found: list[AnnotatedDocument]) -> list[AnnotatedDocument]:
    """One for each document, in the same order: the annotator's, or an empty one."""
    own: dict[str, AnnotatedDocument] = {}
    for one in found:
        if one.row.annotator == annotator:
            own[one.document.id] = one
        else:
            empty = AnnotationRow(one.document.id, annotator)
            own.setdefault(one.document.id, AnnotatedDocument(one.document, empty))
    return list(own.values())
