"""The rows of the side panel at many widths, with words of many scripts and with the ASCII signs."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.style import Style

from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from annotations.model.span import Span
from tests.tui.own_colours import own_colours
from tui.colours.glyphs import ASCII, UNICODE, Glyphs
from tui.side_panel.dates_tab import DatesTab
from tui.side_panel.history_tab import HistoryTab
from tui.side_panel.lines import FOOT, RowStyle, bar_of, foot_lines, tabs_line
from tui.side_panel.tabs import EntitiesTab, LabelsTab, Tab
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line

WORDS = (
    ("Ana Soto", "PERSON"),
    ("Anna Soto", "PERSON"),
    ("the Intergovernmental Committee for the Protection of Harbours", "ORG"),
    ("北京市人民政府外事办公室", "ORG"),
    ("وزارة الخارجية العراقية", "ORG"),
    ("משרד החוץ של מדינת ישראל", "ORG"),
    ("भारत सरकार का विदेश मंत्रालय", "GPE"),
    ("April 7, 2021", "DATE"),
    ("2008", "DATE"),
    ("ten years", "DATE"),
)
TEXT = ", ".join(words for words, _ in WORDS) + "."
DEFINED = "".join(label.definition for label in ONTONOTES)
OWN = LabelScheme(
    tuple(Label(f"POLITICAL_ORGANISATION_{n}", definition="What it is. " * 9) for n in range(40))
    + tuple(Label(name) for name in ("PERSON", "ORG", "GPE", "DATE")),
    own=True,
)


def opened_with(scheme: LabelScheme) -> OpenDocument:
    document = Document(TEXT, "a.txt")
    opened = OpenDocument(document, AnnotationSet(document.sha256, "ann"), scheme)
    spans = [Span(TEXT.index(w), TEXT.index(w) + len(w), label) for w, label in WORDS]
    opened.session.annotations.apply(make_edit("import", "ann", [Change(None, s) for s in spans]))
    opened.properties.set_creation_time("2021-04-08")
    for _ in range(3):
        opened.selection.next_span()
        opened.properties.comment("is it the whole of the name?")
    opened.selection.next_span()
    opened.review.accept()
    return opened


def said(line: Line) -> str:
    return "".join(text for text, _ in line)


def cells(line: Line) -> int:
    """The cells of a row; a column begins at its cell, however wide a terminal draws the text before it."""
    return sum(cell_len(text) for text, _ in line)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["signs", "ASCII"])
@pytest.mark.parametrize("scheme", [ONTONOTES, OWN], ids=["OntoNotes", "own labels"])
@pytest.mark.parametrize(
    "tab",
    [LabelsTab, EntitiesTab, lambda: DatesTab("F5"), HistoryTab],
    ids=["labels", "entities", "dates", "history"],
)
def test_no_row_is_wider_than_the_panel_and_what_is_cut_says_so(
    tab: Callable[[], Tab], scheme: LabelScheme, glyphs: Glyphs
) -> None:
    filled, opened = tab(), opened_with(scheme)
    for _ in filled.fill(opened):
        pass
    colours = own_colours(scheme=opened.session.labels_shown)
    for width, as_sheet in ((33, False), (47, False), *((n, True) for n in range(40, 221, 12))):
        style = RowStyle(colours, glyphs, width, as_sheet)
        filled.use(style)
        for number in range(len(filled)):
            for chosen in (False, True):
                line = filled.line(number, chosen)
                assert cells(line) <= width - 1, (width, said(line))
            if glyphs is ASCII and number < len(filled):
                line = filled.line(number, True)
                signs = "".join(char for char in said(line) if not char.isascii())
                assert all(char in TEXT + DEFINED for char in signs), said(line)
            if filled.is_row(number):
                rows = foot_lines(filled.foot(number), style)
                assert len(rows) <= FOOT
                assert all(cells(row) <= width - 1 for row in rows)
        names = ["Labels", "Entities", "Dates", "History"]
        assert cells(tabs_line(names, 1, True, filled.summary, style)) <= width - 1


def test_a_long_name_ends_in_the_sign_of_what_is_cut_and_the_foot_has_all_of_it() -> None:
    tab, opened = EntitiesTab(), opened_with(ONTONOTES)
    for _ in tab.fill(opened):
        pass
    style = RowStyle(own_colours(), UNICODE, 33, False)
    tab.use(style)
    number = next(n for n in range(len(tab)) if "the Inter" in said(tab.line(n, False)))
    assert "the Intergovernm…" in said(tab.line(number, False))
    foot = " ".join(said(row).strip() for row in foot_lines(tab.foot(number), style))
    assert "the Intergovernmental Committee for the Protection of Harbours" in foot


def test_numbers_end_in_the_last_column_but_one_and_bars_begin_eight_cells_before_them() -> None:
    tab, opened = LabelsTab(), opened_with(ONTONOTES)
    for _ in tab.fill(opened):
        pass
    for width in (33, 47, 80):
        tab.use(RowStyle(own_colours(), UNICODE, width, width == 80))
        line = said(tab.line(1, False))
        assert len(line) == width - 1
        assert line.endswith(" 4")
        assert line.index("━") == width - 1 - 3 - 8


def test_the_current_row_has_its_sign_and_the_lamp_on_its_words_alone() -> None:
    tab, opened = LabelsTab(), opened_with(ONTONOTES)
    for _ in tab.fill(opened):
        pass
    colours = own_colours()
    tab.use(RowStyle(colours, UNICODE, 33, False))
    assert said(tab.line(1, True)).startswith("❯o ORG")
    lamp = colours.lamp
    lit = [
        text
        for text, style in tab.line(1, True)
        if isinstance(style, Style) and style.bgcolor == lamp.bgcolor
    ]
    assert lit == ["ORG"]
    assert not any(
        isinstance(style, Style) and style.bgcolor == lamp.bgcolor for _, style in tab.line(1, False)
    )


@pytest.mark.parametrize(
    ("settled", "total", "most", "expected"),
    [
        (0, 0, 5, (0, 0)),
        (0, 1, 11, (0, 1)),
        (1, 1, 11, (1, 0)),
        (1, 2, 11, (1, 1)),
        (1, 1000, 1000, (1, 7)),
        (999, 1000, 1000, (7, 1)),
        (11, 11, 11, (8, 0)),
    ],
)
def test_a_bar_is_heavy_for_what_is_settled_and_thin_for_what_is_left(
    settled: int, total: int, most: int, expected: tuple[int, int]
) -> None:
    assert bar_of(settled, total, most, 8) == expected


def test_the_foot_ends_in_the_sign_of_what_is_cut() -> None:
    appearance = Appearance(own_colours(), UNICODE)
    style = RowStyle(appearance.colours, appearance.glyphs, 33, False)
    rows = foot_lines([("word " * 60, Style.null())], style)
    assert len(rows) == FOOT
    assert said(rows[-1]).endswith("…")
    assert not any("…" in said(row) for row in rows[:-1])
