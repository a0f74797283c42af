import itertools

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tui.cells.row import LARGER, cluster_width
from tui.cells.width_probe import APART, QUESTIONS, WidthProbe
from tui.cells.widths import Widths

ASKED = regex.compile(r"\x1b\[(\d+);(\d+)H([^\x1b]+)\x1b\[6n")


def asked(probe: WidthProbe) -> list[tuple[int, int, str]]:
    return [(int(row), int(column), text) for row, column, text in ASKED.findall(probe.sequence())]


@pytest.mark.parametrize("columns", [30, 80, 200])
def test_each_class_is_asked_about_once_and_nothing_is_left_behind(columns: int) -> None:
    probe = WidthProbe(columns, 24, LARGER)
    places = asked(probe)
    assert [text for *_, text in places] == [question.text for question in QUESTIONS]
    assert {question.field for question in QUESTIONS} == set(LARGER.__struct_fields__)
    for (row, column, text), (other_row, other, _) in itertools.pairwise(places):
        assert other_row < row or other - column >= APART
        assert 1 <= column <= columns - APART + 1
        assert cluster_width(text) < APART
        assert row >= 22
    assert probe.sequence().startswith("\x1b7\x1b[0;8m")
    assert probe.sequence().endswith("\x1b[0m\x1b8")


@pytest.mark.parametrize("large", [True, False])
def test_the_answers_make_the_table(large: bool) -> None:
    probe = WidthProbe(80, 24, LARGER)
    for (row, column, _), question in zip(asked(probe), QUESTIONS, strict=True):
        assert probe.waiting
        width = max(question.answers) if large else min(question.answers)
        assert probe.reply(row, column + width)
    assert not probe.waiting
    for question in QUESTIONS:
        # For the text that was measured, the table gives the measured width.
        width = max(question.answers) if large else min(question.answers)
        assert cluster_width(question.text, "", probe.widths) == width


def test_an_answer_in_any_order_is_taken_for_its_own_question() -> None:
    probe = WidthProbe(40, 24, LARGER)
    for (row, column, _), question in reversed(list(zip(asked(probe), QUESTIONS, strict=True))):
        if question.field in ("flag", "keycap"):
            probe.reply(row, column + min(question.answers))
    assert probe.widths == Widths(flag=2, keycap=1)
    assert probe.waiting


@given(st.lists(st.tuples(st.integers(-1, 30), st.integers(-1, 90))))
def test_no_report_makes_a_width_that_terminals_do_not_have(reports: list[tuple[int, int]]) -> None:
    probe = WidthProbe(80, 24, LARGER)
    for report in reports:
        probe.reply(*report)
    for question in QUESTIONS:
        assert getattr(probe.widths, question.field) in {
            *question.answers.values(),
            getattr(LARGER, question.field),
        }


def test_a_report_of_nothing_asked_or_too_late_is_ignored() -> None:
    probe = WidthProbe(80, 24, LARGER)
    ((row, column, _), *_) = asked(probe)
    for report in ((1, 2), (row, column), (row - 1, column + 1), (0, 0), (row, 10**9)):
        assert not probe.reply(*report)
    # A report of a width that no terminal has ends the question and changes nothing.
    assert probe.reply(row, column + 4)
    assert not probe.reply(row, column + 1)
    probe.close()
    assert not probe.waiting
    assert not probe.reply(row, column + 7)
    assert probe.widths == LARGER
