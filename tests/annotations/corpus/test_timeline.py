from annotations.corpus.timeline import Timeline, day_number, gap_between, heights, timeline, year_of
from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import timex_of
from annotations.model.span import Span

TEXT = "In 2008 and on Wednesday, since last June 12, for ten years, Caesar in 44 BC, now."


def at(words: str, status: str = "suggested") -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), "DATE", status)  # type: ignore[arg-type]


DATES = [
    at("2008", "accepted"),
    at("Wednesday"),
    at("last June 12"),
    at("ten years"),
    at("now"),
]


def of_june(span: Span) -> bool:
    return "June" in TEXT[span.start : span.end]


def shown(dates: list[Span], created: CreationTime | None) -> Timeline:
    return timeline(TEXT, dates, created, of_june, lambda span: timex_of(TEXT, span, created, dates))


def test_dates_stand_in_the_order_of_time_with_the_articles_own_among_them() -> None:
    found = shown(DATES, CreationTime("2021-04-08", "given"))
    assert [(one.timex.value, one.words, one.state) for one in found.placed] == [
        ("2008", "2008", "decided"),
        ("2020-06-12", "last June 12", "undecided"),
        ("2021-04-07", "Wednesday", "undecided"),
        ("2021-04-08", "", "article"),
    ]
    assert [one.doubtful for one in found.placed] == [False, True, False, False]
    assert [one.words for one in found.unplaced] == ["ten years", "now"]


def test_what_lies_more_than_a_month_apart_has_a_gap() -> None:
    found = shown(DATES, CreationTime("2021-04-08", "given"))
    gaps = [gap_between(*pair) for pair in zip(found.placed, found.placed[1:], strict=False)]
    assert gaps == ["12 years", "10 months", ""]


def test_an_article_without_a_date_has_relative_dates_without_a_place() -> None:
    found = shown(DATES, None)
    assert [one.words for one in found.placed] == ["2008"]
    assert "Wednesday" in [one.words for one in found.unplaced]


def test_rejected_dates_are_left_out() -> None:
    found = shown([at("2008", "rejected")], None)
    assert (found.placed, found.unplaced) == ([], [])


def test_years_before_christ_have_a_place_too() -> None:
    caesar, zero, today = (day_number(value) for value in ("BC0044", "BC0001", "2021-04-08"))
    assert caesar is not None
    assert zero is not None
    assert today is not None
    assert caesar < zero < today
    assert [year_of(day) for day in (caesar, zero, today)] == [-44, -1, 2021]
    assert day_number("P10Y") is None
    assert day_number("XXXX-06-12") is None


def test_the_bars_of_the_years_are_highest_where_most_dates_are() -> None:
    days = [day_number(v) or 0 for v in ("2008", "2020-01-03", "2021-04-07", "2021-04-07", "2021-04-08")]
    bars = heights(days, 14, 6)
    assert bars[0] == 1
    assert bars[12:] == [1, 6]
    assert sum(1 for bar in bars if bar) == 3
    assert heights([], 14, 6) == []
    months = heights([day_number("2021-01-05") or 0, day_number("2021-12-05") or 0], 12, 6)
    assert [bar > 0 for bar in months] == [True, *[False] * 10, True]
