"""A function that finds spans, as a suggester."""

from collections.abc import Callable
from dataclasses import dataclass

from annotations.model.span import Span
from annotations.suggest.chunking import UNIT


@dataclass(frozen=True)
class RuleSuggester:
    """Rules of our own, which need no pipeline: what they find does not depend on the unit."""

    source: str
    labels: tuple[str, ...]
    suggest: Callable[[str], list[Span]]
    unit: str = UNIT
