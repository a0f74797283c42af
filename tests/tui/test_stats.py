import json
import re
from pathlib import Path

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.model.edit import Edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.source import Source
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tests.spans import sources_named
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
        Source.parse("m\x1b 1"), [Span(0, 3, "PERSON", sources=sources_named("m\x1b 1"))], None
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


def test_the_command_tells_how_the_spot_checks_came_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.learn.doubts.is_spot_check", lambda document, span: True)
    monkeypatch.chdir(tmp_path)
    for number in range(2):
        # The first of the ten names in each article is wrong.
        names = ["Ana", "Bea", "Eva", "Ida", "Ira", "Lea", "Mia", "Noa", "Pia", "Zoe"]
        text = f"{number}: " + "".join(f"then {name} came. " for name in names)
        article = tmp_path / f"{number}.txt"
        article.write_text(text, "utf-8")
        store = open_store(tmp_path / "annotations.json")
        document = read_document(str(article), "utf-8")
        edits: list[Edit] = []
        opened = OpenDocument(document, store.load(document, "ann"), ONTONOTES, edits.append)
        by = sources_named("m 1")
        starts = map(text.index, names)
        spans = [Span(at, at + 3, "PERSON", sources=by, score=0.999, beside=0.999) for at in starts]
        opened.session.suggest(by[0], spans, None)
        for span in spans:
            opened.selection.select_span(span.key)
            opened.sweep.paint((0, len(text)), len(text))
            (opened.review.reject if span is spans[0] else opened.review.accept)()
        opened.review.undo()
        opened.review.redo()
        store.commit([Pending(document.id, "ann", edit) for edit in edits])
        store.close()
    assert main(["stats", "0.txt"]) == 0
    said = "1 of 10 spot checks wrong, the only unbiased estimate for suggestions that are not doubtful."
    assert said in capsys.readouterr().out
    assert main(["stats"]) == 0
    assert "Doubt is unreliable: 2 of 20 spot checks wrong, the only" in capsys.readouterr().out
    assert main(["stats", "--json"]) == 0
    (ann,) = json.loads(capsys.readouterr().out)["annotators"]
    assert ann["spot_checks"] == {"wrong": 2, "all": 20, "doubt_unreliable": True}
