"""What a span can refer to: a date value or an entity."""

from typing import Literal

from msgspec import Struct

Origin = Literal["rule", "person", "import"]
"""Where a value came from. What a person set is never recomputed."""

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


Tense = Literal["past", "future", ""]
"""Whether a clause is about the past or the future; empty if nothing shows it."""


class Timex(Struct, frozen=True, omit_defaults=True, tag="timex3", tag_field="kind", gc=False):
    """The TIMEX3 value of a date expression.

    Types, values and modifiers are those of TimeML 1.2.1 and the TIMEX3 guidelines: `value` keeps
    its granularity (`2008`, `2020-06-12`, `2013-W11`, `P10Y`, `PRESENT_REF`). It is empty as long as
    nothing is known, for example for a relative date in an article without its own date.
    """

    type: TimexType
    value: str
    origin: Origin = "rule"
    rule: str = ""
    """The name of the rule that produced the value; empty when a person or an import gave it."""
    anchor: str = ""
    """The value the expression was resolved against, empty for an absolute expression."""
    alternatives: tuple[str, ...] = ()
    """Other readings of an ambiguous expression, best first, without `value` itself."""
    mod: str = ""
    """TIMEX3 `mod`, such as `START`, `APPROX` or `MORE_THAN`."""
    quant: str = ""
    """TIMEX3 `quant` of a SET, such as `EVERY`."""
    freq: str = ""
    """TIMEX3 `freq` of a SET, such as `2D`."""
    tense: Tense | None = None
    """The tense of the clause by a pipeline's tags, if the words alone show another one; otherwise `None`.
    A date keeps it as long as its value is computed."""


class Entity(Struct, frozen=True, omit_defaults=True, tag="entity", tag_field="kind"):
    """Who or what a mention names: a canonical name, or an id in a knowledge base, or both."""

    name: str = ""
    id: str = ""
    origin: Origin = "person"


Value = Timex | Entity


def unresolved(value: Value | None) -> Timex | None:
    """The part of a date's value that stays when it must be computed again: only what a pipeline
    stated.
    """
    tense = value.tense if isinstance(value, Timex) else None
    return None if tense is None else Timex("DATE", "", tense=tense)
