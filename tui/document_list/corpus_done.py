"""The summary when the last document of the corpus is done: figures, what to check, how to export."""

import shlex
from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult

from annotations.corpus.pace import minutes_words
from annotations.corpus.summary import CorpusSummary, checks_before_export, done_words
from annotations.store.interface import SaveState
from annotations.text.display import displayable
from tui.colours.coloured_app import coloured
from tui.document_list.lines import corpus_line
from tui.document_list.rows import GAP
from tui.keymap import Keymap
from tui.screens.window import Window
from tui.widgets.appearance import Appearance
from tui.widgets.header import saving_pieces
from tui.widgets.hints import Hint, Hints, hints_row
from tui.widgets.lines import Line, Lines, Piece, cut_line, width_of_line

AfterDone = Literal["list", "article"]
"""Where to go from here."""
LEAST_WORD = 9
"""The least number of cells for the word that finds documents to check in the list."""
MARGIN = 10
"""Cells before the figures if there is room for them."""
MOST_LABELS = 6
"""Labels that are named; the rest are counted."""


class CorpusDoneScreen(Window[AfterDone]):
    """Ends with where to go: Enter leads to the list, every other key to the article."""

    DEFAULT_CSS = """
    CorpusDoneScreen { layout: vertical; }
    CorpusDoneScreen #done-header { height: 1; }
    CorpusDoneScreen #done-page { height: 1fr; }
    CorpusDoneScreen #done-foot { height: 2; }
    """

    def __init__(
        self,
        summary: CorpusSummary,
        keymap: Keymap,
        *,
        corpus: str = "",
        database: str = "",
        save_state: SaveState | None = None,
    ) -> None:
        """`corpus` is the name of the corpus.

        `database` is the path that the export command needs, empty if the command finds the file itself.
        """
        super().__init__()
        self._corpus = corpus
        self._summary = summary
        self._keymap = keymap
        self._database = database
        self._save_state = save_state

    def compose(self) -> ComposeResult:
        """The corpus, the figures, the state of saving, the keys."""
        colours = coloured(self.app).colours
        yield Lines(colours.style("text", "bar"), id="done-header")
        yield Lines(colours.style("text", "page"), id="done-page")
        yield Lines(colours.style("text", "bar"), id="done-foot")

    def on_mount(self) -> None:
        """Show the figures."""
        self._show()

    def on_resize(self) -> None:
        """Show as much of them as there is room for now."""
        self.call_after_refresh(self._show)

    def saved(self, state: SaveState) -> None:
        """Show the state of saving."""
        self._save_state = state
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Leave on any key."""
        event.stop()
        event.prevent_default()
        self.dismiss("list" if event.key == "enter" else "article")

    def _show(self) -> None:
        if not self.is_attached:
            return
        width, height = self.size
        app = coloured(self.app)
        look, summary, state = Appearance(app.colours, app.glyphs), self._summary, self._save_state
        header = corpus_line(self._corpus, "", summary.done, summary.documents, state, width, look)
        self.query_one("#done-header", Lines).show([header])
        page = done_lines(summary, export_command(self._database), width, height - 3, look)
        self.query_one("#done-page", Lines).show(page)
        hints = (Hint("Enter", "list"), Hint(self._keymap.sign("quit"), "leave"))
        keys = Hints(hints, mode="DONE", way_out=Hint("Esc", "article"))
        foot = [saved_line(state, look), hints_row(keys, width, look)]
        self.query_one("#done-foot", Lines).show(foot)


def saved_line(state: SaveState | None, look: Appearance) -> Line:
    """Whether every decision is on the disk."""
    if state is not None and not state.unsaved and not state.error:
        return [(f" {look.glyphs.done} every decision is saved", look.colours.style("text"))]
    return [(" ", look.colours.style()), *saving_pieces(state, look)]


def export_command(database: str = "") -> str:
    """The command that writes training data, quoted for a shell."""
    where = f" --db {shlex.quote(database)}" if database else ""
    return f"annotate export --format spacy --output train.spacy{where}"


def done_lines(
    summary: CorpusSummary, command: str, width: int, height: int, look: Appearance
) -> list[Line]:
    """The page for a width in cells and a height in rows.

    If there is no room for everything, the least important parts are left out, but never the export command.
    """
    style = look.colours.style
    margin = MARGIN if width >= 70 else 2
    room = width - margin - 1
    title: list[Line] = [[(done_words(summary), style("bright", bold=True))]]
    figures = _figures(summary, look)
    labels = _labels(summary, room, look)
    found = checks_before_export(summary)
    look_at: list[Line] = [[("Check these before you export", style("muted"))]] if found else []
    widest = max([LEAST_WORD, *(len(word) for word, _ in found)])
    look_at += [
        [(word.ljust(widest), style("bright", bold=True)), (GAP, style()), (sentence, style("text"))]
        for word, sentence in found
    ]
    export: list[Line] = [
        [(displayable(part), style("text"))] for part in _folded(command, margin, width)
    ]
    for parts in (
        [title, figures, labels, look_at, export],
        [title, figures, look_at, export],
        [title, look_at, export],
        [title, export],
    ):
        blocks = [part for part in parts if part]
        blank = 1 if sum(map(len, blocks)) + len(blocks) - 1 <= height else 0
        if sum(map(len, blocks)) + blank * (len(blocks) - 1) <= height:
            break
    lines: list[Line] = []
    for block in blocks:
        lines += [[]] * (blank if lines else 0)
        # The command has its own margin, because it may be copied to a shell.
        sign = look.glyphs.cut
        lines += block if block is export else [_within(line, margin, room, sign) for line in block]
    return [*([[]] * ((height - len(lines)) // 3)), *lines]


def _figures(summary: CorpusSummary, look: Appearance) -> list[Line]:
    style = look.colours.style
    accepted = "span accepted" if summary.accepted == 1 else "spans accepted"
    of_them = [
        f"{number:,} {what}"
        for number, what in ((summary.added, "added by you"), (summary.corrected, "corrected"))
        if number
    ]
    rows = [(f"{summary.accepted:,}", ": ".join([accepted, *([", ".join(of_them)] if of_them else [])]))]
    if summary.rejected:
        rejected = "suggestion rejected" if summary.rejected == 1 else "suggestions rejected"
        rows.append((f"{summary.rejected:,}", rejected))
    if summary.minutes > 0 and summary.done:
        each = minutes_words(summary.minutes / summary.done)
        rows.append((minutes_words(summary.minutes), f"of work, {each} a document"))
    widest = max(len(number) for number, _ in rows)
    number_style, word_style = style("text", bold=True), style("muted")
    return [
        [(number.rjust(widest), number_style), (GAP, style()), (words, word_style)]
        for number, words in rows
    ]


def _labels(summary: CorpusSummary, room: int, look: Appearance) -> list[Line]:
    """The most frequent labels, as many as there is room for, and how many others there are."""
    style = look.colours.style
    for number in range(min(MOST_LABELS, len(summary.by_label)), 0, -1):
        line: list[Piece] = []
        for label, spans in summary.by_label[:number]:
            line += [(GAP if line else "", style()), (displayable(label), style("muted"))]
            line.append((f" {spans:,}", style("text", bold=True)))
        others = len(summary.by_label) - number
        if others:
            line.append((f"{GAP}and {others} more", style("muted")))
        if width_of_line(line) <= room or number == 1:
            return [line]
    return []


def _within(line: Line, margin: int, room: int, sign: str) -> Line:
    """A line with a margin before it, cut with a sign if it is too long."""
    return [(" " * margin, Style()), *cut_line(line, room, sign)]


def _folded(command: str, margin: int, width: int) -> Sequence[str]:
    """A command on as many lines as it needs, with a margin; a shell reads them as one command.

    A word that is wider than a line continues at the very start of the next one: there the shell joins
    the parts again.
    """
    lines: list[str] = []
    line = " " * margin
    room = width - len(" \\")
    for word in shlex.split(command):
        quoted, gap = shlex.quote(word), " " if line.strip() else ""
        if cell_len(displayable(line + gap + quoted)) <= room:
            line += gap + quoted
            continue
        if gap:
            lines.append(f"{line} \\")
            line = " " * margin
        while cell_len(displayable(line + shlex.quote(word))) > room:
            ends = range(len(word), 0, -1)
            end = next(
                (n for n in ends if cell_len(displayable(line + shlex.quote(word[:n]))) < room), 1
            )
            lines.append(f"{line}{shlex.quote(word[:end])}\\")
            line, word = "", word[end:]
        line += shlex.quote(word) if word else ""
    return [*lines, line]
