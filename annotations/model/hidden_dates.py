"""Which suggestions are kept but not offered: dates from a pipeline that the rules cannot read."""

from annotations.model.span import Span
from annotations.model.value import Timex

HIDDEN_DATE = "held back"
"""The name of the rule for a pipeline's date that is hidden because the rules cannot read it."""


def is_hidden_date(span: Span) -> bool:
    """Whether a suggestion is a date that is offered only when a person asks for it."""
    return not span.decided and isinstance(span.value, Timex) and span.value.rule == HIDDEN_DATE
