from annotations.model.span import Span
from annotations.suggest.chunking import UNIT
from annotations.suggest.sources.dates import RuleSuggester
from annotations.suggest.suggester import Suggester


def test_a_function_that_finds_spans_is_a_suggester() -> None:
    rules: Suggester = RuleSuggester("first", ("X",), lambda text: [Span(0, 1, "X")] if text else [])
    assert (rules.source, rules.labels, rules.unit) == ("first", ("X",), UNIT)
    assert (rules.suggest("a"), rules.suggest("")) == ([Span(0, 1, "X")], [])
