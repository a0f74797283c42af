"""How far an annotator is in a document, in a few figures: what a list of many documents shows."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import overload

from msgspec import Struct

from annotations.model.annotation_set import AnnotationRow
from annotations.model.disagreement import disputed
from annotations.model.edit import Edit


class Progress(Struct, frozen=True, array_like=True, gc=False):
    """What an annotator has done in a document. Times are in UTC, ISO 8601; empty where not known."""

    done: bool = False
    flagged: bool = False
    """Whether the document as a whole is flagged."""
    accepted: int = 0
    rejected: int = 0
    undecided: int = 0
    """How many spans have which status."""
    lowest_score: float | None = None
    """The lowest score of an undecided span; `None` where none has a score."""
    keys: int = 0
    """How many keys all edits took."""
    seconds: float = 0.0
    """How many seconds of work."""
    edited: str = ""
    """When the last edit was made, not counting suggestions and where the cursor was left."""
    marked_done: str = ""
    """When it was marked as done; empty where it is not."""
    created: str = ""
    """The creation time of the document as a person set it, ISO 8601."""
    disputed: int = 0
    """How many undecided spans another source reads otherwise: other edges or another label."""


class DocumentSummary(Struct, frozen=True):
    """One document and how far an annotator is in it."""

    document: str
    """The id of the document."""
    name: str
    path: str
    words: int | None
    """How many words, separated by white space, the text has; `None` where they were not counted yet."""
    progress: Progress


def progress_of(row: AnnotationRow) -> Progress:
    """How far the annotations of a row are."""
    accepted = rejected = 0
    lowest: float | None = None
    for span in row.spans:
        accepted += span.accepted
        rejected += span.rejected
        if not span.decided and span.score is not None and (lowest is None or span.score < lowest):
            lowest = span.score
    return Progress(
        row.facts.done,
        row.facts.flagged,
        accepted,
        rejected,
        len(row.spans) - accepted - rejected,
        lowest,
        row.keys,
        row.seconds,
        row.edited or max((step.at for step in _steps(row)), default=""),
        (row.marked_done or _step_that_marked(row)) if row.facts.done else "",
        row.facts.creation_time,
        disputed(row.spans),
    )


def _steps(row: AnnotationRow) -> Iterator[Edit]:
    yield from row.undo
    yield from row.redo


def _step_that_marked(row: AnnotationRow) -> str:
    marking = (step for step in reversed(row.undo) if any(fact.fact == "done" for fact in step.facts))
    return next((step.at for step in marking), "")


class DocumentSummaries(Sequence[DocumentSummary]):
    """The summaries of many documents, in the order they came in, each made when it is asked for.

    They are those of the moment they were asked for, and may be used on any thread.
    """

    @property
    @abstractmethod
    def done(self) -> int:
        """How many of the documents are done."""

    @abstractmethod
    def first_open(self, start: int = 0) -> int | None:
        """The place of the first document, from one on, that is not done; `None` where all are."""


class ListedSummaries(DocumentSummaries):
    """Summaries that are there already."""

    def __init__(self, summaries: Sequence[DocumentSummary]) -> None:
        self._summaries = summaries

    def __len__(self) -> int:
        return len(self._summaries)

    @overload
    def __getitem__(self, place: int) -> DocumentSummary: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[DocumentSummary]: ...
    def __getitem__(self, place: int | slice) -> DocumentSummary | Sequence[DocumentSummary]:
        return self._summaries[place]

    @property
    def done(self) -> int:
        """See `DocumentSummaries`."""
        return sum(one.progress.done for one in self._summaries)

    def first_open(self, start: int = 0) -> int | None:
        """See `DocumentSummaries`."""
        places = range(start, len(self._summaries))
        return next((place for place in places if not self._summaries[place].progress.done), None)
