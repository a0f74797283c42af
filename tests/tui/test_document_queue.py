"""Several documents in one program: done and on to the next, back and forth, the list, and what is stored."""

import argparse
import os
import re
import shlex
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.message import Message

from annotations.learn.lesson import Lesson
from annotations.model.document_key import DocumentKey
from annotations.model.edit import Run
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.store.interface import SaveState
from annotations.store.opening import open_store
from tests.tui.conftest import Screen
from tests.tui.lamp import lit
from tests.tui.memory_writer import MemoryWriter
from tui.actions.requests import Finish
from tui.app import AnnotateApp
from tui.command_line.corpus_arguments import corpus_of
from tui.command_line.parsers import reader_parser
from tui.workspace.queue_source import documents_of
from tui.workspace.suggestions import Suggested, SuggestingProgress

NAMES = ("Lisbon", "Porto")
MODEL = Source.parse("model 1")


class Fixed:
    """Suggests the names in a text at once; remembers which texts were asked for, and whether ahead."""

    def __init__(self, post: Callable[[Message], bool]) -> None:
        self.post = post
        self.asked: list[tuple[str, str]] = []
        self.languages: dict[str, str] = {}
        """The language in which each text was last read."""

    def read(
        self, key: DocumentKey, text: str, runs: Sequence[Run], visible: int, language: str
    ) -> None:
        self.asked.append(("read", text))
        self.languages[text] = language
        self._suggest(key, text, runs)

    def read_ahead(self, key: DocumentKey, text: str, runs: Sequence[Run], language: str) -> None:
        self.asked.append(("ahead", text))
        self.languages[text] = language
        self._suggest(key, text, runs)

    def _suggest(self, key: DocumentKey, text: str, runs: Sequence[Run]) -> None:
        if not runs:
            spans = [
                Span(text.index(name), text.index(name) + len(name), "GPE", sources=(MODEL,))
                for name in NAMES
                if name in text
            ]
            self.post(Suggested(key, MODEL, spans, Run(MODEL, 0, len(text))))
        self.post(SuggestingProgress(key, ""))

    def look_at(self, key: DocumentKey, offset: int) -> None:
        pass

    def cancel(self, key: DocumentKey) -> None:
        pass

    def fit(self, lessons: Sequence[Lesson]) -> None:
        pass

    def close(self) -> None:
        pass


class Corpus(Screen):
    """The running program with a corpus."""

    suggester: Fixed

    @property
    def text(self) -> str:
        return super().text

    @property
    def shown(self) -> str:
        """The name of the document on the screen."""
        return self.app.workspace.current.document.name

    @property
    def saving(self) -> SaveState:
        state = self.app.workspace.saving
        assert state is not None
        return state

    @property
    def header(self) -> str:
        return self.rows[0]

    async def at(self, name: str) -> None:
        """Wait until this document is on the screen with its suggestions."""
        await self.wait(lambda: self.shown == name and self.app.workspace.current.ready)
        await self.settle()


OpenCorpus = Callable[..., AbstractAsyncContextManager[Corpus]]


def options(*arguments: str) -> argparse.Namespace:
    return reader_parser().parse_args(arguments)


@pytest.fixture
def open_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenCorpus:
    monkeypatch.chdir(tmp_path)

    @asynccontextmanager
    async def opened(*arguments: str, size: tuple[int, int] = (100, 24)) -> AsyncIterator[Corpus]:
        choice = corpus_of(options(*arguments))
        assert choice is not None
        suggesters: list[Fixed] = []

        def suggest(listener: object) -> Fixed:
            suggesters.append(Fixed(app.post_message))
            return suggesters[-1]

        documents, make_writer = documents_of(choice, "ann", ONTONOTES)
        app = AnnotateApp(documents, "ann", ONTONOTES, make_writer, suggest)
        async with app.run_test(size=size) as pilot:
            screen = Corpus(app, pilot, MemoryWriter(lambda state: None))
            await screen.wait(lambda: app.workspace.current.ready)
            await screen.wait(lambda: bool(suggesters) or len(app.screen_stack) > 1)
            screen.suggester = suggesters[0] if suggesters else Fixed(app.post_message)
            await screen.settle()
            yield screen
            assert not app.crash, app.crash
            app.post_message(Finish())
            await screen.wait(lambda: not app.is_running or app._exit)

    return opened


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def three(folder: Path) -> None:
    write(folder, a="Nothing but Lisbon.", b="Here is Porto.", c="From Porto to Lisbon.")


def stored(path: Path) -> dict[str, tuple[bool, list[str]]]:
    """For each document in the database: whether it is done, and the statuses of its spans."""
    store = open_store(path)
    try:
        return {
            document.name: (row.facts.done, [span.status for span in row.spans])
            for document in store.documents()
            for row in store.annotations(document.id)
        }
    finally:
        store.close()


async def test_done_goes_on_to_the_next_that_is_not_and_undo_brings_one_back(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.at("a.txt")
        assert screen.header.startswith(" 1/3  a.txt")
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
        assert screen.header.startswith(" 2/3  b.txt")
        assert "a.txt: done." in screen.text
        await screen.press("U")
        await screen.at("a.txt")
        assert not screen.app.reader.opened.session.annotations.facts.done
        assert screen.spans == [("Lisbon", "GPE", "accepted")]
        await screen.press("D")
        await screen.at("b.txt")
        await screen.press("space", "enter", "U")
        assert screen.shown == "b.txt"
        assert screen.spans == [("Porto", "GPE", "suggested")]
    found = stored(tmp_path / "annotations.json")
    assert found["a.txt"] == (True, ["accepted"])
    assert found["b.txt"] == (False, ["suggested"])
    assert "c.txt" not in found


async def test_files_of_one_name_in_two_folders_are_told_apart(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    for folder, name in (("north", "Lisbon"), ("south", "Porto")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, report=f"News from {name}.")
    async with open_corpus(".", "--recursive") as screen:
        await screen.at("report.txt")
        assert screen.header.startswith(" 1/2  north/report.txt  ")
        await screen.press("space", "enter", "D")
        await screen.wait(lambda: "Porto" in screen.text)
        await screen.settle()
        assert screen.header.startswith(" 2/2  south/report.txt  ")
        assert "north/report.txt: done." in screen.text
        await screen.press("L")
        await screen.wait(lambda: "type to filter" in screen.text)
        assert "✓   north/report.txt" in screen.text
        assert "    south/report.txt" in screen.text


async def test_next_and_previous_go_anywhere_and_stop_at_the_ends(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
        await screen.press("[")
        await screen.at("a.txt")
        await screen.press("[")
        assert "This is the first document." in screen.text
        for name in ("b.txt", "c.txt"):
            await screen.press("]")
            await screen.at(name)
        await screen.press("]")
        assert "This is the last document." in screen.text
        assert screen.shown == "c.txt"


async def test_looking_at_a_folder_without_deciding_writes_nothing(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    before = sorted(os.listdir(tmp_path))
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 3)
        await screen.press("right", "space", "]", "L", "down", "enter")
        await screen.settle()
    assert sorted(os.listdir(tmp_path)) == before


async def test_what_comes_next_is_read_ahead_and_has_its_suggestions_when_it_comes(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 3)
        assert [how for how, _ in screen.suggester.asked] == ["read", "ahead", "ahead"]
        await screen.settle()
        await screen.press("]")
        assert screen.shown == "b.txt"
        assert screen.spans == [("Porto", "GPE", "suggested")]
        assert screen.app.workspace.current.ready


async def test_it_goes_on_at_the_document_and_the_word_where_it_was_left(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
        await screen.press("space", "enter", "left")
        place = screen.app.reader.opened.selection.cursor
    async with open_corpus(".") as screen:
        await screen.at("b.txt")
        assert screen.app.reader.opened.selection.cursor == place > 0


async def test_filter_and_unit_go_along_to_the_next_document(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("'")
        state = screen.app.reader.opened.state
        await screen.press("]")
        await screen.at("b.txt")
        assert screen.app.reader.opened.state is state
        await screen.press("right")
        assert screen.focus == "e"


async def test_the_list_opens_marks_and_goes(open_corpus: OpenCorpus, tmp_path: Path) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 3)
        await screen.press("L")
        await screen.wait(lambda: "type to filter" in screen.text)
        await screen.press("down", "down", "ctrl+d", "ctrl+d")
        await screen.wait(lambda: "✓   c.txt" in screen.text)
        await screen.press("b", "enter")
        await screen.at("b.txt")
        await screen.press("D", "D")
        await screen.at("a.txt")
    assert stored(tmp_path / "annotations.json")["c.txt"][0]


async def test_after_the_last_one_is_said_what_came_of_it(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        for name in ("a.txt", "b.txt", "c.txt"):
            await screen.at(name)
            await screen.wait(lambda: bool(screen.spans))
            await screen.press("A", "D")
        await screen.wait(lambda: "annotate export" in screen.text)
        assert "All 3 documents are done." in screen.text
        await screen.press("enter")
        await screen.wait(lambda: "type to filter" in screen.text)
        await screen.press("escape")
    async with open_corpus(".") as screen:
        await screen.at("a.txt")
        assert screen.app.reader.opened.session.annotations.facts.done


async def test_a_file_that_is_gone_is_passed_over_and_said(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    write(tmp_path, **{f"d{n}": f"More {n} of Porto." for n in range(9)})
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 4)
        (tmp_path / "d1.txt").unlink()
        for _ in range(4):
            await screen.press("]")
        await screen.wait(lambda: screen.shown == "d2.txt")
        assert "d1.txt was deleted, renamed or moved" in screen.text
        await screen.press("L")
        await screen.wait(lambda: "file is gone" in screen.text or "d1.txt" in screen.text)


async def test_rows_of_a_table_are_documents_with_their_names_and_dates(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    (tmp_path / "texts.csv").write_text(
        'url,body,published\r\nx/1,"In Porto, yesterday.",2021-04-08\r\nx/2,Lisbon.,\r\n', "utf-8"
    )
    columns = ("--text-column", "body", "--id-column", "url", "--date-column", "published")
    async with open_corpus("texts.csv", *columns) as screen:
        await screen.at("x/1")
        created = screen.app.reader.opened.session.creation_time
        assert created is not None
        assert created.value == "2021-04-08"
        await screen.press("space", "enter", "D")
        await screen.at("x/2")
    assert stored(tmp_path / "annotations.json")["x/1"] == (True, ["accepted"])


async def test_the_documents_of_a_database_alone(open_corpus: OpenCorpus, tmp_path: Path) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
        await screen.press("space", "enter")
    async with open_corpus() as screen:
        await screen.at("b.txt")
        assert screen.header.startswith(" 2/2 ")


async def test_of_the_order_doubt_each_fifth_is_drawn_and_marked_so(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, **{f"d{n}": f"Number {n} in Porto." for n in range(10)})
    async with open_corpus(".", "--order", "doubt", "--seed", "4") as screen:
        drawn = []
        for _ in range(10):
            await screen.press("A", "D")
            await screen.settle()
        await screen.wait(lambda: "annotate export" in screen.text)
        await screen.press("x")
    store = open_store(tmp_path / "annotations.json")
    drawn = [row.facts.drawn for document in store.documents() for row in store.annotations(document.id)]
    store.close()
    assert sorted(drawn) == [""] * 8 + ["seed 4"] * 2


async def test_documents_stay_where_they_are_in_an_open_list(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="One.", b="Two.", c="Ana came.", d="Four.")
    names = ["a.txt", "b.txt", "c.txt", "d.txt"]
    async with open_corpus(".", "--order", "doubt") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 4)
        await screen.press("L")

        def listed() -> list[str]:
            rows = (row.replace("❯", " ").split() for row in screen.rows[:-3])
            return [row[0] for row in rows if row and row[0].endswith(".txt")]

        assert listed() == names
        third = next(one for one in screen.app.workspace._at_hand if one.document.name == "c.txt")
        other = Source.parse("model 2")
        for start in (0, 4):
            doubtful = Span(start, start + 3, "PERSON", score=0.3 - start / 20, sources=(other,))
            screen.app.post_message(Suggested(third.key, other, [doubtful], None))
            screen.app.post_message(SuggestingProgress(third.key, ""))
            await screen.settle()
            assert listed() == names
        await screen.wait(lambda: re.search(r"c\.txt .* 2 +2 ", screen.text) is not None)
        await screen.press("escape", "L")
        assert listed() == ["a.txt", "c.txt", "b.txt", "d.txt"]


def test_a_corpus_of_which_nothing_can_be_opened_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00\xd8" * 9)
    (tmp_path / "b.txt").write_bytes(b"\xc3\x28" * 9)
    choice = corpus_of(options("."))
    assert choice is not None
    with pytest.raises(AnnotateError, match="None of the 2 documents can be opened"):
        AnnotateApp(
            documents_of(choice, "ann", ONTONOTES)[0],
            "ann",
            ONTONOTES,
            lambda on_state, on_foreign: MemoryWriter(on_state),
            lambda listener: None,
        )


async def test_the_place_is_stored_once_one_rests_after_anything_was_stored(
    open_corpus: OpenCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.background.resting.REST", 0.05)
    three(tmp_path)
    database = tmp_path / "annotations.json"
    async with open_corpus(".") as screen:
        await screen.press("right", "right")
        await screen.pilot.pause(0.2)
        assert not database.exists()
        await screen.press("space", "enter", "U", "left", "left")
        session = screen.app.reader.opened.session
        place = screen.app.reader.opened.selection.cursor
        await screen.wait(lambda: session.annotations.cursor == place)
        await screen.wait(lambda: not screen.saving.unsaved)
        store = open_store(database, read_only=True)
        (document,) = store.documents()
        (row,) = store.annotations(document.id)
        store.close()
        assert row.cursor == place
        assert len(row.redo) == 1
        await screen.press("R")
        assert screen.spans == [("Lisbon", "GPE", "accepted")]
        # The time of a visit is stored even if a document is only looked at and its cursor does not move.
        await screen.press("]")
        await screen.at("b.txt")
        await screen.wait(lambda: bool(screen.app.reader.opened.session.annotations.visited))
    async with open_corpus(".") as screen:
        await screen.at("b.txt")
        before = screen.app.reader.opened.session.annotations.visited
        await screen.press("[")
        await screen.at("a.txt")
        annotations = screen.app.reader.opened.session.annotations
        await screen.wait(lambda: annotations.visited > before)
    async with open_corpus(".") as screen:
        await screen.at("a.txt")


async def test_keys_and_seconds_count_for_the_document_they_were_spent_in(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("right", "left", "right", "left", "]")
        await screen.at("b.txt")
        await screen.press("space", "enter")
        assert screen.app.reader.opened.session.annotations.keys == 2
        await screen.press("[")
        await screen.at("a.txt")
        await screen.press("space", "enter")
        assert screen.app.reader.opened.session.annotations.keys == 5 + 2


def in_one_read(screen: Corpus, *keys: str) -> None:
    """Send keys that reach the program together, so that nothing is drawn between them."""
    for key in keys:
        character = key if len(key) == 1 else None
        screen.app.post_message(events.Key(key, character))


async def test_what_was_typed_before_a_document_was_on_the_screen_does_nothing_to_it(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("A")
        in_one_read(screen, "D", "A", "D", "p", "U", "*")
        await screen.at("b.txt")
        assert screen.spans == [("Porto", "GPE", "suggested")]
        assert "This was typed before b.txt was shown" in screen.text
        await screen.press("A")
        assert screen.spans == [("Porto", "GPE", "accepted")]
        in_one_read(screen, "]", "[", "[", "right")
        await screen.at("a.txt")
    found = stored(tmp_path / "annotations.json")
    assert found == {"a.txt": (True, ["accepted"]), "b.txt": (False, ["accepted"])}


async def test_keys_that_waited_for_annotations_are_for_the_document_they_were_typed_at(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        reader = screen.app.reader
        reader.keys.loaded = False
        in_one_read(screen, "p", "D", "o", "l")
        await screen.settle()
        assert screen.shown == "a.txt"
        screen.app.workspace.show(screen.app.workspace.current)
        await screen.settle()
        # The first suggestion is undecided, so D asks; any other key leaves the question.
        assert screen.shown == "a.txt"
        assert [label for _, label, status in screen.spans if status == "accepted"] != []
        reader.keys.loaded = False
        in_one_read(screen, "A", "D", "o", "l")
        screen.app.workspace.show(screen.app.workspace.current)
        await screen.at("b.txt")
        assert screen.spans == [("Porto", "GPE", "suggested")]


async def test_a_preview_that_was_open_is_over_when_one_comes_back(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="Lisbon and Lisbon and Lisbon.", b="Porto.")
    async with open_corpus(".") as screen:
        await screen.press("space", "*")
        assert "2 more" in screen.text
        await screen.press("]")
        await screen.at("b.txt")
        await screen.press("[")
        await screen.at("a.txt")
        assert screen.app.reader.opened.propagation.preview is None
        assert "2 more" not in screen.text
        await screen.press("*")
        assert "will label 2 more" in screen.text


async def test_the_last_search_goes_along(open_corpus: OpenCorpus, tmp_path: Path) -> None:
    write(tmp_path, a="A harbour. A ship.", b="A ship. Two harbours, one harbour.", c="Nothing.")
    async with open_corpus(".") as screen:
        await screen.press("/", *"harbour", "enter", "]")
        await screen.at("b.txt")
        await screen.press("N")
        await screen.wait(lambda: "1 of 2" in screen.text)
        assert screen.focus == "harbours"
        await screen.press("/", "escape", "N")
        assert "2 of 2" in screen.text
        await screen.press("]")
        await screen.at("c.txt")
        await screen.press("P")
        await screen.wait(lambda: "Nothing was found." in screen.text)
        await screen.press("/", "x", "escape", "[")
        await screen.at("b.txt")
        await screen.press("/", *"ship", "enter", "[")
        await screen.at("a.txt")
        in_one_read(screen, "right")
        await screen.settle()
        in_one_read(screen, "P", "f")
        await screen.wait(lambda: ("ship", "FAC", "accepted") in screen.spans)


async def test_undo_is_about_the_last_thing_done_wherever_one_is(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
        await screen.press("space", "enter", "]")
        await screen.at("c.txt")
        # The last thing done was in b, so a stays marked as done.
        await screen.press("U")
        assert screen.shown == "c.txt"
        assert "There is nothing to undo." in screen.text
        await screen.press("[")
        await screen.at("b.txt")
        await screen.press("U")
        assert screen.spans == [("Porto", "GPE", "suggested")]
        await screen.press("]")
        await screen.at("c.txt")
        await screen.press("U")
        await screen.at("a.txt")
        assert not screen.app.reader.opened.session.annotations.facts.done
        await screen.press("U")
        assert screen.spans == [("Lisbon", "GPE", "suggested")]


async def test_a_mark_given_in_the_list_is_taken_back_by_undo_too(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 3)
        await screen.press("L", "down", "ctrl+d", "ctrl+d", "escape")
        await screen.wait(
            lambda: screen.app.documents.closing_message(screen.app.workspace.current)[0] == "1"
        )
        await screen.press("U")
        await screen.at("b.txt")
        assert not screen.app.reader.opened.session.annotations.facts.done


async def test_many_marks_in_one_read_are_all_given(open_corpus: OpenCorpus, tmp_path: Path) -> None:
    # Marking asks nothing about a text that is empty, or that is known to have no suggestions.
    write(tmp_path, **{f"d{n:02}": "\n" * n or "Number." for n in range(12)})
    async with open_corpus(".") as screen:
        await screen.press("L")
        await screen.wait(lambda: sum(row.count("·") >= 2 for row in screen.rows[:-3]) == 12)
        in_one_read(screen, *(["ctrl+d", "down"] * 12))
        await screen.wait(lambda: "12/12" in screen.text)
        await screen.press("escape")
        await screen.settle()
    assert [done for done, _ in stored(tmp_path / "annotations.json").values()] == [True] * 12


@pytest.mark.parametrize("named", ["", "other.json", "{elsewhere}/deep er/it's.json"])
async def test_the_export_command_is_about_the_database_in_use(
    open_corpus: OpenCorpus, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, named: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "deep er").mkdir()
    three(tmp_path)
    name = named.format(elsewhere=elsewhere)
    async with open_corpus(".", *(["--db", name] if name else [])) as screen:
        for shown in ("a.txt", "b.txt", "c.txt"):
            await screen.at(shown)
            await screen.wait(lambda: bool(screen.spans))
            await screen.press("A", "D")
        await screen.wait(lambda: "annotate export" in screen.text)
        lines = screen.rows
    start = next(number for number, line in enumerate(lines) if "annotate export" in line)
    command = "\n".join(lines[start:]).split("\n\n")[0].replace("\\\n", "")
    words = shlex.split(command)
    assert words[:2] == ["annotate", "export"]
    choice = dict(zip(words[2::2], words[3::2], strict=True))
    assert choice.get("--db", "") == (str((tmp_path / name).absolute()) if name else "")


async def test_the_figures_are_those_of_the_corpus_and_of_no_other_document(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", d="To Porto.")
    async with open_corpus("sub", "--db", "all.json") as screen:
        await screen.press("A", "D")
        await screen.wait(lambda: "1  span accepted" in screen.text)
        await screen.press("escape")
    async with open_corpus("a.txt", "b.txt", "--db", "all.json") as screen:
        for shown in ("a.txt", "b.txt"):
            await screen.at(shown)
            await screen.wait(lambda: bool(screen.spans))
            await screen.press("A", "D")
        await screen.wait(lambda: "spans accepted" in screen.text)
        assert "2  spans accepted" in screen.text


async def test_a_file_that_was_renamed_is_stored_under_its_new_name_with_the_next_decision(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("b.txt")
    (tmp_path / "a.txt").rename(tmp_path / "z.txt")
    async with open_corpus(".") as screen:
        await screen.at("b.txt")
        await screen.press("]", "]")
        await screen.at("z.txt")
        assert screen.spans == [("Lisbon", "GPE", "accepted")]
        await screen.press("U", "D")
        await screen.settle()
    (tmp_path / "a.txt").write_text("Another text about Porto.", "utf-8")
    async with open_corpus(".") as screen:
        await screen.press("L")
        await screen.wait(lambda: "type to filter" in screen.text)
        assert "moved" not in screen.text
        await screen.press("escape", "[", "[", "[")
        await screen.at("a.txt")
        # This is another text now, so it gets nothing from the earlier one.
        assert screen.spans == [("Porto", "GPE", "suggested")]
        assert len(screen.app.screen_stack) == 1


async def test_what_another_program_decided_in_a_document_read_ahead_is_not_overwritten(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="Nothing.", b="From Porto to Lisbon.")
    async with open_corpus(".") as here:
        await here.wait(lambda: len(here.suggester.asked) == 2)
        await here.settle()
        async with open_corpus("b.txt", "a.txt") as there:
            await there.press("space", "enter", "space", "backspace")
            await there.settle()
            assert [status for _, _, status in there.spans] == ["accepted", "rejected"]
        await here.press("]")
        await here.at("b.txt")
        # The order does not matter: the decision here is only about the flag of the document.
        await here.press("home", "F")
        await here.wait(lambda: not here.saving.unsaved)
        await here.wait(lambda: [status for _, _, status in here.spans] == ["accepted", "rejected"])
    store = open_store(tmp_path / "annotations.json")
    (row,) = [row for document in store.documents() for row in store.annotations(document.id)]
    store.close()
    assert [span.status for span in row.spans] == ["accepted", "rejected"]
    assert row.facts.flagged


async def test_two_files_with_one_text_have_decisions_of_their_own(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="To Porto.", b="To Porto.")
    async with open_corpus(".") as screen:
        await screen.wait(lambda: len(screen.suggester.asked) == 2)
        await screen.press("]")
        await screen.at("b.txt")
        assert screen.spans == [("Porto", "GPE", "suggested")]
        await screen.press("space", "enter", "[")
        await screen.at("a.txt")
        assert screen.spans == [("Porto", "GPE", "suggested")]
        await screen.press("space", "backspace")
    found = stored(tmp_path / "annotations.json")
    assert found == {"a.txt": (False, ["rejected"]), "b.txt": (False, ["accepted"])}


async def test_two_files_with_one_text_are_kept_apart_where_there_is_no_store_yet(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="To Porto.", b="To Porto.")
    (tmp_path / "no folder").touch()
    async with open_corpus(".", "--db", "no folder/x.json") as screen:
        await screen.press("A", "D")
        await screen.at("b.txt")
        await screen.wait(lambda: bool(screen.spans))
        assert screen.spans == [("Porto", "GPE", "suggested")]
        await screen.press("space", "backspace")
        screen.app.workspace.save_again(tmp_path / "there.json")
        await screen.wait(lambda: not screen.saving.unsaved)
    found = stored(tmp_path / "there.json")
    assert found == {"a.txt": (True, ["accepted"]), "b.txt": (False, ["rejected"])}


async def test_what_could_not_be_saved_of_several_documents_is_saved_elsewhere_with_all_that_was(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    three(tmp_path)
    (tmp_path / "sub").mkdir()
    async with open_corpus(".", "--db", "sub/x.json") as screen:
        await screen.press("A", "D")
        await screen.at("b.txt")
    async with open_corpus(".", "--db", "sub/x.json") as screen:
        await screen.press("[")
        await screen.at("a.txt")
        await screen.press("]")
        (tmp_path / "sub").rename(tmp_path / "gone")
        (tmp_path / "sub").touch()
        await screen.press("A", "D")
        await screen.at("c.txt")
        await screen.wait(lambda: len(screen.spans) == 2)
        await screen.press("A")
        await screen.wait(lambda: bool(screen.saving.error))
        screen.app.workspace.save_again(tmp_path / "there.json")
        await screen.wait(lambda: not screen.saving.unsaved)
    assert stored(tmp_path / "there.json") == {
        "a.txt": (True, ["accepted"]),
        "b.txt": (True, ["accepted"]),
        "c.txt": (False, ["accepted", "accepted"]),
    }


async def test_the_terminal_is_asked_about_widths_with_the_first_document_that_needs_it(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, a="Only plain letters.", b="In 東京 and Zürich.", c="In 大阪.")
    async with open_corpus(".") as screen:
        await screen.settle()
        assert not screen.app._widths.asked
        await screen.press("]")
        await screen.at("b.txt")
        await screen.wait(lambda: screen.app._widths.asked)
        before = screen.app._widths._probe
        await screen.press("]")
        await screen.at("c.txt")
        assert screen.app._widths._probe is before


async def test_undo_says_once_that_the_document_it_is_about_is_gone(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    write(tmp_path, **{f"d{n:02}": f"Number {n} of Porto." for n in range(12)})
    async with open_corpus(".") as screen:
        await screen.press("space", "enter", "D")
        await screen.at("d01.txt")
        (tmp_path / "d00.txt").unlink()
        for number in range(2, 12):
            await screen.press("]")
            await screen.at(f"d{number:02}.txt")
        await screen.press("U")
        assert screen.shown == "d11.txt"
        assert "d00.txt was deleted, renamed or moved" in screen.text
        await screen.press("U")
        assert "There is nothing to undo." in screen.text
    assert stored(tmp_path / "annotations.json")["d00.txt"] == (True, ["accepted"])


async def test_every_document_has_its_language_which_is_said_and_can_be_stated(
    open_corpus: OpenCorpus, tmp_path: Path
) -> None:
    german = "Der Hafen war am Montag zu und die Schiffe von Lisbon lagen nicht auf dem Wasser."
    write(tmp_path, a=german, b="The port of Porto is in the north of the land and it was shut by them.")
    async with open_corpus(".") as screen:
        await screen.at("a.txt")
        await screen.wait(
            lambda: "This looks like German: annotate --language de --model …" in screen.text
        )
        languages = screen.suggester.languages
        await screen.wait(lambda: languages.get(german) == "de" and len(languages) == 2)
        assert set(languages.values()) == {"de", "en"}
        await screen.press("L", "ctrl+l")
        await screen.wait(lambda: "It is read as German" in screen.text)
        assert [one.place for one in lit(screen)] == ["window"]
        await screen.press(*"french", "enter")
        await screen.wait(lambda: "Read as French." in screen.text)
        await screen.wait(lambda: languages[german] == "fr")
        await screen.press("enter")
        await screen.at("a.txt")
        await screen.press("ctrl+p", *"language", "enter")
        await screen.wait(lambda: "It is read as French" in screen.text)
        await screen.press(*"english", "enter")
        await screen.wait(lambda: languages[german] == "en" and "Read as English." in screen.text)
        await screen.press("U")
        await screen.wait(lambda: languages[german] == "fr")
        await screen.settle()
        assert screen.spans == [("Lisbon", "GPE", "suggested")]
    store = open_store(tmp_path / "annotations.json")
    try:
        facts = [row.facts for document in store.documents() for row in store.annotations(document.id)]
        assert {one.language for one in facts} >= {"fr"}
    finally:
        store.close()
