"""Opens windows over the reader; the text that a window asks about stays visible above it."""

from collections.abc import Callable

from textual.app import App

from tui.modes import Mode
from tui.reader.lamp import KeysPlace, keys_place, lamp_place
from tui.screens.window import Window, WindowResult
from tui.side_panel.place import PanelPlace
from tui.widgets.article import ArticleView


class OpenWindows:
    """The windows that are open over the article, and the side panel when it is a sheet.

    An open window gets the keys. The article then shows its selection underlined, without the lamp, and
    scrolls so that the row of the cursor and some rows around it are above the window. It scrolls back
    when the last window is closed.
    """

    def __init__(
        self,
        app: App[object],
        article: ArticleView,
        panel: PanelPlace,
        mode: Callable[[], Mode | None],
    ) -> None:
        """`mode` returns the mode that reads keys now, if there is one."""
        self._mode = mode
        self._app = app
        self._article = article
        self._panel = panel
        self._open: list[Callable[[int], int]] = []
        """For each open window, a function that returns how many rows it covers on a screen of a height."""

    def open(self, window: Window[WindowResult], then: Callable[[WindowResult | None], None]) -> None:
        """Open a window; `then` gets its answer, `None` if it was closed without one."""

        def close(answer: WindowResult | None) -> None:
            self._open.remove(window.rows_on)
            self.fit()
            then(answer)

        self._open.append(window.rows_on)
        self.fit()
        self._app.push_screen(window, close)

    @property
    def keys_place(self) -> KeysPlace:
        """Where keys act while no window is open."""
        return keys_place(self._mode(), panel_walked=self._panel.has_keys)

    def show_focus(self) -> None:
        """Show in article and panel where the next key acts: at most one of them has the lamp."""
        lamp = lamp_place(self.keys_place, window_open=bool(self._open))
        self._article.set_focus_place("here" if lamp == "selection" else "elsewhere")
        self._panel.set_lit(lamp != "window")

    def fit(self) -> None:
        """Keep the row of the cursor above open windows and the panel, at the current size of the screen."""
        height = self._app.size.height
        under = height - self._article.region.bottom
        by_windows = max((rows_on(height) - under for rows_on in self._open), default=0)
        self.show_focus()
        self._article.cover(max(by_windows, self._panel.covered), for_now=bool(self._open))
