"""The summaries of documents with the labels of a project: suggestions that are not shown are not counted."""

from collections.abc import Sequence
from typing import overload

from msgspec.structs import replace

from annotations.model.document_summary import DocumentSummaries, DocumentSummary
from annotations.model.label_scheme import LabelScheme


def shown_summaries(summaries: DocumentSummaries, scheme: LabelScheme) -> DocumentSummaries:
    """The same summaries, but if the project has its own labels, only with the spans that a person sees."""
    return ShownSummaries(summaries, scheme) if scheme.own else summaries


class ShownSummaries(DocumentSummaries):
    """Summaries without the spans for which the project has no label. Each is made when it is needed."""

    def __init__(self, summaries: DocumentSummaries, scheme: LabelScheme) -> None:
        self._summaries = summaries
        self._scheme = scheme

    def __len__(self) -> int:
        return len(self._summaries)

    @overload
    def __getitem__(self, place: int) -> DocumentSummary: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[DocumentSummary]: ...
    def __getitem__(self, place: int | slice) -> DocumentSummary | Sequence[DocumentSummary]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        summary = self._summaries[place]
        return replace(summary, progress=summary.progress.under(self._scheme))

    @property
    def done(self) -> bytes:
        """See `DocumentSummaries`."""
        return self._summaries.done

    @property
    def flagged(self) -> bytes:
        """See `DocumentSummaries`."""
        return self._summaries.flagged

    @property
    def visited(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        return self._summaries.visited

    @property
    def marked_done(self) -> Sequence[int]:
        """See `DocumentSummaries`."""
        return self._summaries.marked_done

    @property
    def seconds(self) -> Sequence[float]:
        """See `DocumentSummaries`."""
        return self._summaries.seconds

    @property
    def paths(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        return self._summaries.paths

    @property
    def names(self) -> Sequence[str]:
        """See `DocumentSummaries`."""
        return self._summaries.names

    def last_at(self, path: str) -> int | None:
        """See `DocumentSummaries`."""
        return self._summaries.last_at(path)

    def place_of(self, document: str) -> int | None:
        """See `DocumentSummaries`."""
        return self._summaries.place_of(document)

    def with_text(self, sha256: str) -> list[int]:
        """See `DocumentSummaries`."""
        return self._summaries.with_text(sha256)
