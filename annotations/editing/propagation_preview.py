"""One decision for all mentions: the label of a span on every other mention of the same words.

First there is a proposal, which is shown and from which mentions can be left out; then the changes of one edit.
Offsets are code points, 0-based, end exclusive.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotations.editing import commands as edits
from annotations.model.edit import Change
from annotations.model.span import Span, SpanKey
from annotations.model.span_index import SpanIndex
from annotations.text import segmentation as words
from annotations.text.phrase import same_words
from annotations.text.text_range import Range

Reason = Literal["decided", "inside"]
"""Why a mention is not included: a person decided about it, or it is inside a longer name."""


class Preview(Struct, frozen=True):
    """The proposed change and its mentions."""

    of: SpanKey
    """The span it began from."""
    label: str
    """The proposed label of the mentions; when removing, the label to remove."""
    removing: bool = False
    any_case: bool = False
    """Whether upper and lower case are the same."""
    decided_too: bool = False
    """Whether mentions with a different decision of a person are included."""
    mentions: tuple[Range, ...] = ()
    """The mentions other than the one it began from, in reading order, without overlaps."""
    left_out: frozenset[Range] = frozenset()
    """The mentions that the person leaves out."""
    passed_over: tuple[Reason, ...] = ()
    """The reasons why mentions of the same words are not included, one for each."""

    @property
    def included(self) -> tuple[Range, ...]:
        """The mentions it would change now."""
        return tuple(mention for mention in self.mentions if mention not in self.left_out)

    def toggled(self, mention: Range) -> "Preview":
        """The same with a mention left out or included again."""
        return replace(self, left_out=self.left_out ^ {mention})

    def after(self, offset: int) -> Range | None:
        """The first mention that begins after an offset; after the last one, the first of all."""
        behind = (mention for mention in self.mentions if mention[0] > offset)
        return next(behind, self.mentions[0] if self.mentions else None)

    def before(self, offset: int) -> Range | None:
        """The last mention that begins before an offset; before the first one, the last of all."""
        ahead = (mention for mention in reversed(self.mentions) if mention[0] < offset)
        return next(ahead, self.mentions[-1] if self.mentions else None)


def preview(text: str, spans: SpanIndex, wanted: Preview, language: str = "") -> Preview:
    """The same with its mentions found; mentions that were left out stay left out.

    To label: whole words, not inside a longer name that is labelled or suggested, not across the edge
    of an accepted one, and not where a person decided. To remove: spans of that label on the same
    words, whatever is around them.
    """
    mentions: list[Range] = []
    passed_over: list[Reason] = []
    for start, end in _same(text, wanted, language):
        if wanted.removing:
            span = spans.get(SpanKey(start, end, wanted.label))
            reason = _keeps(span, wanted) if span is not None else None
            fits = span is not None and not span.rejected
        else:
            reason = _blocks_propagation(spans, start, end, wanted)
            fits = not _labelled(spans, start, end, wanted.label)
        if reason is not None:
            passed_over.append(reason)
        elif fits:
            mentions.append((start, end))
    return replace(
        wanted,
        mentions=tuple(mentions),
        left_out=wanted.left_out & set(mentions),
        passed_over=tuple(passed_over),
    )


def changes(spans: SpanIndex, proposed: Preview, annotator: str) -> tuple[Change, ...]:
    """The changes of the edit, including that of the span it began from."""
    found: list[Change] = []
    for start, end in (proposed.of[:2], *proposed.included):
        if proposed.removing:
            span = spans.get(SpanKey(start, end, proposed.label))
            found += edits.reject(span, annotator) if span is not None else ()
        else:
            found += _label(spans, start, end, proposed, annotator)
    return tuple(found)


def _same(text: str, wanted: Preview, language: str) -> Iterator[Range]:
    start, end, _ = wanted.of
    for match in same_words(text[start:end], any_case=wanted.any_case).finditer(text):
        found = match.span()
        if found[0] < end and start < found[1]:
            continue
        if wanted.removing or not any(words.inside_word(text, place, language) for place in found):
            yield found


def _keeps(span: Span, wanted: Preview) -> Reason | None:
    return "decided" if span.accepted and not wanted.decided_too else None


def _labelled(spans: SpanIndex, start: int, end: int, label: str) -> bool:
    span = spans.get(SpanKey(start, end, label))
    return span is not None and span.accepted


def _blocks_propagation(spans: SpanIndex, start: int, end: int, wanted: Preview) -> Reason | None:
    for span in spans.overlapping(start, end):
        if (span.start, span.end) == (start, end):
            otherwise = span.rejected or span.label != wanted.label
            if span.decided and otherwise and not wanted.decided_too:
                return "decided"
            continue
        if not span.rejected and span.contains(start, end):
            return "inside"
        nested = start <= span.start and span.end <= end
        if span.accepted and not nested:
            return "inside"
    return None


def _label(
    spans: SpanIndex, start: int, end: int, proposed: Preview, annotator: str
) -> tuple[Change, ...]:
    label = proposed.label
    same = spans.get(SpanKey(start, end, label))
    if same is not None:
        return edits.accept(same)
    here = [span for span in spans.same_extent(start, end) if not span.rejected]
    if start == proposed.of.start:
        here.sort(key=lambda span: span.key != proposed.of)
    if here:
        return edits.relabel(spans, here[0], label, annotator)
    return edits.label_range(spans, start, end, label, annotator)
