"""When many spans are listed in steps, no step is longer than a key may wait, however often one name occurs."""

import math
from collections.abc import Callable, Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.overview import gather_entities, gather_notes
from annotations.entities.alias_proposals import propose_aliases
from annotations.entities.steps import STEP, run_for, sorted_in_steps
from annotations.model.document_facts import NO_FACTS
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from tests.steps import counted

NAMES: dict[str, Callable[[int], str]] = {
    "one name, always the same": lambda place: "Soto",
    "every name another": lambda place: "".join(chr(97 + int(sign)) for sign in f"{place:05}"),
    "one first name, another last one": lambda place: f"Ana B{'ouvxyzkl'[place % 8]}r{place:05}",
}
LINES = 80
"""How many lines of Python one span or name may take, including comparisons with it."""


def most_of_a_step(steps: Generator[None, None, object]) -> int:
    """How many lines of Python the longest step executes."""
    most = 0
    while True:
        with counted() as lines:
            over = next(steps, "over") == "over"
        most = max(most, lines.taken)
        if over:
            return most


@pytest.mark.parametrize("naming", NAMES)
def test_no_step_grows_with_the_spans(naming: str) -> None:
    names = [NAMES[naming](place) for place in range(12 * STEP)]
    text, spans = "", SpanIndex()
    for name in names:
        spans.add(Span(len(text), len(text) + len(name), "PERSON"))
        text += f"{name}. "
    for listing in (
        gather_entities(text, spans),
        gather_notes(spans, NO_FACTS),
        propose_aliases(text, spans),
    ):
        assert most_of_a_step(listing) < LINES * STEP


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=2)), max_size=4 * STEP))
def test_sorting_in_steps_gives_what_sorting_gives(items: list[tuple[int, str]]) -> None:
    in_order = run_for(math.inf, sorted_in_steps(items, lambda item: item[0]))
    assert in_order == sorted(items, key=lambda item: item[0])
