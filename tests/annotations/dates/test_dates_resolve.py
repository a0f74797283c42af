"""Dates of whole texts: the article's date, narratives, ambiguity, corrections, hostile text."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.dates import creation_time
from annotations.dates.creation_time import CreationTime, find_creation_time
from annotations.dates.document_dates import timex_of
from annotations.dates.language import languages, load_language
from annotations.dates.matcher import correct_dates, find_dates
from annotations.dates.reading import date_readings
from annotations.dates.resolver import resolve, why_empty
from annotations.dates.scheme import SCHEMES
from annotations.dates.timex_value import validate
from annotations.model.errors import AnnotateError
from annotations.model.hidden_dates import is_hidden_date
from annotations.model.span import Span, replace
from annotations.model.value import Timex
from tests.spans import sources_named
from tests.steps import steps

ARTICLE = (
    " date 2021-04-08 The two governments agreed on a plan, the harbour office said.\n\n"
    "The paper signed on Wednesday follows a treaty of 2008, and traffic has now doubled.\n\n"
    "— Harbour Office (@harbour) April 7, 2021\n\n"
    "The two had fallen out after January 3, 2020, when a ship sank. "
    "On January 5, 2020, the port closed.\n\n"
    "They took up talks starting from last June 12, and the port opened again.\n"
)


def values(text: str, created: str = "", language: str = "en") -> dict[str, str]:
    spans = find_dates(text, language)
    given_ = CreationTime(created, "given") if created else None
    return {
        text[s.start : s.end]: t.value
        for s, t in zip(spans, resolve(text, spans, given_, language), strict=True)
    }


def test_an_article_in_full() -> None:
    created = find_creation_time(ARTICLE)
    assert created is not None
    assert values(ARTICLE, created.value) == {
        "2021-04-08": "2021-04-08",
        "Wednesday": "2021-04-07",
        "2008": "2008",
        "now": "PRESENT_REF",
        "April 7, 2021": "2021-04-07",
        "January 3, 2020": "2020-01-03",
        "January 5, 2020": "2020-01-05",
        "last June 12": "2020-06-12",
    }


def test_relative_dates_follow_the_article_s_date() -> None:
    text = "He came on Tuesday and left last June."
    assert values(text, "2021-04-08") == {"Tuesday": "2021-04-06", "last June": "2020-06"}
    assert values(text, "2013-03-22") == {"Tuesday": "2013-03-19", "last June": "2012-06"}


def test_without_the_article_s_date_only_absolute_dates_have_values() -> None:
    text = "He came on Tuesday, in May 2008, two years ago, for ten days, in March."
    spans = find_dates(text)
    found = resolve(text, spans, None)
    assert [t.value for t in found] == ["", "2008-05", "", "P10D", "2008-03"]
    assert [why_empty(t) for t in found] == [
        "needs the article's date",
        "",
        "needs the article's date",
        "",
        "",
    ]
    assert found[-1].anchor == "2008-05"


def test_the_article_s_own_day_and_its_time_of_day() -> None:
    assert values("He left Thursday.", "2021-04-08")["Thursday"] == "2021-04-08"
    assert values("He left yesterday.", "2021-04-08T00:30:00Z")["yesterday"] == "2021-04-07"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He resigned on Monday.", "2021-04-05"),
        ("He will resign on Monday.", "2021-04-12"),
        ("He is to resign on Monday.", "2021-04-12"),
        ("The vote is set to be held on Monday.", "2021-04-12"),
        ("The police have until Monday to charge her.", "2021-04-12"),
        ("On Monday, he is scheduled to speak.", "2021-04-12"),
        ("He said on Monday that he will resign.", "2021-04-05"),
        ("They met. On Monday they will vote.", "2021-04-12"),
    ],
)
def test_the_verb_tells_the_last_from_the_coming_monday(text: str, value: str) -> None:
    assert values(text, "2021-04-08")["Monday"] == value


def test_a_narrative_is_anchored_in_itself() -> None:
    text = (
        "In 1914 the war began. On 4 August the army crossed the border; the next day it fought. "
        "In December 1914 it stopped. In January it froze. The following spring it moved on.\n\n"
        "By 1916 it was spent. On 1 July it attacked again, and two years later it was all over. "
        "The year 1920 saw it home, and 1921 saw it paid."
    )
    assert values(text, "2009-12-19") == {
        "1914": "1914",
        "4 August": "1914-08-04",
        "the next day": "1914-08-05",
        "December 1914": "1914-12",
        "January": "1915-01",
        "The following spring": "1916-SP",
        "1916": "1916",
        "1 July": "1916-07-01",
        "two years later": "1918",
        "The year 1920": "1920",
        "1921": "1921",
    }


def test_a_date_in_news_takes_its_year_from_the_sentence_before() -> None:
    text = "The ship sank on March 3, 2019. On March 5 it was found.\n\nOn March 9 it was sold."
    found = values(text, "2021-04-08")
    assert found["March 5"] == "2019-03-05"
    assert found["March 9"] == "2021-03-09"


def test_two_months_share_the_year_behind_them() -> None:
    found = values("It ran from January 23 - March 9, 2014 and in May and June 2013.", "2020-01-28")
    assert found["January 23"] == "2014-01-23"
    assert found["May"] == "2013-05"


def test_a_time_belongs_to_the_day_beside_it() -> None:
    found = values("It rang at 5:30 a.m. in town on March 5, 2013.", "2021-04-08")
    assert found["5:30 a.m."] == "2013-03-05T05:30"


def test_ambiguity_keeps_its_alternatives_best_first() -> None:
    def timex(text: str, language: str = "en") -> tuple[str, tuple[str, ...]]:
        (span,) = find_dates(text, language)
        found = resolve(text, [span], CreationTime("2021-04-08", "given"), language)[0]
        return found.value, found.alternatives

    assert timex("It is of 03/04/2020.") == ("2020-03-04", ("2020-04-03",))
    assert timex("Es del 03/04/2020.", "es") == ("2020-04-03", ("2020-03-04",))
    assert timex("It fell on last June 12.") == ("2020-06-12", ("2019-06-12",))
    assert timex("It fell on Monday.") == ("2021-04-05", ("2021-04-12",))
    assert timex("It fell two weeks ago.") == ("2021-W12", ("2021-03-25", "2021-03"))


def test_the_text_itself_shows_which_number_is_the_day() -> None:
    found = values("It ran from 03/04/2020 to 25/04/2020.", "2021-04-08")
    assert found == {"03/04/2020": "2020-04-03", "25/04/2020": "2020-04-25"}


def test_a_weekday_tells_the_year_of_a_month_and_day() -> None:
    text = "They wed on Sunday, June 10, or so. In 1999 he left on Sunday, 7 March, for good."
    spans = find_dates(text)
    assert [timex.value for timex in resolve(text, spans, CreationTime("2013-06-20", "given"))] == [
        "2012-06-10",
        "1999",
        "1999-03-07",
    ]


@pytest.mark.parametrize(
    ("expression", "value", "alternative"),
    [
        ("the last day of March", "2013-03-31", "2012-03-31"),
        ("the last week of March", "2013-W13", "2012-W13"),
        ("the third week of May", "2012-W20", "2013-W20"),
        ("the first Monday of April", "2012-04-02", "2013-04-01"),
    ],
)
def test_what_is_counted_off_in_a_month_is_so_in_the_other_year_too(
    expression: str, value: str, alternative: str
) -> None:
    text = f"They met on {expression} and left."
    [timex] = resolve(text, find_dates(text), CreationTime("2013-03-22", "given"))
    assert (timex.value, timex.alternatives) == (value, (alternative,))


def test_what_a_person_decided_stays_and_the_discourse_goes_on_from_it() -> None:
    text = "He came on Tuesday. Two days later he left."
    tuesday, later = find_dates(text)
    decision = Timex("DATE", "2019-06-04", "person")
    decided = Span(tuesday.start, tuesday.end, "DATE", "accepted", sources_named("ann"), value=decision)
    found = resolve(text, [decided, later], CreationTime("2021-04-08", "given"))
    assert found[0] is decision
    assert found[1].value == "2019-06-06"
    assert found[1].anchor == "2019-06-04"


def test_an_extent_that_a_person_chose() -> None:
    text = "He came late on Tuesday night of that week, they said."
    created = CreationTime("2021-04-08", "given")
    start = text.index("Tuesday")
    assert timex_of(text, Span(start, start + 7, "DATE"), created).value == "2021-04-06"
    assert timex_of(text, Span(start, start + 13, "DATE"), created).value == "2021-04-06TNI"
    nothing = timex_of(text, Span(0, 7, "DATE"), created)
    assert nothing.value == ""
    assert why_empty(nothing) == "no rule can read this; type the value"


def test_mending_what_a_pipeline_found() -> None:
    text = "In March\n2013 he waited the past two days, until 9 a.m. the Tang era began; ten men, 2012."
    pipeline = [
        Span(text.index("two"), text.index("two") + 3, "DATE", sources=sources_named("model")),
        Span(text.index("the Tang"), text.index(" began") + 1, "DATE", sources=sources_named("model")),
        Span(
            text.index("2012"), text.index("2012") + 4, "DATE", sources=sources_named("model"), score=0.5
        ),
        Span(text.index("ten"), text.index("ten") + 3, "CARDINAL", sources=sources_named("model")),
    ]
    found = [(text[s.start : s.end], s.label, s.sources) for s in correct_dates(text, pipeline)]
    assert found == [
        ("March\n2013", "DATE", sources_named("dates")),
        ("the past two days", "DATE", sources_named("dates")),
        ("9 a.m.", "TIME", sources_named("dates")),
        ("the Tang era", "DATE", sources_named("model")),
        ("2012", "DATE", sources_named("model")),
    ]
    corrected = correct_dates(text, pipeline)
    assert corrected[-1] is pipeline[2]
    assert [is_hidden_date(span) for span in corrected] == [False, False, False, True, False]


def of_pipeline(text: str, *words: str) -> list[Span]:
    """Dates as a pipeline would suggest them."""
    return [
        Span(text.index(w), text.index(w) + len(w), "DATE", sources=sources_named("model"))
        for w in words
    ]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("The treaties 1648-1650 ended it.", "1648-1650"),
        ("They left in 1709 for good.", "1709"),
        ("The guns of '44 were silent.", "'44"),
        ("He was born in 1512 or so.", "1512"),
    ],
)
def test_a_pipelines_date_that_is_read_with_its_help_is_offered(text: str, offered: str) -> None:
    (span,) = correct_dates(text, of_pipeline(text, offered))
    assert not is_hidden_date(span)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("He scored in the 28th minute of it.", "the 28th minute"),
        ("She played the second half alone.", "the second half"),
        ("Her opening night was loud.", "opening night"),
        ("Marek, 42, agreed.", "42"),
        ("The Long March led them north.", "The Long March"),
        ("He told of his March to the sea.", "March"),
        ("On the day of the feast they ate.", "the day"),
        ("They kept agendas and minutes there.", "minutes"),
        ("The lamp lights up the night here.", "the night"),
        ("Prices of 1500 people rose.", "1500"),
        ("It was a very emotional day here.", "a very emotional day"),
    ],
)
def test_a_pipelines_date_that_the_rules_cannot_read_is_held_back(text: str, held: str) -> None:
    (span,) = correct_dates(text, of_pipeline(text, held))
    assert is_hidden_date(span)
    assert text[span.start : span.end] == held
    assert not is_hidden_date(replace(span, status="accepted"))


def test_kinds_that_are_not_marked_are_neither_found_nor_offered() -> None:
    text = "The 40-year-old now comes on Friday for two hours, a monthly visit."
    news, all_kinds = SCHEMES["news"], SCHEMES["timex3"]
    assert [text[s.start : s.end] for s in find_dates(text, "en", news)] == ["Friday", "two hours"]
    assert [text[s.start : s.end] for s in find_dates(text, "en", all_kinds)] == [
        "40-year-old",
        "now",
        "Friday",
        "two hours",
        "monthly",
    ]
    corrected = correct_dates(text, of_pipeline(text, "40-year-old", "monthly"), "en", news)
    assert [text[s.start : s.end] for s in corrected if is_hidden_date(s)] == ["40-year-old", "monthly"]


def test_labels_are_those_of_ontonotes() -> None:
    text = "It took two hours on Tuesday night, at 9 a.m., for two days, every Monday."
    labels = {text[s.start : s.end]: s.label for s in find_dates(text)}
    assert labels == {
        "two hours": "TIME",
        "Tuesday night": "TIME",
        "9 a.m.": "TIME",
        "two days": "DATE",
        "every Monday": "DATE",
    }


def test_an_unknown_language() -> None:
    with pytest.raises(AnnotateError, match="en, es"):
        find_dates("Text", "tlh")


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "last",
                "next",
                "March",
                "May",
                "5",
                "31",
                "2013",
                "'90s",
                "two",
                "weeks",
                "ago",
                "Tuesday",
                "BC",
                "night",
                "of",
                "-",
                ",",
                "0001",
                "9999",
                "century",
                "9:30",
                "p.m.",
                "today",
                "a",
                "year",
                "\n\n",
                "half",
                "earlier",
                "hundred",
                "million",
                "twenty",
                "0",
                "00",
                "first",
                "quarter",
                "fiscal",
                "31/12/9999",
                "Easter",
                "every",
                "99999999999999999999999",
                "decades",
                "the day before",
                "winter",
                "이",
                "\u0301",
                "🎉",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from(["0001-01-01", "9999-12-31", "2020-02-29", "2013-03-22", ""]),
)
@settings(max_examples=300)
def test_whatever_is_said_the_values_are_well_formed(words: list[str], created: str) -> None:
    text = " ".join(words)
    spans = find_dates(text)
    given_ = CreationTime(created, "given") if created else None
    for span, timex in zip(spans, resolve(text, spans, given_), strict=True):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        for value in (timex.value, *timex.alternatives):
            assert not value or validate(timex.type, value) is None or validate("DATE", value) is None, (
                value
            )
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "last ",
        "1",
        "1,",
        "twenty-",
        "-",
        "10:10:",
        "2021-04-",
        "a.m. ",
        "half a ",
        "'90",
        "March 5 of ",
        "two years and ",
        "Monday, ",
        "\n\n",
        "((",
        "date ",
        "date: 1 ",
        '<TIMEX3 functionInDocument="',
        " ",
    ],
)
def test_hostile_repetition_is_work_in_proportion(piece: str) -> None:
    def cost(size: int) -> int:
        text = piece * (size // len(piece))
        found = find_dates(text)
        created = CreationTime("2021-04-08", "given")
        worked_out = steps(lambda: (resolve(text, found, created), find_creation_time(text)))
        # The readings of a text are cached, so the steps of reading are counted separately.
        return worked_out + steps(lambda: date_readings(text, load_language("en")))

    cost(800)
    assert cost(16_000) < 12 * max(cost(2_000), 1000)


def widest(pattern: re.Pattern[str]) -> int:
    """The greatest number of characters that a pattern can match, including those in lookarounds."""
    without_looking = re.sub(r"\(\?<?[=!]", "(?:", pattern.pattern)
    return int(re._parser.parse(without_looking, pattern.flags).getwidth()[1])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", languages())
def test_no_rule_reaches_further_than_a_sentence_however_long_the_text(language: str) -> None:
    """One attempt of a rule at one place is limited, so that the work grows in proportion to the text."""
    for rule in load_language(language).rules:
        context = [rule.context.before, rule.context.after] if rule.context else []
        assert max(map(widest, [rule.in_text, rule.alone, *context])) < 200, rule.name


def test_looking_for_the_creation_time_is_bounded_at_each_place() -> None:
    # Large patterns are still texts here: they are compiled when they are first used.
    patterns = {
        name: re.compile(one)
        for name, one in vars(creation_time).items()
        if isinstance(one, re.Pattern) or (isinstance(one, str) and name.lstrip("_").isupper())
    }
    assert len(patterns) > 4
    assert {name: widest(one) for name, one in patterns.items() if widest(one) > 1500} == {}


def test_a_pattern_without_a_bound_is_seen() -> None:
    assert widest(re.compile(r"a{3}b?(?=c{9})")) == 13
    for endless in (r"a+", r"a(?=b*)", r"(?<!x)(?:ab?)*c"):
        assert widest(re.compile(endless)) > 10**6


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The crew will stay abroad until [Thursday].", "2013-03-28"),
        ("She said it would dock [Saturday].", "2013-03-23"),
        ("Owners must pay before [Monday]'s deadline.", "2013-03-25"),
        ("Sailors were calm ahead of [Sunday]'s race.", "2013-03-24"),
        ("Starting [Monday], tickets cost more.", "2013-03-25"),
        ("The launch, to be held on [Sunday], is the third.", "2013-03-24"),
        ("The owners agreed to meet again on [Tuesday].", "2013-03-26"),
        ("The repairs began late and are likely to end [Tuesday].", "2013-03-26"),
        ("The final is [Saturday].", "2013-03-23"),
        ("A race takes place on [Sunday].", "2013-03-24"),
        ("The pilot, who fell ill, leaves [Saturday].", "2013-03-23"),
        ("The inquiry continues on [Monday].", "2013-03-25"),
        ("The ferry could sail as early as [Tuesday].", "2013-03-26"),
        ("After a meeting on [Monday], owners agreed to talk.", "2013-03-18"),
        ("The ship was towed on [Sunday] and sank.", "2013-03-17"),
        ("The owner could not be reached [Thursday].", "2013-03-21"),
        ("The crew had to wait until [Wednesday].", "2013-03-20"),
        ("On [Tuesday], the owners announced a plan that would cost more.", "2013-03-19"),
        ("They may have left on [Sunday], police said.", "2013-03-17"),
    ],
)
def test_the_words_beside_a_weekday_tell_the_last_from_the_coming_one(sentence: str, value: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    (timex,) = resolve(text, [Span(start, end, "DATE")], CreationTime("2013-03-22", "given"))
    assert timex.value == value


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "12 Ramadan 1442"),
        ("en", "1 Muharram 1443"),
        ("en", "1442 AH"),
        ("en", "Reiwa 3"),
        ("de", "5. Nisan 5781"),
        ("es", "12 de Ramadán de 1442"),
        ("fr", "13 vendémiaire an IV"),
        ("zh", "令和3年"),
        ("zh", "民国三十八年"),
        ("zh", "昭和64年1月7日"),
        ("zh", "农历八月十五"),
        ("zh", "春节"),
    ],
)
def test_another_calendar_has_no_value_and_that_is_said(language: str, words: str) -> None:
    found = resolve(words, [Span(0, len(words), "DATE")], CreationTime("2021-04-08", "given"), language)[
        0
    ]
    assert found.value == ""
    assert why_empty(found) == "dates of another calendar are not converted; type the value"
