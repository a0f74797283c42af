"""Signals that a suggestion is wrong, and the doubt computed from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.learn.doubt import Weights, reasons, threshold
from annotations.learn.lesson import LabelledWithoutSuggestion, SuggestionDecided
from annotations.learn.memory import Memory
from annotations.learn.signals import SIGNALS, Signal, judged
from annotations.model.document import Document
from annotations.model.source import CARRIED, Source
from annotations.model.span import Span
from tests.spans import sources_named
from tests.texts import texts

MODEL = Source.parse("model 1")


def suggestion(text: str, words: str, label: str, score: float | None = 0.9) -> Span:
    start = text.index(words)
    return Span(
        start, start + len(words), label, sources=sources_named("model 1"), score=score, beside=0.99
    )


def value(name: Signal, memory: Memory, text: str, span: Span, document: str = "d") -> float:
    found = memory.signals(judged(document, text, span, span.label))
    assert len(found) == len(SIGNALS)
    return found[SIGNALS.index(name)]


def signal(name: Signal, text: str, words: str, label: str, score: float | None = 0.9) -> float:
    return value(name, Memory(), text, suggestion(text, words, label, score))


def decided(
    text: str, words: str, final: str = "", *, right: bool, edge: bool = False, document: str = "d"
) -> SuggestionDecided:
    span = suggestion(text, words, "GPE")
    return SuggestionDecided(judged(document, text, span, "GPE"), right=right, final=final, edge=edge)


@pytest.mark.parametrize(
    ("name", "text", "words", "label", "expected"),
    [
        ("no score", "in Lisbon today", "Lisbon", "GPE", False),
        ("glued edge", "Ana LopesMinister said", "Ana Lopes", "PERSON", True),
        ("glued edge", "the Lisbon-Porto line", "Lisbon", "GPE", True),
        ("glued edge", "Lisbon's mayor", "Lisbon", "GPE", False),
        ("capital behind", "the Port Authority met", "Port", "ORG", True),
        ("capital behind", "Lisbon’s Harbour", "Lisbon", "GPE", True),
        ("capital behind", "on Monday Ana left", "Monday", "DATE", False),
        ("of behind", "the Ministry of Ports said", "Ministry", "ORG", True),
        ("of behind", "the Ministry of ports", "Ministry", "ORG", False),
        ("odd sign", "Port of Sines(Photo", "Sines(Photo", "GPE", True),
        ("odd sign", "in Lisbon today", "Lisbon", "GPE", False),
        ("article", "the Port met", "the Port", "ORG", True),
        ("possessive", "Ana’s boat", "Ana’s", "PERSON", True),
        ("possessive", "Anas boat", "Anas", "PERSON", False),
        ("no capital", "the sea was calm", "sea", "LOC", True),
        ("no capital", "in two weeks", "two", "CARDINAL", False),
        ("no capital", "किसानों से मिले", "किसानों", "NORP", False),
        ("glued edge", "他在里斯本工作", "里斯本", "GPE", False),
        ("glued edge", "北约NATO在那里", "NATO", "ORG", False),
        ("glued edge", "서울에서 만났다", "서울", "GPE", False),
        ("glued edge", "Лиссабонский", "Лиссабон", "GPE", True),
        ("hyphen behind", "the Lisbon- and Porto line", "Lisbon", "GPE", True),
        ("hyphen behind", "A-Lisbon", "Lisbon", "GPE", True),
        ("hyphen behind", "pro-Lisbon talks", "Lisbon", "GPE", False),
        ("hyphen behind", "the Lisbon-based firm", "Lisbon", "GPE", False),
    ],
)
def test_each_signal_is_seen(name: Signal, text: str, words: str, label: str, expected: bool) -> None:
    assert bool(signal(name, text, words, label)) is expected


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Lopes(Photo",
            "Lopes (Photo",
            "Photo)Lopes",
            "Photo) Lopes",
            "Lopes[1",
            "里斯本（照片",
            "A(Lopes)B",
        ),
        *("Lopes\nPort", "“Lopes", "Port «Lopes", "@lopes", "#Port", "Port | Lopes", "Port_Lopes"),
        *("http://port", "www.port", "Port //Lopes", "Lopes,", "Lopes:", "Lopes &", "Lopes-", "Lopes –"),
        *("-Lopes", ", Lopes", "’s Lopes", "’ Lopes", "Harbour."),
        *("LopesMinister", "Lopes,Minister", "Lopes.Minister", "Lopes7", "2021Lopes", "Lopes 7"),
    ],
)
def test_odd_signs_inside_a_name_are_seen(words: str) -> None:
    assert signal("odd sign", f"{words} said", words, "PERSON") == 1


@pytest.mark.parametrize(
    "words",
    [
        *("Lopes", "Ana M. Lopes", "O'Neill", "’t Hooft", "Jean-Luc", "McDonald", "MacArthur", "DeVito", "LeBron"),
        *("Lopes Jr.", "Port (Sines)", "U.S.", "Yahoo!", "AT&T", "Acme Inc.", "St. Ana", "里斯本", "’Abd al-Lah"),
    ],
)  # fmt: skip
def test_what_names_are_written_with_is_not_odd(words: str) -> None:
    assert signal("odd sign", f"{words} said", words, "PERSON") == 0
    assert signal("run together", f"{words} said", words, "PERSON") == 0


def test_a_firm_may_be_written_as_one_word_and_a_person_not() -> None:
    for label, odd in (("ORG", 0), ("PERSON", 1)):
        assert signal("odd sign", "YouTube said", "YouTube", label) == odd
        assert signal("run together", "YouTube said", "YouTube", label) == 1


def test_an_unsure_suggestion_is_less_certain_than_a_sure_one() -> None:
    text = "in Lisbon today"
    assert signal("score", text, "Lisbon", "GPE", 0.4) < signal("score", text, "Lisbon", "GPE", 0.99)
    assert signal("no score", text, "Lisbon", "GPE", None) == 1


def test_a_label_of_the_project_counts_as_what_it_stands_for() -> None:
    text = "in two weeks"
    span = suggestion(text, "two", "Number")
    as_name = Memory().signals(judged("d", text, span, "Number"))
    as_number = Memory().signals(judged("d", text, span, "CARDINAL"))
    assert as_name[SIGNALS.index("no capital")] > as_number[SIGNALS.index("no capital")]


def test_what_was_decided_on_the_same_words_counts() -> None:
    memory, text = Memory(), "in Lisbon"
    memory.learn(decided("in LISBON", "LISBON", right=True))
    memory.learn(decided(text, "Lisbon", "ORG", right=False))
    assert memory.said("lisbon", "GPE") == (1, 2)
    assert memory.said("lisbon", "ORG") == (1, 1)
    assert memory.known_as("Lisbon")[1:] == (1, 1)
    assert value("said no", memory, text, suggestion(text, "Lisbon", "GPE")) > 0


def test_a_corrected_edge_says_nothing_against_the_words() -> None:
    memory = Memory()
    memory.learn(decided("Lisbon", "Lisbon", "GPE", right=False, edge=True))
    assert memory.said("Lisbon", "GPE") == (0, 0)
    assert memory.rate("GPE", "pipeline").all == 1


def test_a_label_that_is_wrong_here_is_expected_to_be_wrong_here() -> None:
    memory, span = Memory(), suggestion("Porto", "Porto", "GPE")
    for _ in range(4):
        memory.learn(decided("Lisbon", "Lisbon", right=False, document="here"))
    here = value("rate here", memory, "Porto", span, "here")
    there = value("rate here", memory, "Porto", span, "there")
    assert here < there == pytest.approx(value("label rate", memory, "Porto", span))


def test_what_is_explained_by_the_text_says_less_of_the_label() -> None:
    plain, odd, unsure = Memory(), Memory(), Memory()
    text = "Porto, Lisbon(Photo"
    plain.learn(
        SuggestionDecided(judged("d", text, suggestion(text, "Porto", "GPE"), "GPE"), right=False)
    )
    glued = suggestion(text, "Lisbon(Photo", "GPE")
    odd.learn(SuggestionDecided(judged("d", text, glued, "GPE"), right=False))
    low = suggestion(text, "Porto", "GPE", 0.3)
    unsure.learn(SuggestionDecided(judged("d", text, low, "GPE"), right=False))
    span = suggestion("Faro", "Faro", "GPE")
    found = [value("label rate", memory, "Faro", span) for memory in (plain, odd, unsure, Memory())]
    assert found[0] < found[1] < found[3]
    assert found[0] < found[2] < found[3]
    assert plain.rate("GPE", "pipeline").all == odd.rate("GPE", "pipeline").all == 1


def test_what_the_person_suggests_is_expected_to_be_right_whatever_a_pipeline_does_with_the_label() -> (
    None
):
    def rate(label: str, source: Source) -> float:
        span = Span(0, 4, label, sources=(source,))
        return value("label rate", Memory(), "Faro", span)

    assert rate("FAC", MODEL) < rate("GPE", MODEL)
    assert rate("FAC", CARRIED) == rate("GPE", CARRIED)


lessons = st.one_of(
    st.builds(
        LabelledWithoutSuggestion, st.sampled_from(["lisbon", "porto"]), st.sampled_from(["GPE", "ORG"])
    ),
    st.builds(
        decided,
        st.just("in Lisbon"),
        st.just("Lisbon"),
        st.sampled_from(["", "ORG"]),
        right=st.booleans(),
        edge=st.booleans(),
        document=st.sampled_from(["d", "e"]),
    ),
)


@given(st.lists(lessons, max_size=8), st.data())
def test_a_lesson_taken_back_was_never_there(
    taught: list[LabelledWithoutSuggestion], data: st.DataObject
) -> None:
    memory, other = Memory(), Memory()
    back = data.draw(st.sampled_from(range(len(taught)))) if taught else None
    for place, lesson in enumerate(taught):
        memory.learn(lesson)
        if place != back:
            other.learn(lesson)
    if back is not None:
        memory.unlearn(taught[back])
    span = suggestion("Lisbon", "Lisbon", "GPE")
    seen = judged("d", "Lisbon", span, "GPE")
    assert memory.signals(seen) == other.signals(seen)
    assert memory.known_as("lisbon") == other.known_as("lisbon")


WEIGHTS = Weights(tuple(2.0 if name == "capital behind" else -0.5 if name == "score" else 0.0
                        for name in SIGNALS), tuple(0.0 for _ in SIGNALS))  # fmt: skip


def test_the_largest_signals_are_said_in_plain_words() -> None:
    text = "the Port Authority of Sines met on Monday"
    span = suggestion(text, "Port", "ORG", 0.2)
    found = Memory().signals(judged("d", text, span, span.label))
    names = WEIGHTS.largest(found)
    assert reasons(names, Document(text), span, Memory()) == ["“Authority of Si…” may belong to it"]
    assert WEIGHTS.wrong(found) > 0.5
    assert reasons([], Document(text), span, Memory()) == ["unsure"]
    assert reasons(["score"], Document(text), span, Memory()) == ["unsure (0.20)"]


def test_that_something_is_not_so_is_no_reason_though_it_adds_to_the_doubt() -> None:
    text = "in Lisbon"
    span = suggestion(text, "Lisbon", "GPE", 0.9)
    rules_are_right = Weights(
        tuple(-4.0 if name == "no score" else 0.0 for name in SIGNALS),
        tuple(0.3 if name == "no score" else 0.0 for name in SIGNALS),
    )
    assert rules_are_right.largest(Memory().signals(judged("d", text, span, span.label))) == []


def test_a_rate_is_said_from_three_decisions_on() -> None:
    memory, span = Memory(), suggestion("Lisbon", "Lisbon", "GPE")
    for _ in range(2):
        memory.learn(decided("Porto", "Porto", right=False))
    assert reasons(["label rate"], Document("Lisbon"), span, memory) == ["unsure"]
    memory.learn(decided("Porto", "Porto", right=True))
    assert reasons(["label rate"], Document("Lisbon"), span, memory) == ["GPE was right 1 of 3 times"]


def test_a_label_that_was_never_wrong_is_no_reason() -> None:
    memory, text = Memory(), Document("Lisbon")
    span = suggestion("Lisbon", "Lisbon", "GPE", 0.5)
    for _ in range(4):
        memory.learn(decided("Porto", "Porto", right=True, document=text.id))
    assert reasons(["label rate", "rate here", "score"], text, span, memory) == ["unsure (0.50)"]
    names: list[Signal] = ["rate here", "label rate", "score"]
    memory.learn(decided("Porto", "Porto", right=False, document=text.id))
    assert reasons(names, text, span, memory) == ["GPE was right 4 of 5 times here"]
    memory.learn(decided("Porto", "Porto", right=False, document="other"))
    # At most two reasons; the one with the greater weight comes first.
    said = ["GPE was right 4 of 5 times here", "GPE was right 4 of 6 times"]
    assert reasons(names, text, span, memory) == said


def test_what_the_person_said_of_the_words_is_quoted() -> None:
    memory, span = Memory(), suggestion("Lisbon", "Lisbon", "GPE")
    for _ in range(2):
        memory.learn(LabelledWithoutSuggestion("lisbon", "ORG"))
    assert reasons(["said no"], Document("Lisbon"), span, memory) == [
        "you said ORG for these words twice"
    ]


def test_more_is_doubted_at_the_start() -> None:
    assert [threshold(149), threshold(150), threshold(10, 0.1)] == [0.15, 0.25, 0.1]


@given(texts(), st.data())
def test_any_text_has_signals_that_are_numbers(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end, "ORG", sources=sources_named("model 1"))
    found = Memory().signals(judged("d", text, span, span.label))
    assert 0 <= WEIGHTS.wrong(found) <= 1
