"""`annotate relabel`, and what `annotate stats` says about labels, called as on the command line."""

from pathlib import Path

import pytest

from annotations.editing.open_document import OpenDocument
from annotations.model.document import Document
from annotations.model.edit import Change, Edit, make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span, Status
from annotations.store.interface import Pending, Store
from annotations.store.opening import open_store
from annotations.text.article_file import read_document
from tests.spans import sources_named
from tui.cli import main

OWN = '[[labels]]\nname = "PLACE"\nfrom = ["LOC"]\n\n[[labels]]\nname = "PERSON"\n'
TEXTS = {"a.txt": "Ana flew to Oslo.", "b.txt": "Bo saw Oslo for $30."}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles with annotations of two people, with the labels of pipelines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    store = open_store(tmp_path / "annotations.json")
    for name, text in TEXTS.items():
        Path(name).write_text(text, "utf-8")
        document = read_document(name)
        start = text.index("Oslo")
        statuses: dict[str, Status] = {"ann": "accepted", "bob": "suggested"}
        for annotator, status in statuses.items():
            spans = [Span(start, start + 4, "GPE", status, sources_named("m 1"))]
            if "$30" in text:
                spans += [
                    Span(text.index("$"), text.index("$") + 3, "MONEY", sources=sources_named("m 1"))
                ]
                spans += [Span(0, 2, "LOC", sources=sources_named("m 1"))]
            edit = make_edit("import", annotator, [Change(None, span) for span in spans])
            store.load(document, annotator)
            store.commit([Pending(document.id, annotator, edit)])
    store.close()
    return tmp_path


def stored() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The label and status of each stored span, by document and annotator."""
    store = open_store(Path("annotations.json"), read_only=True)
    try:
        return {
            (document.name, row.annotator): [(span.label, span.status) for span in row.spans]
            for document in store.documents()
            for row in store.annotations(document.id)
        }
    finally:
        store.close()


def test_all_documents_and_annotators_change_and_each_can_undo(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored()
    assert main(["relabel", "GPE", "PLACE"]) == 0
    assert capsys.readouterr().out == "Changed 4 spans in 2 documents from GPE to PLACE.\n"
    after = stored()
    assert after[("a.txt", "ann")] == [("PLACE", "accepted")]
    assert after[("a.txt", "bob")] == [("PLACE", "suggested")]
    assert main(["log", "a.txt", "--annotator", "bob"]) == 0
    assert "changed “Oslo” from GPE to PLACE" in capsys.readouterr().out
    store = open_store(folder / "annotations.json")
    for document in list(store.documents()):
        for annotator in ("ann", "bob"):
            undo(store, document, annotator)
    store.close()
    assert stored() == before


def undo(store: Store, document: Document, annotator: str) -> None:
    def commit(edit: Edit) -> None:
        store.commit([Pending(document.id, annotator, edit)])

    OpenDocument(document, store.load(document, annotator), ONTONOTES, commit).review.undo()


def test_only_the_documents_that_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relabel", "GPE", "PLACE", "--document", "b.txt", "--db", "annotations.json"]) == 0
    assert "2 spans in 1 document " in capsys.readouterr().out
    after = stored()
    assert after[("a.txt", "ann")] == [("GPE", "accepted")]
    assert ("PLACE", "accepted") in after[("b.txt", "ann")]


def test_what_cannot_be_done_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = stored()
    Path("annotate.toml").write_text(OWN, "utf-8")
    for arguments, said in (
        (["GPE", "CITY"], "CITY is not a label of"),
        (["GPE", "two words"], "not a name for a label"),
        (["GPE", ""], "not a name for a label"),
        (["GPE", "PLACE", "--document", "z.txt"], "none of these documents"),
        (["GPE", "PLACE", "--db", "none.json"], "no database"),
    ):
        assert main(["relabel", *arguments]) == 2
        said_there = capsys.readouterr()
        assert said in said_there.err
        assert said_there.err.count("\n") == 1
    assert stored() == before
    assert main(["relabel", "NONE", "PLACE"]) == 0
    assert capsys.readouterr().out.startswith("Nothing to change")
    assert main(["relabel", "GPE", "PLACE"]) == 0
    assert "GPE" not in {label for spans in stored().values() for label, _ in spans}


def test_the_settings_of_the_articles_count_from_anywhere(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("annotate.toml").write_text(OWN, "utf-8")
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir("/")
    assert main(["relabel", "GPE", "CITY", "--db", str(folder / "annotations.json")]) == 2
    assert "its labels are PLACE, PERSON" in capsys.readouterr().err


def test_stats_name_labels_that_the_project_has_no_more(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", "b.txt"]) == 0
    assert "not a label" not in capsys.readouterr().out
    Path("annotate.toml").write_text(OWN, "utf-8")
    assert main(["stats", "b.txt", "--annotator", "ann"]) == 0
    said = capsys.readouterr().out
    assert "ann: 1 of 2 decided" in said
    assert "PLACE  m 1" in said
    assert "MONEY" not in said
    assert "GPE is not a label of this project, but 1 accepted span has it" in said
    assert "Not counted: 1 suggestion with labels not of this project." in said
    assert main(["relabel", "GPE", "PLACE"]) == 0
    assert main(["stats", "b.txt", "--annotator", "ann"]) == 0
    assert "not a label" not in capsys.readouterr().out
