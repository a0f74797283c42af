"""The order of the members of a corpus. The same seed gives the same order on every machine.

With `doubt`, a fifth of the corpus is drawn at random in advance. Only the seed decides which: doubt
has no influence, so it is an unbiased sample for tests. Every fifth document that a person reaches is
one of these, in the order in which they were drawn, however often the order of the others changes.
"""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from typing import assert_never

from annotations.corpus.member import Member, looked_at
from annotations.corpus.order_names import Order
from annotations.model.document_summary import Progress

DRAWN_EVERY = 5
"""With `doubt`, each fifth document is one that was drawn at random."""


class Ordering:
    """One order of the members of a corpus, kept up to date with their progress.

    Everything that depends only on the members and the seed is computed once. If the progress of a
    member changes, only that member is moved.
    """

    def __init__(self, order: Order, members: Sequence[Member], seed: int = 1) -> None:
        self._order = order
        self._members = members
        self._seed = seed
        self._done: dict[int, str] = {}
        """The members that are done, and when they were marked as done."""
        self._ranks: dict[int, _Rank] = {}
        """The sort keys of the members, with `doubt` and `disputed`."""
        self._ranked: list[_Rank] = []
        """The sort keys in order; with `doubt` without those of the drawn members."""
        self.begun = order not in ("doubt", "disputed")
        """Whether the members' progress is completely known."""

    def among(self, members: Sequence[Member]) -> "Ordering":
        """The same order for other members."""
        return Ordering(self._order, members, self._seed)

    @cached_property
    def drawn(self) -> frozenset[int]:
        """The numbers of the members in the random sample of the corpus; empty for all orders except `doubt`."""
        return frozenset(self._sample)

    def begin(self, progress: Mapping[int, Progress | None]) -> None:
        """Set the progress of all members, by number. Members that are missing or `None` come after the others."""
        self.begun = True
        for number in range(len(self._members)):
            self._rank(number, progress.get(number))
        drawn = self.drawn
        self._ranked = sorted(rank for number, rank in self._ranks.items() if number not in drawn)

    def note(self, number: int, progress: Progress | None) -> None:
        """Note the present progress of a member."""
        if not self.begun or self._order not in ("doubt", "disputed"):
            return
        before = self._ranks[number]
        after = self._rank(number, progress)
        if before != after and number not in self.drawn:
            del self._ranked[bisect_left(self._ranked, before)]
            insort(self._ranked, after)

    def sequence(self, passed: Sequence[int] = ()) -> Sequence[int]:
        """The members in this order; each is given by its number in the order of listing.

        `passed` are those that the person has already reached; the last one is on the screen. With
        `doubt` they come first, after the done ones.
        """
        everything = range(len(self._members))
        match self._order:
            case "file":
                return everything
            case "random":
                return drawing_order(self._members, self._seed)
            case "shortest":
                sizes = [looked_at(member).size or 0 for member in self._members]
                return sorted(everything, key=lambda number: (sizes[number], number))
            case "doubt":
                return self._doubtful_first(passed)
            case "disputed":
                return [number for _, number in self._ranked]
        assert_never(self._order)

    @cached_property
    def _sample(self) -> list[int]:
        """The drawn members, in the order of drawing."""
        if self._order != "doubt":
            return []
        return drawing_order(self._members, self._seed)[: len(self._members) // DRAWN_EVERY]

    def _rank(self, number: int, progress: Progress | None) -> "_Rank":
        """Remember the progress of a member, and return its sort key."""
        if progress is not None and progress.done:
            self._done[number] = progress.marked_done
        else:
            self._done.pop(number, None)
        by = _doubt(progress) if self._order == "doubt" else -_disputed(progress)
        rank = self._ranks[number] = (by, number)
        return rank

    def _doubtful_first(self, passed: Sequence[int]) -> list[int]:
        """The done and the passed members, then the others from the most doubtful to the least, with a
        drawn one after each four.
        """
        passed = [number for number in passed if number not in self._done]
        later = {*self._done, *passed}
        drawn = [number for number in self._sample if number not in later]
        others = [number for _, number in self._ranked if number not in later]
        # The member on the screen counts as if it were done; earlier ones that are not done do not count.
        marked = self._done
        latest = nlargest(DRAWN_EVERY, marked, key=lambda number: (marked[number], number))
        since = _since_drawn([*passed[-1:], *latest], self.drawn)
        return [*sorted(marked), *passed, *_mixed(others, drawn, since)]


_Rank = tuple[int, int]
"""The sort key of a member, and its number."""


def drawing_order(members: Sequence[Member], seed: int) -> list[int]:
    """The numbers of all members in a random order, which depends only on the seed and their keys.

    Adding or removing a member does not change the order of the others.
    """
    return sorted(
        range(len(members)), key=lambda number: (_random_key(members[number].key, seed), number)
    )


def rearranged(sequence: Sequence[int], kept: int, better: Sequence[int]) -> list[int]:
    """A new order for the members not opened yet: the first `kept` stay, the others follow in the order
    of `better`.
    """
    head = sequence[:kept]
    there = set(head)
    return [*head, *(number for number in better if number not in there)]


def _since_drawn(latest: Sequence[int], sample: Collection[int]) -> int:
    """How many documents came after the last one of the sample, four at most; `latest` has the latest one first."""
    latest = latest[: DRAWN_EVERY - 1]
    return next((since for since, number in enumerate(latest) if number in sample), len(latest))


def _mixed(others: Sequence[int], drawn: Sequence[int], since: int) -> list[int]:
    """Four of the others, then one that was drawn, and so on; what is left of one of them comes last.

    Of the first four, `since` came already.
    """
    between = DRAWN_EVERY - 1
    first = between - since
    if not drawn or len(others) < first:
        return [*others, *drawn]
    rest, more = others[first:], drawn[1:]
    whole = min(len(rest) // between, len(more))
    mixed = [0] * (whole * DRAWN_EVERY)
    for step in range(between):
        mixed[step::DRAWN_EVERY] = rest[step : whole * between : between]
    mixed[between::DRAWN_EVERY] = more[:whole]
    return [*others[:first], drawn[0], *mixed, *rest[whole * between :], *more[whole:]]


def _doubt(progress: Progress | None) -> int:
    """The sort key: the most doubtful come first; those without undecided or without any suggestions come last."""
    return 1 if progress is None or not progress.undecided else -progress.doubtful


def _disputed(progress: Progress | None) -> int:
    return progress.disputed if progress is not None else 0


def _random_key(key: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest()
