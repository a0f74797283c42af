"""Whether a document is done: words without a label in a done document are not entities.

In a document that is not done it is unknown whether words without a label are an entity: nobody
may have looked at it. Done is a fact about one document of one annotator.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from annotations.model.annotation_set import AnnotationSet
from annotations.model.document_facts import NO_FACTS, fact_changes
from annotations.model.edit import Edit, Run, make_edit
from annotations.model.errors import AnnotateError
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.text.plural import counted

NAMED = 10
"""How many documents with undecided suggestions are named; the others are counted."""
_MARKS_DONE = fact_changes(NO_FACTS, NO_FACTS.with_done(True))


def marking(annotations: AnnotationSet, annotator: str, *, done: bool = True) -> Edit | None:
    """The edit that marks a document as done, or as not done; `None` if it already is.

    If the step that marked it as done can be found, this edit undoes that step, whatever came after it. Undo
    does not go back to that step later.
    """
    change = fact_changes(annotations.facts, annotations.facts.with_done(done))
    if not change:
        return None
    step = next((step for step in reversed(annotations.undo) if marks_done(step)), None)
    if not done and step is not None:
        cursor = annotations.cursor
        return make_edit("undo", annotator, (), change, of=step.id, cursor=cursor)
    return make_edit("document", annotator, (), change, cursor=annotations.cursor)


def marks_done(step: Edit) -> bool:
    """Whether a step marks the document as done and does nothing else."""
    said = tuple(change for change in step.facts if change.fact != "drawn")
    return not step.changes and said == _MARKS_DONE


class Marking(Struct, frozen=True):
    """A document that will be marked as done, or as no longer done."""

    name: str
    annotations: AnnotationSet

    def left(self, *, done: bool) -> str:
        """The number of undecided suggestions, as the end of a sentence about whether it is done."""
        number = self.annotations.spans.count(status="suggested")
        if not number:
            return "."
        count = "counts" if number == 1 else "count"
        return f"; {number} undecided {count} as no entity." if done else f"; {number} undecided."


def marked(
    documents: Iterable[Marking], annotator: str, *, done: bool, despite_undecided: bool
) -> list[tuple[Marking, Edit]]:
    """The edits that mark documents as done, or as not done; none for documents that already are.

    Raises `AnnotateError` if documents to be marked as done have undecided suggestions, unless
    `despite_undecided`, and names the first ones. Then no document must be marked.
    """
    found = [
        (one, edit)
        for one in documents
        if (edit := marking(one.annotations, annotator, done=done)) is not None
    ]
    open_ = [
        f"{one.name}: {number}"
        for one, _ in found
        if (number := one.annotations.spans.count(status="suggested"))
    ]
    if done and open_ and not despite_undecided:
        more = f" and in {len(open_) - NAMED} more" if len(open_) > NAMED else ""
        raise AnnotateError(
            f"Nothing was marked: there are undecided suggestions "
            f"({', '.join(open_[:NAMED])}{more}), which "
            "would count as no entity; decide about them, or give --yes."
        )
    return found


def undecided_words(annotations: AnnotationSet) -> str:
    """How many suggestions are undecided, and what that means if the document is done or not.

    Empty when there are none.
    """
    number = annotations.spans.count(status="suggested")
    will = ("counts" if number == 1 else "count") if annotations.facts.done else "will count"
    return f"{counted(number, 'undecided suggestion')} {will} as no entity" if number else ""


def marked_words(annotations: AnnotationSet) -> str:
    """The message for a document that was just marked as done."""
    undecided = undecided_words(annotations)
    return f"Done; {undecided}." if undecided else "Done."


def progress_words(annotations: AnnotationSet) -> str:
    """The progress in a document: `12 of 68 decided, 56 undecided; not done`."""
    total, undecided = len(annotations.spans), annotations.spans.count(status="suggested")
    done = "done" if annotations.facts.done else "not done"
    left = f", {undecided} undecided" if undecided else ""
    return f"{total - undecided} of {total} decided{left}; {done}"


@dataclass
class LateSuggestions:
    """Suggestions that arrived for a done document: they are added only when it is no longer done."""

    _waiting: list[tuple[Source, list[Span], Run | None]] = field(default_factory=list)
    _said: bool = False

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, source: Source, suggestions: Iterable[Span], run: Run | None, new: bool) -> str:
        """Keep suggestions; returns a message about them, once. `new` is whether any would be added."""
        self._waiting.append((source, list(suggestions), run))
        if not new or self._said:
            return ""
        self._said = True
        return f"The document is done: what {source} suggests now is not added."

    def take(self) -> list[tuple[Source, list[Span], Run | None]]:
        """All waiting suggestions, in the order of arrival; none wait afterwards."""
        waiting, self._waiting, self._said = self._waiting, [], False
        return waiting
