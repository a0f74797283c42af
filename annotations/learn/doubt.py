"""How likely a suggestion is wrong, and why, in plain words. Pure Python: judging a screen needs no numpy."""

import math
from collections.abc import Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from annotations.learn.lesson import Signals, suggester_kind
from annotations.learn.memory import Memory, Rate
from annotations.learn.signals import SIGNALS, Signal
from annotations.model.document import Document
from annotations.model.span import Span

THRESHOLD_AT_FIRST = 0.15
"""A suggestion is doubtful if its likelihood of being wrong is above this, until enough was decided."""
THRESHOLD = 0.25
"""The same, once enough was decided."""
ENOUGH_DECISIONS = 150
"""How many single decisions are enough."""
LEAST_SHARE = 0.25
"""How much a signal must add, as log odds, to be a reason."""
LEAST_DECISIONS = 3
"""How many decisions are needed before a rate is stated."""
MOST_REASONS = 2
SPOT_CHECKS = 20
"""One in this many of the undoubted suggestions is shown for a check, to see how often they are wrong."""


class Weights(Struct, frozen=True):
    """What each signal adds to the log odds of being wrong, in the order of `SIGNALS`."""

    values: tuple[float, ...]
    typical: tuple[float, ...]
    """The average signals of undoubted suggestions: a signal is a reason only if it differs from these."""

    def wrong(self, signals: Signals) -> float:
        """How likely it is wrong, from 0 to 1."""
        odds = sum(weight * signal for weight, signal in zip(self.values, signals, strict=True))
        return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))

    def largest(self, signals: Signals) -> list[Signal]:
        """The signals that add to the doubt and may be shown to a person, the largest first."""
        shares = {
            name: weight * (signal - typical)
            for name, weight, signal, typical in zip(
                SIGNALS, self.values, signals, self.typical, strict=True
            )
        }
        more = zip(SIGNALS, signals, self.typical, strict=True)
        there = {name for name, signal, typical in more if signal > typical} | _REASONS_WHEN_LOW
        able = [name for name in there - _NEVER_REASONS if shares[name] > LEAST_SHARE]
        return sorted(able, key=lambda name: (-shares[name], SIGNALS.index(name)))


class FittedWeights(Struct, frozen=True):
    """Weights that follow from what a person decided, each in the order of its signals."""

    suggestions: tuple[float, ...]
    """What makes a suggestion wrong."""
    places: tuple[float, ...]
    """What makes a place without a suggestion a name."""


_NEVER_REASONS: frozenset[Signal] = frozenset(
    ["always", "length", "sources agree", "carried on", "said yes"]
)
"""Signals that are never named as a reason: they lower the doubt, or mean nothing to a person."""


_REASONS_WHEN_LOW: frozenset[Signal] = frozenset(["score", "label rate", "rate here"])
"""Signals that are a reason when they are low. For others (`found by rules only`) it is not."""


def threshold(decisions: int, later: float = THRESHOLD) -> float:
    """The likelihood above which a suggestion is doubtful, after this many single decisions."""
    return min(THRESHOLD_AT_FIRST, later) if decisions < ENOUGH_DECISIONS else later


def is_spot_check(document: str, span: Span) -> bool:
    """Whether to stop at a suggestion even if it is undoubted; the answer for it is always the same."""
    return crc32(f"{document}:{span.start}:{span.end}:{span.label}".encode()) % SPOT_CHECKS == 0


def reasons(names: Sequence[Signal], document: Document, span: Span, memory: Memory) -> list[str]:
    """The strongest reasons in plain words, each as part of a sentence; `unsure` if there is none to name.

    `names` begins with the strongest. A reason that cannot be put into words yet is skipped.
    """
    found = [words for name in names if (words := _reason(name, document, span, memory))]
    # Two signals may have the same words.
    return list(dict.fromkeys(found[:MOST_REASONS])) or ["unsure"]


_PLAIN: Mapping[Signal, str] = {
    "no score": "found by rules only",
    "beside": "unsure where it ends",
    "glued edge": "cut out of a longer word",
    "odd sign": "an odd sign inside",
    "run together": "words run together",
    "article": "the first word may not belong to it",
    "possessive": "’s may not belong to it",
    "no capital": "no capital",
}
"""The reasons that have the same words for every suggestion."""


def _reason(name: Signal, document: Document, span: Span, memory: Memory) -> str:
    text = document.text
    match name:
        case "score":
            return f"unsure ({span.score:.2f})" if span.score is not None else ""
        case "capital behind" | "of behind" | "hyphen behind":
            return f"“{_behind(text, span.end)}” may belong to it"
        case "said no":
            return _said_otherwise(text, span, memory)
        case "label rate":
            rate = memory.rate(span.label, suggester_kind(span))
            here = memory.rate_here(document.id, span.label)
            return _rate(span.label, rate, here=rate == here)
        case "rate here":
            return _rate(span.label, memory.rate_here(document.id, span.label), here=True)
        case _:
            return _PLAIN.get(name, "")


def _said_otherwise(text: str, span: Span, memory: Memory) -> str:
    words = text[span.start : span.end]
    label, times, against = memory.known_as(words)
    if label and label != span.label and times >= against:
        return f"you said {label} for these words{_times(times)}"
    return f"you rejected these words{_times(against)}" if against else ""


def _rate(label: str, rate: Rate, *, here: bool) -> str:
    # A label that was never wrong is doubted only because of the general rates of pipelines, which are
    # not a reason to show.
    is_reason = rate.all >= LEAST_DECISIONS and rate.right < rate.all
    said = f"{label} was right {rate.right} of {rate.all} times{' here' if here else ''}"
    return said if is_reason else ""


def _times(number: int) -> str:
    return {1: "", 2: " twice"}.get(number, f" {number} times")


def _behind(text: str, end: int) -> str:
    """The text after an offset, up to the end of the line, shortened to 16 characters."""
    line = text[end : end + 60].split("\n", 1)[0].strip()
    return line if len(line) <= 16 else line[:15].rstrip() + "…"
