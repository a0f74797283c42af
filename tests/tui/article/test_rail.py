"""What the rail of a row shows, and how it is cut."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.model.span import Span, SpanKey, Status
from tests.tui.article.drawn import Stretch
from tui.article.marks import Mark
from tui.article.rail import RailPiece, rail_entries, rail_pieces
from tui.cells.cut import shown_width
from tui.colours.glyphs import ASCII, UNICODE

KEYS = {"GPE": "g", "ORG": "o", "EVENT": "e", "LAW": "a", "FAC": "f", "DATE": "d", "HARBOUR": ""}

NOTHING = Stretch(0, 0)
LOW = 0.4
"""The score of the doubtful spans in these tests."""
NO_STOPS: frozenset[SpanKey] = frozenset()


def rail(
    *spans: Span,
    marks: tuple[Mark, ...] = (),
    row: tuple[int, int] = (0, 100),
    focus: Stretch = NOTHING,
    columns: int = 7,
    names: bool = False,
) -> list[RailPiece]:
    stops = frozenset(span.key for span in spans if span.score == LOW)
    entries = rail_entries(*row, spans, marks, focus, UNICODE, stops)
    return rail_pieces(entries, columns, KEYS, UNICODE, names=names)


def test_a_place_where_a_name_may_be_has_a_sign_and_no_letter() -> None:
    place = Mark(5, 9, "place")
    assert written(rail(span(0, 4), marks=(place,))) == "g –"
    assert written(rail(span(0, 4), marks=(place,), columns=24, names=True)) == "GPE –"
    assert rail(marks=(place,), focus=Stretch(5, 9)) == [RailPiece("–", "selected")]
    assert rail(marks=(place,), row=(6, 100)) == []


def written(pieces: list[RailPiece]) -> str:
    return "".join(piece.text for piece in pieces)


def span(start: int, end: int, label: str = "GPE", status: Status = "accepted", **more: object) -> Span:
    return Span(start, end, label, status, **more)  # type: ignore[arg-type]


def doubtful(start: int, end: int, label: str) -> Span:
    return span(start, end, label, "suggested", score=LOW)


def test_letters_stand_in_reading_order_one_blank_apart() -> None:
    assert written(rail(span(3, 5), span(8, 9, "ORG"), span(20, 22, "DATE"))) == "g o d"


def test_a_span_is_listed_where_it_begins_and_what_is_rejected_nowhere() -> None:
    spans = (span(3, 15), span(8, 12, "ORG", "rejected"), span(12, 20, "DATE"))
    assert written(rail(*spans, row=(0, 10))) == "g"
    assert written(rail(*spans, row=(10, 30))) == "~d"


def test_doubt_nesting_and_crossing_have_signs() -> None:
    assert written(rail(doubtful(3, 5, "LAW"), span(9, 12, "DATE"))) == "a? d"
    assert written(rail(span(0, 12, "EVENT"), span(0, 2))) == "e(g"
    assert written(rail(span(0, 12, "ORG"), span(8, 20, "FAC"))) == "o ~f"
    assert written(rail(span(0, 12, "ORG"), span(0, 12, "FAC"))) == "o f", "neither holds the other"
    assert written(rail(span(0, 12, "ORG", "rejected"), span(3, 5))) == "g"


def test_what_a_preview_does_stands_before_the_letter_with_or_without_a_span() -> None:
    marks = (
        Mark(3, 5, "to change", "ORG", "+ORG"),
        Mark(8, 9, "left out", "ORG", "="),
        Mark(20, 22, "to change", "ORG", "+ORG"),
        Mark(30, 31, "found"),
    )
    assert written(rail(span(3, 5), span(8, 9), marks=marks, columns=9)) == "+o −g +o"
    removing = (Mark(3, 5, "to change", "GPE", "×GPE"),)
    assert written(rail(span(3, 5), marks=removing)) == "×g"


def test_a_mark_on_other_words_than_the_span_that_begins_there_is_an_entry_of_its_own() -> None:
    assert written(rail(span(3, 9), marks=(Mark(3, 5, "to change", "ORG", "+ORG"),))) == "g +o"


def test_the_selected_span_is_lit_and_nothing_else() -> None:
    spans = (span(3, 5), span(3, 5, "ORG"))
    looks = [piece.look for piece in rail(*spans, focus=Stretch(3, 5, spans[1].key)) if piece.label]
    assert looks == ["decided", "selected"]
    marks = (Mark(3, 5, "to change", "ORG", "+ORG"), Mark(8, 9, "to change", "ORG", "+ORG"))
    looks = [piece.look for piece in rail(marks=marks, focus=Stretch(8, 9)) if piece.label]
    assert looks == ["to change", "selected"]


def test_a_label_without_a_key_has_a_dot() -> None:
    assert written(rail(span(3, 5, "HARBOUR"), span(8, 9, "UNKNOWN"))) == "• •"


def test_names_stand_where_all_of_them_fit_and_letters_elsewhere() -> None:
    spans = (span(3, 5), span(8, 20, "EVENT"), span(8, 9, "HARBOUR"))
    assert written(rail(*spans, columns=18, names=True)) == "GPE EVENT (HARBOUR"
    assert written(rail(*spans, columns=17, names=True)) == "g e(•"


def test_what_does_not_fit_is_closed_up_then_cut_with_a_sign() -> None:
    spans = [doubtful(10 * n, 10 * n + 2, "GPE") for n in range(5)]
    assert written(rail(*spans[:2])) == "g? g?"
    assert written(rail(*spans[:3])) == "g?g?g?"
    assert written(rail(*spans[:4])) == "g?g?g?…"
    assert written(rail(*spans)) == "g?g?g?…"
    entries = rail_entries(0, 100, spans, (), Stretch(0, 0), ASCII, frozenset(one.key for one in spans))
    assert written(rail_pieces(entries, 7, KEYS, ASCII, names=False)) == "g?g?g?~"


SPANS = st.lists(
    st.builds(
        lambda start, size, label, status: span(start, start + size, label, status, score=0.4),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from(sorted(KEYS)),
        st.sampled_from(("accepted", "suggested", "rejected")),
    ),
    max_size=12,
)


@given(SPANS, st.integers(7, 24))
def test_the_rail_is_never_wider_than_it_is_and_says_so_when_it_is_cut(
    spans: list[Span], columns: int
) -> None:
    spans.sort(key=lambda one: (one.start, -one.end, one.label))
    pieces = rail(*spans, row=(0, 40), columns=columns, names=columns >= 16)
    assert shown_width(written(pieces)) <= columns
    beginning = [one.label for one in spans if one.start < 40 and one.status != "rejected"]
    listed = [piece.label for piece in pieces if piece.label]
    if listed == beginning:
        assert "…" not in written(pieces)
    else:
        assert written(pieces).endswith("…")
        assert listed == beginning[: len(listed)]


def test_wide_names_of_labels_take_their_cells() -> None:
    entries = rail_entries(
        0, 9, [span(1, 2, "港港"), span(4, 5, "港港")], (), Stretch(0, 0), UNICODE, NO_STOPS
    )
    assert written(rail_pieces(entries, 9, KEYS, UNICODE, names=True)) == "港港 港港"
    assert written(rail_pieces(entries, 8, KEYS, UNICODE, names=True)) == "• •"
