"""Suggestions and reports that come late or for another document, and what the screen shows of them."""

import threading
from collections.abc import Sequence

import pytest

from annotations.model.annotation_set import has_read
from annotations.model.document import Document
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Change, Run, make_edit
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.text.token_edges import TokenEdges
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.memory_writer import MemoryWriter
from tui.workspace.document_at_hand import Foreign
from tui.workspace.suggestions import Suggested, SuggestingProgress, TokensRead, ToScreen

AT = ARTICLE.index("Sines")
SINES = Span(AT, AT + 5, "GPE", sources=sources_named("model 2"))


def other_keys(key: DocumentKey) -> list[DocumentKey]:
    return [key._replace(document="another"), key._replace(annotator="bob")]


@pytest.mark.parametrize("which", [0, 1], ids=["another document", "another annotator"])
async def test_nothing_of_another_document_is_shown_or_stored(which: int, open_article: Open) -> None:
    async with open_article() as screen:
        other = other_keys(screen.key)[which]
        opened = screen.app.reader.opened
        spans, edits = screen.spans, len(screen.writer.stored)
        shown = threading.Event()
        run = Run(Source.parse("model 2"), 0, len(ARTICLE))
        for message in (
            SuggestingProgress(other, "names 40 %", "The other one failed."),
            TokensRead(other, TokenEdges()),
            Foreign(other, [make_edit("create", "ann", [Change(None, SINES)])], 1),
            Suggested(other, Source.parse("model 2"), [SINES], run, shown.set),
        ):
            screen.app.post_message(message)
        # The sender that waits until the spans are shown can go on even so.
        await screen.wait(shown.is_set)
        await screen.settle()
        assert (screen.spans, len(screen.writer.stored)) == (spans, edits)
        assert (screen.app.reader.around.progress, opened.session.tokens) == ("", None)
        assert "failed" not in screen.text
        assert run not in opened.session.annotations.runs


async def test_what_is_on_the_screen_when_a_unit_was_read_is_read_next(open_article: Open) -> None:
    looked_at: list[tuple[DocumentKey, int]] = []
    text = ARTICLE * 40
    async with open_article(text, suggested=[], looked_at=looked_at) as screen:
        screen.app.reader.opened.selection.place(len(text) // 2)
        screen.app.reader.article.follow(jump=True)
        screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), [SINES]))
        await screen.wait(lambda: len(screen.spans) == 1)
        assert looked_at == []
        screen.app.post_message(
            Suggested(screen.key, Source.parse("model 2"), [], Run(Source.parse("model 2"), 0, 9))
        )
        await screen.wait(lambda: bool(looked_at))
        in_sight = screen.app.reader.article.in_sight()[0][0]
        assert looked_at == [(screen.key, in_sight)]
        assert in_sight > len(ARTICLE)


async def test_what_the_service_says_reaches_the_screen(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        listener = ToScreen(screen.app._post)

        async def says(progress: str) -> None:
            await screen.wait(lambda: screen.app.reader.around.progress == progress)

        listener.on_ready(screen.key, Source.parse("model 2"), ["GPE"])
        await says("names 0 %")
        listener.on_progress(screen.key, 40, 100)
        await says("names 40 %")
        # This call returns when the spans are shown, so it is made on another thread, as the service does.
        thread = threading.Thread(target=listener.on_spans, args=(screen.key, "model 2", [SINES], None))
        thread.start()
        await screen.wait(lambda: not thread.is_alive())
        assert screen.spans == [("Sines", "GPE", "suggested")]
        listener.on_error(screen.key, "model 2 stopped (signal 9) and was started again.")
        await says("no suggestions")
        assert "model 2 stopped (signal 9)" in screen.app.reader.around.notice
        listener.on_done(screen.key)
        await says("")
        edges = TokenEdges()
        listener.on_tokens(screen.key, edges)
        await screen.wait(lambda: screen.app.reader.opened.session.tokens is edges)


async def test_an_article_of_white_space_is_read_by_nobody(open_article: Open) -> None:
    for text, asked in ((" \n\t\n", False), ("a", True)):
        async with open_article(text, suggested=[]) as screen:
            await screen.settle()
            assert screen.app.workspace.suggesting.begun == asked


async def test_a_reopened_article_says_what_was_read_already(open_article: Open) -> None:
    """The annotations hold what the suggesters have read, so that nothing is read twice."""
    writer = MemoryWriter(lambda state: None)
    document = Document(ARTICLE, "/articles/harbour.txt")
    first, second = sources_named("model 1", "model 2")
    runs = (Run(first, 0, 40), Run(first, 40, 90), Run(second, 0, 10))
    edits = [make_edit("suggest", str(run.source), (), run=run) for run in runs]
    writer.begin_with(document, "ann", edits)
    asked: list[Sequence[Run]] = []
    async with open_article(suggested=[], writer=writer, asked=asked) as screen:
        await screen.wait(lambda: bool(asked))
        assert list(asked[0]) == [Run(first, 0, 90), Run(second, 0, 10)]
        assert has_read(screen.app.reader.opened.session.annotations.runs, first, 0, 90)


async def test_space_waits_for_names_that_are_still_read_and_says_so(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.post_message(SuggestingProgress(screen.key, "names 40 %"))
        await screen.wait(lambda: "names 40 %" in screen.rows[0])
        assert "Space wait for names" in screen.rows[-1]
        await screen.press("space")
        assert screen.rows[-1] == " Waiting for suggestions; the cursor will go to the first one."
        screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), [SINES]))
        await screen.wait(lambda: screen.focus == "Sines")
        await screen.settle()
        assert screen.rows[-1].startswith(" Enter accept")
        assert "Waiting" not in screen.text


async def test_another_key_ends_the_waiting_and_so_does_the_end_of_reading(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        screen.app.post_message(SuggestingProgress(screen.key, "names 40 %"))
        await screen.wait(lambda: "names 40 %" in screen.rows[0])
        await screen.press("space", "right")
        here = screen.focus
        screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), [SINES]))
        await screen.wait(lambda: len(screen.spans) == 1)
        assert screen.focus == here
        await screen.press("space", "enter", "space")
        screen.app.post_message(SuggestingProgress(screen.key, ""))
        await screen.wait(lambda: "Nothing is left to decide." in screen.rows[-1])
