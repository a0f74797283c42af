"""Ranges of the text that are marked for a while: matches of a search, mentions about to be changed."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from annotations.editing.jump import Jump
from annotations.editing.propagation_preview import Preview
from annotations.text.search import Search

MarkKind = Literal["found", "to change", "left out", "letters", "place"]


class Mark(NamedTuple):
    """A marked range, in code points, end exclusive. The kind `place` is for places where a name may be."""

    start: int
    end: int
    kind: MarkKind
    label: str = ""
    sign: str = ""
    """What the row of label names shows, if anything; for `letters`, the letters that cover the text."""


class Marks(Protocol):
    """What is marked in a text."""

    def overlapping(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that share a code point with a range, in reading order, without overlaps."""
        ...


class NoMarks(Struct, frozen=True):
    """Nothing is marked."""

    def overlapping(self, start: int, end: int) -> Sequence[Mark]:
        """No marks."""
        return ()


class Matches(Struct, frozen=True):
    """The matches of a search."""

    search: Search

    def overlapping(self, start: int, end: int) -> Sequence[Mark]:
        """The matches in a range."""
        return [Mark(*match, "found") for match in self.search.overlapping(start, end)]


class Mentions(Struct, frozen=True):
    """The mentions that a propagation is about to change, and those left out of it."""

    preview: Preview

    def overlapping(self, start: int, end: int) -> Sequence[Mark]:
        """The mentions in a range."""
        mentions = self.preview.mentions
        first = bisect_left(mentions, (start, start))
        if first and mentions[first - 1][1] > start:
            first -= 1
        last = bisect_left(mentions, (end, end))
        return [self._mark(mention) for mention in mentions[first:last]]

    def _mark(self, mention: tuple[int, int]) -> Mark:
        label = self.preview.label
        if mention in self.preview.left_out:
            return Mark(*mention, "left out", label, "=")
        return Mark(*mention, "to change", label, ("×" if self.preview.removing else "+") + label)


class JumpLetters(Struct, frozen=True):
    """The letters to jump to suggestions or words, drawn over the first cells of these."""

    jump: Jump

    def overlapping(self, start: int, end: int) -> Sequence[Mark]:
        """The letters for the suggestions or words that begin in a range."""
        return [
            Mark(
                target.start,
                target.start + 1,
                "letters",
                target.span.label if target.span is not None else "",
                target.letters,
            )
            for target in self.jump.targets
            if start <= target.start < end
        ]
