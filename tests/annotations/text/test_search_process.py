"""The process that searches: what it finds, what it refuses, and that no process is left."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from annotations.text import child_process, search_messages, search_process
from annotations.text.search import Search, find
from annotations.text.search_process import Searcher
from tests.texts import ARTICLE


@pytest.fixture
def searcher() -> Iterator[Searcher]:
    made = Searcher()
    yield made
    made.close()


def ranges(search: Search) -> list[tuple[int, int]]:
    return [search[number] for number in range(len(search))]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_plain_words_start_no_process(searcher: Searcher) -> None:
    assert ranges(searcher.find(ARTICLE, "lisbon")) == ranges(find(ARTICLE, "lisbon"))
    assert searcher.process is None


@pytest.mark.parametrize("typed", [r"\\bthe\b", r"\[A-Z]\w+", r"\(?<=\s)\w{9,}", r"\zebra", r"\a*"])
def test_a_regular_expression_is_found_where_it_would_be_found_here(
    searcher: Searcher, typed: str
) -> None:
    text = "😀 \ud83d e\u0301\r\n" + ARTICLE
    assert ranges(searcher.find(text, typed)) == ranges(find(text, typed))
    assert searcher.process is not None


def test_what_is_no_regular_expression_is_said(searcher: Searcher) -> None:
    search = searcher.find(ARTICLE, r"\(a")
    assert search.wrong == "Not a regular expression yet: missing ) at position 2."
    assert searcher.find(ARTICLE, "\\" + "(" * 5000 + ")" * 5000).wrong


HOSTILE = {
    "compiling takes gigabytes": (r"\(((a{1000}){1000}){1000})", {"memory"}),
    "compiling takes minutes": (
        "\\" + "|".join(f"word{number}" for number in range(60_000)),
        {"time", "memory"},
    ),
    "matching takes centuries": (r"\(?:\w+\s?)+\d$", {"time"}),
    "very many plain words": ("Ab é" * 20_000, {"time", "memory"}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_pattern_is_stopped_and_the_next_search_works(searcher: Searcher, kind: str) -> None:
    typed, stops = HOSTILE[kind]
    text = ARTICLE + "a" * 5000 + " end"
    search = searcher.find(text, typed)
    assert search.stop in stops
    assert search.stopped.startswith("Stopped: this search ")
    assert len(searcher.find(text, r"\lisbon")) == 2


def test_a_long_text_goes_to_the_process_once_and_another_one_instead(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    send = search_messages.send

    def counted(stream: object, kind: bytes, data: bytes = b"") -> None:
        sent.append(kind)
        send(stream, kind, data)  # type: ignore[arg-type]

    monkeypatch.setattr(search_process, "send", counted)
    text = (ARTICLE + "é😀\n") * (10_000_000 // len(ARTICLE))
    for typed in ("\\", r"\\bharbour", r"\\bharbour\b"):
        search = searcher.find(text, typed)
    assert text[slice(*search[len(search) - 1])] == "Harbour"
    assert ranges(search) == ranges(find(text, r"\\bharbour\b"))
    assert (sent.count(b"b"), sent.count(b"t")) == (1, 2)
    assert len(searcher.find("a harbour", r"\harbour")) == 1
    assert sent.count(b"b") == 2


def test_a_process_that_ended_meanwhile_is_started_again(searcher: Searcher) -> None:
    assert len(searcher.find(ARTICLE, r"\lisbon")) == 2
    first = searcher.process
    assert first is not None
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert len(searcher.find(ARTICLE, r"\lisbon")) == 2
    assert searcher.process != first


def test_a_process_that_dies_of_a_search_is_said(searcher: Searcher) -> None:
    searcher.find(ARTICLE, "\\")
    process = searcher.process
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    threading.Timer(0.1, os.kill, (process, signal.SIGKILL)).start()
    search = searcher.find(ARTICLE, r"\lisbon")
    assert search.stopped == "Stopped: this search cannot be carried out."
    assert not is_running(process)


def test_a_process_that_does_not_answer_is_ended(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_process, "UNRESPONSIVE", 0.2)
    searcher.find(ARTICLE, "\\")
    process = searcher.process
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    # The text is longer than a pipe holds, so that sending it waits in the middle.
    assert searcher.find(ARTICLE * 2000, r"\lisbon").stop == "death"
    assert not is_running(process)


def test_closing_ends_a_search_that_is_under_way_and_starts_no_other(searcher: Searcher) -> None:
    searcher.find(ARTICLE, "\\")
    process = searcher.process
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    found: list[Search] = []
    search = threading.Thread(target=lambda: found.append(searcher.find(ARTICLE, r"\lisbon")))
    search.start()
    searcher.close()
    search.join(5)
    assert [one.stop for one in found] == ["death"]
    assert not is_running(process)
    assert searcher.find(ARTICLE, r"\lisbon").stop == "death"
    assert searcher.process is None


def test_a_process_whose_program_is_gone_ends_by_itself(searcher: Searcher) -> None:
    searcher.find(ARTICLE, "\\")
    process = searcher._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=10) == 0


def test_a_search_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations.model.errors import AnnotateError

    monkeypatch.setattr(child_process, "command_of", lambda module: ["/no/such/program"])
    with pytest.raises(AnnotateError, match="cannot be started: No such file"):
        Searcher().find(ARTICLE, r"\lisbon")
