"""Carries out what the router decides about keys and pastes, handles the mouse, and keeps what must wait."""

from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Literal, assert_never

from msgspec import Struct
from textual import events
from textual.screen import Screen

from annotations.editing.open_document import OpenDocument
from annotations.editing.outcome import Outcome
from annotations.text.search import Search
from tui.action import Action
from tui.article.marks import Matches, NoMarks
from tui.background.background_search import BackgroundSearch
from tui.background.sliced_work import SlicedWork
from tui.keymap import Keymap, key_sign
from tui.keys.held_key import HeldKey
from tui.keys.terminal_keys import pressed
from tui.modes import Mode
from tui.reader.key_router import (
    Decision,
    Do,
    ForgetWaiting,
    GiveUpWork,
    KeyRouter,
    LabelWith,
    Situation,
    ToMode,
    TooEarly,
    ToPanel,
    Unknown,
    Wait,
)
from tui.reader.surroundings import Surroundings
from tui.reader_protocol import ModeName, Reader
from tui.side_panel.keys import PanelKeys
from tui.side_panel.panel import SidePanel
from tui.widgets.article import ArticleView

TypedEvent = events.Key | events.Paste
Waiting = TypedEvent | Action | ArticleView.Pointed | ArticleView.Dragged
"""What can wait: for the annotations, for work that takes long, or for a search."""
KEPT = 200
"""How many actions to remember for the palette."""
KEEP_COLUMN = ("line_up", "line_down", "page_up", "page_down")
"""The actions that keep the column of the cursor from one to the next."""


class ShowKeys(Struct, frozen=True):
    """Functions that show the effects of keys."""

    report: Callable[[str], None]
    """Shows a sentence until the next key."""
    show_later: Callable[[], None]
    """Brings everything around the article up to date with the next frame."""
    update_panel: Callable[[], None]
    """Brings the side panel up to date."""
    go_on: Callable[[], None]
    """Handles the input that waited, once it need not wait any more."""


class KeyHandler:
    """Handles keys, pastes and the mouse, with the mode that reads keys and the input that waits."""

    def __init__(
        self,
        reader: Reader,
        keymap: Keymap,
        article: ArticleView,
        panel: SidePanel,
        around: Surroundings,
        searching: BackgroundSearch,
        working: SlicedWork,
        show: ShowKeys,
    ) -> None:
        self.mode: Mode | None = None
        """The mode that reads keys; `None` while keys have their usual meaning."""
        self.loaded = False
        """Whether the annotations are loaded; until then, keys that edit wait."""
        self.used: deque[str] = deque(maxlen=KEPT)
        """The names of the last actions, the most recent one last."""
        self._reader = reader
        self._keymap = keymap
        self._article = article
        self._panel = panel
        self._around = around
        self._searching = searching
        self._working = working
        self._show = show
        self._router = KeyRouter(keymap)
        self._held = HeldKey()
        self._panel_keys = PanelKeys(panel, keymap, show.update_panel)
        panel.pointed = self._point_at_panel
        self._back_to_panel: Callable[[], object] | None = None
        """Gives the keys back to the panel after a mode that took them, at the same row."""
        self._awaiting: OpenDocument | None = None
        """The document in which the cursor goes to the next suggestion that arrives."""
        self._waiting: list[Waiting] = []
        """The input that came while it could not be handled, in order."""
        self._seen_from = 0.0
        """The time since which the document has been on the screen, on the clock that events use."""

    def press(self, event: events.Key) -> None:
        """Do what a key means now, or keep it for later."""
        self._article.follow_keys()
        self._awaiting = None
        key = pressed(event.key, event.character)
        scheme = self._reader.opened.session.scheme
        at = self._situation(event.time < self._seen_from, self._held.is_repeat(key, event.time))
        for decision in self._router.route(key, event.character, scheme, at):
            if self._carry_out(decision, event):
                return

    def paste(self, event: events.Paste) -> None:
        """Text from the clipboard goes where text is typed."""
        match self._router.route_paste(self._situation()):
            case Wait():
                self._waiting.append(event)
            case ToMode():
                assert self.mode is not None
                self.mode.paste(event.text)

    def choose(self, action: Action) -> None:
        """Do an action that was chosen from a list, as soon as a key for it would be handled."""
        match self._router.route_action(action, self._situation()):
            case Wait():
                self._waiting.append(action)
            case Do():
                self._do(action)

    def point(self, message: ArticleView.Pointed) -> None:
        """A click moves the cursor there; a click on a span selects the span."""
        if self._waiting:
            self._waiting.append(message)
            return
        self._leave_by_click()
        self._article.forget_column()
        self._around.forget_messages()
        if self._panel.walking:
            self._panel.take_keys(walking=False)
        selection = self._reader.opened.selection
        selection.place(message.offset)
        if selection.focus.span is not None:
            selection.select_span(selection.focus.span)
        self._reader.show_outcome(Outcome())

    def _point_at_panel(self, tab: int | None, line: int | None) -> None:
        """A click shows a tab or makes a row the current one; on the current row, it goes to the text."""
        if self._waiting or self.mode is not None:
            return
        self._around.forget_messages()
        if tab is not None:
            self._panel.turn(tab - self._panel.number)
        if self._panel.point(line):
            self._panel_keys.show_in_text(self._reader.opened)
        self._show.update_panel()
        self._reader.show_outcome(Outcome())

    def drag(self, message: ArticleView.Dragged) -> None:
        """A drag selects whole words, or characters if the cursor moves by characters."""
        if self._waiting:
            self._waiting.append(message)
            return
        self._leave_by_click()
        self._reader.opened.selection.select(message.start, message.end)
        self._reader.show_outcome(Outcome())

    def _leave_by_click(self) -> None:
        if self.mode is not None and self.mode.acts_on == "letters":
            self.mode.give_up()

    def go_on(self, top: Callable[[], Screen[object]]) -> Sequence[TypedEvent]:
        """Handle the input that waited, until a new window is on `top`; return the keys left for it."""
        waiting, self._waiting = deque(self._waiting), []
        before, opened = top(), self._reader.opened.session.document
        while waiting and top() is before:
            one = waiting.popleft()
            # The time of a key shows whether it was meant for the document before.
            if isinstance(one, events.Key) or opened is self._reader.opened.session.document:
                self._do_waiting(one)
        return [one for one in waiting if isinstance(one, events.Key | events.Paste)]

    def begin(self, name: ModeName) -> None:
        """Begin a mode: keys have other meanings until it is over."""
        from tui.modes.beginning import (
            begin_jump,
            begin_mark_done,
            begin_propagation,
            begin_search,
        )

        opened = self._reader.opened
        if self.mode is not None and name != "next_undecided":
            self.mode.give_up()
            self.mark()
        mode: Mode | None
        match name:
            case "search":
                mode, outcome = begin_search(opened, self._keymap, self._seek)
            case "jump":
                mode, outcome = begin_jump(opened, self._keymap, self._article.in_sight()[0])
            case "propagation":
                mode, outcome = begin_propagation(opened, self._keymap)
            case "mark_done":
                still_coming = bool(self._around.progress)
                mode, outcome = begin_mark_done(opened, self._keymap, still_coming=still_coming)
            case "next_undecided":
                mode, outcome = None, self._next_undecided()
            case _:
                assert_never(name)
        self.mode = mode or self.mode
        if mode is not None and mode.acts_on != "as before" and self._panel.walking:
            # Only one place has the keys, and that place has the lamp.
            row = self._panel.chosen
            self._back_to_panel = lambda: self._panel.point(row)
            self._panel.take_keys(walking=False)
        self._reader.show_outcome(outcome)

    def _next_undecided(self) -> Outcome:
        """Go to the next suggestion, or, if none is there yet, to the first that comes before another key."""
        opened = self._reader.opened
        if opened.session.annotations.spans.count(status="suggested") or not self._around.progress:
            return opened.review.next_undecided()
        self._awaiting = opened
        return Outcome(message="Waiting for suggestions; the cursor will go to the first one.")

    def arrived(self) -> None:
        """Suggestions may have arrived: go to the first one if a key asked for it."""
        opened = self._awaiting
        if opened is None or opened is not self._reader.opened:
            return
        if opened.session.annotations.spans.count(status="suggested") or not self._around.progress:
            self._awaiting = None
            self._around.message = opened.review.next_undecided().message

    def leave_document(self) -> None:
        """Another document is about to be shown: give up everything that was begun in this one."""
        if self.mode is not None:
            self.mode.give_up()
        self.mode = self._back_to_panel = None
        self._working.give_up()
        self._waiting.clear()
        # The next document is drawn with the frame of this key: what was typed earlier is not meant for it.
        self._seen_from = monotonic()

    def mark(self) -> None:
        """Mark in the text what the mode shows, or the matches once it is over."""
        if self.mode is None:
            return
        if self.mode.over:
            self.mode = None
            if self._back_to_panel is not None and self._panel.display:
                self._back_to_panel()
            self._back_to_panel = None
            self.mark_matches()
        else:
            self._article.set_marks(self.mode.marks)

    def mark_matches(self) -> None:
        """Mark what the last search found."""
        search = self._reader.opened.search_cursor.search
        self._article.set_marks(Matches(search) if search is not None else NoMarks())

    def walk_matches(self, by: Literal[1, -1]) -> None:
        """Go to the next or previous match; first search this document, if the last search was in another."""
        opened = self._reader.opened
        cursor = opened.search_cursor

        def walk() -> Outcome:
            outcome = cursor.next_match() if by > 0 else cursor.previous_match()
            self.mark_matches()
            return outcome

        def found(search: Search) -> Outcome:
            cursor.search = search
            return walk()

        if cursor.is_known:
            self._reader.show_outcome(walk())
            return
        go_on = self._working.wait("Searching…")
        self._searching.seek(
            opened.session.text, cursor.sought, lambda search: go_on(lambda: found(search))
        )

    def _situation(self, unseen: bool = False, held: bool = False) -> Situation:
        return Situation(
            loaded=self.loaded,
            working=self._working.under_way,
            keys_wait=bool(self._waiting),
            mode="none" if self.mode is None else "searching" if self.mode.waiting else "open",
            in_panel=self._panel.walking,
            unseen=unseen,
            held=held,
        )

    def _carry_out(self, decision: Decision, event: events.Key) -> bool:
        """Carry out a decision about a key; `False` if the next decision is to be tried."""
        match decision:
            case Wait():
                self._waiting.append(event)
            case ForgetWaiting():
                self._waiting.clear()
                return False
            case TooEarly():
                name = self._reader.opened.session.document.name
                self._around.notice = f"This was typed before {name} was shown, so nothing was done."
                self._show.show_later()
            case GiveUpWork():
                self._working.give_up()
                self._show.report("Cancelled.")
                self._show.go_on()
            case ToMode(key):
                return self._press_in_mode(key, event.character)
            case ToPanel(key):
                self._around.forget_messages()
                return self._press_in_panel(key)
            case Do(action):
                self._do(action)
            case LabelWith(label):
                self._around.forget_messages()
                self._reader.show_outcome(self._reader.opened.review.label(label.name))
            case Unknown(key, typed):
                self._around.forget_messages()
                if typed:
                    keys = self._keymap.sign("keys")
                    self._show.report(f"{key_sign(key)} does nothing here; {keys} shows all keys.")
            case _:
                assert_never(decision)
        return True

    def _do(self, action: Action) -> None:
        self._around.forget_messages()
        self.used.append(action.name)
        if action.name not in KEEP_COLUMN:
            self._article.forget_column()
        action.do(self._reader)

    def _press_in_mode(self, key: str, character: str | None) -> bool:
        """Handle a key in the mode; `False` if the key keeps its usual meaning."""
        mode = self.mode
        assert mode is not None
        outcome = mode.press(key, character)
        action = self._keymap.action(key)
        if mode.over and key != "escape" and (action is None or action.name != "narrow"):
            # The panel gets the keys back only if the mode is cancelled.
            self._back_to_panel = None
        if outcome is None:
            if mode.over:
                self.mark()
                self._show.show_later()
            return False
        self._around.notice = ""
        self._reader.show_outcome(outcome)
        return True

    def _press_in_panel(self, key: str) -> bool:
        """Handle a key while the panel has the keys; `False` if the panel does not use it."""
        outcome = self._panel_keys.press(key, self._reader.opened)
        if outcome is None:
            return False
        self._reader.show_outcome(outcome)
        return True

    def _do_waiting(self, one: Waiting) -> None:
        match one:
            case events.Key():
                self.press(one)
            case events.Paste():
                self.paste(one)
            case Action():
                self.choose(one)
            case ArticleView.Pointed():
                self.point(one)
            case ArticleView.Dragged():
                self.drag(one)

    def _seek(self, typed: str, found: Callable[[Search], Outcome]) -> None:
        mode, opened = self.mode, self._reader.opened

        def show(search: Search) -> None:
            if mode is self.mode and opened is self._reader.opened:
                self._reader.show_outcome(found(search))
                self._show.go_on()

        self._searching.seek(opened.session.text, typed, show)
