"""Signals that a suggestion is wrong: numbers from the text, from the suggester and from what was decided.

Those of the text and the suggester never change for a suggestion and are worked out once; those of the
decisions (the last four) come behind them, see `Memory.signals`. Offsets are code points, 0-based, end exclusive.
"""

import math
from functools import cache
from typing import Literal, get_args

import regex

from annotations.learn.lesson import JudgedSuggestion, Signals, compared_words, suggester_kind
from annotations.learn.memory import logit
from annotations.model.span import Span

Signal = Literal[
    "always",
    "score",
    "no score",
    "beside",
    "sources agree",
    "glued edge",
    "capital behind",
    "of behind",
    "odd sign",
    "article",
    "possessive",
    "no capital",
    "length",
    "hyphen behind",
    "carried on",
    "said yes",
    "said no",
    "label rate",
    "rate here",
]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
NO_NAMES = frozenset(
    ["DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"],
)
"""Labels (of OntoNotes) of what has no capital: what capitals beside it mean does not hold for these."""
_LONG_NAMES = frozenset(["ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "LOC", "PRODUCT"])
"""Labels of names that often go on behind `of`."""
_SHORT_NAMES = frozenset(["PERSON", "GPE", "NORP"])
"""Labels of names that hold no digits."""
_ODD = r"[\n\r@#_|<>\[\]{}()“”\"*=]|https?:|[.,;:!?]$|^\p{P}"
_GLUED_BEHIND = r"(?!['’]s\b)(?:[\p{L}\p{N}/_@#]|[\-–][\p{Lu}\p{N}])"
_GLUED_BEFORE = r"[\p{L}\p{N}/_@#]$|[\p{Lu}\p{N}]\p{L}*[\-–]$"
_CAPITAL_BEHIND = r"['’]?s?[ \-]\p{Lu}"
_OF_BEHIND = r" (?:of|for|and) (?:the )?\p{Lu}"
_ARTICLE = r"(?i)(?:the|a|an) "
_POSSESSIVE = r"['’]s?$"
_CAPITAL = r"\p{Lu}"
_DIGIT = r"\d"
_BEFORE, _BEHIND = 12, 16
"""How many code points beside a suggestion are looked at."""


def judged(document: str, text: str, span: Span, meaning: str) -> JudgedSuggestion:
    """What tells whether to doubt a suggestion in the document with this id and text.

    `meaning` is the label of OntoNotes that its label stands for.
    """
    words = compared_words(text[span.start : span.end])
    fixed = fixed_signals(text, span, meaning)
    return JudgedSuggestion(document, words, span.label, meaning, suggester_kind(span), fixed)


def fixed_signals(text: str, span: Span, meaning: str) -> Signals:
    """The signals of the text around a suggestion and of who suggests it."""
    start, end = span.start, span.end
    words = text[start:end]
    before, behind = text[max(0, start - _BEFORE) : start], text[end : end + _BEHIND]
    name = meaning not in NO_NAMES
    odd = bool(_compiled(_ODD).search(words)) + (
        meaning in _SHORT_NAMES and bool(_compiled(_DIGIT).search(words))
    )
    beside = span.beside if span.beside is not None else 0.995
    return (
        1.0,
        logit(span.score) / 4 if span.score is not None else 0.0,
        float(span.score is None),
        -logit(min(beside, 0.995), 0.005) / 4,
        float(len({source for source in span.sources if source.kind != "person"}) > 1),
        float(
            bool(_compiled(_GLUED_BEHIND).match(behind)) or bool(_compiled(_GLUED_BEFORE).search(before))
        ),
        float(name and bool(_compiled(_CAPITAL_BEHIND).match(behind))),
        float(meaning in _LONG_NAMES and bool(_compiled(_OF_BEHIND).match(behind))),
        float(odd if name else "\n" in words),
        float(bool(_compiled(_ARTICLE).match(words))),
        float(bool(_compiled(_POSSESSIVE).search(words))),
        float(name and not _compiled(_CAPITAL).search(words)),
        math.log(max(len(words.split()), 1)),
        float(behind[:1] in ("-", "–") or before[-1:] in ("-", "–")),
        float(suggester_kind(span) == "carried"),
    )


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    # With the first suggestion that is judged, not before the first text is shown.
    return regex.compile(pattern)
