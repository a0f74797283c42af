"""Any extent of any text can be labelled as a date: it has a value or none, and never causes an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.dates import resolver
from annotations.dates.creation_time import CreationTime
from annotations.dates.discourse import Discourse
from annotations.dates.document_dates import dated, timex_of
from annotations.dates.interpretations.resolution import Resolution
from annotations.dates.interpretations.table import INTERPRETATIONS
from annotations.dates.language import load_language
from annotations.dates.language_tables import ReadName
from annotations.dates.matcher import find_dates
from annotations.dates.reading import DateReading
from annotations.dates.resolver import resolve
from annotations.dates.timex_value import in_words, type_of, validate
from annotations.model.span import Span
from annotations.model.value import Timex

CREATED = CreationTime("2021-04-08", "given")
FIGURES = [
    *(
        "0",
        "00",
        "1",
        "5",
        "12",
        "24",
        "31",
        "32",
        "52",
        "65",
        "99",
        "100",
        "490",
        "1066",
        "1914",
        "1999",
    ),
    *(
        "2021",
        "9999",
        "10000",
        "123456789",
        "9" * 25,
        "9" * 400,
        "9" * 5000,
        "9" * 400 + ".5",
        "2.5",
        "0.0",
    ),
    *(
        "1,000,000.5",
        "1,000" + ",000" * 120,
        "'99",
        "’05",
        "1st",
        "99th",
        "0th",
        "10:30",
        "25:61",
        "9:30pm",
    ),
    *(
        "2013-03-05",
        "2013-13-45",
        "0000-01-01",
        "9999-12-31",
        "2012-11",
        "1914-18",
        "03/04/2020",
        "45/45/2020",
    ),
    *(
        "00/00/00",
        "1990s",
        "'20s",
        "Q4",
        "FY13",
        "9/11",
        "BC",
        "490 BC",
        "0 BC",
        "5th century BC",
        "٣",
        "٢٠٢١",
    ),
]
JOINTS = [" ", " ", " ", "", "-", "–", ", ", ". ", "/", " to ", " and ", "\n\n"]
CREATION_TIMES = [
    "2021-04-08",
    "0001-01-01",
    "9999-12-31",
    "2021-04-08T10:30",
    "2021",
    "no date",
    "1000-01-01",
]
GIVEN = [
    "BC0490",
    "BC04",
    "2021",
    "0000-W01-1",
    "9999-W52-7",
    "XXXX-01",
    "P1Y",
    "20",
    "",
    "no value",
    "PRESENT_REF",
]


def vocabulary(code: str) -> list[str]:
    """All words and phrases that the rules of a language know."""
    language = load_language(code)
    phrases = [" ".join(parts) for forms in language.phrases.values() for parts, _ in forms]
    capitals = [word.capitalize() for word in language.capitalised]
    return [*language.words, *capitals, *phrases]


WORDS = {code: vocabulary(code) for code in ("en", "es")}


@st.composite
def marked_texts(draw: st.DrawFn, code: str) -> tuple[str, list[Span]]:
    """A text made of parts of dates, and spans of dates with any extents in it."""
    piece = st.one_of(st.sampled_from(FIGURES), st.sampled_from(WORDS[code]), st.text(max_size=3))
    joint = st.sampled_from(JOINTS)
    text = (
        draw(st.lists(st.tuples(piece, joint), max_size=10).map(lambda p: "".join(map("".join, p))))
        + "x"
    )
    value = st.builds(
        Timex,
        type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
        value=st.sampled_from(GIVEN),
        origin=st.sampled_from(["person", "import", "rule"]),
        mod=st.sampled_from(["", "END", "odd"]),
    )
    spans = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(start + 40, len(text))))
        given_one = draw(st.one_of(st.none(), st.none(), st.none(), value))
        spans.append(
            Span(start, end, draw(st.sampled_from(["DATE", "TIME"])), "accepted", value=given_one)
        )
    return text, spans


@pytest.mark.parametrize("code", ["en", "es"])
def test_no_extent_raises_and_every_rule_foresees_what_it_reads(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    surprises: list[tuple[str, str]] = []
    known = dict(INTERPRETATIONS)

    def watched(name: ReadName) -> object:
        def interpret(discourse: Discourse, reading: DateReading) -> Resolution:
            try:
                return known[name](discourse, reading)
            except (OverflowError, ValueError):
                # These are expected for dates outside of the calendar.
                raise
            except Exception as error:
                surprises.append((name, repr(error)))
                raise

        return interpret

    monkeypatch.setattr(resolver, "INTERPRETATIONS", {name: watched(name) for name in known})

    @settings(max_examples=300)
    @given(marked_texts(code), st.one_of(st.none(), st.sampled_from(CREATION_TIMES)))
    def holds(marked: tuple[str, list[Span]], created: str | None) -> None:
        text, spans = marked
        values = resolve(text, spans, CreationTime(created, "given") if created else None, code)
        given = [span.value for span in spans]
        for timex in values:
            in_words(timex)
            # A value with which a date was accepted is kept, also if it is not valid.
            if timex.origin == "rule" and timex not in given:
                assert not timex.value or validate(timex.type, timex.value) is None
        assert not surprises

    holds()


@given(marked_texts("en"))
def test_a_document_keeps_its_spans_with_any_values(marked: tuple[str, list[Span]]) -> None:
    text, spans = marked
    assert [span.key for span in dated(text, spans, CREATED)] == [span.key for span in spans]


def test_a_rule_that_fails_leaves_one_date_without_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(discourse: Discourse, reading: DateReading) -> Resolution:
        raise KeyError("month")

    monkeypatch.setattr(resolver, "INTERPRETATIONS", {**INTERPRETATIONS, "dayword": broken})
    text = "It fell yesterday, on March 5, 2019."
    values = resolve(text, [Span(8, 17, "DATE"), Span(22, 35, "DATE")], CREATED)
    assert [timex.value for timex in values] == ["", "2019-03-05"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In 490 BC it fell. She was 52 then.", "52"),
        ("In 490 BC it fell. Ben Hart, 65, said so.", "65"),
        ("In 2021 Ben Hart, 65, said so.", "65"),
        ("In 2021 Ben Hart, 65, said so.", "Hart, 65"),
        ("In 2021 Mia Roth (71) won.", "71"),
        ("In March 2020 he was 34.", "34"),
        ("They met 5 times.", "5"),
        ("May 3 to\n\n6 came", "6"),
        ("He had 9" + "9" * 400 + " million.", "9" + "9" * 400),
    ],
)
def test_a_number_that_says_no_date_has_no_value(text: str, words: str) -> None:
    start = text.index(words)
    assert timex_of(text, Span(start, start + len(words), "DATE"), CREATED).value == ""
    assert timex_of(text, Span(start, start + len(words), "DATE"), CREATED).value == ""


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The war of 1914-18 is over.", "18", "1918"),
        ("The war of 1914 – 18 is over.", "18", "1918"),
        ("It ran from March 14 to 16 in town.", "16", "2021-03-16"),
        ("It ran from March 14 to 16, 2012 in town.", "16, 2012", "2012-03-16"),
        ("It ran from 14 to 16 March in town.", "14", "2021-03-14"),
        ("It ran on March 3, 4 and 5 in town.", "4", "2021-03-04"),
        ("It ran on March 3, 4 and 5 in town.", "5", "2021-03-05"),
        ("x" * 300 + " from March 14 to 16 in town" + " y" * 300, "16", "2021-03-16"),
        ("Open Monday to Friday, they said.", "Friday", "2021-04-02"),
        ("Between March and May it rained.", "May", "2020-05"),
        ("They met here, 7th or so.", "7th", "2021-04-07"),
    ],
)
def test_the_rest_of_an_expression_beside_an_extent_counts(text: str, words: str, value: str) -> None:
    start = text.index(words)
    assert timex_of(text, Span(start, start + len(words), "DATE"), CREATED).value == value


def test_a_number_too_long_for_the_calendar_does_not_stop_the_reading() -> None:
    text = f"It has 1{'0' * 400}.5 million of them since March 5, 2019."
    found = [text[span.start : span.end] for span in find_dates(text)]
    assert found == ["March 5, 2019"]


@given(
    st.one_of(
        st.from_regex(
            r"\A(FY|BC)?\d{2,4}(-(W\d\d(-([1-7]|WE))?|Q[1-4]|H[12]|SP|\d\d(-\d\d)?))?(T\d\d(:\d\d)?)?\Z"
        ),
        st.sampled_from(GIVEN),
        st.text(max_size=8),
    )
)
def test_what_is_valid_can_be_said_in_words(value: str) -> None:
    assert isinstance(in_words(Timex(type_of(value), value)), str)


@pytest.mark.parametrize("value", ["0000", "0000-05", "0000-W10-3", "BC0000", "9999-W52-6"])
def test_what_the_calendar_does_not_have_is_no_value(value: str) -> None:
    assert validate(type_of(value), value)
    assert in_words(Timex("DATE", value)) == value
