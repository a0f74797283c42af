"""Going to a place by typing its letters: one or two letters for each suggestion, or each word, on the screen.

Pure functions: they give letters for a range of the text, and find the place for the letters that are typed.
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
    """A place to go to: a suggestion or a word."""

    start: int
    letters: str
    """The letters that must still be typed to go there."""
    span: SpanKey | None = None
    """The suggestion, if it is one."""


class Jump(Struct, frozen=True):
    """The targets that the next typed letters can lead to."""

    kind: JumpKind
    targets: tuple[JumpTarget, ...]
    """In reading order; the letters of one target never begin with all the letters of another."""

    def after(self, letter: str) -> "Jump | JumpTarget | None":
        """The result of a letter: a target, the remaining targets, or nothing."""
        left = [target for target in self.targets if target.letters[:1] == letter]
        if left and left[0].letters == letter:
            return left[0]
        shorter = tuple(replace(target, letters=target.letters[1:]) for target in left)
        return Jump(self.kind, shorter) if shorter else None


def jump_letters(number: int, alphabet: str = ascii_lowercase) -> list[str]:
    """Letters for this number of targets: one each, and more for the last ones if there are not enough letters.

    The letters of one target never begin with all those of another, so each is recognised as soon as it is typed.
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

    If not all can have one letter, the most likely targets get one: words with a capital that are in
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
    """Select the suggestion, if it still exists; otherwise move the cursor to its place."""
    if target.span is None:
        return selection.place(target.start)
    selection.select_span(target.span)
    selection.refresh()
    return Outcome()
