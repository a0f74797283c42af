"""What one decision teaches, as values that no longer need the text or the spans."""

from typing import Literal

from msgspec import Struct

from annotations.model.label_scheme import LabelScheme
from annotations.model.source import CARRIED, REPEATED
from annotations.model.span import Span

SuggesterKind = Literal["pipeline", "rules", "carried", "repeated", "person"]
"""What kind of suggester a suggestion comes from, for counting rates."""
Signals = tuple[float, ...]
"""Numbers in the order of `annotations.learn.signals.SIGNALS`: all of them, or those that never change."""


class JudgedSuggestion(Struct, frozen=True, gc=False):
    """What is needed to judge how doubtful a suggestion is, without its offsets."""

    document: str
    """The id of its document."""
    words: str
    """Its words as they are compared, see `compared_words`."""
    label: str
    meaning: str
    """The label of OntoNotes that its label stands for, if that is known."""
    kind: SuggesterKind
    fixed: Signals
    """The signals of the text and of the suggester."""
    telling: int = 100
    """How much a decision about it says of other suggestions under its label, in percent."""


class SuggestionDecided(Struct, frozen=True, tag="decided", tag_field="kind", gc=False):
    """The person decided about one suggestion."""

    suggestion: JudgedSuggestion
    right: bool
    """Whether it was kept unchanged."""
    final: str = ""
    """The label given instead, if it was another one."""
    edge: bool = False
    """Whether only its extent was wrong: that says nothing about the same words elsewhere."""
    spot_check: bool = False
    """Whether it was undoubted, and shown to see whether it is right."""
    corrected: str = ""
    """The words of the extent given instead, as they are compared, if the extent was wrong."""


class LabelledWithoutSuggestion(Struct, frozen=True, tag="by hand", tag_field="kind", gc=False):
    """The person labelled words that nobody had suggested."""

    words: str
    """As they are compared."""
    label: str


class PlaceDecided(Struct, frozen=True, tag="place", tag_field="kind", gc=False):
    """The person labelled a name that nobody had suggested, or passed over a place where one might have been."""

    words: str
    """As they are compared."""
    fixed: Signals
    """The signals of the text and of the pipeline, see `annotations.learn.place_signals`."""
    named: bool
    """Whether there is a name."""
    shown: bool
    """Whether the program stopped there to show the place to the person."""


Lesson = SuggestionDecided | LabelledWithoutSuggestion | PlaceDecided


def compared_words(words: str) -> str:
    """Words in the form in which they are compared: letter case and the kind of blanks make no difference."""
    return " ".join(words.split()).lower()


def suggester_kind(span: Span) -> SuggesterKind:
    """What kind of suggester a suggestion comes from."""
    if CARRIED in span.sources:
        return "carried"
    if span.sources == (REPEATED,):
        return "repeated"
    if span.score is not None:
        return "pipeline"
    return "person" if span.sources and span.sources[0].kind == "person" else "rules"


def meaning_of(scheme: LabelScheme, label: str) -> str:
    """The pipelines' label for the first meaning of a label; the label itself if no meaning is given."""
    known = scheme.named(label)
    return known.sources[0] if known is not None and known.sources else label
