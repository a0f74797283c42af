"""Suggestions that follow from one decision for the same words in the rest of the article.

A name that is labelled once is suggested wherever the article has the same words in the same case: as
whole words, and with four letters or more also inside joined words (`LopesMinister`). An acronym in
brackets after a name, made of the name's initials, is suggested too, everywhere, also when several
names are accepted at once. What is rejected once is not suggested again on the same words under the
same label: such suggestions are held back, and come back when the decision is undone. No suggestion
ever contradicts a decision. The suggestions become part of the edit of the decision, so that one undo
takes back everything. Offsets are code points, 0-based, end exclusive.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import regex
from msgspec.structs import replace

from annotations.editing import commands as edits
from annotations.editing.held_suggestions import Held, SpansAfter
from annotations.model.annotation_set import AnnotationSet
from annotations.model.edit import Change, Edit
from annotations.model.source import CARRIED
from annotations.model.span import Span, SpanKey
from annotations.text.phrase import same_words
from annotations.text.text_range import Range
from annotations.text.word_parts import may_be_edge

REACH = 500_000
"""How far the same words are searched on each side of a decision, in code points: a key must not be slow."""
MOST = 40
"""The greatest number of mentions that one decision is carried on to."""
WHOLE_ONLY = 3
"""Names of this number of letters or fewer are carried on to whole words only."""
_IN_BRACKETS = regex.compile(r"\s?\(\s?(\p{Lu}[\p{L}.&]{1,9})\s?\)")
_LETTERS = regex.compile(r"\p{L}+")


class CarryingOn:
    """Carries the decisions about one document on to the rest of it."""

    def __init__(self, text: str, annotations: AnnotationSet, language: Callable[[], str]) -> None:
        """`language` gives the code of the language whose words these are."""
        self._text = text
        self._language = language
        self._annotations = annotations
        self._rejected: Counter[tuple[str, str]] = Counter()
        """The rejected words, each with its label."""
        if annotations.spans.count(status="rejected"):
            self._rejected.update(self._pair(span) for span in annotations.spans if span.rejected)
        self._hidden: tuple[Span, ...] | None = None

    @property
    def hidden(self) -> tuple[Span, ...]:
        """The suggestions that are hidden because their words were rejected, in reading order."""
        if self._hidden is None:
            held, spans = self._annotations.held, self._annotations.spans
            free = (s for s in held if self._was_rejected(s) and edits.suggest(spans, [s]))
            self._hidden = tuple(free)
        return self._hidden

    def carried_on(self, edit: Edit) -> Edit:
        """The edit with the effects of its one decision elsewhere; it is not applied yet.

        For other suggestions that are accepted in the same edit, only the acronyms after them are suggested.
        """
        decided = _only_decision(edit)
        if edit.kind == "accept":
            edit = self._with_acronyms(edit)
        if decided is None:
            return edit
        after = SpansAfter(self._annotations.spans, edit.all_changes)
        held = Held(self._annotations.held, edit.held)
        before, now = decided.before, decided.after
        aside: list[Change] = []
        if now is not None and now.accepted:
            aside += _suggest_elsewhere(self._text, now, after, held, self._language())
        elif now is not None and now.rejected:
            aside += _hide_elsewhere(self._text, now, after, held)
        elif before is not None:
            aside += _forget_carried(self._text, before, after)
        # A label accepted on the same words replaces the carried-on suggestions elsewhere.
        gone = before is not None and (now is None or (now.start, now.end) != before.key[:2])
        if before is not None and gone and self._rejected_once(before):
            aside += _show_again(self._text, before, after, held)
        return replace(edit, aside=(*edit.aside, *aside), held=held.changes())

    def _with_acronyms(self, edit: Edit) -> Edit:
        after = SpansAfter(self._annotations.spans, edit.all_changes)
        held = Held(self._annotations.held, edit.held)
        aside: list[Change] = []
        for name in (change.after for change in edit.changes):
            if name is not None and name.accepted:
                acronyms = _acronyms(self._text, name, self._language())
                aside += _suggest_at(acronyms, name.label, after, held)
        return replace(edit, aside=(*edit.aside, *aside), held=held.changes())

    def arriving(self, suggestions: Iterable[Span]) -> tuple[list[Span], list[Span]]:
        """Suggestions to add, and those to hold back because the same words were rejected."""
        welcome: list[Span] = []
        hidden: list[Span] = []
        for span in suggestions:
            (hidden if self._was_rejected(span) else welcome).append(span)
        return welcome, hidden

    def follow(self, changes: Iterable[Change]) -> None:
        """Note that changes were applied."""
        self._hidden = None
        for change in changes:
            if change.before is not None and change.before.rejected:
                self._rejected[self._pair(change.before)] -= 1
            if change.after is not None and change.after.rejected:
                self._rejected[self._pair(change.after)] += 1

    def _rejected_once(self, span: Span) -> bool:
        return span.rejected and self._rejected[self._pair(span)] == 1

    def _was_rejected(self, span: Span) -> bool:
        return bool(self._rejected) and self._rejected[self._pair(span)] > 0

    def _pair(self, span: Span) -> tuple[str, str]:
        return (" ".join(self._text[span.start : span.end].split()), span.label)


def _only_decision(edit: Edit) -> Change | None:
    """The person's decision about one span that they looked at, if there is exactly one."""
    decisions = edit.single_decisions
    # A span that was replaced comes before the one that replaced it.
    ends = [change for change in decisions if change.after is not None] or decisions
    return ends[0] if len(ends) == 1 else None


def _suggest_elsewhere(
    text: str, name: Span, after: SpansAfter, held: Held, language: str
) -> Iterator[Change]:
    found = [*_acronyms(text, name, language), *_mentions(text, name, language)]
    return _suggest_at(found[:MOST], name.label, after, held)


def _suggest_at(found: Iterable[Range], label: str, after: SpansAfter, held: Held) -> Iterator[Change]:
    """The changes that suggest a label in these places, except where that contradicts a decision."""
    for start, end in found:
        there = after.overlapping(start, end)
        if any(_blocks_propagation(span, start, end, label) for span in there):
            continue
        if any((span.start, span.end, span.label) == (start, end, label) for span in there):
            continue
        for span in there:
            if not span.decided:
                yield Change(span, None)
                held.add(span)
        key = SpanKey(start, end, label)
        was = held.get(key)
        held.drop(key)
        said = (*was.sources, CARRIED) if was is not None else (CARRIED,)
        yield Change(None, replace(was or Span(*key), sources=tuple(dict.fromkeys(said))))


def _blocks_propagation(span: Span, start: int, end: int, label: str) -> bool:
    """Whether this span prevents a suggestion there."""
    if span.decided:
        # A person decided about the place, or about exactly this suggestion.
        return span.accepted or span.key == SpanKey(start, end, label)
    if span.key == SpanKey(start, end, label):
        return False
    inside = start <= span.start and span.end <= end
    return not inside or bool(span.comment) or span.flagged


def _is_plain(span: Span) -> bool:
    """Whether no person has stated anything about this span."""
    return not (span.decided or span.comment or span.flagged)


def _hide_elsewhere(text: str, rejected: Span, after: SpansAfter, held: Held) -> Iterator[Change]:
    for start, end in _mentions(text, rejected, anywhere=True):
        for span in after.overlapping(start, end):
            if _is_plain(span) and span.key == SpanKey(start, end, rejected.label):
                yield Change(span, None)
                held.add(span)


def _show_again(text: str, was: Span, after: SpansAfter, held: Held) -> Iterator[Change]:
    """Suggestions that were held back only because these words had been rejected."""
    for start, end in _mentions(text, was, anywhere=True):
        key = SpanKey(start, end, was.label)
        span = held.get(key)
        there = after.overlapping(start, end)
        if span is not None and not any(other.decided or other.key == key for other in there):
            held.drop(key)
            yield Change(None, span)


def _forget_carried(text: str, removed: Span, after: SpansAfter) -> Iterator[Change]:
    """The name was removed again. Suggestions that came only from it are removed too, unless a person
    touched them.
    """
    for start, end in _mentions(text, removed, anywhere=True):
        for span in after.overlapping(start, end):
            carried = span.sources == (CARRIED,) and _is_plain(span)
            if carried and span.key == SpanKey(start, end, removed.label):
                yield Change(span, None)


def _mentions(text: str, of: Span, language: str = "", *, anywhere: bool = False) -> Iterator[Range]:
    """The same words elsewhere, first after the span, then before it; at most `MOST`.

    Only where a name may be, or with `anywhere` also inside longer words.
    """
    words = text[of.start : of.end]
    pattern = same_words(words, any_case=False)
    glued = holds_in_glued_words(words)
    number = 0
    parts = (
        pattern.finditer(text, of.end, of.end + REACH),
        pattern.finditer(text, max(0, of.start - REACH), of.start),
    )
    for matches in parts:
        for match in matches:
            start, end = match.span()
            edges = all(
                may_be_edge(text, place, glued=glued, language=language) for place in (start, end)
            )
            if anywhere or edges:
                yield start, end
                number += 1
                if number == MOST:
                    return


def holds_in_glued_words(words: str) -> bool:
    """Whether a name is long enough to be searched inside joined words."""
    return len("".join(_LETTERS.findall(words))) > WHOLE_ONLY


def _acronyms(text: str, name: Span, language: str) -> Iterator[Range]:
    """The acronym in brackets after a name, and its other mentions."""
    for start, end in _acronym(text, name):
        yield start, end
        yield from _mentions(text, Span(start, end, name.label), language)


def _acronym(text: str, name: Span) -> Iterator[Range]:
    """The acronym in brackets after a name of several words, if its letters are the initials."""
    match = _IN_BRACKETS.match(text, name.end)
    if match is None:
        return
    initials = "".join(word[0] for word in _LETTERS.findall(text[name.start : name.end])).casefold()
    letters = "".join(_LETTERS.findall(match[1])).casefold()
    # Small words (of, the) may give a letter or not.
    rest = iter(initials)
    if len(letters) > 1 and letters[-1] == initials[-1] and all(letter in rest for letter in letters):
        yield match.span(1)
