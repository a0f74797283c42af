"""Words that are suggested in one place of an article but not in another: they are suggested there too.

A pipeline often finds a name in one sentence and misses it in the next. Only names count, with the label
that is suggested most often for the same words, in the same case, as whole words or, with four letters or more,
inside joined words. Nothing is suggested where there is a span. Offsets are code points, 0-based, end
exclusive.
"""

from collections import Counter, defaultdict

import regex

from annotations.editing.carry_on import holds_in_glued_words
from annotations.editing.document_session import DocumentSession
from annotations.editing.outcome import Outcome
from annotations.learn.lesson import meaning_of
from annotations.learn.signals import NO_NAMES
from annotations.model.label_scheme import LabelScheme
from annotations.model.source import REPEATED
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from annotations.text.word_parts import may_be_edge

REACH = 500_000
"""The greatest number of code points that are examined, so that no key is delayed."""
LEAST_LETTERS = 2


def suggest_same_words(session: DocumentSession) -> Outcome:
    """Suggest such words in a document that is not done, as one edit. Call it when no more suggestions come."""
    if session.annotations.facts.done:
        return Outcome()
    found = same_words_elsewhere(
        session.text, session.annotations.spans, session.scheme, session.dating.language
    )
    return session.suggest(REPEATED, found, None) if found else Outcome()


def same_words_elsewhere(
    text: str, spans: SpanIndex, scheme: LabelScheme, language: str = ""
) -> list[Span]:
    """The suggestions that follow from the undecided ones, in reading order."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        words = text[span.start : span.end]
        if not span.decided and _may_be_name(span, words, scheme):
            labels[words][span.label] += 1
    if not labels:
        return []
    pattern = regex.compile(r"\L<names>", names=list(labels))
    found = []
    for match in pattern.finditer(text, 0, min(len(text), REACH)):
        glued = holds_in_glued_words(match[0])
        edges = all(may_be_edge(text, place, glued=glued, language=language) for place in match.span())
        if edges and not spans.overlapping(*match.span()):
            # Of two equally frequent labels, always choose the same one.
            label = max(sorted(labels[match[0]]), key=lambda name: labels[match[0]][name])
            found.append(Span(*match.span(), label, sources=(REPEATED,)))
    return found


def _may_be_name(span: Span, words: str, scheme: LabelScheme) -> bool:
    return (
        meaning_of(scheme, span.label) not in NO_NAMES
        and REPEATED not in span.sources
        and any(letter.isupper() for letter in words)
        and sum(letter.isalpha() for letter in words) >= LEAST_LETTERS
    )
