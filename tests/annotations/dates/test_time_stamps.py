"""The time stamps that a text has in great number: each form with its count and an example."""

import re
import time
from collections.abc import Iterator

import pytest

import annotations.dates.time_stamps as time_stamps_module
from annotations.dates.document_dates import timexes
from annotations.dates.matcher import correct_dates, find_dates
from annotations.dates.time_stamps import _CLOCK, stamps_of, time_stamps
from annotations.model.span import Span
from tests.spans import sources_named


def forms(text: str) -> list[tuple[int, str]]:
    return [(len(form.places), form.example) for form in time_stamps(text)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[00:12:{:02}] She speaks.\n", [(30, "00:12:00")]),
        ("  12:{:02} Bo: it begins at 9:30, come.\n", [(30, "12:00")]),
        ("(1:{:02}) He laughs.\r\n", [(30, "1:00")]),
        ("7:{:02} p.m. The door opens.\n", [(30, "7:00 p.m.")]),
        ("00:00:{0:02},500 --> 00:00:{0:02},900\nHello.\n\n", [(60, "00:00:00,500")]),
        ("{:02}:10 Bo: come\n", [(30, "00:10")]),
        # These are not time stamps: times inside lines, scores, longer numbers, days.
        ("The bus of 9:{:02} is late.\n", []),
        ("12:{:02}:61 x\n", []),
        ("{:02}:99 x\n", []),
        ("12.{:02} x\n", []),
    ],
)
def test_forms(line: str, found: list[tuple[int, str]]) -> None:
    assert forms("".join(line.format(number) for number in range(30))) == found


def test_two_forms_and_few_of_a_third() -> None:
    text = "".join(f"1:{n:02} one\n" for n in range(20)) + "".join(
        f"0:01:{n:02}.5 two\n" for n in range(40)
    )
    assert forms(text + "8:15 am three\n" * 11) == [(40, "0:01:00.5"), (20, "1:00")]
    assert forms("8:15 am three\n" * 11) == []


def test_stamps_go_on_in_their_form_after_an_hour() -> None:
    text = "".join(f"59:{n:02} one\n" for n in range(20)) + "1:00:04 two\n" * 3
    assert forms(text) == [(23, "59:00")]
    assert find_dates(text) == []


def test_a_pipeline_s_spans_on_stamps_are_left_out_and_those_inside_of_lines_stay() -> None:
    text = "".join(f"[00:12:{n:02}] It began at 9:30.\n" for n in range(30))
    spans = [
        Span(start, end, "TIME", sources=sources_named("en_core_web_sm 3.8.0"))
        for start, end in ((1, 9), (0, 9), (text.index("9:30"), text.index("9:30") + 4))
    ]
    assert find_dates(text) == [span for span in find_dates(text) if text[span.start] == "9"]
    assert {text[span.start : span.end] for span in correct_dates(text, spans)} == {"9:30"}


def test_a_part_of_a_document_leaves_out_what_the_document_is_full_of() -> None:
    lines = [f"[00:12:{n:02}] She speaks.\n" for n in range(30)]
    whole, part = "".join(lines), "".join(lines[:5])
    assert len(find_dates(part)) == 5
    assert find_dates(part, stamps=stamps_of(whole)) == []
    few = "".join(lines[:11])
    assert [
        len(find_dates(few, stamps=known)) for known in (stamps_of(few), None, stamps_of(whole))
    ] == [
        11,
        11,
        0,
    ]


def test_a_text_is_searched_once_for_rules_and_question(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    class Clock:
        def finditer(self, text: str) -> Iterator[re.Match[str]]:
            searched.append(text)
            return _CLOCK.finditer(text)

    monkeypatch.setattr(time_stamps_module, "_CLOCK", Clock())
    text = "".join(f"[00:31:{n:02}] He speaks.\n" for n in range(30))
    correct_dates(text, [])
    stamps_of(text)
    timexes(text, find_dates(text), None)
    assert time_stamps(text)
    assert searched == [text]


def test_long_texts_take_little_time() -> None:
    hostile = ("12:30" * 4 + "\n" + " " * 8 + "-->" + "\t" * 5 + "1:00 p\n") * 30_000
    begun = time.process_time()
    time_stamps(hostile)
    assert time.process_time() - begun < 2
