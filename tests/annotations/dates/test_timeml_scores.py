"""What the benchmark counts for each source, besides the scores of all."""

from benchmarks.timeml_scores import Expression, Score


def test_what_each_source_found_and_got_right() -> None:
    gold = [
        Expression(0, 4, "DATE", "2001"),
        Expression(10, 14, "DATE", "2002"),
        Expression(20, 24, "DATE", ""),
    ]
    found = [
        Expression(0, 4, "DATE", "2001", "dates"),
        Expression(9, 14, "DATE", "2003", "en 1"),
        Expression(20, 24, "DATE", "", "en 1"),
        Expression(30, 34, "DATE", "2001", "en 1"),
    ]
    score = Score()
    score.add(gold, found)
    assert score.rows_by_source() == [
        "    of these by dates: 1 found, 1 in gold, 1 with its value",
        "    of these by en 1: 3 found, 2 in gold, 0 with its value",
    ]
    without = Score()
    without.add(gold, gold)
    assert without.rows_by_source() == []
