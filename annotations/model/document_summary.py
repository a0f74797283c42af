"""An annotator's progress in a document, in a few numbers, for the list of documents."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import overload

from msgspec import Struct
from msgspec.structs import replace

from annotations.model.annotation_set import AnnotationRow
from annotations.model.disagreement import disputed
from annotations.model.document import text_of_id
from annotations.model.edit import Edit
from annotations.model.hidden_dates import is_hidden_date
from annotations.model.label_scheme import LabelScheme
from annotations.model.span import Span

SURE = 0.9
"""The lowest score at which a suggester counts as sure if only the score is known."""


class Undecided(Struct, frozen=True, array_like=True, gc=False):
    """The undecided spans of a document under one label."""

    label: str
    number: int
    doubtful: int
    lowest_score: float | None
    """See `Progress`."""


class Progress(Struct, frozen=True, array_like=True, gc=False):
    """What an annotator has done in a document. Times are in UTC, ISO 8601; empty if not known."""

    done: bool = False
    flagged: bool = False
    """Whether the whole document or one of its spans is flagged."""
    accepted: int = 0
    rejected: int = 0
    undecided: int = 0
    """How many spans have each status. Suggestions that are held back are not offered, so they do not
    count.
    """
    lowest_score: float | None = None
    """The lowest score of an undecided span; `None` if no span has a score."""
    keys: int = 0
    """How many keys were pressed for all edits."""
    seconds: float = 0.0
    """How many seconds of work."""
    edited: str = ""
    """When the last edit was made. Suggestions and the saved place of the cursor do not count."""
    marked_done: str = ""
    """When it was marked as done; empty if it is not done."""
    created: str = ""
    """The creation time of the document as a person set it, ISO 8601."""
    disputed: int = 0
    """How many undecided spans contradict another source: it has other edges or another label."""
    visited: str = ""
    """When the person last edited, or stayed long enough for the cursor's place to be saved."""
    doubtful: int = 0
    """How many undecided spans are known to be doubtful: see `progress_of`."""
    language: str = ""
    """The code of the language that a person stated for the document; empty if nobody did."""
    by_label: tuple[Undecided, ...] = ()
    """The undecided spans under each stored label."""

    def under(self, scheme: LabelScheme) -> "Progress":
        """The same for the labels of a project: spans with other labels are not shown, so they do not
        count.
        """
        shown = [one for one in self.by_label if scheme.label_for(one.label) is not None]
        if len(shown) == len(self.by_label):
            return self
        scores = [one.lowest_score for one in shown if one.lowest_score is not None]
        return replace(
            self,
            undecided=sum(one.number for one in shown),
            doubtful=sum(one.doubtful for one in shown),
            lowest_score=min(scores, default=None),
            by_label=tuple(shown),
        )


class DocumentSummary(Struct, frozen=True):
    """One document and the progress of an annotator in it."""

    document: str
    """The id of the document."""
    name: str
    path: str
    words: int | None
    """How many words, separated by white space, the text has; `None` if they were not counted yet."""
    progress: Progress


def progress_of(row: AnnotationRow, doubtful: int | None = None) -> Progress:
    """The progress in the annotations of a row.

    `doubtful` is the number of doubtful undecided spans, if a caller that has the text has counted
    them. Otherwise it is the number of spans that their suggester was not sure about.
    """
    shown = [span for span in row.spans if not is_hidden_date(span)]
    accepted = rejected = 0
    left: dict[str, list[Span]] = {}
    for span in shown:
        accepted += span.accepted
        rejected += span.rejected
        if not span.decided:
            left.setdefault(span.label, []).append(span)
    by_label = tuple(_undecided(label, left[label]) for label in sorted(left))
    scores = [one.lowest_score for one in by_label if one.lowest_score is not None]
    unsure = sum(one.doubtful for one in by_label)
    edited = row.edited or max((step.at for step in _steps(row)), default="")
    return Progress(
        row.facts.done,
        has_flag(row),
        accepted,
        rejected,
        len(shown) - accepted - rejected,
        min(scores, default=None),
        row.keys,
        row.seconds,
        edited,
        (row.marked_done or _step_that_marked(row)) if row.facts.done else "",
        row.facts.creation_time,
        disputed(shown),
        row.visited or edited,
        unsure if doubtful is None else doubtful,
        row.facts.language,
        by_label,
    )


def _undecided(label: str, spans: Sequence[Span]) -> Undecided:
    scores = [span.score for span in spans if span.score is not None]
    return Undecided(label, len(spans), sum(score < SURE for score in scores), min(scores, default=None))


def has_flag(row: AnnotationRow) -> bool:
    """Whether the whole document or one of its spans is flagged."""
    return row.facts.flagged or any(span.flagged for span in row.spans)


def _steps(row: AnnotationRow) -> Iterator[Edit]:
    yield from row.undo
    yield from row.redo


def _step_that_marked(row: AnnotationRow) -> str:
    marking = (step for step in reversed(row.undo) if any(fact.fact == "done" for fact in step.facts))
    return next((step.at for step in marking), "")


def milliseconds(moment: str) -> int:
    """A moment of `Progress` in milliseconds since 1970; 0 if it is missing or earlier than 1970."""
    if not moment:
        return 0
    try:
        return max(int(datetime.fromisoformat(moment).timestamp() * 1000), 0)
    except (ValueError, OverflowError):
        return 0


class DocumentSummaries(Sequence[DocumentSummary]):
    """The summaries of many documents, in the order in which they were added. Each is made on demand.

    They show the state at the moment of the request, and may be used on any thread. Facts that are
    needed for all documents at once have a column in the same order, so that no summary must be made
    for them.
    """

    @property
    @abstractmethod
    def done(self) -> bytes:
        """1 for each document that is done, otherwise 0."""

    @property
    @abstractmethod
    def flagged(self) -> bytes:
        """1 for each document that has a flag, otherwise 0."""

    @property
    @abstractmethod
    def visited(self) -> Sequence[int]:
        """When the person was last in each document, in milliseconds since 1970; 0 if they never were."""

    @property
    @abstractmethod
    def marked_done(self) -> Sequence[int]:
        """When each finished document was marked as done, or last edited if that is unknown, in
        milliseconds since 1970; 0 for the others.
        """

    @property
    @abstractmethod
    def seconds(self) -> Sequence[float]:
        """The seconds of work in each document."""

    @property
    @abstractmethod
    def paths(self) -> Sequence[str]:
        """The path that each document was last read from; empty if it has no file."""

    @property
    @abstractmethod
    def names(self) -> Sequence[str]:
        """The name of each document."""

    def last_at(self, path: str) -> int | None:
        """The position of the last document at a path. If the file had several texts, this is the
        latest one.
        """
        return self.by_path.get(path)

    @cached_property
    def by_path(self) -> Mapping[str, int]:
        """The same for all paths, for callers that need most of them."""
        return dict(zip(self.paths, range(len(self)), strict=True))

    @abstractmethod
    def place_of(self, document: str) -> int | None:
        """The position of a document, by its id."""

    @abstractmethod
    def with_text(self, sha256: str) -> list[int]:
        """The positions of the documents whose text has this SHA-256, ascending."""


class ListedSummaries(DocumentSummaries):
    """Summaries that are already made."""

    def __init__(self, summaries: Iterable[DocumentSummary]) -> None:
        self._summaries = list(summaries)

    def __len__(self) -> int:
        return len(self._summaries)

    @overload
    def __getitem__(self, place: int) -> DocumentSummary: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[DocumentSummary]: ...
    def __getitem__(self, place: int | slice) -> DocumentSummary | Sequence[DocumentSummary]:
        return self._summaries[place]

    @property
    def done(self) -> bytes:
        """See `DocumentSummaries`."""
        return bytes(one.progress.done for one in self._summaries)

    @property
    def flagged(self) -> bytes:
        """See `DocumentSummaries`."""
        return bytes(one.progress.flagged for one in self._summaries)

    @property
    def visited(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        return [milliseconds(one.progress.visited) for one in self._summaries]

    @property
    def marked_done(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        return [when_done(one.progress) for one in self._summaries]

    @property
    def seconds(self) -> Sequence[float]:
        """See `DocumentSummaries`."""
        return [one.progress.seconds for one in self._summaries]

    @property
    def paths(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        return [one.path for one in self._summaries]

    @property
    def names(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        return [one.name for one in self._summaries]

    def place_of(self, document: str) -> int | None:
        """See `DocumentSummaries`."""
        places = range(len(self))
        return next((place for place in places if self._summaries[place].document == document), None)

    def with_text(self, sha256: str) -> list[int]:
        """See `DocumentSummaries`."""
        return [place for place, one in enumerate(self._summaries) if text_of_id(one.document) == sha256]


def when_done(progress: Progress) -> int:
    """When a document was marked as done, or last edited if that is unknown, in milliseconds since
    1970; 0 if it is not done.
    """
    return milliseconds(progress.marked_done or progress.edited) if progress.done else 0
