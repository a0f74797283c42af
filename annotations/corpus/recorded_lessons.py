"""What is learned from one annotator's decisions in the other documents of a store: recomputed, never stored."""

from annotations.learn.learned import TaughtByEdit
from annotations.learn.record import Teaching
from annotations.model.document import text_of_id
from annotations.model.label_scheme import LabelScheme
from annotations.store.interface import Store


def decided_documents(store: Store, annotator: str) -> list[str]:
    """The ids of the documents in which something was decided; those edited last come first.

    Raises `StoreError`.
    """
    decided = [
        (summary.progress.edited, summary.document)
        for summary in store.summaries(annotator)
        if summary.progress.accepted or summary.progress.rejected
    ]
    return [document for _, document in sorted(decided, reverse=True)]


def recorded_lessons(
    store: Store, annotator: str, document: str, scheme: LabelScheme
) -> list[TaughtByEdit]:
    """The lessons from the annotator's decisions in one document, in their order, without undone ones.

    Raises `StoreError`.
    """
    row = next((row for row in store.annotations(document) if row.annotator == annotator), None)
    stored = next((one for one in store.with_text(text_of_id(document)) if one.id == document), None)
    if row is None or stored is None:
        return []
    teaching = Teaching(stored, annotator, scheme, row.second_readings)
    taught = (
        TaughtByEdit(document, edit.id, edit.at, tuple(teaching.lessons(edit))) for edit in row.undo
    )
    return [one for one in taught if one.lessons]
