"""The annotations of one document by one annotator: spans, facts, ranges read by suggesters, undo,
redo.
"""

from collections.abc import Iterable

from msgspec import Struct

from annotations.model.document_facts import NO_FACTS, DocumentFacts
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Change, Edit, Run
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex

UNDO_STEPS = 1000
"""How many steps undo can go back. The history itself has no such limit."""


class AnnotationRow(Struct, omit_defaults=True):
    """The stored annotations of one document by one annotator: one row of a table."""

    document: str
    """The id of the document."""
    annotator: str
    spans: tuple[Span, ...] = ()
    facts: DocumentFacts = NO_FACTS
    runs: tuple[Run, ...] = ()
    undo: tuple[Edit, ...] = ()
    redo: tuple[Edit, ...] = ()
    cursor: int = 0
    keys: int = 0
    """How many keys were pressed for all edits."""
    seconds: float = 0.0
    """How many seconds of work."""
    held: tuple[Span, ...] = ()
    """Suggestions that contradict a decision. They are not annotations: they are not shown, counted or
    exported. They come back when the decision is taken back. At most one for each extent and label.
    """
    second_readings: tuple[Span, ...] = ()
    """Names that a pipeline considered but did not suggest. The likelihood that a name begins there is
    their score. They are not annotations either: they are never shown, counted or exported as spans.
    """
    edited: str = ""
    """When the last edit was made, in UTC, ISO 8601. Suggestions and moves of the cursor do not count.
    """
    marked_done: str = ""
    """When the document was marked as done, in UTC, ISO 8601."""
    visited: str = ""
    """When the last edit was made or the cursor's place was saved, in UTC, ISO 8601. Suggestions do not
    count.
    """


class AnnotationSet:
    """The live annotations of one document by one annotator.

    Only `apply` changes them.
    """

    def __init__(self, document: str, annotator: str) -> None:
        self.document = document
        self.annotator = annotator
        self.spans = SpanIndex()
        self.facts = NO_FACTS
        self.runs: list[Run] = []
        self.undo: list[Edit] = []
        self.redo: list[Edit] = []
        self.cursor = 0
        self.keys = 0
        self.seconds = 0.0
        self.held = SpanIndex()
        """Suggestions that contradict a decision; see `AnnotationRow.held`."""
        self.second_readings: list[Span] = []
        """Names that a pipeline considered; see `AnnotationRow.second_readings`."""
        self.edited = ""
        self.marked_done = ""
        self.visited = ""
        """The times of the last edit, of marking as done and of the last saved place; see
        `AnnotationRow`.
        """

    @property
    def key(self) -> DocumentKey:
        """The document and the annotator that these annotations belong to."""
        return DocumentKey(self.document, self.annotator)

    @classmethod
    def from_row(cls, row: AnnotationRow) -> "AnnotationSet":
        """The live annotations that a stored row represents."""
        annotations = cls(row.document, row.annotator)
        annotations.spans = SpanIndex(row.spans)
        annotations.facts = row.facts
        annotations.runs = list(row.runs)
        annotations.undo = list(row.undo)
        annotations.redo = list(row.redo)
        annotations.cursor = row.cursor
        annotations.keys = row.keys
        annotations.seconds = row.seconds
        annotations.held = SpanIndex(row.held)
        annotations.second_readings = list(row.second_readings)
        annotations.edited = row.edited
        annotations.marked_done = row.marked_done
        annotations.visited = row.visited
        return annotations

    def to_row(self) -> AnnotationRow:
        """The row that stores these annotations, spans in reading order."""
        return AnnotationRow(
            self.document,
            self.annotator,
            tuple(self.spans),
            self.facts,
            tuple(self.runs),
            tuple(self.undo),
            tuple(self.redo),
            self.cursor,
            self.keys,
            self.seconds,
            tuple(self.held),
            tuple(self.second_readings),
            self.edited,
            self.marked_done,
            self.visited,
        )

    def apply(self, edit: Edit) -> None:
        """Apply an edit: spans, held suggestions, facts, runs, the stacks of undo and redo, the cursor.

        Replaying the edits of a history in order leads to the same annotations.
        """
        _change(self.spans, edit.all_changes)
        _change(self.held, edit.held)
        known = {span.key for span in self.second_readings} if edit.second_readings else set()
        self.second_readings.extend(one for one in edit.second_readings if one.key not in known)
        for fact in edit.facts:
            self.facts = fact.applied_to(self.facts)
            if fact.fact == "done":
                self.marked_done = edit.at if fact.after.done else ""
            if fact.fact == "language":
                # What was read in another language must be read again.
                self.runs = []
                self.second_readings.clear()
        if edit.run is not None:
            self.runs = merge_runs([*self.runs, edit.run])
        if edit.kind != "suggest":
            self.cursor, self.visited = edit.cursor, edit.at
            if edit.kind != "place":
                self.edited = edit.at
        self.keys += edit.keys
        self.seconds = round(self.seconds + edit.seconds, 1)
        self._step(edit)

    def _step(self, edit: Edit) -> None:
        if edit.kind == "undo":
            self.redo.extend(_take(self.undo, edit.of))
        elif edit.kind == "redo":
            self.undo.extend(_take(self.redo, edit.of))
        elif edit.undoable:
            self.undo.append(edit)
            self.redo.clear()
            del self.undo[:-UNDO_STEPS]


def _change(spans: SpanIndex, changes: Iterable[Change]) -> None:
    changes = tuple(changes)
    # Removals are done before additions: a change may free an extent that another one uses.
    for change in changes:
        if change.before is not None:
            spans.discard(change.before.key)
    for change in changes:
        if change.after is not None:
            spans.add(change.after)


def has_read(runs: Iterable[Run], source: Source | None, start: int, end: int) -> bool:
    """Whether a suggester has read the whole range, so that running it again adds nothing."""
    return any(run.source == source and run.start <= start and end <= run.end for run in runs)


def merge_runs(runs: Iterable[Run]) -> list[Run]:
    """The same readings in as few ranges as possible: adjacent ranges of one source are joined."""
    merged: list[Run] = []
    for run in sorted(runs, key=lambda run: (str(run.source), run.unit, run.start)):
        last = merged[-1] if merged else None
        if last and (last.source, last.unit) == (run.source, run.unit) and run.start <= last.end:
            merged[-1] = Run(last.source, last.start, max(last.end, run.end), last.unit)
        else:
            merged.append(run)
    return merged


def _take(steps: list[Edit], wanted: str) -> list[Edit]:
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].id == wanted:
            return [steps.pop(place)]
    return []
