from annotations.dates.scheme import DEFAULT_DATES, DateSettings
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.chunking import UNIT
from annotations.suggest.sources.dates import DateCorrector, DateSuggester
from annotations.suggest.suggester import Suggester
from tests.spans import sources_named


class Fixed:
    source = Source.parse("model 1")
    labels: tuple[str, ...] = ("DATE", "GPE")
    unit = UNIT

    def __init__(self, *spans: Span) -> None:
        self.spans = list(spans)

    def suggest(self, text: str, dates: DateSettings = DEFAULT_DATES) -> list[Span]:
        return self.spans


def test_the_rules_of_dates_are_a_suggester() -> None:
    rules: Suggester = DateSuggester()
    assert (str(rules.source), rules.labels, rules.unit) == ("dates", ("DATE", "TIME"), UNIT)
    text = "They met on 8 April 2021. It began at 9 a.m."
    found = rules.suggest(text)
    assert (text[found[0].start : found[0].end], found[0].sources) == (
        "8 April 2021",
        sources_named("dates"),
    )
    assert {span.label for span in found} == {"DATE", "TIME"}


def test_extents_of_another_suggesters_dates_are_corrected_and_nothing_else() -> None:
    text = "Rome, 9 a.m."
    rome = Span(0, 4, "GPE", sources=sources_named("model 1"))
    corrected = DateCorrector(Fixed(rome, Span(6, 7, "TIME", sources=sources_named("model 1"))), "en")
    assert [(text[s.start : s.end], s.label) for s in corrected.suggest(text)] == [
        ("Rome", "GPE"),
        ("9 a.m.", "TIME"),
    ]
    assert corrected.suggest(text)[0] is rome
    assert (str(corrected.source), corrected.labels) == ("model 1", ("DATE", "GPE"))
    assert len(DateCorrector(Fixed(rome), "en").suggest(text)) == 2


def test_a_suggester_that_knows_no_dates_gets_none() -> None:
    places = Fixed(Span(0, 4, "GPE", sources=sources_named("model 1")))
    places.labels = ("GPE",)
    assert DateCorrector(places, "en").suggest("Rome, 9 a.m.") == places.spans


def test_in_another_language_the_dates_are_those_of_its_rules() -> None:
    text = "Roma, 4 de mayo de 2011"
    wrong = Span(0, 4, "DATE", sources=sources_named("model 1"))
    found = DateCorrector(Fixed(wrong), "en").suggest(text, DateSettings("es"))
    assert [(text[s.start : s.end], s.sources) for s in found] == [
        ("4 de mayo de 2011", sources_named("dates"))
    ]
