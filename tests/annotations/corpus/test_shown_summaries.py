"""With a project's own labels, only the suggestions that a person sees count as undecided."""

from annotations.corpus.shown_summaries import shown_summaries
from annotations.editing.document_session import DocumentSession
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.document_summary import ListedSummaries, Progress, progress_of
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from annotations.model.span import Span
from tests.annotations.corpus.summaries import stored
from tests.spans import sources_named

TEXT = "Ann Lee paid 500 for 3 boats in Moura."
OWN = LabelScheme((Label("PLACE", sources=("GPE",)), Label("PERSON")), own=True)
SAID = [
    ("Ann Lee", "PERSON", 0.95),
    ("500", "MONEY", 0.2),
    ("3", "CARDINAL", 0.5),
    ("Moura", "GPE", 0.8),
]


def suggested(annotations: AnnotationSet, scheme: LabelScheme) -> DocumentSession:
    session = DocumentSession(Document(TEXT), annotations, scheme)
    spans = [
        Span(
            TEXT.index(words),
            TEXT.index(words) + len(words),
            label,
            sources=sources_named("m 1"),
            score=score,
        )
        for words, label, score in SAID
    ]
    session.suggest(sources_named("m 1")[0], spans, None)
    return session


def shown(progress: Progress, scheme: LabelScheme) -> Progress:
    (summary,) = shown_summaries(ListedSummaries([stored("d", "d", progress=progress)]), scheme)
    return summary.progress


def test_what_has_no_place_among_the_labels_is_not_counted_as_left() -> None:
    annotations = AnnotationSet(Document(TEXT).id, "ann")
    suggested(annotations, ONTONOTES)
    progress = progress_of(annotations.to_row())
    assert (progress.undecided, progress.doubtful, progress.lowest_score) == (4, 3, 0.2)
    assert shown(progress, ONTONOTES) == progress
    found = shown(progress, OWN)
    assert (found.undecided, found.doubtful, found.lowest_score) == (2, 1, 0.8)
    # As many as the screen shows after the document is opened.
    opened = DocumentSession(Document(TEXT), AnnotationSet.from_row(annotations.to_row()), OWN)
    assert found.undecided == len(opened.annotations.spans)
    assert shown(found, OWN) == found


def test_where_nothing_is_left_nothing_is_known_of_scores() -> None:
    annotations = AnnotationSet(Document(TEXT).id, "ann")
    suggested(annotations, ONTONOTES)
    found = shown(progress_of(annotations.to_row()), LabelScheme((Label("SHIP"),), own=True))
    assert (found.undecided, found.doubtful, found.lowest_score) == (0, 0, None)
