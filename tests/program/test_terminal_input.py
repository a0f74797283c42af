"""Input from terminals that is not a pressed key, in the whole program under a real pseudo-terminal."""

import os
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.program.terminal import Terminal

TEXT = "Vera Lindt sailed to Oslo.\nThere she met Max Roe and Ida Bell on the pier.\n"
ARGUMENTS = ["article.txt", "--no-model", "--annotator", "ann"]
SENT = {
    "answers": b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b]10;rgb:ffff/ffff/ffff\x07\x1b[?62;4c\x1bP>|foot(1.16)\x1b\\"
    b"\x1b[?997;1n\x1b[8;24;80t\x1b]52;c;cG9nbw==\x1b\\\x1b_Gi=1;OK\x1b\\\x1b[4;12z\x1b^pogo\x1b\\",
    "8 bits": b"\x9b?62;4c\xc2\x9b?997;1n",
    "broken mouse": b"\x1b[<35;NaN;NaNM\x1b[<0;-1;-1M\x1b[<0;9999;9999M\x1b[<0;9999;9999m\x1b[32;9;9M",
    "X10's mouse": b"\x1b[M \xa5!\x1b[M#\xff\xfe",
    "paste": b"\x1b[200~pogo\x1b[1mp\x1b[0m\x11?\r\x1b[201~",
    "no UTF-8": b"\xff\xfe\x80\xc3(\xe9",
    "kitty": b"\x1b[112:80;2u\x1b[112;1:3u\x1b[57441;2u\x1b[111;1:3u",
    "kitty, no character": b"\x1b[99999999;1u\x1b[112;;55296u\x1b[1:2:3:4u",
    "unfinished paste": b"\x1b[200~pogo\r?",
    "unfinished string": b"\x1b]11;rgb:1e1e/pogo",
    "unfinished sequence": b"\x1b[?1;2;3",
    "half a character": b"\xe2\x82",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8", newline="")
    return tmp_path


def labelled(folder: Path) -> list[str]:
    with TinyDB(folder / "annotations.json", access_mode="r") as database:
        rows = database.table("annotations").all()
    return [TEXT[span["start"] : span["end"]] for row in rows for span in row["spans"]]


def take_keys(terminal: Terminal) -> None:
    """Press a key until it works: the program drops an unfinished sequence after some time without input."""
    for _ in range(10):
        terminal.press("right")
        terminal.drain(1.2)
        if "“Lindt”" in terminal.text:
            return
    raise AssertionError(f"no key does anything any more:\n{terminal.text}")


@pytest.mark.parametrize("split", [False, True], ids=["whole", "split"])
@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_no_key_nothing_stored_and_later_keys_work(folder: Path, sent: bytes, split: bool) -> None:
    with Terminal(ARGUMENTS, folder) as terminal:
        terminal.wait_for_header("0/0")
        for part in [sent[at : at + 1] for at in range(len(sent))] if split else [sent]:
            os.write(terminal.fd, part)
            if split:
                terminal.read(0.005)
        terminal.drain(0.3)
        take_keys(terminal)
        assert "Vera Lindt sailed to Oslo." in terminal.text
        terminal.wait_for_header("0/0")
        terminal.press("p")
        terminal.wait_for_header("1/1")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert labelled(folder) == ["Lindt"]


def test_a_click_hits_the_word_under_the_pointer_after_a_report_of_the_size(folder: Path) -> None:
    with Terminal(ARGUMENTS, folder, columns=80, rows=24) as terminal:
        terminal.wait_for_header()
        column, row = terminal.place_of("Oslo")
        terminal.press("\x1b[?2048;2$y\x1b[48;24;80;480;960t")
        terminal.click(column, row)
        terminal.wait_for(r"“Oslo”")
        assert b"\x1b[?1016h" not in terminal.raw
        terminal.press("g")
        terminal.wait_for_header("1/1")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert labelled(folder) == ["Oslo"]


def test_a_comment_and_its_paste_in_one_read(folder: Path) -> None:
    with Terminal(ARGUMENTS, folder) as terminal:
        terminal.wait_for_header()
        terminal.press('"\x1b[200~see\x07 \u202epage\x1b[201~\rp\x11')
        assert terminal.end() == 0
    with TinyDB(folder / "annotations.json", access_mode="r") as database:
        (row,) = database.table("annotations").all()
    assert row["facts"]["comment"] == "see page"
    assert labelled(folder) == ["Vera"]


def test_an_error_while_reading_the_terminal_is_said_and_loses_nothing(folder: Path) -> None:
    script = (
        "from tui.terminal_input.mouse import Mouse\n"
        "def broken(self, sequence): raise RuntimeError('no such mouse')\n"
        "Mouse.event = broken\n"
        "from tui.cli import main\n"
        "raise SystemExit(main())\n"
    )
    with Terminal(ARGUMENTS, folder, command=[sys.executable, "-c", script]) as terminal:
        terminal.wait_for_header()
        terminal.press("p", "\x1b[<0;5;2M")
        assert terminal.end() == 2
        assert "annotate stopped because of an error" in terminal.text
    assert "no such mouse" in (folder / "state" / "annotate" / "error.log").read_text()
    assert labelled(folder) == ["Vera"]


def test_the_terminals_own_cursor_is_where_one_types(folder: Path) -> None:
    def wait_for_cursor(before: str) -> None:
        for _ in range(100):
            cursor = terminal.screen.cursor
            if terminal.screen.display[cursor.y][: cursor.x].endswith(before):
                return
            terminal.read(0.05)
        raise AssertionError(f"the cursor is never behind {before!r}:\n{terminal.text}")

    with Terminal(ARGUMENTS, folder, columns=80, rows=24) as terminal:
        terminal.wait_for_header()
        terminal.press('"', *("x" * 90), *"last")
        wait_for_cursor("xxlast")
        terminal.press("\x1b[27u", "right", "right")
        wait_for_cursor("Vera Lindt ")
        terminal.press("/", *"max")
        wait_for_cursor(" FIND  max")


def test_the_side_panel_of_a_reopened_article_lists_what_is_there(folder: Path) -> None:
    with Terminal(ARGUMENTS, folder, columns=120) as terminal:
        terminal.wait_for_header()
        terminal.press("p", "right", "p")
        terminal.wait_for_header("2/2")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    # The row in the panel: its edge, the key of the label and the name.
    listed = r"│ p Vera +━+ +1 *\n.*│ p Lindt +━+ +1 *\n"
    for _ in range(4):
        with Terminal(ARGUMENTS, folder, columns=120) as terminal:
            terminal.wait_for_header("2/2")
            terminal.wait_for(listed)
            terminal.drain(0.3)
            terminal.wait_for(listed, seconds=1)
            terminal.press("ctrl+q")
            assert terminal.end() == 0
