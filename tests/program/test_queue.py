"""Many articles under a real terminal: from a folder to training data, also if the program is killed
and started again.
"""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from annotations.store.opening import open_store
from tests.program.shell import output_of
from tests.program.terminal import Terminal
from tests.program.test_suggester_process import children

PLACES = ("Porto", "Lisbon", "Sines")
PATTERNS = "".join(json.dumps({"label": "GPE", "pattern": place}) + "\n" for place in PLACES)
DEADLINE = 60.0
"""Seconds to wait for the process of the suggesters, which starts slowly on a busy machine."""


def text_of(number: int) -> str:
    """Two places, both found by the patterns, and a number that names the text."""
    first, second = PLACES[number % 3], PLACES[(number + 1) % 3]
    return f"Letter {number}. The ship left {first} and came to {second} with grain.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose suggestions come from patterns, so that no pipeline is needed."""
    (tmp_path / "places.jsonl").write_text(PATTERNS)
    (tmp_path / "annotate.toml").write_text('patterns = ["places.jsonl"]\n')
    return tmp_path


def write(folder: Path, *numbers: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"a{number}.txt").write_text(text_of(number), "utf-8")


@contextmanager
def annotate(folder: Path, *arguments: str, columns: int = 100) -> Iterator[Terminal]:
    options = ("--no-model", "--annotator", "ann")
    with Terminal([*arguments, *options], folder, columns=columns) as terminal:
        yield terminal


def at(terminal: Terminal, position: str, decided: str, *shown: str) -> None:
    """Wait until a document is on the screen, is saved and shows these decided suggestions and words.

    It also waits until the suggesters have finished: otherwise `D` would ask.
    """
    terminal.wait_for(rf"(?m)^ {position} (?!.* names).* {decided} .*saved", DEADLINE)
    for words in shown:
        terminal.wait_for(re.escape(words))


def stored(database: Path) -> dict[str, tuple[bool, int]]:
    """For each document by its name: whether it is done, and how many spans are accepted."""
    store = open_store(database, read_only=True)
    try:
        return {
            document.name: (row.facts.done, sum(span.accepted for span in row.spans))
            for document in store.documents()
            for row in store.annotations(document.id)
        }
    finally:
        store.close()


def cursor_in(database: Path, name: str) -> int:
    """The stored place of the cursor in a document: an offset in code points."""
    store = open_store(database, read_only=True)
    try:
        (document,) = (one for one in store.documents() if one.name == name)
        (row,) = store.annotations(document.id)
        return row.cursor
    finally:
        store.close()


def test_from_a_folder_to_training_data(folder: Path) -> None:
    articles = folder / "articles"
    write(articles, 1, 2, 3, 10)
    with annotate(folder, "articles", columns=250) as terminal:
        terminal.wait_for(r"Letter 1\.")
        at(terminal, "1/4", "0/2")
        (worker,) = children(terminal.pid)
        terminal.press("A", "D")
        at(terminal, "2/4", "0/2", "a1.txt: done.")
        terminal.press("[")
        at(terminal, "1/4", "2/2")
        terminal.press("]", "]")
        at(terminal, "3/4", "0/2", "Letter 3.")
        terminal.press("L")
        terminal.wait_for(r"type to filter +3 to do")
        terminal.press(*"open 10")
        terminal.wait_for(r"open 10")
        terminal.press("enter")
        at(terminal, "4/4", "0/2", "Letter 10.")
        terminal.press("space", "backspace", "space", "enter", "D")
        # After the last document come those before it.
        at(terminal, "2/4", "0/2", "Letter 2.")
        # A rejection before makes the same words doubtful here: each suggestion is decided by itself.
        terminal.press("space", "enter", "enter", "D")
        at(terminal, "3/4", "0/2")
        terminal.press("space", "enter", "enter", "D")
        terminal.wait_for(r"All 4 documents are done\.")
        terminal.wait_for(r"7  spans accepted")
        screen = terminal.wait_for(r"annotate export .*annotations\.json")
        command = re.search(r"(annotate export .*--output train\.spacy.*)", screen)
        assert command, screen
        assert children(terminal.pid) == [worker]
        terminal.press("enter")
        terminal.wait_for(r"4 documents done today")
        terminal.press("\x1b")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert b"4 of 4 documents done. Saved in " in terminal.raw
    output_of(folder, *command[1].split()[1:])
    nlp = spacy.blank("en")
    found = {
        doc.text: [(entity.text, entity.label_) for entity in doc.ents]
        for doc in DocBin().from_disk(folder / "train.spacy").get_docs(nlp.vocab)
    }
    assert found == {
        text_of(number): [(place, "GPE") for place in places]
        for number, places in {
            1: ("Lisbon", "Sines"),
            2: ("Sines", "Porto"),
            3: ("Porto", "Lisbon"),
            10: ("Sines",),
        }.items()
    }


def test_killed_in_a_document_it_goes_on_there_at_the_word(folder: Path) -> None:
    write(folder, *range(1, 8))
    with annotate(folder, ".") as terminal:
        at(terminal, "1/7", "0/2")
        terminal.press("A", "D")
        at(terminal, "2/7", "0/2")
        terminal.press("space", "enter", "right", "right")
        terminal.wait_for(r"“grain”")
        at(terminal, "2/7", "1/2")
        terminal.press("f")
        at(terminal, "2/7", "2/3")
        # The place is stored some time after the last key.
        end = time.monotonic() + DEADLINE
        while cursor_in(folder / "annotations.json", "a2.txt") != text_of(2).index("grain"):
            assert time.monotonic() < end, "the place is not stored"
            terminal.read(0.05)
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.end()
    assert stored(folder / "annotations.json") == {"a1.txt": (True, 2), "a2.txt": (False, 2)}
    with annotate(folder, ".") as terminal:
        at(terminal, "2/7", "2/3", "Letter 2.", "“grain”")


def test_killed_while_documents_are_read_ahead_nothing_of_them_is_there(folder: Path) -> None:
    write(folder, *range(1, 30))
    with annotate(folder, ".") as terminal:
        at(terminal, "1/29", "0/2")
        for place in range(1, 6):
            terminal.press("A", "D")
            # The suggestions that A accepts must be there: otherwise D would ask.
            at(terminal, f"{place + 1}/29", "0/2")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.end()
    found = stored(folder / "annotations.json")
    done = [name for name, (is_done, _) in found.items() if is_done]
    assert done == [f"a{number}.txt" for number in range(1, len(done) + 1)]
    assert len(done) >= 3
    assert len(found) <= len(done) + 1
    with annotate(folder, ".") as terminal:
        at(terminal, f"{len(done) + 1}/29", r"\d/2")


def test_a_pattern_and_several_files_in_their_order(folder: Path) -> None:
    write(folder, 2, 10)
    (folder / "b.txt").write_text(text_of(4))
    with annotate(folder, "a*.txt") as terminal:
        at(terminal, "1/2", "0/2", "Letter 2.")
        terminal.press("]")
        at(terminal, "2/2", "0/2", "Letter 10.")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    with annotate(folder, "b.txt", "a10.txt", "a2.txt") as terminal:
        at(terminal, "1/3", "0/2", "Letter 4.")
        terminal.press("]")
        at(terminal, "2/3", "0/2", "Letter 10.")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    # Nothing was decided, so nothing is stored.
    assert not [name for name in os.listdir(folder) if name.startswith("annotations")]


def test_rows_of_files_of_texts_and_then_the_database_alone(folder: Path) -> None:
    rows = [{"text": text_of(number), "id": f"letter/{number}"} for number in (1, 2, 3)]
    (folder / "texts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with annotate(folder, "texts.jsonl", "--id-column", "id") as terminal:
        at(terminal, "1/3", "0/2", "letter/1")
        terminal.press("A", "D")
        at(terminal, "2/3", "0/2", "letter/2")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    table = 'url,body,published\r\nu/5,"{}",2021-04-08\r\nu/1,"{}",\r\n'
    (folder / "corpus.csv").write_text(table.format(text_of(5).strip(), text_of(6).strip()), newline="")
    columns = ("--text-column", "body", "--id-column", "url", "--date-column", "published")
    with annotate(folder, "corpus.csv", *columns) as terminal:
        at(terminal, "1/2", "0/2", "u/5", "2021-04-08")
        terminal.press("A", "D")
        at(terminal, "2/2", "0/2", "u/1")
        terminal.press("space", "enter")
        at(terminal, "2/2", "1/2")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert stored(folder / "annotations.json") == {
        "letter/1": (True, 2),
        "letter/2": (False, 0),  # on the screen when the program was ended
        "u/5": (True, 2),
        "u/1": (False, 1),
    }
    with annotate(folder) as terminal:
        at(terminal, "4/4", "1/2", "u/1")


def test_an_article_alone_is_no_corpus(folder: Path) -> None:
    write(folder, 1, 2)
    with annotate(folder, "a1.txt") as terminal:
        terminal.wait_for(r"(?m)^ a1\.txt .* 0/2 +saved", DEADLINE)
        terminal.press("L")
        terminal.wait_for(r"only document")
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_the_next_text_does_not_wait_for_its_suggestions(folder: Path) -> None:
    write(folder, 1, 2)
    with annotate(folder, ".") as terminal:
        terminal.wait_for(r"Letter 1\.")
        # While the process is stopped, it suggests nothing. The text must be shown all the same.
        worker = _worker(terminal)
        os.kill(worker, signal.SIGSTOP)
        try:
            terminal.press("D")
            terminal.wait_for(r"(?m)Letter 2\.|Done\?")
            terminal.press("]")
            terminal.wait_for(r"Letter 2\.")
        finally:
            os.kill(worker, signal.SIGCONT)
        at(terminal, "2/2", "0/2")


def _worker(terminal: Terminal) -> int:
    """The id of the process of the suggesters; waits until there is one."""
    end = time.monotonic() + DEADLINE
    while not (found := children(terminal.pid)):
        assert time.monotonic() < end, "there is no process of the suggesters"
        terminal.read(0.05)
    return found[0]
