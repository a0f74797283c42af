"""In which order the members of a corpus come. The same seed gives the same order on every machine.

With `doubt`, a fifth of the corpus is drawn at random beforehand, by the seed alone: what the scores are
has no influence on it, so that it is an unbiased sample to test with. Every fifth document that a person
comes to is one of these, in the order they were drawn in, however often the others change their order.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import assert_never

from annotations.corpus.member import Member, looked_at
from annotations.corpus.order_names import Order
from annotations.model.document_summary import Progress

DRAWN_EVERY = 5
"""With `doubt`, each fifth document is one that was drawn at random."""


def ordered(
    order: Order,
    members: Sequence[Member],
    seed: int = 1,
    progress: Mapping[int, Progress] | None = None,
    passed: Sequence[int] = (),
) -> list[int]:
    """The numbers of the members, in the order they were listed in, in the order they are to come in.

    `progress` says of members by number how far they are, how low their scores and how many of their
    suggestions are disputed; who is not in it goes behind those that are. `passed` are those that the
    person has come to already, the last one is on the screen: with `doubt` they come first.
    """
    everything = range(len(members))
    match order:
        case "file":
            return list(everything)
        case "random":
            return drawing_order(members, seed)
        case "shortest":
            sizes = [looked_at(member).size or 0 for member in members]
            return sorted(everything, key=lambda number: (sizes[number], number))
        case "doubt":
            return _doubtful_first(members, seed, progress or {}, passed)
        case "disputed":
            far = progress or {}
            return sorted(everything, key=lambda number: (-_disputed(far.get(number)), number))
    assert_never(order)


def drawing_order(members: Sequence[Member], seed: int) -> list[int]:
    """The numbers of all members in an order by chance, which depends on the seed and their keys alone.

    A member that comes or goes leaves the others in their order.
    """
    return sorted(range(len(members)), key=lambda number: (_lot(members[number].key, seed), number))


def drawn_at_random(members: Sequence[Member], seed: int) -> frozenset[int]:
    """The numbers of the members that are the random sample of a corpus in the order `doubt`."""
    return frozenset(drawing_order(members, seed)[: len(members) // DRAWN_EVERY])


def rearranged(sequence: Sequence[int], kept: int, better: Sequence[int]) -> list[int]:
    """A new order for what is not at hand yet: the first `kept` stay, the others come as in `better`."""
    head = sequence[:kept]
    there = set(head)
    return [*head, *(number for number in better if number not in there)]


def _doubtful_first(
    members: Sequence[Member], seed: int, progress: Mapping[int, Progress], passed: Sequence[int]
) -> list[int]:
    """What is done or passed, then the lowest scores with a random document after each four, then the rest so."""
    done = [number for number in range(len(members)) if _is_done(progress.get(number))]
    behind = set(done)
    passed = [number for number in passed if number not in behind]
    behind.update(passed)
    sample = drawing_order(members, seed)[: len(members) // DRAWN_EVERY]
    drawn = [number for number in sample if number not in behind]
    in_sample = set(sample)
    others = sorted(
        (number for number in range(len(members)) if number not in behind and number not in in_sample),
        key=lambda number: (_lowest_score(progress.get(number)), number),
    )
    # The one on the screen comes next to being done; those left undone before count for nothing.
    seen = [*sorted(done, key=lambda number: progress[number].marked_done), *passed[-1:]]
    return [*done, *passed, *_mixed(others, drawn, _since_drawn(seen, in_sample))]


def _since_drawn(seen: Sequence[int], sample: Collection[int]) -> int:
    """How many documents came since the last one of the sample, as far as they count: four at most."""
    latest = seen[:-DRAWN_EVERY:-1]
    return next((since for since, number in enumerate(latest) if number in sample), len(latest))


def _mixed(others: Collection[int], drawn: Collection[int], since: int) -> list[int]:
    """Four of the others, one that was drawn, and so on; what is left of either comes last.

    `since` of the first four have come already.
    """
    found: list[int] = []
    first, second = iter(others), iter(drawn)
    found += islice(first, DRAWN_EVERY - 1 - since)
    found += islice(second, 1)
    while len(found) < len(others) + len(drawn):
        found += islice(first, DRAWN_EVERY - 1)
        found += islice(second, 1)
    return found


def _is_done(progress: Progress | None) -> bool:
    return progress is not None and progress.done


def _lowest_score(progress: Progress | None) -> float:
    score = progress.lowest_score if progress is not None else None
    return float("inf") if score is None else score


def _disputed(progress: Progress | None) -> int:
    return progress.disputed if progress is not None else 0


def _lot(key: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest()
