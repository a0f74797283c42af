"""Suggestions made in advance come first; the service reads what is missing."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from annotations.bulk.prepared import PreparedSuggestions
from annotations.bulk.prepared_service import PreparedService
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.suggest.service import SuggestionListener, SuggestionService
from tests.annotations.bulk.making import make, write_texts

KEY, OTHER = DocumentKey("letter", "ann"), DocumentKey("another", "ann")
SECONDS = 30.0


class Service(SuggestionService):
    """Records what it is asked for, and reads nothing."""

    def __init__(self, listener: SuggestionListener) -> None:
        super().__init__(["dates"], listener)
        self.asked: list[tuple[str, DocumentKey, tuple[Run, ...], int]] = []
        self.was_asked = Event()

    def read(
        self,
        key: DocumentKey,
        text: str,
        runs: Sequence[Run] = (),
        visible: int = 0,
        language: str = "",
    ) -> None:
        self.asked.append(("read", key, tuple(runs), visible))
        self.was_asked.set()

    def read_ahead(
        self, key: DocumentKey, text: str, runs: Sequence[Run] = (), language: str = ""
    ) -> None:
        self.asked.append(("ahead", key, tuple(runs), 0))
        self.was_asked.set()


class RecordingListener:
    """A listener that records suggestions and errors in their order."""

    def __init__(self) -> None:
        self.spans: list[tuple[DocumentKey, int, Run | None]] = []
        self.errors: list[tuple[DocumentKey, str]] = []
        self.said = Event()
        self.held_up = Event()
        self.held_up.set()
        self.came = Event()

    def on_spans(
        self,
        key: DocumentKey,
        source: Source,
        spans: list[Span],
        run: Run | None,
        second_readings: Sequence[Span] = (),
    ) -> None:
        self.spans.append((key, len(spans), run))
        self.came.set()
        assert self.held_up.wait(SECONDS)

    def on_error(self, key: DocumentKey, message: str) -> None:
        self.errors.append((key, message))
        self.said.set()

    def on_ready(self, *_: object) -> None: ...
    def on_progress(self, *_: object) -> None: ...
    def on_done(self, *_: object) -> None: ...
    def on_tokens(self, *_: object) -> None: ...
    def on_fitted(self, *_: object) -> None: ...


class Desk:
    """A prepared service with a folder of suggestions for twelve texts."""

    def __init__(self, folder: Path) -> None:
        write_texts(folder / "letters", range(12))
        make(folder / "letters", folder / "letters.suggested")
        self.folder = folder
        self.heard = RecordingListener()
        self.service = Service(self.heard)
        suggestions = PreparedSuggestions(folder / "letters.suggested", ["dates"])
        self.prepared = PreparedService(lambda: suggestions, self.service, self.heard)

    def text(self, number: int) -> str:
        return (self.folder / "letters" / f"letter-{number:04}.txt").read_text("utf-8")

    def asked(self) -> list[tuple[str, DocumentKey, tuple[Run, ...], int]]:
        assert self.service.was_asked.wait(SECONDS)
        return self.service.asked


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_service_is_asked_for_the_rest_once_all_was_brought(desk: Desk) -> None:
    desk.prepared.read(KEY, desk.text(3), visible=4)
    ((what, key, (run,), visible),) = desk.asked()
    assert (what, key, visible) == ("read", KEY, 4)
    assert (run.start, run.end) == (0, len(desk.text(3)))
    assert desk.heard.spans == [(KEY, 1, run)]
    assert desk.heard.errors == []
    desk.prepared.close()


def test_a_new_text_is_read_by_the_service_and_that_is_said(desk: Desk) -> None:
    desk.prepared.read(KEY, "Nobody knows me.")
    assert desk.asked() == [("read", KEY, (), 0)]
    assert desk.heard.said.wait(SECONDS)
    assert [key for key, _ in desk.heard.errors] == [KEY]
    desk.prepared.close()


def test_what_is_wrong_with_a_document_read_ahead_is_said_when_it_is_looked_at(desk: Desk) -> None:
    desk.prepared.read_ahead(OTHER, "Nobody knows me.")
    assert desk.asked() == [("ahead", OTHER, (), 0)]
    assert desk.heard.errors == []
    desk.prepared.look_at(OTHER, 0)
    desk.prepared.look_at(OTHER, 0)
    assert [key for key, _ in desk.heard.errors] == [OTHER]
    desk.prepared.close()


def test_nothing_comes_of_a_document_that_is_cancelled_and_others_do(desk: Desk) -> None:
    desk.heard.held_up.clear()
    desk.prepared.read(KEY, desk.text(3))
    assert desk.heard.came.wait(SECONDS)
    desk.prepared.read_ahead(OTHER, desk.text(4))
    desk.prepared.cancel(KEY)
    desk.heard.held_up.set()
    assert [(what, key) for what, key, _, _ in desk.asked()] == [("ahead", OTHER)]
    assert [key for key, _, _ in desk.heard.spans] == [KEY, OTHER]
    desk.prepared.close()


def test_the_document_that_is_looked_at_comes_before_those_read_ahead(desk: Desk) -> None:
    desk.heard.held_up.clear()
    desk.prepared.read(KEY, desk.text(3))
    assert desk.heard.came.wait(SECONDS)
    third = DocumentKey("third", "ann")
    desk.prepared.read_ahead(OTHER, desk.text(4))
    desk.prepared.read_ahead(third, desk.text(5))
    desk.prepared.look_at(third, 9)
    desk.heard.held_up.set()
    while len(desk.service.asked) < 3:
        assert desk.service.was_asked.wait(SECONDS)
    assert [(what, key) for what, key, _, _ in desk.service.asked] == [
        ("read", KEY),
        ("read", third),
        ("ahead", OTHER),
    ]
    desk.prepared.close()
