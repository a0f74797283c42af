"""The screen that opens if no text to annotate is named and the folder has no annotations."""

from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.project.pasted_text import keep_pasted
from annotations.project.settings import Settings
from annotations.text.plural import counted
from tui.colours.coloured_app import ColouredApp
from tui.keys.keyboard_layouts import latin_key
from tui.widgets.appearance import Appearance
from tui.widgets.first_run_lines import first_run_lines, offers_in
from tui.widgets.hints import Hint, Hints, hints_row
from tui.widgets.line_edit import LineEdit
from tui.widgets.lines import Line, Lines, Piece, cut_line

EXAMPLE = Path(__file__).with_name("example.txt")
ASK = "Open: "
NOTE = "annotations.json is created with your first decision"


class FirstRun(ColouredApp):
    """When it ends, `chosen` is the path of what to open, or empty if nothing is to be opened."""

    CSS = """
    #first-header { height: 1; }
    #first-page { height: 1fr; }
    #first-foot { height: 2; }
    """

    def __init__(self, folder: Path, scheme: LabelScheme, settings: Settings, theme: str = "") -> None:
        super().__init__(scheme, theme, settings.glyphs)
        self.chosen = ""
        self._folder = folder
        self._own_scheme = scheme
        own = {path.absolute() for path in (settings.guidelines, *settings.patterns) if path is not None}
        self._offers = offers_in(folder, settings.files, own)
        self._at = 0
        self._line: LineEdit | None = None
        """The path being typed; `None` while no path is typed."""
        self._pasting = False
        """Whether a text is expected from the clipboard."""
        self._pasted = ""
        """The text that was pasted."""
        self._wrong = ""
        """Why the pasted text cannot be saved."""

    def compose(self) -> ComposeResult:
        """What can be opened, above what the keys do."""
        yield Lines(self.colours.style("text", "bar"), id="first-header")
        yield Lines(self.colours.style("text", "page"), id="first-page")
        yield Lines(self.colours.style("text", "bar"), id="first-foot")

    def on_mount(self) -> None:
        """Show what can be opened."""
        self._show()

    def on_resize(self) -> None:
        """Show as much of it as there is room for now."""
        self.call_after_refresh(self._show)

    @property
    def cursor_position(self) -> Offset:
        """Where text is typed, in cells of the screen."""
        if self._line is None:
            return Offset(0, 0)
        return Offset(1 + len(ASK) + self._line.caret(self._room), self.size.height - 1)

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Ignored: the position follows what is typed."""

    def on_key(self, event: events.Key) -> None:
        """Choose, type a path, or leave."""
        event.stop()
        event.prevent_default()
        if event.key in ("ctrl+q", "ctrl+c"):
            self.exit()
        elif self._line is not None:
            self._type(self._line, event)
        elif self._pasting:
            self._end_pasting(event)
        else:
            character = latin_key(event.character or "").lower()
            match event.key:
                case "up" | "down":
                    step = 1 if event.key == "down" else -1
                    self._at = max(min(self._at + step, len(self._offers) - 1), 0)
                case "enter" if self._offers:
                    self._open(self._offers[self._at].path)
                case "escape":
                    self.exit()
                case _ if character == "o":
                    self._line = LineEdit()
                case _ if character == "e":
                    self._open(str(EXAMPLE))
                case _ if character == "v":
                    self._pasting, self._pasted, self._wrong = True, "", ""
        self._show()

    def on_paste(self, event: events.Paste) -> None:
        """Take a path from the clipboard, or a text if one is expected or there are several lines."""
        event.stop()
        if self._line is None and (self._pasting or len(event.text.splitlines()) > 1):
            self._pasting = True
            self._pasted += event.text
        else:
            self._line = self._line or LineEdit()
            self._line.paste(event.text)
        self._show()

    def _end_pasting(self, event: events.Key) -> None:
        if event.key == "escape":
            self._pasting = False
        elif event.key == "enter":
            try:
                self._open(str(keep_pasted(self._folder, self._pasted)))
            except AnnotateError as error:
                self._wrong = str(error)

    def _type(self, line: LineEdit, event: events.Key) -> None:
        if event.key == "escape":
            self._line = None
        elif event.key == "enter":
            if line.text.strip():
                self._open(line.text.strip())
        else:
            line.press(event.key, event.character)

    def _open(self, path: str) -> None:
        self.chosen = path
        self.exit()

    @property
    def _room(self) -> int:
        return max(self.size.width - len(ASK) - 3, 8)

    def _show(self) -> None:
        if not self.is_running:
            return
        look, (width, height) = Appearance(self.colours, self.glyphs), self.size
        style = look.colours.style
        right = "nothing open "
        program: Piece = (" annotate", style("bright", bold=True))
        blank = " " * max(width - len(program[0]) - len(right), 0)
        header: Line = [program, (blank, style()), (right, style("muted"))]
        self.query_one("#first-header", Lines).show([header])
        page = first_run_lines(self._offers, self._at, self._own_scheme, width, height - 3, look)
        self.query_one("#first-page", Lines).show(page)
        note = self._wrong or self._pasted_words or NOTE
        of_note = style("bad", bold=True) if self._wrong else style("muted")
        foot: list[Line] = [
            cut_line([(f" {note}", of_note)], width - 1, look.glyphs.cut),
            self._last_line(width, look),
        ]
        self.query_one("#first-foot", Lines).show(foot)

    @property
    def _pasted_words(self) -> str:
        if not self._pasting:
            return ""
        letters = len(self._pasted)
        return (
            f"Pasted: {counted(letters, 'character')}"
            if letters
            else "Paste the text into the terminal now"
        )

    def _last_line(self, width: int, look: Appearance) -> Line:
        style = look.colours.style
        if self._line is not None:
            typed = self._line.shown(self._room)
            return [(f" {ASK}", style("muted")), *typed]
        if self._pasting:
            keep = [Hint("Enter", "save it as a file and open it")] if self._pasted else []
            return hints_row(Hints(keep, mode="PASTE", way_out=Hint("Esc", "cancel")), width, look)
        walk = [Hint("Enter", "open"), Hint("↑ ↓", "choose")] if self._offers else []
        hints = (*walk, Hint("O", "open by name"), Hint("E", "example"), Hint("V", "paste"))
        return hints_row(Hints(hints, way_out=Hint("Ctrl+Q", "leave")), width, look)
