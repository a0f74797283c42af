"""The list of documents on the screen: what is shown at each size, what each key does."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events

from annotations.corpus.listing import ListedDocument, Listing
from annotations.corpus.pace import Pace
from annotations.project.settings import Settings
from annotations.store.interface import SaveState
from tests.annotations.corpus.summaries import RowsInMemory
from tests.tui.conftest import Open, Screen
from tests.tui.lamp import check_lamp
from tests.tui.own_colours import own_colours
from tui.actions import ACTIONS
from tui.bindings import keymap_of
from tui.colours.depth import Depth
from tui.colours.glyphs import ASCII, UNICODE
from tui.document_list import rows as document_rows
from tui.document_list.lines import (
    corpus_line,
    document_line,
    done_question,
    field_line,
    key_lines,
    list_hints,
    more_line,
    pace_line,
)
from tui.document_list.rows import columns_for, cut_name, head_line, row_line
from tui.document_list.screen import DocumentListScreen
from tui.keymap import Keymap
from tui.terminal_output.placed import PLACED
from tui.widgets.appearance import Appearance
from tui.widgets.hints import hints_row
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line, width_of_line

LOOK = Appearance(own_colours(), UNICODE)
PLAIN = Appearance(own_colours("none"), ASCII)
ROWS = [
    ListedDocument(1, "k1", "iraq-dialogue.txt", "begun", False, "2021-04-08", 515, 20, 49, 0.31, 2.4, doubtful=10),
    ListedDocument(2, "k2", "asean-summit.txt", "new", False, "2021-04-09", 812, 0, 94, 0.05, doubtful=9),
    ListedDocument(3, "k3", "grid-failure.txt", "new", False, "2021-02-17", None, 0, None),
    ListedDocument(
        4, "k4", "letter-1863.txt", "done", True, "1863-03-03", 212, 31, 0, None, 6.2, "", "gone", doubtful=0
    ),
    ListedDocument(5, "k5", "wheat-price.txt", "done", False, "", 530, 12, 0, None, 0.2, at_random=True, doubtful=0),
]  # fmt: skip
MANY = [ListedDocument(number, f"k{number}", f"report-{number}.txt") for number in range(1, 313)]


class Shown:
    """A list on the screen, the documents that it marked, and how it ended."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.press = screen.press
        self.marked: list[tuple[str, bool]] = []
        self.ends: list[str | None] = []

    @property
    def window(self) -> DocumentListScreen:
        shown = self.screen.app.screen
        assert isinstance(shown, DocumentListScreen)
        return shown

    @property
    def rows(self) -> list[str]:
        return self.screen.rows

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def here(self) -> str:
        """The row where the next key acts."""
        (row,) = [row for row in self.rows if "❯" in row]
        return row.split("❯")[1].strip()

    @property
    def names(self) -> list[str]:
        return [word for row in self.rows[:-3] for word in row.split() if word.endswith(".txt")]

    def styles(self, words: str) -> set[str]:
        """The attributes of every piece of the list that consists of exactly these words."""
        found = set()
        for strip in self.window._compositor.render_strips()[:-3]:
            for segment in strip:
                if segment.text == words and segment.style is not None:
                    style = segment.style
                    names = ("bold", "reverse", "underline", "italic")
                    found.add(" ".join(name for name in names if getattr(style, name)))
        return found


ShowList = Callable[..., AbstractAsyncContextManager[Shown]]


@pytest.fixture
def show_list(open_article: Open) -> ShowList:
    @asynccontextmanager
    async def opened(
        rows: Sequence[ListedDocument] = ROWS,
        *,
        size: tuple[int, int] = (80, 24),
        current: str = "",
        keymap: Keymap | None = None,
        look: Callable[[str], ListedDocument] | None = None,
    ) -> AsyncIterator[Shown]:
        async with open_article(suggested=[], size=size, keymap=keymap) as screen:
            shown = Shown(screen)
            made = DocumentListScreen(
                "news-2021/",
                RowsInMemory(rows),
                keymap or Keymap(ACTIONS),
                lambda key, done: shown.marked.append((key, done)),
                look or (lambda key: next(row for row in rows if row.key == key)),
                current=current,
                pace=Pace(9, 3.1, (720.0, 900.0)),
                save_state=SaveState(0),
            )
            screen.app.push_screen(made, shown.ends.append)
            await screen.wait(lambda: screen.app.screen is made and bool(screen.text.strip()))
            yield shown

    return opened


async def test_what_is_shown_at_80_by_24(show_list: ShowList) -> None:
    async with show_list() as shown:
        assert [row for row in shown.rows if row] == [
            " annotate  news-2021/                                   ━━━━──────── 2/5  saved",
            "    type to filter             3 to do · 1 flagged              in file order ▾",
            "      document                date        decided         open  doubtful    min",
            "❯ ▸   iraq-dialogue.txt       2021-04-08  ━━━─────────      49        10      2",
            "      asean-summit.txt        2021-04-09  ────────────      94         9      ·",
            "      grid-failure.txt        2021-02-17  ────────────                        ·",
            "  ✓ ⚑ letter-1863.txt   gone  1863-03-03  ━━━━━━━━━━━━       ·         ·      6",
            "  ✓   wheat-price.txt random              ━━━━━━━━━━━━       ·         ·      1",
            " 9 documents done today  3.1 min each  12 to 15 h left",
            " iraq-dialogue.txt  49 to decide · not done",
            " QUEUE  Enter open  Tab order  Ctrl+D done  ↑ ↓ walk  Esc back          F1 keys",
        ]


@pytest.mark.parametrize(
    ("size", "heads", "documents"),
    [
        ((80, 24), "document date decided open doubtful min", 15),
        ((99, 24), "document date decided open doubtful min", 15),
        ((100, 30), "document date words decided open doubtful min", 21),
        ((120, 40), "document date words decided open doubtful min", 31),
        ((200, 50), "document date words decided open doubtful min", 41),
        ((60, 18), "document date decided open min", 9),
        ((40, 12), "document decided open", 6),
        ((30, 9), "document open", 3),
    ],
)
async def test_the_columns_and_rows_of_each_size(
    show_list: ShowList, size: tuple[int, int], heads: str, documents: int
) -> None:
    async with show_list(MANY, size=size) as shown:
        assert heads in [" ".join(row.split()) for row in shown.rows]
        assert shown.names == [f"report-{number}.txt" for number in range(1, documents + 1)]
        assert f"↓ {312 - documents} more" in shown.text
        assert " Enter open  " in shown.rows[-1]
        assert "Esc back" in shown.rows[-1]
        assert "F1" in shown.rows[-1]
        await shown.press("end")
        assert shown.names[-1] == "report-312.txt"
        assert len(shown.names) == documents
        assert "more" not in shown.text


async def test_one_lamp_after_each_key_whatever_was_pressed_before_it(show_list: ShowList) -> None:
    keys = ("down", "tab", "r", "7", "backspace", "f1", "ctrl+d")
    async with show_list() as shown:
        for one, other in combinations(keys, 2):
            for key in (one, other, one):
                await shown.screen.pilot.press(key)
                check_lamp(shown.screen)


@pytest.mark.parametrize("size", [(29, 24), (80, 8)])
async def test_where_there_is_no_room_it_says_so(show_list: ShowList, size: tuple[int, int]) -> None:
    async with show_list(size=size) as shown:
        assert shown.rows[:2] == [f"{size[0]} by {size[1]} is too small;", "60 by 15 is enough."]
        await shown.screen.pilot.resize_terminal(80, 24)
        await shown.screen.wait(lambda: "iraq-dialogue.txt" in shown.text)


async def test_a_wide_screen_has_the_list_in_its_middle(show_list: ShowList) -> None:
    async with show_list(size=(200, 50)) as shown:
        (row,) = [row for row in shown.rows if "❯" in row]
        assert row.index("❯") == 30
        assert len(row) == 169


async def test_typing_filters_and_underlines(show_list: ShowList) -> None:
    async with show_list() as shown:
        await shown.press("r", "E")
        assert "2 of 5 documents" not in shown.text
        assert "re" in shown.rows[2].lower()
        assert shown.names == ["grid-failure.txt"]
        assert "1 of 5 documents" in shown.text
        assert shown.styles("re") == {"bold underline"}
        await shown.press("backspace", "backspace", "t", "space", "-")
        assert shown.names == [row.name for row in ROWS]
        await shown.press("space", *"done")
        assert shown.names == ["letter-1863.txt", "wheat-price.txt"]
        assert shown.styles("-") == {"bold underline"}
        assert shown.styles("t-") == {"underline"}


async def test_digits_signs_and_what_are_commands_elsewhere_are_typed(show_list: ShowList) -> None:
    async with show_list() as shown:
        await shown.press("D", "]", "?", "*", "1")
        assert "D]?*1" in shown.rows[2]
        assert "No document matches." in shown.text
        assert "Enter" not in shown.rows[-1]
        await shown.press("enter", "down", "ctrl+d")
        assert shown.ends == []
        assert shown.marked == []


async def test_escape_empties_then_leaves(show_list: ShowList) -> None:
    async with show_list() as shown:
        await shown.press(*"wheat", "escape")
        assert shown.names == [row.name for row in ROWS]
        assert "wheat-price.txt" in shown.here
        await shown.press("escape")
        assert shown.ends == [None]


async def test_a_paste_filters(show_list: ShowList) -> None:
    async with show_list() as shown:
        shown.window.post_message(events.Paste("grid\n\x1b[31m fail"))
        await shown.screen.pilot.pause()
        assert "grid [31m fail" in shown.rows[2]
        for _ in range(9):
            await shown.press("backspace")
        assert shown.names == ["grid-failure.txt"]


async def test_enter_opens_what_is_marked(show_list: ShowList) -> None:
    async with show_list(current="k3") as shown:
        assert "grid-failure.txt" in shown.here
        await shown.press("down", "enter")
        assert shown.ends == ["k4"]


async def test_keys_in_one_read_are_done_one_after_the_other(show_list: ShowList) -> None:
    async with show_list() as shown:
        for name in ("w", "h", "enter", "e"):
            character = {"enter": "\r"}.get(name, name)
            shown.screen.app.post_message(events.Key(name, character))
        await shown.screen.wait(lambda: bool(shown.ends))
        await shown.screen.wait(lambda: bool(shown.screen.spans))
        assert shown.ends == ["k5"]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("down down up", 2),
        ("up", 1),
        ("pagedown", 15),
        ("pagedown pagedown pageup", 15),
        ("end", 312),
        ("end pageup home", 1),
        ("end down", 312),
    ],
)
async def test_walking(show_list: ShowList, keys: str, place: int) -> None:
    async with show_list(MANY) as shown:
        await shown.press(*keys.split())
        assert shown.here.startswith(f"report-{place}.txt")


async def test_the_keys_of_a_preset_walk_where_they_are_no_letters(show_list: ShowList) -> None:
    keymap, _ = keymap_of(Settings(preset="emacs"))
    async with show_list(MANY, keymap=keymap) as shown:
        await shown.press("ctrl+n", "ctrl+n", "ctrl+p")
        assert shown.here.startswith("report-2.txt")
        await shown.press("a", "ctrl+g")
        assert shown.ends == []
        await shown.press("ctrl+g")
        assert shown.ends == [None]
    keymap, _ = keymap_of(Settings(preset="vim"))
    async with show_list(MANY, keymap=keymap) as shown:
        await shown.press("ctrl+f", "j")
        assert "No document matches." in shown.text


async def test_the_mouse_points_and_its_wheel_walks(show_list: ShowList) -> None:
    async with show_list(MANY) as shown:
        await shown.screen.pilot.click(offset=(20, 8))
        await shown.screen.pilot.pause()
        assert shown.here.startswith("report-4.txt")
        await shown.screen.pilot.click(offset=(20, 3))
        assert shown.here.startswith("report-4.txt")
        turned = events.MouseScrollDown(None, 20, 8, 0, 1, 0, False, False, False, 20, 8)
        shown.screen.app.post_message(turned)
        await shown.screen.wait(lambda: shown.here.startswith("report-7.txt"))


async def test_tab_goes_round_the_orders_and_stays_with_the_document(show_list: ShowList) -> None:
    async with show_list(current="k2") as shown:
        orders = []
        for _ in range(6):
            orders.append((shown.rows[2].split("  ")[-1].strip(), shown.names[0]))
            assert "asean-summit.txt" in shown.here
            await shown.press("tab")
        assert orders == [
            ("in file order ▾", "iraq-dialogue.txt"),
            ("by name ▾", "asean-summit.txt"),
            ("most undecided first ▾", "asean-summit.txt"),
            ("most doubtful first ▾", "iraq-dialogue.txt"),
            ("most minutes first ▾", "letter-1863.txt"),
            ("last changed first ▾", "iraq-dialogue.txt"),
        ]
        assert "in file order" in shown.rows[2]
        await shown.press("shift+tab")
        assert "last changed first" in shown.rows[2]


async def test_marking_asks_where_something_is_undecided(show_list: ShowList) -> None:
    async with show_list() as shown:
        await shown.press("ctrl+d")
        assert shown.rows[-1] == " 49 undecided will count as no entity.  Ctrl+D done  Esc not done"
        await shown.press("escape")
        assert "QUEUE" in shown.rows[-1]
        assert shown.ends == []
        await shown.press("ctrl+d", "down", "ctrl+d")
        assert shown.marked == []
        assert shown.rows[-1].startswith(" 94 undecided")
        await shown.press("ctrl+d")
        assert shown.marked == [("k2", True)]
        # A document without suggestions is not marked at once either.
        await shown.press("down", "ctrl+d")
        assert shown.marked == [("k2", True)]
        assert shown.rows[-1].startswith(" No suggestions yet.  Ctrl+D done")
        await shown.press("ctrl+d", "down", "ctrl+d")
        assert shown.marked == [("k2", True), ("k3", True), ("k4", False)]


async def test_what_only_the_texts_tell_is_there_once_the_rows_are_in_sight(show_list: ShowList) -> None:
    rows = [ListedDocument(number, f"k{number}", f"{number}.txt") for number in range(40)]
    asked: list[str] = []

    def look(key: str) -> ListedDocument:
        asked.append(key)
        row = rows[int(key[1:])]
        if row.number == 1:
            return replace(row, file="unreadable", file_detail="it is a PDF document")
        return replace(row, words=7, date="2021-04-08")

    async with show_list(rows, size=(120, 24), look=look) as shown:
        await shown.screen.wait(lambda: "unreadable" in shown.text)
        number = len(asked)
        assert asked == [row.key for row in rows[:number]]
        assert number == shown.text.count(".txt") - 1
        assert shown.text.count(" 7 ") == number - 1 == shown.text.count("2021-04-08")
        await shown.press("down", "up")
        await shown.press("end")
        await shown.screen.wait(lambda: len(asked) > number)
        await shown.screen.wait(lambda: " 7 " in shown.here)
        assert len(asked) == len(set(asked)) <= 2 * number


async def test_the_key_that_marks_does_so_once_however_long_it_is_held(
    show_list: ShowList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.keys.held_key.REPEATS_WITHIN", 3600.0)
    async with show_list() as shown:
        await shown.press("ctrl+d", "ctrl+d", "ctrl+d")
        assert shown.rows[-1].startswith(" 49 undecided")
        assert shown.marked == []


async def test_a_question_is_about_the_document_it_was_asked_about(show_list: ShowList) -> None:
    async with show_list() as shown:
        await shown.press(*"begun", "ctrl+d")
        assert shown.rows[-1].startswith(" 49 undecided")
        shown.window.replace([replace(ROWS[0], state="new")])
        await shown.screen.pilot.pause()
        assert "undecided" not in shown.rows[-1]
        await shown.press("escape", "home", "down", "ctrl+d")
        assert shown.marked == []


async def test_one_undecided_is_one(show_list: ShowList) -> None:
    async with show_list([replace(ROWS[0], undecided=1)]) as shown:
        await shown.press("ctrl+d")
        assert shown.rows[-1].startswith(" 1 undecided will count as no entity.")


async def test_what_was_marked_is_shown_when_it_is_so(show_list: ShowList) -> None:
    async with show_list(current="k2") as shown:
        await shown.press(*"open")
        assert shown.names == ["iraq-dialogue.txt", "asean-summit.txt", "grid-failure.txt"]
        await shown.press("down")
        shown.window.replace([replace(ROWS[1], state="done")], Pace(1, None, None))
        await shown.screen.pilot.pause()
        assert shown.names == ["iraq-dialogue.txt", "grid-failure.txt"]
        assert "grid-failure.txt" in shown.here
        assert "3/5" in shown.rows[0]
        assert "1 document done today" in shown.text


async def test_what_is_said_stays_until_the_next_key(show_list: ShowList) -> None:
    async with show_list() as shown:
        shown.window.say("a\x1b is not a text.")
        shown.window.saved(SaveState(3, "The disk is full."))
        await shown.screen.pilot.pause()
        assert shown.rows[-1] == " a␛ is not a text."
        assert "NOT SAVED 3" in shown.rows[0]
        await shown.press("down")
        assert "QUEUE" in shown.rows[-1]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_f1_says_the_keys_and_the_next_key_goes_on(
    show_list: ShowList, size: tuple[int, int]
) -> None:
    async with show_list(size=size) as shown:
        await shown.press("f1")
        assert "Open the document" in shown.text
        assert ("a language." in shown.text) == (size == (80, 24))
        assert ("make the window taller to see more" in shown.text) == (size == (40, 12))
        await shown.press("escape")
        assert "Open the document" not in shown.text
        await shown.press("f1", "f1")
        assert "Open the document" not in shown.text
        await shown.press("f1", *"grid")
        assert shown.here.startswith("grid")
        assert shown.ends == []


async def test_an_empty_corpus(show_list: ShowList) -> None:
    async with show_list([]) as shown:
        assert "There are no documents." in shown.text
        await shown.press("down", "enter", "ctrl+d", "tab", "end", "a", "escape")
        assert shown.ends == []
        await shown.press("escape")
        assert shown.ends == [None]


async def test_the_cursor_of_the_terminal_is_where_one_types(show_list: ShowList) -> None:
    async with show_list(size=(200, 50)) as shown:
        assert tuple(shown.window.caret()) == (33, 2)
        await shown.press(*"ab", "left")
        assert tuple(shown.window.caret()) == (34, 2)


async def test_only_rows_in_sight_are_drawn(
    show_list: ShowList, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = 0
    really_row_line = document_rows.row_line

    def counting(
        row: ListedDocument,
        columns: document_rows.ListColumns,
        words: Sequence[str],
        look: Appearance,
        *,
        here: bool,
        lit: bool,
    ) -> Line:
        nonlocal drawn
        drawn += 1
        return really_row_line(row, columns, words, look, here=here, lit=lit)

    monkeypatch.setattr(document_rows, "row_line", counting)
    rows = [replace(MANY[0], key=f"k{number}") for number in range(3000)]
    async with show_list(rows) as shown:
        assert 0 < drawn <= 2 * 15
        for key, most in (("r", 15), ("down", 2), ("end", 15), ("up", 2), ("f1", 0)):
            drawn = 0
            await shown.press(key)
            assert drawn <= most, key


async def test_states_differ_without_colour(show_list: ShowList) -> None:
    async with show_list(current="k3") as shown:
        assert shown.styles("iraq-dialogue.txt") == {"bold"}
        assert shown.styles("grid-failure.txt") == {"bold"}
        assert shown.styles("letter-1863.txt") == {""}
        assert shown.here.startswith("grid")


def every_line(rows: Sequence[ListedDocument], width: int, look: Appearance) -> list[Line]:
    """Every line that the list can show at a width."""
    columns, listing, line = columns_for(width), Listing(RowsInMemory(rows)), LineEdit("open re" * 9)
    pace = Pace(1234, 95.0, (720.0, 90000.0))
    lines = [
        corpus_line("news " * 9, "annotations.json", 12345, 67890, SaveState(3), width, look),
        field_line(listing, line, "most undecided first", columns, look),
        field_line(listing, LineEdit(), "most undecided first", columns, look),
        head_line(columns, look),
        more_line(f"{look.glyphs.below} 12,345 more", columns, look),
        pace_line(pace, f"{look.glyphs.below} 12,345 more", width, look),
        pace_line(pace, "", width, look),
        *key_lines(columns, 30, look),
    ]
    for row in rows:
        lines += [
            *(row_line(row, columns, ("re",), look, here=here) for here in (True, False)),
            document_line(row, width, look),
            hints_row(done_question(row, width, look), width, look),
            hints_row(list_hints(row, "", width), width, look),
        ]
    return lines


@pytest.mark.parametrize("width", range(40, 221, 9))
def test_no_line_is_wider_than_the_screen_and_what_is_cut_says_so(width: int) -> None:
    rows = [*ROWS, replace(ROWS[0], name="long-name-" * 30, undecided=123456, words=9876543)]
    for look in (LOOK, PLAIN):
        assert max(map(width_of_line, every_line(rows, width, look))) <= width
    line = row_line(rows[-1], columns_for(width), (), LOOK, here=False)
    name = "".join(text for text, _ in line)
    assert "long-n" in name
    assert "…" in name


@pytest.mark.parametrize("width", [80, 120])
def test_in_ascii_all_signs_are_ascii(width: int) -> None:
    for line in every_line(ROWS, width, PLAIN):
        text = "".join(text for text, _ in line)
        # Arrows are allowed: they are the names of keys.
        assert not set(text) - set(map(chr, range(128))) - set("↑↓⇧→←")


@pytest.mark.parametrize("depth", ["true", "256", "16", "none"])
def test_one_lamp_and_two_signs_for_each_state(depth: Depth) -> None:
    look = Appearance(own_colours(depth), UNICODE)
    columns = columns_for(120)
    lamp, style = look.colours.lamp, look.colours.style
    for row in ROWS:
        line = row_line(row, columns, (), look, here=True)
        lit = [text for text, of in line if (of.bgcolor, of.reverse) == (lamp.bgcolor, lamp.reverse)]
        assert lit == [row.name]
        assert "❯" in "".join(text for text, _ in line)
    begun, new, _, done, _ = (row_line(row, columns, (), look, here=False) for row in ROWS)
    for line, sign, wanted in (
        (begun, "▸", style("bright", "page", bold=True)),
        (new, " ", style("text", "page")),
        (done, "✓", style("muted", "page")),
    ):
        assert line[2][0] == f"{sign} "
        assert line[4][1] == wanted + PLACED
    zero = next(of for text, of in done if text.strip() == "·")
    assert zero == style("rule", "page")
    doubtful = [
        [of for text, of in line if text.strip() == wanted]
        for line, wanted in ((begun, "10"), (new, "9"))
    ]
    assert doubtful == [[style("bright", "page", bold=True)], [style("text", "page")]]


HOSTILE = [
    *("\x1b]0;x\x07", "\u202etxt.exe", "a\nb\tc", "\u200b", "\ud800"),
    *("東京" * 40, "e\u0301" * 60, "\U0001f469\u200d\U0001f467" * 9, "क्षि" * 30, ""),
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [30, 40, 80, 120])
def test_a_name_never_takes_more_than_its_column_nor_drives_the_terminal(name: str, width: int) -> None:
    columns = columns_for(width)
    row = ListedDocument(1, "k", name, "begun", file="changed", at_random=True)
    plain = ListedDocument(1, "k", "a")
    for words in ((), ("e",), ("東",)):
        line = row_line(row, columns, words, LOOK, here=True)
        assert width_of_line(line) == width_of_line(row_line(plain, columns, (), LOOK, here=False))
        assert width_of_line(line) == width_of_line(head_line(columns, LOOK)) + 1
        text = "".join(text for text, _ in line)
        text.encode()
        assert not set(text) & set("\x1b\x07\n\t\u202e\u200b")


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_corpus_of_hostile_names(show_list: ShowList, name: str) -> None:
    row = replace(ROWS[0], name=name, file="moved", file_detail=name)
    async with show_list([row]) as shown:
        assert max(map(cell_len, shown.rows)) <= 80
        shown.window.say(name)
        await shown.press(*"ce")
        header = corpus_line(name, name, 1, 2, None, 80, LOOK)
        assert width_of_line(header) == 80
        assert not set("".join(text for text, _ in header)) & set("\x1b\x07\n\t\u202e\u200b")


@given(
    st.text(alphabet="aé東\u0301\x1bß👩\u200d ", max_size=30),
    st.integers(1, 20),
    st.lists(st.sampled_from(["a", "e\u0301", "ss", "東", "\u0301"]), max_size=2),
)
def test_a_cut_name_fits_and_says_that_it_was_cut(name: str, cells: int, words: list[str]) -> None:
    pieces = cut_name(name, cells, words)
    text = "".join(piece for piece, _ in pieces)
    whole = "".join(piece for piece, _ in cut_name(name, 200, words))
    assert cell_len(text) <= cells
    assert text == whole or text.endswith("…")
    assert whole.startswith(text.removesuffix("…"))


@given(st.integers(30, 260))
def test_columns_fill_the_width_and_no_more(width: int) -> None:
    columns = columns_for(width)
    assert columns.width == min(width, 140)
    assert 0 <= columns.margin <= (width - columns.width) // 2
    row = row_line(ROWS[0], columns, (), LOOK, here=True)
    assert width_of_line(row) == columns.margin + columns.width
    assert columns.name >= 14
