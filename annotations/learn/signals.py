"""Signals that a suggestion is wrong: numbers from the text, from the suggester and from what was decided.

Signals of the text and the suggester never change for a suggestion and are computed once; those of the
decisions (the last four) come after them, see `Memory.signals`. Offsets are code points, 0-based, end exclusive.
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
    "run together",
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
_IN_THE_TEXT = tuple(
    SIGNALS.index(name)
    for name in (
        *("glued edge", "capital behind", "of behind", "odd sign", "run together"),
        *("possessive", "no capital", "hyphen behind"),
    )
)
"""What in the text is a reason to doubt one suggestion, and says nothing about others under its label."""
OUTWEIGHED = 2.0
"""How much less a decision says about other suggestions for each such reason, see `_telling`."""
NO_NAMES = frozenset(
    ["DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"],
)
"""Labels (of OntoNotes) of words without capitals: capitals beside them do not have the usual meaning."""
SURE_SIGNS = tuple(SIGNALS.index(name) for name in ("glued edge", "odd sign"))
"""Signs of suggestions that are almost never right: 4 of 380 in the corpora of `first_weights`."""
_LONG_NAMES = frozenset(["ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "LOC", "PRODUCT"])
"""Labels of names that often continue after `of`."""
_SHORT_NAMES = frozenset(["PERSON", "GPE", "NORP"])
"""Labels of names that contain no digits, and are not written like `YouTube`."""
_ODD = (
    # The end of a line, quotation marks, and the characters of web addresses.
    r"[\n\r@#_|<>{}“”„«»\"*=]|https?:|www\.|//"
    # A bracket inside a word, or without the other one.
    r"|[\p{L}\p{N}][(\[]|[)\]][\p{L}\p{N}]|^[^(]*\)|\([^)]*$|^[^\[]*\]|\[[^\]]*$|^[^（]*）|（[^）]*$"
    # A sign at an edge, except those that a name may begin or end with: `.NET`, `’t`, `Inc.`, `Yahoo!`.
    r"|^(?![.'’(\[（])\p{P}|^['’](?!\p{L}{2}|\p{Ll}\b ?\p{Lu})|^['’]s\b|^\.(?![\p{N}\p{Lu}])"
    r"|[,;:?\-–—/…&]$|\p{Ll}{5}\.$"
)
_RUN_TOGETHER = (
    r"(?<!\b(?:Ma?c|De|De[ls]|Di|D[au]|L[aeo]|Van|Von|Fitz|Ni[cn]))(?<=\p{Ll})\p{Lu}"
    r"|\p{L}[,;:!?]\p{L}|\p{Ll}{3}\.\p{L}|\p{Ll}{3}\p{N}|\p{N}\p{Lu}\p{Ll}{2}"
)
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
"""Letters of scripts in which a name may follow another word, or have an ending, without a space."""
_GLUED_AFTER = r"(?!['’]s\b)(?:[\p{L}\p{N}/_@#]|[\-–][\p{Lu}\p{N}])"
_GLUED_BEFORE = r"[\p{L}\p{N}/_@#]$|[\p{Lu}\p{N}]\p{L}*[\-–]$"
_CAPITAL_AFTER = r"['’]?s?[ \-]\p{Lu}"
_OF_AFTER = r" (?:of|for|and) (?:the )?\p{Lu}"
_HYPHEN_AFTER, _HYPHEN_BEFORE = r"[\-–](?!\p{Ll}{3})", r"(?<!\p{Ll}{2})[\-–]$"
"""Hyphens and dashes next to a suggestion, except those as in `Lisbon-based` and `pro-Lisbon`."""
_ARTICLE = r"(?i)(?:the|a|an) "
_POSSESSIVE = r"['’]s?$"
_CAPITAL = r"[\p{Lu}\p{Lt}\p{Lo}]"
"""Letters of scripts that have no capitals count as well."""
_DIGIT = r"\d"
_BEFORE, _AFTER = 12, 16
"""How many code points beside a suggestion are read."""


def judged(document: str, text: str, span: Span, meaning: str) -> JudgedSuggestion:
    """What is needed to judge how doubtful a suggestion is, in the document with this id and text.

    `meaning` is the label of OntoNotes that its label stands for.
    """
    words = compared_words(text[span.start : span.end])
    fixed = fixed_signals(text, span, meaning)
    kind = suggester_kind(span)
    return JudgedSuggestion(document, words, span.label, meaning, kind, fixed, _telling(span, fixed))


def _telling(span: Span, fixed: Signals) -> int:
    """How much a decision about a suggestion says about others under its label, in percent.

    A person decides mostly about suggestions that there is a reason to doubt. If such a reason is in
    the text, or the suggester itself is unsure, others without it are less likely to be wrong.
    """
    reasons = sum(fixed[place] for place in _IN_THE_TEXT)
    return round(100 * (span.score if span.score is not None else 1.0) / (1 + OUTWEIGHED * reasons))


def fixed_signals(text: str, span: Span, meaning: str) -> Signals:
    """The signals of the text in and around a suggestion, and of its suggesters."""
    start, end = span.start, span.end
    words = text[start:end]
    before, following = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    name = meaning not in NO_NAMES
    run_together = name and bool(_compiled(_RUN_TOGETHER).search(words))
    odd = bool(_compiled(_ODD).search(words)) or (
        meaning in _SHORT_NAMES and (run_together or bool(_compiled(_DIGIT).search(words)))
    )
    beside = span.beside if span.beside is not None else 0.995
    return (
        1.0,
        logit(span.score) / 4 if span.score is not None else 0.0,
        float(span.score is None),
        -logit(min(beside, 0.995), 0.005) / 4,
        float(len({source for source in span.sources if source.kind != "person"}) > 1),
        float(
            (bool(_compiled(_GLUED_AFTER).match(following)) and not _unspaced(words[-1] + following[:1]))
            or (bool(_compiled(_GLUED_BEFORE).search(before)) and not _unspaced(before[-1:] + words[0]))
        ),
        float(name and bool(_compiled(_CAPITAL_AFTER).match(following))),
        float(meaning in _LONG_NAMES and bool(_compiled(_OF_AFTER).match(following))),
        float(odd if name else "\n" in words),
        float(run_together),
        float(bool(_compiled(_ARTICLE).match(words))),
        float(bool(_compiled(_POSSESSIVE).search(words))),
        float(name and not _compiled(_CAPITAL).search(words)),
        math.log(max(len(words.split()), 1)),
        float(
            bool(_compiled(_HYPHEN_AFTER).match(following))
            or bool(_compiled(_HYPHEN_BEFORE).search(before))
        ),
        float(suggester_kind(span) == "carried"),
    )


def _unspaced(letters: str) -> bool:
    return not letters.isascii() and bool(_compiled(_UNSPACED).search(letters))


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    # Imported with the first suggestion that is judged, so as not to delay the first text shown.
    return regex.compile(pattern)
