"""The table in `rows.txt`: each mechanism is tested with sentences and values, and with near misses."""

from pathlib import Path

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve

CREATED = CreationTime("2021-04-08", "given")
LEAST, LEAST_MISSES = 6, 2


def rows() -> dict[str, list[str]]:
    """The lines of the table, by mechanism."""
    parts = Path(__file__).with_name("rows.txt").read_text(encoding="utf-8").split("\n## ")[1:]
    return {name: lines for name, *lines in (part.rstrip().split("\n") for part in parts)}


ROWS = rows()


def marked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its brackets, and the extents that were in brackets."""
    text, places = "", []
    for piece in sentence.split("["):
        inside, closed, behind = piece.rpartition("]")
        if closed:
            places.append((len(text), len(text) + len(inside)))
        text += inside + behind
    return text, places


@pytest.mark.parametrize("line", [line for lines in ROWS.values() for line in lines if "=>" in line])
def test_a_sentence_of_the_table(line: str) -> None:
    sentence, _, wanted = line.partition(" => ")
    text, places = marked(sentence)
    spans = find_dates(text)
    found = dict(zip([(s.start, s.end) for s in spans], resolve(text, spans, CREATED), strict=True))
    assert set(places) <= set(found), [text[s.start : s.end] for s in spans]
    for place, one in zip(places, wanted.split("; "), strict=True):
        value, _, alternative = one.partition(" | ")
        assert found[place].value == value, text[slice(*place)]
        assert not alternative or alternative in found[place].alternatives


@pytest.mark.parametrize("line", [x for lines in ROWS.values() for x in lines if "=>" not in x])
def test_a_near_miss_of_the_table(line: str) -> None:
    assert [line[span.start : span.end] for span in find_dates(line)] == []


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_enough(row: str) -> None:
    with_values = [line for line in ROWS[row] if "=>" in line]
    assert len(with_values) >= LEAST or row == "no date"
    assert len(ROWS[row]) - len(with_values) >= LEAST_MISSES
