"""Spans are found again in a changed text at the same words, or not at all."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from annotations.model.span import Span
from annotations.text.alignment import align, comparable
from annotations.text.reanchor import reanchor
from tests.steps import steps

ARTICLE = (
    "Ann Lee met 李雷 in Zürich on Monday.\nShe left on Tuesday 🏔 for Ürümqi.\n\n"
    "Ann Lee said: «שלום».\n\nBo stayed in Zürich until Friday.\n"
)


def spans_of(text: str) -> list[Span]:
    return [Span(*match.span(), "X") for match in re.finditer(r"[^\W\d_]+(?: Lee)?", text)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFD", "\ufeff" + text.replace("\n", "\r\n")),
        lambda text: text.replace(" ", "  "),
        lambda text: "A title\n\n" + text + "\n\nAn end.",
        lambda text: text.replace("\n\n", "\n\nSomething new in between.\n\n"),
        lambda text: text.replace(" on", ", on"),
        lambda text: "\n\n".join(reversed(text.split("\n\n"))),
    ],
)
@pytest.mark.parametrize("text", [ARTICLE, unicodedata.normalize("NFD", ARTICLE)])
def test_every_span_is_found_at_its_words(text: str, change: Callable[[str], str]) -> None:
    new = change(text)
    found = reanchor(spans_of(text), text, new)
    assert [comparable(text[s.start : s.end]) for s, _ in found.placed] == [
        comparable(new[s.start : s.end]) for _, s in found.placed
    ]
    gone = [text[span.start : span.end] for span in found.lost]
    assert all(text.count(words) > 1 for words in gone) if "Bo stayed" in new[:40] else not gone


def test_a_changed_mention_is_lost_and_the_others_are_not() -> None:
    new = ARTICLE.replace("李雷", "韩梅梅").replace("Tuesday", "Thursday")
    found = reanchor(spans_of(ARTICLE), ARTICLE, new)
    assert [ARTICLE[span.start : span.end] for span in found.lost] == ["李雷", "Tuesday"]
    assert len(found.moved) + len(found.unchanged) + 2 == len(spans_of(ARTICLE))


def test_what_stands_where_it_stood_is_unchanged() -> None:
    found = reanchor(spans_of(ARTICLE), ARTICLE, ARTICLE + "More.")
    assert len(found.unchanged) == len(spans_of(ARTICLE))
    assert found.moved == ()


def test_nothing_is_placed_by_guess_among_equals() -> None:
    old, new = "Bo. Bo. Bo.", "Bo."
    found = reanchor([Span(0, 2, "X"), Span(4, 6, "X"), Span(8, 10, "X")], old, new)
    assert len(found.placed) <= 1


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "a"), ("a", ""), ("aaaa", "aa")])
def test_edges(old: str, new: str) -> None:
    found = reanchor([Span(n, n + 1, "X") for n in range(len(old))], old, new)
    assert len(found.placed) + len(found.lost) == len(old)


TEXTS = st.text(st.sampled_from("ab \nü\u0308\r🏔"), max_size=40)


@settings(max_examples=300)
@given(TEXTS, TEXTS)
@example("a\u0308b", "\u00e4b")
def test_an_alignment_pairs_equal_characters_in_order(old: str, new: str) -> None:
    alignment = align(old, new)
    places = [alignment.place(offset) for offset in range(len(old))]
    there = [place for place in places if place is not None]
    assert there == sorted(set(there))
    for offset, place in enumerate(places):
        assert place is None or old[offset] == new[place]


@settings(max_examples=200)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), TEXTS), max_size=3))
def test_a_placed_span_says_the_same(old: str, insertions: list[tuple[int, str]]) -> None:
    new = old
    for place, text in insertions:
        new = new[:place] + text + new[place:]
    spans = [Span(n, m, "X") for n in range(len(old)) for m in range(n + 1, min(n + 4, len(old) + 1))]
    found = reanchor(spans, old, new)
    assert len(found.placed) + len(found.lost) == len(spans)
    for before, after in found.placed:
        assert comparable(old[before.start : before.end]) == comparable(new[after.start : after.end])


@pytest.mark.parametrize("line", [ARTICLE, ARTICLE.replace("\n", " "), "Bo.\n", "\n"])
def test_a_large_text_is_no_trouble(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of Python and the lengths that are compared completely grow with the length, not with its square."""
    compared = 0

    class Counting:
        @staticmethod
        def opcodes(one: Sequence[str], other: Sequence[str]) -> Iterable[object]:
            nonlocal compared
            compared += len(one) * len(other)
            return Indel.opcodes(one, other)

    monkeypatch.setattr("annotations.text.alignment.Indel", Counting)

    def work(size: int) -> tuple[int, int]:
        nonlocal compared
        old = "".join(f"{number} {line}" for number in range(size // len(line) // 2 + 1))[: size // 2]
        new = "Title\r\n" + old.replace("\n", "\r\n").replace("7 Ann", "7 Anna")
        spans = [Span(n, n + 1, "X") for n in range(0, len(old), 1000)]
        compared = 0
        taken = steps(lambda: reanchor(spans, old, new))
        found = reanchor(spans, old, new)
        assert len(found.placed) > 0.9 * len(old) / 1000
        return taken, compared

    small, small_compared = work(20_000)
    large, large_compared = work(160_000)
    assert large < 12 * small
    assert large_compared <= max(12 * small_compared, 160_000)
