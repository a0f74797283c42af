"""Where the tokens of a pipeline begin and end: a span in its `doc.ents` can begin and end only there."""

from collections.abc import Iterable


class TokenEdges:
    """The edges of all tokens of a document, in code points."""

    def __init__(self) -> None:
        self._starts: set[int] = set()
        self._ends: set[int] = set()

    def add(self, tokens: Iterable[tuple[int, int]]) -> None:
        """Add tokens by their start and end."""
        for start, end in tokens:
            self._starts.add(start)
            self._ends.add(end)

    def cut_by(self, start: int, end: int) -> bool:
        """Whether a span of this extent begins or ends inside a token, or on white space."""
        return start not in self._starts or end not in self._ends
