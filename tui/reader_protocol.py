"""What actions can ask of the reader, besides changing the document that is open in it."""

from collections.abc import Generator
from typing import Literal, Protocol

from textual.message import Message

from annotations.editing.outcome import Outcome
from tui.dialogs.host import Host
from tui.widgets.article import ArticleView
from tui.workspace.other_documents import OtherDocuments

WindowName = Literal["keys", "guidelines", "palette", "theme", "database"]
ModeName = Literal["search", "jump", "propagation", "mark_done", "next_undecided"]


class Reader(Host, Protocol):
    """The screen on which one document is read."""

    documents: OtherDocuments
    """The other documents, and the way to them."""
    article: ArticleView
    """The text on the screen."""

    def move_rows(self, rows: int) -> None:
        """Move the cursor down (up, if negative), in the same column."""
        ...

    def move_pages(self, pages: int) -> None:
        """Move the cursor down or up by pages, in the same column."""
        ...

    def narrow(self) -> None:
        """Drop the selection, or the span around it, and the marks of a search."""
        ...

    def walk_matches(self, by: Literal[1, -1]) -> None:
        """Go to the next or the previous match of the search."""
        ...

    def begin(self, mode: ModeName) -> None:
        """Begin a mode: keys are read differently until it is over."""
        ...

    def open_window(self, window: WindowName) -> None:
        """Open a window over the document."""
        ...

    def work(self, steps: Generator[None, None, Outcome], doing: str) -> None:
        """Do work that may take long, in slices; `doing` is shown meanwhile. Keys wait for it."""
        ...

    def toggle_panel(self) -> None:
        """Open the side panel and give it the keys; if it has them already, close it."""
        ...

    def next_tab(self) -> None:
        """Show the next list of the side panel."""
        ...

    def next_label_display(self) -> None:
        """Show labels of spans in the next of three ways: at the right, in rows under the text, or not."""
        ...

    def take_screenshot(self) -> None:
        """Write the screen to a file."""
        ...

    def post_message(self, message: Message) -> bool:
        """Send a request to the program, such as to save again or to leave."""
        ...
