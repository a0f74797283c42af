"""At every width from 40 to 220: no row is wider than the screen, and nothing is cut without a sign.

Each text here begins and ends with a letter that occurs nowhere else, so that a row shows whether the
text is whole. If it is not, it must end with the sign for a cut. The pure functions that draw the
screen are tested; the whole program is started only once, and made wider and narrower.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace as with_fields
from datetime import date

import pytest
import regex
from msgspec.structs import replace
from rich.cells import cell_len
from textual.strip import Strip

from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import Label, LabelScheme, with_keys
from annotations.model.span import Span
from annotations.store.interface import SaveState
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.own_colours import own_colours
from tests.tui.test_corpus_done import SUMMARY
from tests.tui.test_document_list import ROWS, every_line
from tests.tui.test_text_stays import check_widths
from tui.actions import ACTIONS
from tui.article.geometry import geometry
from tui.article.page import NAMINGS, ArticlePage
from tui.article.styles import ArticleStyles
from tui.colours.glyphs import UNICODE
from tui.document_list.corpus_done import done_lines
from tui.keymap import Keymap
from tui.screens.keys import help_lines
from tui.screens.pick import Choice, PickList, PickState, pick_lines
from tui.screens.prompt import PromptQuestion, PromptReading, prompt_lines
from tui.screens.unsaved import unsaved_lines
from tui.side_panel.dates_tab import DatesTab
from tui.side_panel.history_tab import HistoryTab
from tui.side_panel.lines import RowStyle, foot_lines, tabs_line
from tui.side_panel.tabs import EntitiesTab, LabelsTab, Tab
from tui.widgets.alarm import alarm_lines
from tui.widgets.appearance import Appearance
from tui.widgets.first_run_lines import Offer, first_run_lines
from tui.widgets.header import HeaderParts, header_line
from tui.widgets.hints import Hint, Hints, hints_row
from tui.widgets.label_bar import label_bar, label_bar_layout
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line
from tui.widgets.markdown_lines import markdown_page
from tui.widgets.status import StatusNote, StatusParts, status_line

WIDTHS = range(40, 221)
BEGIN, END = "ƛ", "ʘ"
WHOLE = regex.compile(rf"{BEGIN}[^{BEGIN}{END}]*{END}")
CUT = regex.compile(rf"{BEGIN}(?:(?!  )[^{BEGIN}{END}…])*…")
"""From the first letter of a text to the sign for a cut, without the gap between two things."""


def marked(words: str) -> str:
    return f"{BEGIN}{words}{END}"


LONG = marked("the Intergovernmental Committee for the Protection of Harbours")
WIDE = marked("北京市人民政府外事办公室 и 東京")
RIGHT = marked("משרד החוץ של מדינת ישראל")
WORDS = (LONG, WIDE, RIGHT, marked("Ana"))
OWN = with_keys(
    Label(marked(name), definition=marked("What it is. " * 9), examples=(LONG, WIDE))
    for name in (
        "SHIP",
        "場所",
        "AN_ORGANISATION_OF_SEVERAL_STATES",
        "שם",
        *(f"KIND_{n}" for n in range(38)),
    )
)
LOOK = Appearance(own_colours(scheme=OWN), UNICODE)
KEYMAP = Keymap(tuple(replace(action, words=marked(action.words)) for action in ACTIONS[::5]))
SAVING = SaveState(3, LONG)


def plain(line: Line) -> str:
    return "".join(text for text, _ in line)


def check(shown: str, width: int) -> None:
    """Check that nothing is cut without the sign."""
    rest = CUT.sub("", WHOLE.sub("", shown))
    assert BEGIN not in rest, (width, shown)
    assert END not in rest, (width, shown)


def check_rows(lines: Iterable[Line], width: int) -> list[str]:
    rows = [plain(line) for line in lines]
    assert all(cell_len(row) <= width for row in rows), width
    return rows


def check_lines(lines: Iterable[Line], width: int) -> None:
    """Check each line separately."""
    for row in check_rows(lines, width):
        check(row, width)


def check_block(lines: Iterable[Line], width: int) -> None:
    """Check the lines together, because their words continue in the next line."""
    check(" ".join(row.strip() for row in check_rows(lines, width)), width)


def test_the_check_finds_what_is_cut_without_a_sign() -> None:
    for good in (LONG, f"{BEGIN}the…  12", f"{BEGIN}the…ours{END}", f"a {BEGIN}b… {LONG}"):
        check(good, 80)
    for bad in (f"{BEGIN}the Inter  12 …", f"ours{END}", f"{BEGIN}the {LONG}", f"{BEGIN}the"):
        with pytest.raises(AssertionError):
            check(bad, 80)


def around_the_article(width: int) -> Iterator[Line]:
    """The header, the status line and the line of hints, each with several contents."""
    for name in WORDS:
        parts = HeaderParts("12/345", name, "2021-04-08", True, [LONG, marked("done")], 7, 1234, SAVING)
        yield header_line(parts, width, LOOK)
        yield header_line(with_fields(parts, saving=SaveState(0), position=""), width, LOOK)
        notes = [StatusNote(LONG, "reason"), StatusNote(WIDE, "value"), StatusNote(RIGHT)]
        said = StatusParts(OWN.labels[2].name, marked("doubtful"), name, "", notes)
        yield status_line(said, width, LOOK)
        yield status_line(StatusParts(said=LONG, notes=notes[2:]), width, LOOK)
        style = LOOK.colours.style("text", bold=True)
        hints = [Hint("Enter", marked("do it")), Hint("⌫", LONG), Hint("a-z", marked("other label"))]
        ways = {"way_out": Hint("Esc", marked("let be")), "help": Hint("?", marked("keys"))}
        yield hints_row(Hints(hints, "PREVIEW"), width, LOOK)
        yield hints_row(Hints(hints, "FIND", before=((name, style),), **ways), width, LOOK)  # type: ignore[arg-type]
        yield hints_row(Hints(notice=f"{name} {name}"), width, LOOK)


def test_around_the_article() -> None:
    for width in WIDTHS:
        check_lines(around_the_article(width), width)


def test_no_name_in_the_label_bar_is_cut_at_all() -> None:
    for scheme in (OWN, LabelScheme(OWN.labels[:7]), LabelScheme(OWN.labels[4:12])):
        for width in WIDTHS:
            layout = label_bar_layout(scheme, width, ";")
            counts = [None] if width < 160 else [None, lambda name: 12345]
            for count in counts:
                row = plain(label_bar(layout, LOOK, count=count, list_sign=";"))
                assert cell_len(row) < width
                assert "…" not in row
                check(row, width)


TEXTS = {
    "English": (ARTICLE, ["Lisbon", "Rotterdam", "Portugal's Ministry of the Sea", "Duarte"]),
    "Chinese": (
        "東京都の港湾局は、リスボンとロッテルダムの代表と火曜日に会談した。\n\n" * 3,
        ["東京", "リスボン"],
    ),
    "Hebrew": (
        "נמל חיפה נפתח מחדש ביום שלישי, אמר השר דוד לוי. Haifa is open.\n\n" * 3,
        ["חיפה", "דוד לוי"],
    ),
    "Hindi": ("राष्ट्रपति ने लखनऊ में किसानों से मुलाक़ात की। 👍🏽 🇩🇪\n\n" * 3, ["लखनऊ", "किसानों"]),
}


def opened_with(text: str, named: Sequence[str], scheme: LabelScheme = OWN) -> OpenDocument:
    """A document in which each of the words has one label or nine, in turn."""
    document = Document(text, "a.txt")
    opened = OpenDocument(document, AnnotationSet(document.sha256, "ann"), scheme)
    spans = [
        Span(text.index(words), text.index(words) + len(words), label.name, "accepted")
        for number, words in enumerate(named)
        for label in OWN.labels[number : number + (9 if number % 2 else 1)]
    ]
    opened.session.annotations.apply(make_edit("import", "ann", [Change(None, s) for s in spans]))
    return opened


@pytest.mark.parametrize("text", TEXTS)
def test_the_page(text: str) -> None:
    opened = opened_with(*TEXTS[text])
    styles = ArticleStyles(own_colours(scheme=OWN))
    wanted = {label.key or "•" for label in OWN}
    for naming in NAMINGS[:2]:
        page = ArticlePage(opened.session, opened.selection, styles, UNICODE, geometry(80, 24))
        while page.naming != naming:
            page.next_label_display()
        for width in WIDTHS:
            page.set_look(styles, geometry(width, 24, panel_open=width % 2 == 0))
            place = page.geometry
            page.rows.wrap.reach_row(8)
            for number in range(min(page.rows.wrap.rows, 8)):
                drawn, names = page.strips(number)
                assert max(drawn.cell_length, names.cell_length) < place.view, width
                check(Strip(names).text, width)
                row = page.rows.row(number)
                assert row.width <= place.text or row.shown(row.end - 1, row.end).isspace()
                if naming != "rail" or not place.rail:
                    continue
                said = drawn.crop(place.rail_left).text.strip()
                start, behind = page.rows.wrap.reach_of(number)
                spans = [s for s in opened.session.annotations.spans if start <= s.start < behind]
                if BEGIN in said:
                    assert said.count(END) == len(spans), (width, said)
                    check(said, width)
                elif not said.endswith("…"):
                    assert len([char for char in said if char in wanted]) == len(spans), (width, said)


@pytest.mark.parametrize(
    "tab",
    [LabelsTab, EntitiesTab, lambda: DatesTab("F5"), HistoryTab],
    ids=["labels", "entities", "dates", "history"],
)
def test_the_side_panel(tab: Callable[[], Tab]) -> None:
    words = [*WORDS, marked("April 7, 2021")]
    text = ", ".join(words)
    opened = opened_with(text, [], LabelScheme(OWN.labels[:9]))
    spans = [
        Span(text.index(w), text.index(w) + len(w), OWN.labels[n].name) for n, w in enumerate(words)
    ]
    spans[-1] = Span(spans[-1].start + 1, spans[-1].end - 1, "DATE")
    opened.session.annotations.apply(make_edit("import", "ann", [Change(None, s) for s in spans]))
    opened.selection.next_span()
    opened.properties.comment(LONG)
    opened.review.accept()
    filled = tab()
    for _ in filled.fill(opened):
        pass
    assert len(filled)
    colours = own_colours(scheme=opened.session.labels_shown)
    for width, as_sheet in ((33, False), (47, False), *((width, True) for width in WIDTHS)):
        style = RowStyle(colours, UNICODE, width, as_sheet)
        filled.use(style)
        check_lines((filled.line(number, number == 1) for number in range(len(filled))), width - 1)
        for number in filter(filled.is_row, range(min(len(filled), 8))):
            check_block(foot_lines(filled.foot(number), style), width - 1)
        check_lines([tabs_line(["Labels", "Dates"], 1, True, filled.summary, style)], width - 1)


QUESTION = PromptQuestion(
    mode="VALUE",
    title=LONG,
    first="2020-06-12",
    field="value",
    label=OWN.labels[2].name,
    about=marked("article of 2021-04-08, Thursday"),
    check=lambda typed: "" if typed.startswith("2") else LONG,
    explain=lambda typed: [LONG, WIDE],
    readings=[PromptReading(marked(f"2020-06-1{n}"), RIGHT if n % 2 else LONG) for n in range(4)],
    day=lambda typed: date(2020, 6, 12),
)
CHOICES = [
    Choice(label.name, label.definition, label.key, examples=", ".join(label.examples)) for label in OWN
]
PICKED = PickList("LABEL", LONG, CHOICES, marked("label it"), has_foot=True)


def test_the_sheets() -> None:
    for width in WIDTHS:
        for rows in (3, 6, 10):
            check_block(prompt_lines(QUESTION, LineEdit("x"), 0, width, rows, LOOK)[2:], width)
            check_lines(
                pick_lines(PICKED, LineEdit("a"), PickState(CHOICES, 2), width, rows, LOOK)[:-2], width
            )
            check_block(unsaved_lines(SAVING, width, rows, LOOK)[:-3], width)
        lines = prompt_lines(QUESTION, LineEdit("2020-06-12"), 2, width, 10, LOOK)
        # The meaning is wrapped beside a month; each reading is a row.
        check_lines([lines[0], *lines[-4:]], width)
        check_block(pick_lines(PICKED, LineEdit(), PickState(CHOICES, 2), width, 10, LOOK)[-2:], width)
        check_block(alarm_lines(SAVING, width, LOOK)[1:], width)


def test_whole_screens() -> None:
    offers = [Offer("a", name, words) for name in WORDS for words in WORDS[:2]]
    markdown = f"# {LONG}\n\n- {LONG}\n\n> {WIDE}\n"
    rows = [replace(ROWS[0], name=name, flagged=bool(n % 2)) for n, name in enumerate(WORDS)]
    summary = with_fields(SUMMARY, by_label=tuple((marked(f"LABEL_{n}"), n + 7) for n in range(9)))
    for width in WIDTHS:
        check_lines(first_run_lines(offers, 3, OWN, width, 40, LOOK), width)
        check_lines(help_lines(KEYMAP, LabelScheme(OWN.labels[:9]), width, LOOK), width)
        check_block(markdown_page(markdown, width, LOOK, 2).lines, width)
        check_lines(every_line(rows, width, LOOK), width)
        check_lines(done_lines(summary, "annotate", width, 40, LOOK), width)


async def test_the_program_made_wider_and_narrower(open_article: Open) -> None:
    """At the widths where parts of the page appear and disappear."""
    async with open_article(ARTICLE * 3, suggested=[], scheme=OWN) as screen:
        await screen.press("space", "p", "f2", "escape")
        for width in (220, 160, 159, 119, 118, 60, 59, 49, 40):
            await screen.pilot.resize_terminal(width, 24)
            await screen.pilot.pause()
            check_widths(screen)
            for lines in (screen.app.reader.around.header, *screen.app.reader.around.under):
                assert cell_len(lines.plain) <= width
