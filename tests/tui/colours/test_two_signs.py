"""Each state of a span is shown in two ways: without any colour, no two states look the same."""

import itertools

import pytest
from msgspec.structs import replace
from rich.style import Style
from textual.strip import Strip
from textual.theme import Theme

from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span, SpanKey, Status
from tests.spans import sources_named
from tests.tui.article.drawn import Stretch
from tests.tui.own_colours import own_colours
from tui.article.drawing import RowContent, draw_row, rail_of
from tui.article.geometry import geometry
from tui.article.marks import Mark
from tui.article.page_look import PageLook
from tui.article.styles import ArticleStyles
from tui.cells.row import Row
from tui.colours.computed import colours_of
from tui.colours.depth import Depth
from tui.colours.glyphs import ASCII, UNICODE, Glyphs
from tui.colours.palette import Colours

TEXT = "in New York State."
START, END = TEXT.index("York"), TEXT.index("York") + 4
DEPTHS: tuple[Depth, ...] = ("true", "256", "16", "none")


def span(words: str, label: str, status: Status = "suggested") -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), label, status, sources_named("model 1"), 0.9)


YORK = span("York", "GPE")
NOWHERE = RowContent(Stretch(0, 0), (0, 0))
HERE = RowContent(
    Stretch(START, END, SpanKey(START, END, "GPE")), (0, 0), (YORK,), here=True, in_paragraph=True
)
STATES = {
    "nothing": NOWHERE,
    "suggested": replace(NOWHERE, spans=(YORK,)),
    "doubtful": replace(NOWHERE, spans=(YORK,), stops=frozenset([YORK.key])),
    "accepted": replace(NOWHERE, spans=(span("York", "GPE", "accepted"),)),
    "rejected": replace(NOWHERE, spans=(span("York", "GPE", "rejected"),)),
    "nested, suggested": replace(NOWHERE, spans=(span("New York", "ORG", "accepted"), YORK)),
    "nested, accepted": replace(
        NOWHERE, spans=(span("New York", "ORG", "accepted"), span("York", "GPE", "accepted"))
    ),
    "crossing": replace(
        NOWHERE, spans=(span("New York", "ORG", "accepted"), span("York State", "FAC", "accepted"))
    ),
    "selected": HERE,
    "selected, focus elsewhere": replace(HERE, place="elsewhere"),
    "found": replace(NOWHERE, marks=(Mark(START, END, "found"),)),
    "to change": replace(NOWHERE, marks=(Mark(START, END, "to change", "GPE", "+GPE"),)),
    "left out": replace(NOWHERE, marks=(Mark(START, END, "left out", "GPE", "="),)),
    "place": replace(NOWHERE, marks=(Mark(START, END, "place"),)),
    "letters": replace(NOWHERE, marks=(Mark(START, END, "letters", "GPE", "a"),)),
    "flagged": replace(NOWHERE, spans=(replace(YORK, flagged=True),)),
}


LETTERS = {"GPE": "g", "ORG": "o", "FAC": "f"}


def attributes(style: Style | None, strikes: bool) -> tuple[bool, ...]:
    """The attributes of a style, without its colours; `strikes`: whether the terminal strikes text through."""
    assert style is not None
    shown = (
        style.bold,
        style.dim,
        style.italic,
        style.underline,
        style.reverse,
        style.strike and strikes,
    )
    return tuple(map(bool, shown))


def row_of(content: RowContent, page: PageLook) -> Strip:
    """The row drawn with this content."""
    row = Row(TEXT, 0, len(TEXT))
    return draw_row(row, content, page, rail_of(row, content, page).pieces)


def drawn(state: str, colours: Colours, glyphs: Glyphs) -> tuple[object, ...]:
    """What shows a state without colours: the word's attributes, the signs at the left, the rail."""
    page = PageLook(geometry(80, 24), ArticleStyles(colours), glyphs, LETTERS)
    strip = row_of(STATES[state], page)
    cells = [(char, attributes(style, colours.strikes)) for text, style, _ in strip for char in text]
    left, rail = page.geometry.left, page.geometry.rail_left
    signs = "".join(char for char, _ in cells[:left])
    return cells[left + START][1], signs, tuple(cell for cell in cells[rail:] if cell[0] != " ")


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["signs", "ascii"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_no_two_states_look_alike_without_their_colours(depth: Depth, glyphs: Glyphs) -> None:
    seen = {state: drawn(state, own_colours(depth), glyphs) for state in STATES}
    for one, other in itertools.combinations(STATES, 2):
        assert seen[one] != seen[other], (one, other)


def test_nor_on_the_console_of_linux_where_nothing_is_struck_through() -> None:
    theme = Theme(name="annotate-dark", primary="#000000")
    colours = colours_of(ONTONOTES, theme, "16", linux_console=True)
    seen = {state: drawn(state, colours, ASCII) for state in STATES}
    for one, other in itertools.combinations(STATES, 2):
        assert seen[one] != seen[other], (one, other)


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("nothing", "flagged")])
def test_each_state_differs_in_the_text_itself_without_any_colour(state: str) -> None:
    plain, *_ = drawn("nothing", own_colours("none"), UNICODE)
    assert drawn(state, own_colours("none"), UNICODE)[0] != plain


def test_only_attributes_that_terminals_have_are_used_and_no_colour_without_colours() -> None:
    page = PageLook(geometry(80, 24), ArticleStyles(own_colours("none")), UNICODE, LETTERS)
    for content in STATES.values():
        for _, style, _ in row_of(content, page):
            assert style is not None
            assert (style.color, style.bgcolor) == (None, None)
            assert not any((style.blink, style.blink2, style.underline2, style.overline))
