import shlex
import subprocess
from dataclasses import replace

import pytest
from rich.cells import cell_len

from annotations.corpus.summary import CorpusSummary
from annotations.store.interface import SaveState
from tests.tui.conftest import Open
from tests.tui.own_colours import own_colours
from tui.actions import ACTIONS
from tui.colours.glyphs import UNICODE
from tui.document_list.corpus_done import CorpusDoneScreen, done_lines, export_command
from tui.keymap import Keymap
from tui.widgets.appearance import Appearance

LOOK = Appearance(own_colours(), UNICODE)
SUMMARY = CorpusSummary(
    documents=200,
    done=200,
    by_label=(("GPE", 6000), ("ORG", 4000), ("A\x1b[31m", 1500), ("D", 1000), ("E", 300), ("F", 103), ("G", 1)),
    corrected=12,
    added=1102,
    rejected=1733,
    minutes=580.0,
    flagged=3,
    undecided=1,
    undecided_in=1,
    changed=0,
    gone=2,
)  # fmt: skip


@pytest.mark.parametrize(
    ("size", "labels", "figures", "look"),
    [
        ((80, 24), True, True, True),
        ((200, 50), True, True, True),
        ((120, 40), True, True, True),
        ((40, 12), False, False, True),
        ((60, 7), False, False, False),
    ],
)
async def test_what_came_of_it_at_every_size(
    open_article: Open, size: tuple[int, int], labels: bool, figures: bool, look: bool
) -> None:
    async with open_article(suggested=[], size=size) as screen:
        screen.app.push_screen(CorpusDoneScreen(SUMMARY, Keymap(ACTIONS), save_state=SaveState(0)))
        await screen.wait(lambda: "All 200 documents are done." in screen.text)
        assert ("6,000" in screen.text) == labels
        assert ("12,904  spans accepted" in screen.text) == figures
        assert ("3 flagged documents" in screen.text) == look
        assert "\x1b" not in screen.text
        words = " ".join(" ".join(screen.text.replace("\\", "").split()).split())
        assert "annotate export --format spacy --output train.spacy" in words
        assert screen.rows[-2].strip() == "✓ every decision is saved"
        assert "200/200  saved" in screen.rows[0]
        assert "Enter list" in screen.rows[-1]


async def test_the_figures(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.push_screen(
            CorpusDoneScreen(SUMMARY, Keymap(ACTIONS), corpus="news/", save_state=SaveState(2))
        )
        await screen.wait(lambda: "All 200" in screen.text)
        shown = [row.strip() for row in screen.rows if row.strip()]
        assert shown == [
            "annotate  news/                                  ━━━━━━━━━━━━ 200/200  saving…",
            "All 200 documents are done.",
            "12,904  spans accepted: 1,102 added by you, 12 corrected",
            "1,733  suggestions rejected",
            "9 h 40 min  of work, 2.9 min a document",
            "GPE 6,000  ORG 4,000  A␛[31m 1,500  D 1,000  E 300  F 103  and 1 more",
            "Check these before you export",
            "flagged    3 flagged documents",
            "undecided  1 suggestion in 1 document counts as no entity",
            "gone       2 files are gone",
            "annotate export --format spacy --output train.spacy",
            "saving…",
            "DONE  Enter list  Ctrl+Q leave  Esc article",
        ]


@pytest.mark.parametrize(("key", "end"), [("enter", "list"), ("escape", "article"), ("x", "article")])
async def test_any_key_leaves(open_article: Open, key: str, end: str) -> None:
    async with open_article(suggested=[]) as screen:
        ends: list[str | None] = []
        screen.app.push_screen(CorpusDoneScreen(SUMMARY, Keymap(ACTIONS)), ends.append)
        await screen.wait(lambda: "All 200" in screen.text)
        await screen.press(key)
        assert screen.app.screen is screen.app.reader
        assert ends == [end]
        assert screen.spans == []


async def test_the_key_that_leaves_the_program_does_so_from_here(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.push_screen(CorpusDoneScreen(SUMMARY, Keymap(ACTIONS)))
        await screen.wait(lambda: "All 200" in screen.text)
        await screen.pilot.press("ctrl+q")
        await screen.wait(lambda: screen.writer.closed)


def test_the_command_is_one_that_a_shell_takes() -> None:
    assert export_command("my files/a.json").endswith("--output train.spacy --db 'my files/a.json'")


@pytest.mark.parametrize("width", [*range(30, 100, 7), 200])
@pytest.mark.parametrize("folder", ["a", "with a blank/it's", "long" * 40, "all 'of' \"it\" $HOME" * 9])
def test_a_shell_takes_the_command_as_it_stands_on_the_screen(width: int, folder: str) -> None:
    command = export_command(f"/{folder}/a.json")
    lines = done_lines(SUMMARY, command, width, 40, LOOK)
    shown = ["".join(text for text, _ in line) for line in lines]
    start = next(number for number, line in enumerate(shown) if "annotate" in line)
    pasted = "\n".join(shown[start:]).replace("annotate", "printf '%s\\n'", 1)
    said = subprocess.run(["sh", "-c", pasted], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == shlex.split(command)[1:]
    assert all(cell_len(line) <= width for line in shown)


@pytest.mark.parametrize("width", range(30, 100, 7))
@pytest.mark.parametrize("height", [6, 10, 22])
def test_nothing_is_wider_or_higher_than_the_screen(width: int, height: int) -> None:
    command = export_command("some/where/a.json")
    for summary in (SUMMARY, replace(SUMMARY, by_label=(), added=0, corrected=0, rejected=0, minutes=0)):
        lines = done_lines(summary, command, width, height, LOOK)
        assert len(lines) <= height
        assert all(cell_len("".join(text for text, _ in line)) <= width for line in lines)
        shown = " ".join(" ".join("".join(text for text, _ in line) for line in lines).split())
        assert command in shown.replace(" \\", "")


@pytest.mark.parametrize("width", range(40, 120, 8))
def test_labels_are_named_whole_as_many_as_fit(width: int) -> None:
    lines = done_lines(SUMMARY, "annotate", width, 40, LOOK)
    (labels,) = [line for line in ("".join(t for t, _ in line) for line in lines) if "GPE" in line]
    named = labels.count(",") + ("E 300" in labels) + ("F 103" in labels)
    assert labels.endswith(f"  and {7 - named} more")
