"""Opens windows over the reader, with what they ask about in sight above them."""

from collections.abc import Callable

from textual.app import App

from tui.panel_place import PanelPlace
from tui.screens.window import Window, WindowResult
from tui.widgets.article import ArticleView


class OverArticle:
    """The windows that are open over the article, and the side panel where it is a sheet.

    While a window is open, the keys are for it: the article shows its selection hollow, and scrolls so that its
    row and some rows around it stand above the window. It scrolls back when the last one is closed.
    """

    def __init__(self, app: App[object], article: ArticleView, panel: PanelPlace) -> None:
        self._app = app
        self._article = article
        self._panel = panel
        self._open: list[Callable[[int], int]] = []
        """For each open window, how many rows it covers on a screen of a height."""

    def open(self, window: Window[WindowResult], then: Callable[[WindowResult | None], None]) -> None:
        """Open a window; `then` gets what it ends with."""

        def close(answer: WindowResult | None) -> None:
            self._open.remove(window.rows_on)
            self.fit()
            then(answer)

        self._open.append(window.rows_on)
        self.fit()
        self._app.push_screen(window, close)

    def show_focus(self) -> None:
        """Show in the article whether the next key acts on it."""
        self._article.set_focus_place("elsewhere" if self._open or self._panel.has_keys else "here")
        self._panel.set_lit(not self._open)

    def fit(self) -> None:
        """Keep the row of the cursor above what is open, on the screen as large as it is now."""
        height = self._app.size.height
        under = height - self._article.region.bottom
        by_windows = max((rows_on(height) - under for rows_on in self._open), default=0)
        self.show_focus()
        self._article.cover(max(by_windows, self._panel.covered), for_now=bool(self._open))
