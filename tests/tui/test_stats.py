import re
from pathlib import Path

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tests.spans import said_by
from tests.tui.conftest import Open
from tui.cli import main


async def test_keys_are_counted_wherever_they_go_and_shown_quietly(open_article: Open) -> None:
    async with open_article(size=(120, 40)) as screen:
        assert "keys" not in screen.rows[0]
        await screen.press("space", "semicolon", "l", "o", "c", "enter")
        await screen.press("enter")
        await screen.settle()
        annotations = screen.app.reader.opened.session.annotations
        assert annotations.keys == 7
        assert [edit.keys for edit in screen.writer.stored] == [0, 6, 1]
        await screen.press("D", "D")
        await screen.settle()
        assert re.search(r"4\.5 keys, \d+ s each", screen.rows[-2])


def test_the_command_tells_what_became_of_the_spans(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article, database = tmp_path / "a.txt", tmp_path / "annotations.json"
    article.write_text("Ana met Bo in Rome.", "utf-8")
    store = open_store(database)
    document = read_document(str(article), "utf-8")
    pending: list[Pending] = []
    opened = OpenDocument(
        document,
        store.load(document, "ann"),
        ONTONOTES,
        lambda edit: pending.append(Pending(document.sha256, "ann", edit)),
    )
    opened.session.suggest(
        Source.parse("m\x1b 1"), [Span(0, 3, "PERSON", sources=said_by("m\x1b 1"))], None
    )
    opened.effort.press(0)
    opened.effort.press(3)
    opened.review.next_undecided()
    opened.review.accept()
    opened.selection.place(14)
    opened.review.label("GPE")
    store.commit(pending)
    store.close()
    assert main(["stats", str(article), "--db", str(database)]) == 0
    said = capsys.readouterr().out
    assert "ann: 2 of 2 decided, 1.0 keys and 1.5 seconds each" in said
    rows = [line.split() for line in said.splitlines()[2:]]
    assert rows == [
        ["GPE", "ann", "0", "0", "1", "0", "0"],
        ["PERSON", "m\\x1b", "1", "1", "0", "0", "0", "0"],
        ["all", "1", "0", "1", "0", "0"],
    ]
    assert main(["stats", str(article), "--db", str(database), "--annotator", "bo"]) == 2
    assert "no annotations" in capsys.readouterr().err
