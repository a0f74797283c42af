"""The work of one annotator, in columns: facts that are needed for all documents at once."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from annotations.model.document_summary import Progress, milliseconds, when_done

BYTES = 25
"""Bytes of `WorkColumns` for each document."""


class WorkColumns(NamedTuple):
    """The facts that are needed for all documents of one annotator at once, in the order of the documents."""

    visited: "array[int]"
    """When the person was last in each document, in milliseconds since 1970; 0 if never."""
    marked_done: "array[int]"
    """When each was marked as done, in milliseconds since 1970; 0 if that is not known."""
    seconds: "array[float]"
    """The seconds of work in each."""
    flagged: bytes
    """1 if the whole document or one of its spans has a flag, otherwise 0."""

    @classmethod
    def of(cls, work: "Sequence[Progress | None]") -> "WorkColumns":
        """The columns for the progress in these documents, in their order."""
        known = [Progress() if one is None else one for one in work]
        return cls(
            array("Q", [milliseconds(one.visited) for one in known]),
            array("Q", map(when_done, known)),
            array("d", [one.seconds for one in known]),
            bytes(one.flagged for one in known),
        )

    @classmethod
    def read(cls, data: bytes, count: int) -> "WorkColumns":
        """The columns of this number of documents, decoded from their written form."""
        return cls(
            array("Q", data[: count * 8]),
            array("Q", data[count * 8 : count * 16]),
            array("d", data[count * 16 : count * 24]),
            data[count * 24 :],
        )

    def written(self) -> bytes:
        """The bytes to write: 25 for each document."""
        return b"".join(
            (self.visited.tobytes(), self.marked_done.tobytes(), self.seconds.tobytes(), self.flagged)
        )


class Work(NamedTuple):
    """The work of one annotator, as positions in the order of row ids."""

    documents: "array[int]"
    annotations: "array[int]"
    done: bytes
    """1 for each of them that is done, otherwise 0."""
    columns: WorkColumns

    def row_of(self, document: int) -> int | None:
        """The position of the annotations of a document, by its position."""
        place = bisect_left(self.documents, document)
        if place < len(self.documents) and self.documents[place] == document:
            return self.annotations[place]
        return None


NO_WORK = Work(array("I"), array("I"), b"", WorkColumns.of(()))
