"""Where the side panel is: beside the text, under it as a sheet, or nowhere while it is closed."""

from collections.abc import Callable

from textual.screen import Screen

from tui.article.geometry import Geometry
from tui.side_panel.panel import SidePanel

OPEN = "with-panel"
AS_SHEET = "panel-as-sheet"
"""Classes of the screen."""


class PanelPlace:
    """Opens, closes and places the panel of a screen."""

    def __init__(
        self,
        screen: Screen[None],
        panel: SidePanel,
        geometry: Callable[[], Geometry],
        below: Callable[[], int],
    ) -> None:
        """`geometry` returns where the parts of the page are; `below` how many rows to keep free under it."""
        self._screen = screen
        self._panel = panel
        self._geometry = geometry
        self._below = below

    @property
    def is_open(self) -> bool:
        """Whether the panel is open."""
        return self._screen.has_class(OPEN)

    @property
    def as_sheet(self) -> bool:
        """Whether it is under the text when it is open."""
        return not self._geometry().panel_beside

    @property
    def covered(self) -> int:
        """How many of the last rows of the article it covers now, with the rows kept free under it."""
        return self._below() + (self._geometry().panel_rows if self.is_open else 0)

    @property
    def has_keys(self) -> bool:
        """Whether the keys act on its list."""
        return self.is_open and self._panel.walking

    def set_lit(self, lit: bool) -> None:
        """Set whether the next key acts on the panel, if it has the keys, or on a window over it."""
        self._panel.set_lit(lit)

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self._screen.set_class(is_open, OPEN)
        self.fit()

    def toggle(self, *, keys_free: bool) -> None:
        """Open it and give it the keys, or close it if it has them; unless `keys_free`, just open or
        close it.
        """
        is_open = not (self._panel.walking if keys_free else self.is_open)
        self.set_open(is_open)
        self._panel.take_keys(walking=is_open and keys_free)

    def fit(self) -> None:
        """Place it on the screen, whose size may have changed."""
        geometry = self._geometry()
        self._screen.set_class(self.as_sheet, AS_SHEET)
        styles = self._panel.styles
        styles.margin = (0, 0, self._below(), 0)
        if geometry.panel_beside:
            styles.width, styles.height = geometry.panel_columns, "100%"
        else:
            styles.width, styles.height = "100%", geometry.panel_rows
