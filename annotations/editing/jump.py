"""Going to what a person reads the letters of: one or two of them for each suggestion, or each word, in sight.

Pure: a range of the text goes in, letters come out, and from the letters that are typed follows where to go.
Offsets are code points, 0-based, end exclusive.
"""

from string import ascii_lowercase
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotations.editing.outcome import Outcome
from annotations.editing.selection import Selection
from annotations.model.span import SpanKey
from annotations.model.span_index import SpanIndex
from annotations.text import segmentation
from annotations.text.text_range import Range

JumpKind = Literal["suggestions", "words"]


class JumpTarget(Struct, frozen=True):
    """Somewhere to go: a suggestion, or a word."""

    start: int
    letters: str
    """What is still to be typed to go there."""
    span: SpanKey | None = None
    """The suggestion, if it is one."""


class Jump(Struct, frozen=True):
    """What can be gone to by the letters that are typed next."""

    kind: JumpKind
    targets: tuple[JumpTarget, ...]
    """In reading order; no letters of one begin with all the letters of another."""

    def after(self, letter: str) -> "Jump | JumpTarget | None":
        """What a letter leads to: a target, those that are left, or nothing."""
        left = [target for target in self.targets if target.letters[:1] == letter]
        if left and left[0].letters == letter:
            return left[0]
        shorter = tuple(replace(target, letters=target.letters[1:]) for target in left)
        return Jump(self.kind, shorter) if shorter else None


def jump_letters(number: int, alphabet: str = ascii_lowercase) -> list[str]:
    """Letters for that number of targets: one each, and for the last ones more where there are too few.

    None begins with all the letters of another, so each is known as soon as it is typed.
    """
    shorter, longer = list(alphabet), list[str]()
    while len(shorter) + len(longer) < number:
        if not shorter:
            shorter, longer = longer, []
        first = shorter.pop()
        longer = [*(first + letter for letter in alphabet), *longer]
    return [*shorter, *longer][:number]


def jump_to_suggestions(spans: SpanIndex, start: int, end: int) -> Jump:
    """A target for each undecided suggestion that begins in a range of the text."""
    there = [s for s in spans.overlapping(start, end) if not s.decided and s.start >= start]
    letters = jump_letters(len(there))
    targets = [
        JumpTarget(span.start, typed, span.key) for span, typed in zip(there, letters, strict=True)
    ]
    return Jump("suggestions", tuple(targets))


def jump_to_words(text: str, spans: SpanIndex, start: int, end: int, language: str = "") -> Jump:
    """A target for each word that begins in a range of the text.

    Where not all can have one letter, those have it that are most likely gone to: words with a capital that are in
    no span, which may be names that were missed.
    """
    words = list(segmentation.words(text, start, end, language))

    def is_in_span(word: Range) -> bool:
        return any(not span.rejected for span in spans.overlapping(*word))

    likely = [
        word
        for word in words
        if text[slice(*word)] != text[slice(*word)].lower() and not is_in_span(word)
    ]
    wanted = [*likely, *sorted({*words} - {*likely})]
    targets = [
        JumpTarget(word[0], typed) for word, typed in zip(wanted, jump_letters(len(words)), strict=True)
    ]
    return Jump("words", tuple(sorted(targets, key=lambda target: target.start)))


def go_to(target: JumpTarget, selection: Selection) -> Outcome:
    """Select the suggestion, if there still is one; else put the cursor where it is."""
    if target.span is None:
        return selection.place(target.start)
    selection.select_span(target.span)
    selection.refresh()
    return Outcome()
