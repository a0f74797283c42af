"""The guidelines of the project, opened at the section about a label, under the sentence in question."""

from collections.abc import Sequence

from annotations.project.guidelines import section_of
from tui.keymap import Keymap
from tui.screens.long_text import LongText
from tui.widgets.appearance import Appearance
from tui.widgets.lines import Line
from tui.widgets.markdown_lines import Heading, markdown_page

MARGIN = 2
"""Columns at the left and the right of the text."""
WIDEST = 100
"""The text has at most this number of columns, even on wider screens."""


class GuidelinesScreen(LongText):
    """Covers the lower half of the screen. Links are shown but never followed."""

    DEFAULT_CSS = "GuidelinesScreen > Vertical { height: 50%; }"

    def __init__(self, markdown: str, label: str, keymap: Keymap, appearance: Appearance) -> None:
        super().__init__("guidelines", keymap, appearance)
        self._markdown = markdown
        self._label = label
        self._headings: Sequence[Heading] = ()

    def rows_on(self, screen_rows: int) -> int:
        """How many rows it takes on a screen of a height: half of them, as it is a long text."""
        return screen_rows // 2

    def on_mount(self) -> None:
        """Go to the section of the label, once it is shown. Textual also calls the base class's method."""
        self.call_after_refresh(self._go_to_section)

    def line_above(self, width: int) -> Line:
        """The edge of the window."""
        appearance = self._appearance
        return [(appearance.glyphs.edge * width, appearance.colours.style("mark", "page"))]

    def lines(self, width: int) -> Sequence[Line]:
        """The guidelines, drawn from Markdown."""
        page = markdown_page(self._markdown, min(width - MARGIN, WIDEST), self._appearance, MARGIN)
        self._headings = page.headings
        return page.lines

    def _go_to_section(self) -> None:
        number = section_of(self._label, [heading.words for heading in self._headings])
        if self._label and number is not None:
            self._text.scroll_to(y=self._headings[number].line, animate=False, force=True)
