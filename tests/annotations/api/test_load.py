"""A database in a script: reading it, converting it for other libraries, and edits."""

import doctest
import sys
import warnings
from pathlib import Path

import pytest

import annotations
from annotations.model.document import Document
from annotations.model.errors import AnnotateError
from annotations.model.value import Entity
from annotations.store.opening import open_store
from tui.cli import main

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "how-to" / "python.md"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the example corpus with the work of its two annotators; its folder is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATE_DB", raising=False)
    assert main(["init", "--example"]) == 0
    monkeypatch.chdir(tmp_path / "port-news")
    assert main(["import", "ann.jsonl", "ben.jsonl", "--as", "accepted"]) == 0
    return tmp_path / "port-news" / "annotations.json"


@pytest.mark.usefixtures("work")
def test_the_page_about_it_is_so() -> None:
    tried = doctest.testfile(
        str(PAGE), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert tried.failed == 0
    assert tried.attempted > 20


def test_importing_it_loads_nothing_until_it_is_asked_for() -> None:
    assert "load" in annotations.__all__
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        annotations.lode  # noqa: B018
    assert annotations.load is sys.modules["annotations.api.loading"].load_annotations


def test_every_edit_is_in_the_history_and_on_the_disk(work: Path) -> None:
    before = work.read_bytes()
    document = annotations.load(work, annotator="cleo").documents[3]
    assert not document.spans
    document.label(0, 12, "PLACE")
    document.set_value(document.accepted[0], Entity(name="The Light"))
    document.accept(document.accepted[0])
    store = open_store(work, read_only=True)
    kinds = [one.edit.kind for one in store.history(document.id) if one.annotator == "cleo"]
    store.close()
    assert kinds == ["create", "value"]
    assert work.read_bytes() == before, "edits go to the journal"
    (again,) = (one for one in annotations.load(work, "cleo").documents if one.id == document.id)
    assert again.accepted == document.accepted
    assert again.accepted[0].value == Entity(name="The Light")


def test_what_cannot_be_done_changes_nothing(work: Path, tmp_path: Path) -> None:
    document = annotations.load(work, annotator="ann").documents[0]
    span = document.accepted[0]
    with pytest.raises(AnnotateError, match="no text from 5 to 5000"):
        document.label_all([(0, 4, "ORG"), (5, 5000, "ORG")])
    with pytest.raises(AnnotateError, match="white space"):
        document.label(30, 32, "ORG")
    document.reject(span)
    with pytest.raises(AnnotateError, match="There is no span from 0 to 11 with the label PLACE"):
        document.accept(span)
    with pytest.raises(AnnotateError, match="does not exist; check the path"):
        annotations.load(tmp_path / "none.json")
    assert len(annotations.load(work).documents[0].accepted) == 20


def test_a_document_of_nobody_is_read_and_not_changed(tmp_path: Path) -> None:
    database = tmp_path / "annotations.json"
    store = open_store(database)
    store.commit([], [Document("Ann Lee met Bo.", given_name="a.txt")])
    store.close()
    (document,) = annotations.load(database).documents
    assert (document.name, document.annotator, document.spans, document.path) == ("a.txt", "", (), "")
    with pytest.raises(AnnotateError, match="name the annotator"):
        document.label(0, 7, "PERSON")


def test_what_does_not_lie_on_tokens_is_left_out_with_a_warning(work: Path) -> None:
    import spacy

    document = annotations.load(work, annotator="cleo").documents[0]
    document.label_all([(0, 3, "ORG"), (6, 11, "PLACE")])
    with pytest.warns(UserWarning, match=r"01-new-quay\.txt: 1 span left out: begins or ends inside"):
        doc = document.to_spacy(spacy.blank("en"))
    assert [entity.text for entity in doc.ents] == ["Haven"]
    assert doc[0].ent_iob_ == "", "missing, as the document is not done"
    assert "sc" not in doc.spans
    document.mark_done()
    loaded = annotations.load(work, annotator="cleo")
    with pytest.warns(UserWarning, match="1 span left out"):
        rows = loaded.to_datasets()
    assert rows.num_rows == 1, "only what is done"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = loaded.to_pandas()
    assert list(frame["text"]) == ["Sab", "Haven"]
    assert frame["done"].all()
