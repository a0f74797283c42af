"""The reader: the article with everything around it, and the way of a key from the hand to the text.

A key names an action in the keymap; the action asks the session; the session makes the edit and hands
it to the writer; the view draws the rows that changed. Nothing here knows a rule about annotations.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.theme import Theme
from textual.widget import Widget

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome, Range
from annotations.entities.identity import Proposal
from annotations.entities.steps import run_for
from annotations.model.errors import AnnotateError
from annotations.text.search import Search
from tui import questions
from tui.article.styles import ArticleStyles
from tui.document_at_hand import DocumentAtHand, TextChanged
from tui.keymap import Action, Keymap, key_sign
from tui.marks import Matches, NoMarks
from tui.modes import Mode
from tui.panel_keys import panel_hints, panel_status
from tui.terminal_keys import pressed
from tui.theme import Page, page_of, scheme_colours
from tui.widgets.article import ArticleView
from tui.widgets.header import header_line
from tui.widgets.hints import hint_line, hints
from tui.widgets.label_bar import label_bar
from tui.widgets.lines import Lines
from tui.widgets.side_panel import SidePanel
from tui.widgets.status import status_line

if TYPE_CHECKING:
    from annotations.store.interface import SaveState
    from annotations.text.search_process import Searcher
    from tui.app import AnnotateApp
    from tui.modes.search import SearchMode

Waiting = events.Key | events.Paste | Action | ArticleView.Pointed | ArticleView.Dragged
"""What can wait: for the annotations, for something that takes long, for a search."""
OF_DOCUMENT: dict[str, Callable[[OpenDocument], Outcome]] = {
    "next_word": lambda opened: opened.selection.next_word(),
    "previous_word": lambda opened: opened.selection.previous_word(),
    "next_sentence": lambda opened: opened.selection.next_sentence(),
    "previous_sentence": lambda opened: opened.selection.previous_sentence(),
    "to_start": lambda opened: opened.selection.to_start(),
    "to_end": lambda opened: opened.selection.to_end(),
    "next_span": lambda opened: opened.selection.next_span(),
    "previous_span": lambda opened: opened.selection.previous_span(),
    "next_undecided": lambda opened: opened.review.next_undecided(),
    "grow_right": lambda opened: opened.resizing.grow_right(),
    "shrink_right": lambda opened: opened.resizing.shrink_right(),
    "grow_left": lambda opened: opened.resizing.grow_left(),
    "shrink_left": lambda opened: opened.resizing.shrink_left(),
    "toggle_characters": lambda opened: opened.selection.toggle_characters(),
    "accept": lambda opened: opened.review.accept(),
    "reject": lambda opened: opened.review.reject(),
    "accept_paragraph": lambda opened: opened.review.accept_paragraph(),
    "accept_document": lambda opened: opened.review.accept_document(),
    "toggle_flag": lambda opened: opened.properties.toggle_flag(),
    "toggle_case": lambda opened: opened.propagation.toggle_case(),
    "toggle_decided_too": lambda opened: opened.propagation.toggle_decided_too(),
    "undo": lambda opened: opened.review.undo(),
    "redo": lambda opened: opened.review.redo(),
}
"""The actions that are methods of what is open."""
SMALLEST = (30, 8)
"""Columns and rows below which the reader says that there is no room."""
ROOM_FOR_PANEL = 110
"""Columns from which on the side panel is open from the start."""
PANEL_DELAY = 0.15
"""Seconds between an edit and the side panel following it, where listing everything takes long."""
QUICKLY_LISTED = 250
"""Up to how many spans the side panel is listed anew within the frame of an edit: 2 milliseconds."""
SLICE = 0.005
"""Seconds to spend on arriving suggestions before keys get their turn."""


class ReaderScreen(Screen[None]):
    """One document, full screen."""

    DEFAULT_CSS = """
    ReaderScreen { layout: vertical; }
    ReaderScreen #header { height: 1; }
    ReaderScreen #middle { height: 1fr; }
    ReaderScreen #labels { height: 3; }
    ReaderScreen #status { height: 1; }
    ReaderScreen #hints { height: 1; }
    ReaderScreen #panel { display: none; }
    ReaderScreen #small { display: none; height: 1fr; }
    ReaderScreen.with-panel #panel { display: block; }
    ReaderScreen.small #header, ReaderScreen.small #middle, ReaderScreen.small #labels,
    ReaderScreen.small #status, ReaderScreen.small #hints { display: none; }
    ReaderScreen.small #small { display: block; }
    """

    def __init__(self, at_hand: DocumentAtHand, keymap: Keymap) -> None:
        super().__init__()
        self.at_hand = at_hand
        self.keymap = keymap
        self.save_state: SaveState | None = None
        self.guidelines: Path | None = None
        self.notice = ""
        """What stays in the status line until the next key: an error, a piece of news."""
        self.mode: Mode | None = None
        """How keys are read, when not as usual."""
        self._sought: tuple[SearchMode, str] | None = None
        """What to search for next."""
        self._seeking = False
        self._searcher: Searcher | None = None
        self._waiting: list[Waiting] = []
        """What came while it could not be done, in its order."""
        self._at_work: Generator[None, None, Outcome] | None = None
        """What is done in slices; keys wait for it, and Esc gives it up."""
        self._message = ""
        self._arrived: deque[Callable[[], Outcome]] = deque()
        self.settle_saving: Callable[[], SaveState | None] = lambda: None
        """Waits a little for the edits just made to be saved; says how saving stands then."""
        self._panel_due = False
        self._panel_in_frame = False
        self._frame_due = False
        self._actions = self._make_actions()

    # Building

    def compose(self) -> ComposeResult:
        """Header, article and panel, labels, status, hints."""
        if self.app.size.width >= ROOM_FOR_PANEL:
            # Before there is anything in the screen: with it, all of that would be styled again.
            self.add_class("with-panel")
        ground = self.ground()
        yield Lines(ground, id="header")
        with Horizontal(id="middle"):
            yield ArticleView(self.opened.session, self.opened.selection, self._article_styles())
            yield SidePanel()
        yield Lines(ground, id="labels")
        yield Lines(ground, id="status")
        yield Lines(ground, id="hints")
        yield Lines(ground, id="small")

    def on_mount(self) -> None:
        """Follow the theme and come back clean from the shell."""
        self.header = self.query_one("#header", Lines)
        self.labels = self.query_one("#labels", Lines)
        self.status = self.query_one("#status", Lines)
        self.hints = self.query_one("#hints", Lines)
        self.article = self.query_one(ArticleView)
        self.panel = self.query_one(SidePanel)
        self.app.theme_changed_signal.subscribe(self, self._new_theme)
        # After fg the terminal is blank, and Textual believes that it is not.
        self.app.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.show_all()

    def on_resize(self, event: events.Resize) -> None:
        """Say so when there is no room, and draw for the new size."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(small, "small")
        if small:
            size, enough = "×".join(map(str, event.size)), "×".join(map(str, SMALLEST))
            self.query_one("#small", Lines).show(
                [[(f"{size} is too small;", "bold")], [(f"{enough} will do.", "bold")]]
            )
        self.show_all()

    @property
    def opened(self) -> OpenDocument:
        """What is open on the screen."""
        return self.at_hand.opened

    @property
    def ready(self) -> bool:
        """Whether the annotations are there; until then keys that edit wait their turn."""
        return self.at_hand.ready

    @property
    def progress(self) -> str:
        """How far the suggestions are, in a few words."""
        return self.at_hand.progress

    def show_document(self, at_hand: DocumentAtHand) -> None:
        """Show this document from now on, or its annotations, which have come.

        Keys that waited for them are handled now.
        """
        self.at_hand = at_hand
        if not self.is_mounted:
            return
        self.mode = self._at_work = None
        opened = at_hand.opened
        self.article.set_article_styles(self._article_styles())
        self.article.show_document(opened.session, opened.selection)
        self.show_later()
        self.show_panel()
        if at_hand.ready:
            self._press_waiting()

    def first_offset_in_sight(self) -> int:
        """The offset of the first code point on the screen."""
        return self.article.first_offset_in_sight()

    def ask_about_earlier_text(self, changed: TextChanged, answer: Callable[[bool], None]) -> None:
        """Ask before anything of an earlier text's annotations is carried over."""
        from tui.screens.text_changed import TextChangedScreen

        assert changed.earlier is not None
        assert changed.found is not None
        screen = TextChangedScreen(
            changed.earlier.document.text,
            changed.at_hand.document.text,
            changed.found,
            self.ground(),
            self.keymap,
            was_done=changed.earlier.row.facts.done,
        )
        self.app.push_screen(screen, lambda answered: answer(bool(answered)))

    # Showing

    def show_all(self) -> None:
        """Bring everything around the article up to date."""
        self._frame_due = False
        if self.is_mounted:
            self._show_around()

    def show_later(self) -> None:
        """Bring it up to date with the next frame, once for all the keys that came before it."""
        self._frame_due = True
        self.check_idle()

    def on_idle(self, event: events.Idle) -> None:
        """Make everything that the keys changed one frame.

        Textual draws the first thing that changed at once and the next one with its next tick, a 60th
        of a second later. So whatever changed is reported before the first thing is drawn, not when
        each widget comes to it.
        """
        if not self._frame_due:
            return
        self._take_state(self.settle_saving())
        if self._panel_in_frame:
            self.show_panel()
        self.show_all()
        for widget in self._drawn():
            widget._check_refresh()
        if self.message_queue_size:
            # What changed is in the queue: the screen is drawn when it is idle after that.
            event.prevent_default()

    def _drawn(self) -> Iterator[Widget]:
        for widget in self.walk_children(Widget):
            yield widget
            if isinstance(widget, ScrollView) and widget.show_vertical_scrollbar:
                yield widget.vertical_scrollbar

    def _show_around(self) -> None:
        ground, width, colours = self.ground(), self.size.width, self.article.article_styles.colours
        bar = label_bar(self.opened, colours, width)
        if self.labels.size.height != len(bar):
            self.labels.styles.height = len(bar)
        self.labels.show(bar, ground)
        message = self._message or self.notice or self._save_error()
        if self.mode is not None and not message:
            self.status.show([self.mode.status(colours, width)], ground)
        else:
            panel = panel_status(self.panel, self.keymap) if self.panel.walking and not self.mode else []
            self.status.show([[*panel, *status_line(self.opened, colours, message)]], ground)
        self.hints.show([hint_line(self._hints(), width)], ground)
        self.header.show([header_line(self.opened, self.save_state, self.progress, width)], ground)

    def _hints(self) -> Sequence[tuple[str, str]]:
        if self.mode is not None:
            return self.mode.hints(self.keymap)
        if self.panel.walking:
            return panel_hints(self.panel, self.keymap)
        return hints(self.opened, self.keymap)

    def show_panel(self) -> None:
        """Bring the side panel up to date, if it is open."""
        self._panel_due = self._panel_in_frame = False
        if self.has_class("with-panel"):
            self.panel.show(self.opened, self.article.article_styles.colours, self.ground())

    def panel_later(self) -> None:
        """Have the side panel follow an edit: with its frame if that is quickly done, else soon.

        Many edits in a row cost it once.
        """
        if self._panel_due or not self.has_class("with-panel"):
            return
        self._panel_due = True
        if len(self.opened.session.annotations.spans) > QUICKLY_LISTED:
            self.set_timer(PANEL_DELAY, self.show_panel)
        else:
            self._panel_in_frame = True
            self.show_later()

    def caret(self) -> Offset:
        """Where one types or stands, in cells of the screen."""
        typed = self.mode.caret(self.size.width) if self.mode is not None else None
        return self.article.caret() if typed is None else self.status.region.offset + Offset(typed, 0)

    def _take_state(self, state: "SaveState | None") -> None:
        if state is None or state == self.save_state:
            return
        failed_before = self.save_state is not None and self.save_state.error
        told_before = self.save_state.notice if self.save_state is not None else ""
        self.save_state = state
        if state.error:
            self._message = self.notice = ""
        elif failed_before:
            self.notice = "Saved now."
        if state.notice and state.notice != told_before:
            self.notice = state.notice

    def _save_error(self) -> str:
        if self.save_state is None or not self.save_state.error:
            return ""
        # Folders are long and known; what is wrong must be in sight.
        error = re.sub(r"(?<!\S)/(?:\S*/)?(?=\S)", "", self.save_state.error)
        return f"{error} {self.keymap.sign('save_again')} tries again."

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        self.notice = message
        self.show_later()

    def _article_styles(self) -> ArticleStyles:
        page = self._page()
        colours = scheme_colours(
            self.opened.session.labels_shown,
            self.app.current_theme,
            self.app.theme_variables,
            self._sixteen(),
        )
        return ArticleStyles(page.fore, page.back, page.muted, colours)

    def _page(self) -> Page:
        return page_of(self.app.current_theme, self.app.theme_variables, self._sixteen())

    def _sixteen(self) -> bool:
        return self.app.console.color_system == "standard"

    def ground(self) -> str:
        """The colours of the lines around the article, as Rich writes them."""
        return self._page().ground

    def _new_theme(self, theme: Theme) -> None:
        self.article.set_article_styles(self._article_styles())
        self.show_later()
        self.show_panel()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Any key: of the panel while it is walked, of an action, of a label."""
        event.stop()
        event.prevent_default()
        self._press(event)

    def _press_waiting(self) -> None:
        waiting, self._waiting = deque(self._waiting), []
        on_top = self.app.screen
        while waiting and self.app.screen is on_top:
            self._do_waiting(waiting.popleft())
        # What came behind a key that opened a window is for that window.
        typed = [one for one in waiting if isinstance(one, events.Key | events.Paste)]
        cast("AnnotateApp", self.app).put_first(typed)

    def _do_waiting(self, one: Waiting) -> None:
        match one:
            case events.Key():
                self._press(one)
            case events.Paste():
                self.on_paste(one)
            case Action():
                self.choose(one.name)
            case ArticleView.Pointed():
                self.on_article_view_pointed(one)
            case ArticleView.Dragged():
                self.on_article_view_dragged(one)

    def on_paste(self, event: events.Paste) -> None:
        """Text from the clipboard goes where text is typed."""
        event.stop()
        if self._at_work is not None or self._waiting or (self.mode is not None and self.mode.waiting):
            self._waiting.append(event)
        elif self.mode is not None:
            self.mode.paste(event.text)

    def _press(self, event: events.Key) -> None:
        self.article.follow_keys()
        if self._at_work is not None:
            self._wait_for_work(event)
            return
        if self.mode is not None and self.mode.waiting:
            if event.key != "escape":
                self._waiting.append(event)
                return
            # What was pressed since was meant for what is given up now.
            self._waiting.clear()
        if self.mode is not None and self._press_in_mode(self.mode, event):
            return
        key = pressed(event.key, event.character)
        if self.panel.walking and self._press_in_panel(key):
            self.show_later()
            return
        action = self.keymap.action(key)
        if self._must_wait(action):
            self._waiting.append(event)
            return
        self._message = self.notice = ""
        if action is not None:
            if action.name not in ("line_up", "line_down", "page_up", "page_down"):
                self.article.forget_column()
            self.press_action(action.name)
            return
        label = self.opened.session.scheme.with_key(key)
        if label is not None:
            self.shown(self.opened.review.label(label.name))
        elif event.is_printable:
            self._message = f"{key_sign(key)} is no key here; {self.keymap.sign('keys')} shows all keys."
            self.show_later()

    def _must_wait(self, action: Action | None) -> bool:
        """Whether what a key does must wait for the annotations; without an action, it is a label's."""
        harmless = action is not None and action.group in ("Move", "Show", "Leave")
        return not self.ready and (bool(self._waiting) or not harmless)

    def _press_in_mode(self, mode: Mode, event: events.Key) -> bool:
        """Handle a key in a mode; `False` when the mode leaves it to the usual way."""
        outcome = mode.press(pressed(event.key, event.character), event.character)
        if outcome is None:
            if mode.over:
                self.mode = None
                self._mark_matches()
                self.show_later()
            return False
        self.notice = ""
        self.shown(outcome)
        return True

    def choose(self, name: str) -> None:
        """Do an action that was chosen from a list of them, when a key for it would be done."""
        action = self.keymap.named(name)
        if self._at_work is not None or self._must_wait(action):
            self._waiting.append(action)
        else:
            self._message = self.notice = ""
            self.press_action(name)

    def press_action(self, name: str) -> None:
        """Do what an action of the keymap does, without a key."""
        self._actions[name]()

    def shown(self, outcome: Outcome) -> None:
        """Draw what an action did."""
        self._message = outcome.message
        if self.mode is not None:
            if self.mode.over:
                self.mode = None
                self._mark_matches()
            else:
                self.article.set_marks(self.mode.marks)
        if outcome.touched:
            self._adopt_labels()
            self.article.changed(outcome.touched)
        if outcome.touched or outcome.edit is not None:
            self.panel_later()
        self.article.follow()
        self.show_later()

    def _adopt_labels(self) -> None:
        if any(
            label.name not in self.article.article_styles.colours
            for label in self.opened.session.labels_shown
        ):
            self.article.set_article_styles(self._article_styles())

    def _make_actions(self) -> dict[str, Callable[[], None]]:
        """What to call for each action: one of the open document, or one of this screen."""

        def of_document(do: Callable[[OpenDocument], Outcome]) -> Callable[[], None]:
            return lambda: self.shown(do(self.opened))

        def ask(question: Callable[[ReaderScreen], None]) -> Callable[[], None]:
            return lambda: question(self)

        def rows(share: Callable[[], int]) -> Callable[[], None]:
            return lambda: self._move_rows(share())

        return {
            **{name: of_document(do) for name, do in OF_DOCUMENT.items()},
            "line_down": rows(lambda: 1),
            "line_up": rows(lambda: -1),
            "page_down": rows(lambda: self.article.rows_in_page()),
            "page_up": rows(lambda: -self.article.rows_in_page()),
            "label_list": ask(questions.ask_label),
            "narrow": self._narrow,
            "propagate": self._propagate,
            "mark_done": self._mark_done,
            "join_or_leave": lambda: self._work(
                self.opened.entity_linking.join_or_leave(), "Comparing names…"
            ),
            "search": self._search,
            "next_match": lambda: self._next_match(1),
            "previous_match": lambda: self._next_match(-1),
            "comment": ask(questions.ask_comment),
            "filter": ask(questions.ask_filter),
            "value": ask(questions.ask_value),
            "article_date": ask(questions.ask_article_date),
            "side_panel": self._side_panel,
            "next_tab": self._next_tab,
            "label_rows": self._label_rows,
            "guidelines": self._guidelines,
            "keys": self._keys,
            "palette": ask(questions.ask_action),
            "theme": ask(questions.ask_theme),
            "screenshot": self._screenshot,
            "save_again": lambda: self._post(SaveAgain(None)),
            "save_elsewhere": ask(questions.ask_path),
            "suspend": lambda: self.app.action_suspend_process(),
            "quit": lambda: self._post(Finish()),
        }

    def _post(self, message: Message) -> None:
        self.post_message(message)

    def _work(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        """Do what may take long, in slices."""
        self._at_work = steps
        self._work_on(steps, doing)

    def _work_on(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        if self._at_work is not steps:
            return
        outcome = run_for(SLICE, steps)
        if outcome is None:
            self._message = doing
            self.show_later()
            self.set_timer(0.001, lambda: self._work_on(steps, doing))
        else:
            self._at_work = None
            self.shown(outcome)
            self._press_waiting()

    def _wait_for_work(self, event: events.Key) -> None:
        action = self.keymap.action(pressed(event.key, event.character))
        if action is not None and action.name == "narrow":
            self._at_work = None
            self._message = "Given up."
            self.show_later()
            self._press_waiting()
        else:
            self._waiting.append(event)

    # Actions that the open document knows nothing of

    def _move_rows(self, rows: int) -> None:
        self.shown(self.opened.selection.place(self.article.offset_rows_away(rows)))

    def _propagate(self) -> None:
        from tui.modes.propagation import PropagationMode

        outcome = self.opened.propagation.propagate()
        if self.opened.propagation.preview is not None:
            self.mode = PropagationMode(self.opened, self.keymap)
        self.shown(outcome)

    def _mark_done(self) -> None:

        from annotations.editing.done import undecided_words

        annotations, still_coming = self.opened.session.annotations, bool(self.progress)
        if not annotations.facts.done and (undecided_words(annotations) or still_coming):
            from tui.modes.mark_done import MarkDoneMode

            self.mode = MarkDoneMode(self.opened, self.keymap, still_coming=still_coming)
            self.shown(Outcome())
        else:
            self.shown(self.opened.properties.mark_done())

    def _search(self) -> None:
        from tui.modes.search import SearchMode

        mode = SearchMode(self.opened, self.keymap, lambda typed: self._seek(mode, typed))
        self.mode = mode
        self.shown(Outcome())

    def _seek(self, mode: "SearchMode", typed: str) -> None:
        """Search on a thread, one search at a time; what is typed meanwhile comes after it."""
        self._sought = mode, typed
        if not self._seeking:
            self._seeking = True
            self.run_worker(self._seek_on())

    async def _seek_on(self) -> None:
        from annotations.text.search_process import Searcher

        searcher = self._searcher = self._searcher or Searcher()
        while self._sought is not None:
            (mode, typed), self._sought = self._sought, None
            try:
                search = await asyncio.to_thread(searcher.find, self.opened.session.text, typed)
            except AnnotateError as error:
                search = Search(typed, wrong=str(error))
            if self._sought is None and mode is self.mode:
                self.shown(mode.found(search))
                self._press_waiting()
        self._seeking = False

    def end_search(self) -> None:
        """End the process that searches, if there is one: the program leaves."""
        if self._searcher is not None:
            self._searcher.close()

    def on_unmount(self) -> None:
        """Leave no process behind."""
        self.end_search()

    def _next_match(self, by: int) -> None:
        outcome = (
            self.opened.search_cursor.next_match()
            if by > 0
            else self.opened.search_cursor.previous_match()
        )
        self._mark_matches()
        self.shown(outcome)

    def _mark_matches(self) -> None:
        search = self.opened.search_cursor.search
        self.article.set_marks(Matches(search) if search is not None else NoMarks())

    def _narrow(self) -> None:
        self.article.set_marks(NoMarks())
        self.shown(self.opened.selection.narrow())

    def _side_panel(self) -> None:
        """Open the panel and walk it; from there, close it."""
        if not self.has_class("with-panel"):
            self.add_class("with-panel")
            self.panel.walking = True
        elif self.panel.walking:
            self.panel.walking = False
            self.remove_class("with-panel")
        else:
            self.panel.walking = True
        self.show_later()
        self.call_after_refresh(self.show_panel)

    def _next_tab(self) -> None:
        self.add_class("with-panel")
        self.panel.turn(1)
        self.call_after_refresh(self.show_panel)

    def _label_rows(self) -> None:
        self.article.toggle_label_rows()
        self.show_later()

    def _guidelines(self) -> None:
        from annotations.project.guidelines import read_guidelines

        try:
            markdown = read_guidelines(self.guidelines)
        except AnnotateError as error:
            self.say(str(error))
            return
        from tui.screens.guidelines import GuidelinesScreen

        span = self.opened.selection.focused_span
        self.app.push_screen(GuidelinesScreen(markdown, span.label if span else "", self.keymap))

    def _keys(self) -> None:
        from tui.screens.keys import KeysScreen

        self.app.push_screen(
            KeysScreen(
                self.keymap,
                self.opened.session.scheme,
                self.article.article_styles.colours,
                self.ground(),
            )
        )

    def _screenshot(self) -> None:
        file = Path(f"{Path(self.opened.session.document.name).stem}.svg")
        number = 1
        while file.exists():
            number += 1
            file = file.with_stem(f"{Path(self.opened.session.document.name).stem}-{number}")
        try:
            file.write_text(self.app.export_screenshot(title="annotate"), "utf-8")
        except OSError as error:
            self.say(f"{file} cannot be written: {error.strerror}.")
        else:
            self.say(f"The screen is in {file}.")

    # The panel

    def _press_in_panel(self, key: str) -> bool:
        """Handle a key while the panel is walked; `False` when it is none of the panel's."""
        found = self.keymap.action(key)
        action = found.name if found else ""
        self._message = self.notice = ""
        steps = {"line_down": 1, "line_up": -1, "page_down": 10, "page_up": -10}
        if action in steps:
            self.panel.walk(steps[action])
        elif action in ("next_word", "next_span", "previous_word", "previous_span"):
            self.panel.turn(1 if action in ("next_word", "next_span") else -1)
            self.show_panel()
        elif action == "accept":
            span = self.panel.jump()
            if span is not None and span in self.opened.session.annotations.spans:
                self.opened.selection.select_span(span)
                self.article.follow()
        elif action == "narrow":
            self.panel.walking = False
            self.show_panel()
        elif action in ("join_or_leave", "reject") and self.panel.entity is not None:
            self._decide_entity(*self.panel.entity, joined=action == "join_or_leave")
        elif found is None or action == "reject":
            # Letters label, and Backspace rejects, what stands in the text behind: not from here.
            back = self.keymap.sign("narrow")
            self._message = f"{key_sign(key)} is no key of the side panel; {back} goes back to the text."
        else:
            return False
        return True

    def _decide_entity(self, name: str, proposal: Proposal | None, *, joined: bool) -> None:
        """Join or refuse what a line of the panel proposes; or join the mention to the line's entity."""
        if proposal is not None:
            self.shown(
                self.opened.entity_linking.join(proposal)
                if joined
                else self.opened.entity_linking.refuse(proposal)
            )
        elif joined:
            self.shown(self.opened.entity_linking.join_to(name))
        else:
            self.say("Only a proposal can be refused here.")
        self.panel_later()

    def on_side_panel_resized(self) -> None:
        """Fill the panel as wide as it is now."""
        self.show_panel()

    def on_side_panel_listed(self) -> None:
        """Say how many there are now, while the panel is walked."""
        if self.panel.walking:
            self.show_later()

    # The mouse

    def on_article_view_pointed(self, message: ArticleView.Pointed) -> None:
        """A click puts the cursor; on a span, it selects it."""
        if self._waiting:
            self._waiting.append(message)
            return
        self.article.forget_column()
        self._message = self.notice = ""
        self.opened.selection.place(message.offset)
        if self.opened.selection.focus.span is not None:
            self.opened.selection.select_span(self.opened.selection.focus.span)
        self.shown(Outcome())

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        """A drag selects whole words, or characters when stepping by these."""
        if self._waiting:
            self._waiting.append(message)
            return
        self.opened.selection.select(message.start, message.end)
        self.shown(Outcome())

    # What others bring

    def arrive(self, bring: Callable[[], Outcome]) -> None:
        """Take something in from a suggester or another program, when keys leave time for it."""
        self._arrived.append(bring)
        if len(self._arrived) == 1:
            self.set_timer(0.001, self._take_in)

    def _take_in(self) -> None:
        touched: list[Range] = []
        for bring in self._in_slice():
            touched += bring().touched
        self._adopt_labels()
        self.article.changed(touched)
        self.article.follow()
        self.panel_later()
        self.show_later()
        if self._arrived:
            self.set_timer(0.02, self._take_in)

    def _in_slice(self) -> Iterator[Callable[[], Outcome]]:
        begin = perf_counter()
        while self._arrived and perf_counter() - begin < SLICE:
            yield self._arrived.popleft()


class SaveAgain(Message):
    """Try again to save, at another path if one is given."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.path = path


class Finish(Message):
    """The person wants to leave."""
