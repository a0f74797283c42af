"""What the line of hints says while reading: for each action, whether it does something now, and what."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from annotations.model.label_scheme import LabelScheme
from annotations.model.source import is_own
from tui.action import Action, HintContext
from tui.colours.glyphs import Glyphs
from tui.keymap import Keymap
from tui.widgets.hints import Hint, sign_of

REACH = 200_000
"""How many code points before and after a name are searched for the same name."""
TRIES = 50
"""How many occurrences of the name to examine."""
MOST_OTHERS = 3
"""How many keys of labels other than a to z and digits are shown."""
LABEL_PLACE = 3
"""The place of the keys of labels among the hints, by importance."""


def reading_hints(now: HintContext, keymap: Keymap, glyphs: Glyphs) -> list[Hint]:
    """The actions that do something now, the most important first, with the keys of labels among them."""
    hints = []
    labelling = label_keys(now.opened.session.scheme)
    for action in _by_importance(keymap):
        assert action.hint is not None
        if labelling and action.hint.place > LABEL_PLACE:
            hints += _label_hint(now, labelling)
            labelling = ""
        words = action.hint.words(now)
        if words and action.keys:
            signs = [sign_of(name, keymap, glyphs) for name in (action.name, action.hint.beside) if name]
            words = words.replace("¶", glyphs.paragraph)
            hints.append(Hint(" ".join(sign for sign in signs if sign), words, action.name))
    return hints


def label_keys(scheme: LabelScheme) -> str:
    """The keys of labels as hints name them; empty if no label has a key."""
    keys = [label.key for label in scheme if label.key]
    letters = "a-z" if any(key.isascii() and key.isalpha() for key in keys) else ""
    others = [key for key in keys if not key.isascii()]
    digits = "0-9" if any(key.isdigit() for key in keys) else ""
    return " ".join(part for part in (letters, *others[:MOST_OTHERS], digits) if part)


def _label_hint(now: HintContext, keys: str) -> list[Hint]:
    selection = now.opened.selection
    if selection.span_here is not None:
        return [Hint(keys, "relabel", "label")]
    return [Hint(keys, "label", "label")] if selection.focus.end > selection.focus.start else []


@lru_cache(maxsize=8)
def _by_importance(keymap: Keymap) -> Sequence[Action]:
    hinted = [(action.hint.place, action) for action in keymap.actions if action.hint is not None]
    return [action for _, action in sorted(hinted, key=lambda one: one[0])]


# When an action does something, and which words the hints show then


def always(words: str) -> Callable[[HintContext], str]:
    """The words of an action that always does something."""
    return lambda now: words


def where(holds: Callable[[HintContext], bool], words: str) -> Callable[[HintContext], str]:
    """The words of an action that does something if a condition holds."""
    return lambda now: words if holds(now) else ""


def accepting(now: HintContext) -> str:
    """The words for accepting the span at the cursor, or the label that is guessed for a place."""
    span, place = now.opened.selection.focused_span, now.opened.review.place_here
    if place is not None:
        return f"as {place.label}" if place.label else ""
    accepts = span is not None and not span.accepted and now.opened.session.scheme.accepts(span.label)
    return "accept" if accepts else ""


def rejecting(now: HintContext) -> str:
    """The words for rejecting a suggestion, removing a span, or leaving a place without a name."""
    if now.opened.review.place_here is not None:
        return "no name"
    span = now.opened.selection.focused_span
    if span is None:
        return ""
    if not span.decided:
        return "reject"
    return "remove" if span.accepted or is_own(span.sources, now.opened.session.annotator) else ""


def accepting_paragraph(now: HintContext) -> str:
    """The words for accepting the rest of the paragraph, if the cursor is at a suggestion to accept."""
    opened = now.opened
    span = opened.selection.focused_span
    if span is None or span.decided or not opened.session.scheme.accepts(span.label):
        return ""
    wanted = opened.state.filter.wants(span, opened.session.annotations.spans)
    return "accept ¶" if wanted else ""


def going_on(now: HintContext) -> str:
    """The words for going to the next suggestion or, if there is none, waiting for those still to come."""
    if now.opened.session.annotations.spans.count(status="suggested"):
        return "next"
    return "wait for names" if now.coming else ""


def undecided(now: HintContext) -> bool:
    """Whether the cursor is shown, and there are suggestions to decide or it is where a name may be."""
    opened = now.opened
    if opened.selection.focus.hidden:
        return False
    left = opened.session.annotations.spans.count(status="suggested") > 0
    return left or opened.review.place_here is not None


def on_span(now: HintContext) -> bool:
    """Whether the cursor is at a span."""
    return now.opened.selection.focused_span is not None


def propagating(now: HintContext) -> str:
    """The words for doing the same for all mentions, if a quick search finds another one."""
    span, text = now.opened.selection.span_here, now.opened.session.text
    if span is None:
        return ""
    words = text[span.start : span.end]
    before = _mentions(text, words, max(span.start - REACH, 0), span.start)
    return "all" if before or _mentions(text, words, span.end, span.end + REACH) else ""


def _mentions(text: str, words: str, start: int, end: int) -> bool:
    """Whether words occur as whole words in a range, among their first `TRIES` occurrences."""
    for _ in range(TRIES):
        found = text.find(words, start, end)
        if found < 0:
            return False
        start = found + len(words)
        if not (text[found - 1 : found].isalnum() or text[start : start + 1].isalnum()):
            return True
    return False


def on_words(now: HintContext) -> bool:
    """Whether the focus contains any text."""
    focus = now.opened.selection.focus
    return focus.end > focus.start


def to_span(now: HintContext) -> str:
    """The words for going to the next span, if there are spans and the cursor is at none."""
    if on_span(now) or not len(now.opened.session.annotations.spans):
        return ""
    return "review" if now.opened.selection.focus.hidden else "next span"


def done_with_others_left(now: HintContext) -> bool:
    """Whether this document is done and has no focus, and there are other documents."""
    return now.several and now.opened.selection.focus.hidden


def undoing(now: HintContext) -> str:
    """The words for undoing the last change."""
    return "undo" if now.opened.session.annotations.undo else ""


def not_done(now: HintContext) -> bool:
    """Whether the document is not done."""
    return not now.opened.session.annotations.facts.done


def clearing_selection(now: HintContext) -> str:
    """The words for dropping the selection, or the span around the word."""
    focus = now.opened.selection.focus
    if focus.chosen:
        return "deselect"
    return "word only" if focus.span is not None else ""


def stepping(now: HintContext) -> str:
    """The words for moving by the other unit."""
    return "words" if now.opened.state.by_character else "characters"


def flagging(now: HintContext) -> str:
    """The words for flagging the span or the document, or for removing the flag."""
    span = now.opened.selection.focused_span
    flagged = span.flagged if span is not None else now.opened.session.annotations.facts.flagged
    return "unflag" if flagged else "flag"
