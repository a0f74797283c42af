import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.learn.lesson import Lesson
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.label_scheme import ONTONOTES, LabelScheme
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.project.settings import GlyphSet
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.memory_writer import MemoryWriter
from tui.app import AnnotateApp
from tui.keymap import Keymap
from tui.side_panel.following import DELAY
from tui.workspace.one_document import one_document
from tui.workspace.suggestions import Suggested

SUGGESTED = [
    ("Lisbon", "GPE"),
    ("Rotterdam", "GPE"),
    ("Portugal's Ministry of the Sea", "ORG"),
    ("Tuesday", "DATE"),
    ("Duarte", "PERSON"),
]


class Screen:
    """A running program on a virtual terminal, and ways to look at it."""

    def __init__(self, app: AnnotateApp, pilot: Pilot[None], writer: MemoryWriter) -> None:
        self.app = app
        self.pilot = pilot
        self.writer = writer

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        assert not self.app.crash, self.app.crash

    async def wait(self, condition: Callable[[], bool]) -> None:
        for _ in range(200):
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError("what was waited for did not come")

    async def settle(self) -> None:
        """Wait until the side panel is drawn too; it is drawn a little later than the rest."""
        await self.pilot.pause(DELAY + 0.06)

    @property
    def key(self) -> DocumentKey:
        return self.app.reader.opened.session.annotations.key

    @property
    def focus(self) -> str:
        opened = self.app.reader.opened
        return opened.session.text[opened.selection.focus.start : opened.selection.focus.end]

    @property
    def spans(self) -> list[tuple[str, str, str]]:
        opened = self.app.reader.opened
        return [
            (opened.session.text[span.start : span.end], span.label, span.status)
            for span in opened.session.annotations.spans
        ]

    @property
    def rows(self) -> list[str]:
        """The screen as lines of text."""
        compositor = self.app.screen._compositor
        return ["".join(s.text for s in strip).rstrip() for strip in compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)


Open = Callable[..., AbstractAsyncContextManager[Screen]]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    # A pilot waits twice after each key, mostly while nothing happens: half the usual wait is enough.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.01)
    # The cursor is stored after a second without keys: a test must not do so because the machine is slow.
    monkeypatch.setattr("tui.background.resting.REST", 3600.0)
    # Tests press keys faster than a keyboard repeats a held key: no key counts as held.
    monkeypatch.setattr("tui.keys.held_key.REPEATS_WITHIN", 0.0)
    for name in ("NO_COLOR", "ANNOTATE_DB"):
        monkeypatch.delenv(name, raising=False)
    assert "NO_COLOR" not in os.environ


@pytest.fixture
def open_article() -> Open:
    @asynccontextmanager
    async def opened(
        text: str = ARTICLE,
        *,
        size: tuple[int, int] = (80, 24),
        suggested: list[tuple[str, str]] = SUGGESTED,
        theme: str = "",
        writer: MemoryWriter | None = None,
        keymap: Keymap | None = None,
        scheme: LabelScheme = ONTONOTES,
        guidelines: Path | None = None,
        article_date: str = "",
        looked_at: list[tuple[DocumentKey, int]] | None = None,
        asked: list[Sequence[Run]] | None = None,
        glyphs: GlyphSet = "",
    ) -> AsyncIterator[Screen]:
        used = writer or MemoryWriter(lambda state: None)

        class Fixed:
            """Suggests the given words and nothing else."""

            def __init__(self, listener: object) -> None:
                pass

            def read(
                self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
            ) -> None:
                if asked is not None:
                    asked.append(runs)
                spans = [
                    Span(
                        text.index(words),
                        text.index(words) + len(words),
                        label,
                        sources=sources_named("model 1"),
                    )
                    for words, label in suggested
                ]
                if spans:
                    app.post_message(Suggested(key, Source.parse("model 1"), spans))

            def read_ahead(
                self, key: DocumentKey, text: str, runs: Sequence[Run], language: str
            ) -> None:
                pass

            def cancel(self, key: DocumentKey) -> None:
                pass

            def look_at(self, key: DocumentKey, offset: int) -> None:
                if looked_at is not None:
                    looked_at.append((key, offset))

            def fit(self, lessons: Sequence[Lesson]) -> None:
                pass

            def close(self) -> None:
                pass

        def make_writer(on_state: object, on_foreign: object) -> MemoryWriter:
            used.on_state = on_state  # type: ignore[assignment]
            return used

        document = Document(text, "/articles/harbour.txt")
        app = AnnotateApp(
            one_document(document),
            "ann",
            scheme,
            make_writer,
            Fixed,
            keymap,
            theme,
            guidelines=guidelines,
            article_date=article_date,
            glyphs=glyphs,
        )
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot, used)
            await screen.wait(lambda: app.reader.keys.loaded)
            await screen.wait(lambda: len(app.reader.opened.session.annotations.spans) >= len(suggested))
            yield screen
            assert not app.crash, app.crash

    return opened
