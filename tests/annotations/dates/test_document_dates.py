"""The dates of a whole document: all at once, one by one, and if a person gave some of the values."""

import pytest

from annotations.dates import reading
from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import AFTER, BEFORE, PART, WHOLE, timex_of, timexes
from annotations.dates.language_tables import Language
from annotations.dates.matcher import find_dates
from annotations.dates.scheme import Stamp
from annotations.model.span import replace
from annotations.model.value import Timex

CREATED = CreationTime("2013-03-22", "given")
SENTENCE = "The fair opened on March 5 and {}. The next day, it rained. On Tuesday it closed. "


def long_text() -> str:
    pieces = [SENTENCE.format("x" * (number % 7)) for number in range(2 * WHOLE // len(SENTENCE))]
    return "".join(pieces)


def test_one_by_one_is_as_all_at_once_in_a_long_text_too() -> None:
    for text in (long_text()[: WHOLE // 20], long_text()):
        spans = find_dates(text)
        values = timexes(text, spans, CREATED)
        for number in range(0, len(spans), 97):
            assert timex_of(text, spans[number], CREATED, spans) == values[number]


def test_what_a_person_set_is_where_the_next_date_starts_from() -> None:
    for before in ("", long_text()):
        text = before + SENTENCE.format("closed")
        first, second, _ = find_dates(text)[-3:]
        said = replace(first, value=Timex("DATE", "2010-08-01", "person"))
        assert timex_of(text, second, CREATED).value == "2013-03-06"
        assert timex_of(text, second, CREATED, [said, second]).value == "2010-08-02"
        assert [timex.value for timex in timexes(text, [said, second], CREATED)] == [
            "2010-08-01",
            "2010-08-02",
        ]


def test_a_date_over_the_edge_of_a_part() -> None:
    text = "x " * WHOLE
    start = 3 * PART - 2
    text = text[:start] + "5 March 2012" + text[start + 12 :]
    spans = find_dates(text)
    assert [timex.value for timex in timexes(text, spans, CREATED)] == ["2012-03-05"]


def test_the_values_of_a_long_text_cost_one_reading_and_one_value_that_of_its_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = long_text()
    spans = find_dates(text)
    sizes: list[int] = []

    def counting(
        part: str, language: Language, stamps: tuple[Stamp, ...] | None
    ) -> list[reading.DateReading]:
        sizes.append(len(part))
        return find(part, language, stamps)

    find = reading.date_readings
    monkeypatch.setattr(reading, "date_readings", counting)
    reading.read.cache_clear()
    found = timexes(text, spans, CREATED)
    assert sizes == [len(text)]
    assert [timex_of(text, span, CREATED) for span in spans[:20]] == found[:20]
    assert sum(sizes[1:]) < 2 * (BEFORE + PART + AFTER)
