"""Text that some terminals draw in more cells than others, on terminals of both kinds."""

import json
import os
from pathlib import Path

import pytest
import regex

from tests.program.emulator import Emulator, WidthOf, large, small
from tests.program.terminal import Terminal

HINDI = "राष्ट्रपति द्रौपदी मुर्मू ने लखनऊ में क्षेत्रीय किसानों से मुलाक़ात की और कहा कि योजना बनेगी। "
EMOJI = "Go ❤️ and ⚠️ then ™️ or 1️⃣ with 👩‍👧 and 🇩🇪 or 👍🏽 beside Ana Reis who left Porto for Faro "
TAMIL = "தமிழ்நாட்டின் முதலமைச்சர் சென்னையில் கூட்டத்தில் பேசினார். "
TEXTS = {
    "hindi": HINDI * 3 + "\nRui Gomes in Porto.\n",
    "emoji": EMOJI * 3 + "\nRui Gomes in Porto.\n",
    "tamil": TAMIL * 4 + "\nRui Gomes in Porto.\n",
    "mixed": f"กำลัง {HINDI}\t{EMOJI}東京 {TAMIL}\nRui Gomes in Porto.\n",
}
ROWS = 40
"""Rows of the terminal: enough for the rows of label names under the text."""
TOP = 2
"""The row of the screen where the text begins."""
LEFT, MEASURE = 4, 72
"""The column where the text begins, and how many columns it has."""
BESIDE, PANEL = 122, 34
"""The columns of a terminal in which the panel is beside the text, and the columns of the panel."""


class Wide(Terminal):
    """The program on a terminal whose widths the test chooses."""

    def __init__(
        self, folder: Path, text: str, width_of: WidthOf, answers: bool = True, columns: int = 118
    ):
        (folder / "article.txt").write_text(text)
        self.emulator = Emulator(columns, ROWS, width_of, answers)
        super().__init__(
            ["article.txt", "--no-model", "--annotator", "ann"],
            folder,
            columns=columns,
            rows=ROWS,
            environment={"COLUMNS": str(columns), "LINES": str(ROWS)},
        )

    def __enter__(self) -> "Wide":
        return self

    @property
    def text(self) -> str:
        return "\n".join(self.emulator.display)

    def show(self, data: bytes) -> None:
        self.emulator.feed(data)
        for reply in self.emulator.replies:
            os.write(self.fd, reply.encode())
        self.emulator.replies.clear()

    def settled(self) -> None:
        """Wait until the annotations are there and the answers of the terminal, if it answers, have arrived."""
        self.wait_for_header()
        self.drain(0.5)

    def wait_for_cursor_word(self, word: str) -> None:
        self.wait_for(f"“{regex.escape(word)}” +· word under the cursor", seconds=5)


WIDTHS = [pytest.param(large, id="large"), pytest.param(small, id="small")]


@pytest.mark.parametrize("width_of", WIDTHS)
@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_outside_its_row_and_what_is_at_the_right_stays(
    name: str, width_of: WidthOf, tmp_path: Path
) -> None:
    text = TEXTS[name]
    with Wide(tmp_path, text, width_of, columns=BESIDE) as terminal:
        terminal.settled()
        # Label some words, so that the rail, the panel and the rows of label names have something to show.
        terminal.press("o", "right", "right", "right", "p")
        terminal.wait_for("PERSON +accepted")
        terminal.settled()
        assert terminal.emulator.overrun == []
        edge = BESIDE - PANEL
        cells = terminal.emulator.cells
        assert {row[edge] for row in cells[1:-3]} == {"│"}
        article = ["".join(row[LEFT : LEFT + MEASURE]) for row in cells]
        shown = " ".join(article)
        at = 0
        for word in text.split():
            assert word in shown[at:], (word, terminal.text)
            at = shown.index(word, at)
        # The rail is in its column, also after rows that the terminal draws with other widths.
        letters = {cells[y][LEFT + MEASURE + 2] for y in range(TOP, TOP + 12)} - {" "}
        assert letters
        assert letters <= {"o", "p", "–"}, "labels, and places where a name may be"
        assert "".join(cells[TOP][LEFT + MEASURE + 2 : edge - 1]).split()[:2] == ["o", "p"]
        # The panel's counts end in its last column but one.
        entries = [row for row in cells[1:-3] if "━" in row[edge:]]
        assert len(entries) >= 2
        assert {max(cell for cell in range(BESIDE) if row[cell].isdigit()) for row in entries} == {
            BESIDE - 2
        }
        # Only the scroll bar is in its column.
        assert {row[edge - 1] for row in cells[TOP:-3]} == {" "}
        # When they are shown, the names of labels are under their words.
        (word,) = regex.findall("PERSON +accepted “(.+?)”", terminal.text)
        terminal.press("f3")
        terminal.wait_for(r"\n +ORG")
        terminal.settled()
        assert terminal.emulator.overrun == []
        labelled = terminal.emulator.column_of("PERSON", TOP + 1)
        assert labelled == terminal.emulator.column_of(word, TOP)
        terminal.press("ctrl+q")
        assert terminal.end() == 0


@pytest.mark.parametrize("width_of", WIDTHS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_click_hits_what_the_terminal_shows_there(
    name: str, width_of: WidthOf, tmp_path: Path
) -> None:
    text = TEXTS[name]
    words = {
        "hindi": ["मुर्मू", "लखनऊ", "किसानों", "मुलाक़ात"],
        "emoji": ["then", "with", "beside", "Ana", "Reis"],
        "tamil": ["முதலமைச்சர்", "சென்னையில்", "பேசினார்"],
        "mixed": ["द्रौपदी", "लखनऊ", "किसानों"],
    }[name]
    first_word = {"hindi": "राष्ट्रपति", "emoji": "Go", "tamil": "தமிழ்நாட்டின்", "mixed": "กำ"}[name]
    with Wide(tmp_path, text, width_of) as terminal:
        terminal.settled()
        for word in words:
            row = next(row for row, line in enumerate(terminal.emulator.display) if word in line)
            first = terminal.emulator.column_of(word, row)
            last = first + sum(map(width_of, regex.findall(r"\X", word))) - 1
            for column in (last, first):
                terminal.press("\x1b[H")
                terminal.wait_for_cursor_word(first_word)
                terminal.click(column, row)
                terminal.wait_for_cursor_word(word)
                terminal.drain(0.1)
                assert terminal.emulator.cursor == (first, row)


def test_without_an_answer_clicks_go_by_the_larger_width(tmp_path: Path) -> None:
    with Wide(tmp_path, TEXTS["hindi"], large, answers=False) as terminal:
        terminal.settled()
        terminal.click(terminal.emulator.column_of("किसानों", TOP), TOP)
        terminal.wait_for_cursor_word("किसानों")


def text_of(terminal: Wide) -> list[str]:
    """The rows of the article, without gutter and rail, in which suggestions and places may appear meanwhile."""
    return ["".join(row[LEFT : LEFT + MEASURE]) for row in terminal.emulator.cells[TOP : ROWS - 6]]


def test_the_text_stands_where_it_stood_when_the_answer_comes(tmp_path: Path) -> None:
    with Wide(tmp_path, TEXTS["mixed"], small, answers=False) as terminal:
        terminal.settled()
        before = text_of(terminal)
        questions = regex.findall(rb"\x1b\[(\d+);(\d+)H([^\x1b]+)\x1b\[6n", terminal.raw)
        assert len(questions) >= 8
        # The text was on the screen before the terminal was asked for widths.
        assert terminal.raw.index("द्रौपदी".encode()) < terminal.raw.index(b"\x1b[6n")
        for row, column, text in questions:
            width = sum(map(small, regex.findall(r"\X", text.decode())))
            os.write(terminal.fd, f"\x1b[{int(row)};{int(column) + width}R".encode())
        terminal.drain(0.5)
        assert text_of(terminal) == before
        terminal.click(terminal.emulator.column_of("लखनऊ", TOP), TOP)
        terminal.wait_for_cursor_word("लखनऊ")


@pytest.mark.parametrize("reply", ["\x1b[1;2R", "\x1b[40;1R", "\x1b[40;99R", "\x1b[9;3R", "\x1b[0;0R"])
def test_reports_that_answer_nothing_do_nothing(reply: str, tmp_path: Path) -> None:
    with Wide(tmp_path, TEXTS["hindi"], large, answers=False) as terminal:
        terminal.settled()
        terminal.press(reply)
        terminal.drain(0.3)
        terminal.click(terminal.emulator.column_of("किसानों", TOP), TOP)
        terminal.wait_for_cursor_word("किसानों")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_a_text_that_all_terminals_draw_alike_asks_nothing(tmp_path: Path) -> None:
    with Wide(tmp_path, "Rui Gomes in Porto.\n", large) as terminal:
        terminal.settled()
        assert b"\x1b[6n" not in terminal.raw


def test_white_space_selected_with_the_mouse_is_not_labelled(tmp_path: Path) -> None:
    with Wide(tmp_path, "Rui Gomes    \n\nAna  Reis\n", large) as terminal:
        terminal.settled()
        terminal.press("\x1b[<0;15;3M", "\x1b[<32;17;3M", "\x1b[<0;17;3m")
        terminal.wait_for("“ +” · selected")
        terminal.press("p")
        terminal.wait_for("A span cannot be white space only")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    database = json.loads((tmp_path / "annotations.json").read_text())
    assert '"PERSON"' not in json.dumps(database)
