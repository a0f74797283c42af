"""Places of names that were not suggested: from second readings, capitals and known words, also without a model."""

import pytest

from annotations.learn.doubt import FittedWeights
from annotations.learn.learned import Learned, TaughtByEdit
from annotations.learn.lesson import LabelledWithoutSuggestion
from annotations.learn.name_place import NamePlace
from annotations.learn.place_signals import PLACE_SIGNALS, PlaceSignal, PossibleNames, all_signals
from annotations.learn.places import NamePlaces
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span
from annotations.model.span_index import SpanIndex
from tests.spans import sources_named

TEXT = (
    "The harbour of Quelfes was closed, said Ana Lopes. Nobody saw the pilots leave Quelfes on foot.\n"
    "Boats stayed in port, and the ministry of ports, known as MPX, said nothing about the Tagus accord."
)
SCHEME = LabelScheme((Label("place", sources=("GPE", "LOC")), Label("ORG"), Label("PERSON")), own=True)


def places(
    text: str = TEXT,
    spans: SpanIndex | None = None,
    read: list[Span] | None = None,
    learned: Learned | None = None,
    scheme: LabelScheme = SCHEME,
) -> dict[str, NamePlace]:
    possible = PossibleNames(text, read or [], scheme.label_for)
    found = NamePlaces(text, possible, spans or SpanIndex(), scheme, learned or Learned())
    return {text[one.start : one.end]: one for one in found.within(0, len(text))}


def signals(words: str, text: str = TEXT) -> dict[PlaceSignal, float]:
    start = text.index(words)
    possible = PossibleNames(text, [], SCHEME.label_for)
    fixed = possible.at((start, start + len(words))).fixed
    return dict(zip(PLACE_SIGNALS, all_signals(words, fixed, Learned().memory), strict=True))


def test_capitals_that_no_span_covers_are_places_without_a_model() -> None:
    assert set(places()) == {"Quelfes", "Ana Lopes", "Nobody", "Boats", "MPX", "Tagus"}
    covered = SpanIndex([Span(TEXT.index("Ana"), TEXT.index("Ana") + 5, "PERSON", "rejected")])
    assert "Ana Lopes" not in places(spans=covered)


def test_a_capital_inside_a_sentence_says_more_than_one_that_begins_it() -> None:
    found = places()
    assert found["Quelfes"].chance > found["Boats"].chance
    assert signals("Boats")["begins a sentence"] == 1 == signals("Quelfes")["in mid-sentence"]
    assert signals("MPX")["capitals only"] == 1
    assert signals("Ana Lopes")["several words"] == 1


def test_what_is_written_small_elsewhere_is_hardly_a_name() -> None:
    text = "A port is closed. He said that Port was not. The port and seaports."
    assert signals("Port", text)["small elsewhere"] == 1
    assert signals("Quelfes")["small elsewhere"] == 0


def test_a_second_reading_is_a_place_with_its_label_under_the_project_s_labels() -> None:
    start = TEXT.index("ministry of ports")
    by = sources_named("m 1")
    read = [
        Span(start, start + 17, "LOC", sources=by, score=0.4),
        Span(TEXT.index("Tagus"), TEXT.index("Tagus") + 5, "LAW", sources=by, score=0.4),
    ]
    place = places(read=read)["ministry of ports"]
    assert (place.label, place.reason) == ("place", "place is possible (0.40)")
    # A label that the project does not use is not proposed.
    assert places(read=read)["Tagus"].label == ""


def test_second_readings_that_come_later_are_read_too() -> None:
    read: list[Span] = []
    possible = PossibleNames(TEXT, read, SCHEME.label_for)
    assert possible.at((4, 11)).read_as == ""
    read.append(Span(4, 11, "ORG", sources=sources_named("m 1"), score=0.3))
    assert (possible.at((4, 11)).read_as, possible.at((4, 11)).beginning) == ("ORG", 0.3)


def test_words_known_from_elsewhere_are_places_also_without_capitals() -> None:
    learned = Learned()
    before = places()["Quelfes"].chance
    learned.memory.learn(LabelledWithoutSuggestion("quelfes", "place"))
    learned.memory.learn(LabelledWithoutSuggestion("the pilots", "ORG"))
    found = places(learned=learned)
    assert found["Quelfes"].chance > before
    assert (found["Quelfes"].label, found["Quelfes"].reason) == (
        "place",
        "you said place for these words elsewhere",
    )
    assert found["the pilots"].label == "ORG"
    learned.memory.learn(LabelledWithoutSuggestion("the", "ORG"))
    assert "the" not in places(learned=learned)


def test_capitals_say_nothing_where_most_nouns_have_them() -> None:
    german = (
        "Am Morgen fuhr das Boot aus dem Hafen, und der Wind kam von der Küste her auf das Meer. "
        "Nach einer Stunde sah der Mann das Licht am Ufer, und die Frau hörte das Horn im Nebel. "
    ) * 4
    assert signals("Hafen", german)["in mid-sentence"] == 0


@pytest.mark.parametrize("text", ["", " \n\t", "é" * 400, "A" * 3000, "Ǆ. ’s “”\u202e A-B-C", "…" * 99])
def test_any_text_has_places_inside_it(text: str) -> None:
    for place in places(text).values():
        assert 0 <= place.start < place.end <= len(text)
        assert 0 <= place.chance <= 1
        assert place.reason


def test_what_is_found_follows_what_is_decided_and_read() -> None:
    learned, spans, read = Learned(), SpanIndex(), list[Span]()
    possible = PossibleNames(TEXT, read, SCHEME.label_for)
    names = NamePlaces(TEXT, possible, spans, SCHEME, learned)

    def found() -> list[str]:
        return [TEXT[one.start : one.end] for one in names.within(0, 60)]

    assert found() == found() == ["Quelfes", "Ana Lopes", "Nobody"]
    spans.add(Span(15, 22, "place"))
    assert found() == ["Ana Lopes", "Nobody"]
    read.append(Span(4, 11, "ORG", sources=sources_named("m 1"), score=0.3))
    assert found() == ["harbour", "Ana Lopes", "Nobody"]
    learned.read([TaughtByEdit("elsewhere", "1", "", (LabelledWithoutSuggestion("closed", "ORG"),))])
    assert found() == ["harbour", "closed", "Ana Lopes", "Nobody"]
    learned.use(FittedWeights(learned.weights.values, (0.0,) * len(PLACE_SIGNALS)))
    assert {one.chance for one in names.within(0, 60)} == {0.5}


def test_known_words_are_those_of_the_language() -> None:
    learned = Learned()
    learned.memory.learn(LabelledWithoutSuggestion("opéra", "place"))
    text = "on va à l’opéra ce soir"

    def known(language: str) -> set[str]:
        possible = PossibleNames(text, [], SCHEME.label_for)
        found = NamePlaces(text, possible, SpanIndex(), SCHEME, learned, lambda: language)
        return {text[one.start : one.end] for one in found.within(0, len(text))}

    assert known("fr") == {"opéra"}
    assert known("en") == set()
