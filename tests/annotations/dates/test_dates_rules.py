"""Every rule is tested with its own examples. The date of the article is Friday 22 March 2013."""

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.language import languages, line_of_rule, load_language
from annotations.dates.language_tables import Rule
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve
from annotations.dates.timex_value import in_words, validate
from annotations.model.span import Span

CREATED = CreationTime("2013-03-22", "given")


def marked(sentence: str) -> tuple[str, int, int]:
    """A sentence without its brackets, and the extents that were in brackets."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), start, end


EXAMPLES = [
    (code, rule, *example)
    for code in languages()
    for rule in load_language(code).rules
    for example in rule.examples
]


@pytest.mark.parametrize(("language", "rule", "sentence", "type_", "value"), EXAMPLES)
def test_rule_by_its_example(language: str, rule: Rule, sentence: str, type_: str, value: str) -> None:
    text, start, end = marked(sentence)
    spans = find_dates(text, language)
    if rule.only_chosen_extents:
        assert spans == []
        spans = [Span(start, end, "DATE")]
    where = f"{language}.toml, line {line_of_rule(language, rule.order)}: the rule {rule.name!r}"
    found = [text[s.start : s.end] for s in spans]
    assert (start, end) in [(s.start, s.end) for s in spans], f"{where} does not find it, only {found}"
    place = [(s.start, s.end) for s in spans].index((start, end))
    timex = resolve(text, spans, CREATED, language)[place]
    assert (timex.rule, timex.type, timex.value) == (rule.name, type_, value), where
    assert validate(timex.type, timex.value) is None
    assert in_words(timex)


@pytest.mark.parametrize("language", languages())
def test_every_rule_has_an_example(language: str) -> None:
    assert [rule.name for rule in load_language(language).rules if not rule.examples] == []


@pytest.mark.parametrize("language", languages())
def test_every_rule_names_its_field_and_a_known_source(language: str) -> None:
    tables = load_language(language)
    for rule in tables.rules:
        assert rule.field
        assert rule.source in tables.sources


@pytest.mark.parametrize(
    "sentence",
    [
        "He may march on, and the second man won.",
        "A second attack failed; three quarters of the men fell.",
        "The Daily News cost $2012 and 1914 people died.",
        "It cost 3.14 or 10:99 or 7.5.1.",
        "Sat down, sun high, dec and mar mean nothing.",
        "",
        "😀 مرحبا 你好",
    ],
)
def test_no_date(sentence: str) -> None:
    assert find_dates(sentence) == []


def test_what_is_read_does_not_depend_on_the_kind_of_white_space() -> None:
    for gap in ("\n", "\r\n", "\t", "\u00a0", "  "):
        text = f"It fell on March{gap}5, 2013."
        assert [text[s.start : s.end] for s in find_dates(text)] == [f"March{gap}5, 2013"]


def test_a_paragraph_ends_an_expression() -> None:
    text = "It closed in March\n\n2013 was worse."
    assert [text[s.start : s.end] for s in find_dates(text)] == ["March", "2013"]


def test_offsets_are_code_points() -> None:
    text = "\ufeff👩‍👩‍👧 e\u0301 शु 你好 \u202bשלום\u202c on Tuesday."
    (span,) = find_dates(text)
    assert text[span.start : span.end] == "Tuesday"
