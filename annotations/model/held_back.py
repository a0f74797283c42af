"""Which suggestions are kept, but not offered: dates of a pipeline that the rules cannot read."""

from annotations.model.span import Span
from annotations.model.value import Timex

HELD_BACK = "held back"
"""Stands as the rule of a pipeline's date that is kept out of sight: the rules cannot read it."""


def is_held_back(span: Span) -> bool:
    """Whether a suggestion is a date that is not offered unless somebody asks for it."""
    return not span.decided and isinstance(span.value, Timex) and span.value.rule == HELD_BACK
