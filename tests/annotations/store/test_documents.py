"""Documents in a store: without annotations, two with the same text, moved, removed and put back."""

import queue
from pathlib import Path

import pytest

from annotations.editing.commands import label_range
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.store.interface import Pending, StoreError
from annotations.store.opening import open_store
from annotations.store.tinydb_file.removal import last_removed
from annotations.store.tinydb_file.tinydb_store import TinyStore
from annotations.store.writer import StoreWriter

TEXT = "Ann Lee met Bo.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def label(store: TinyStore, document: Document, annotator: str = "ann") -> None:
    live = store.load(document, annotator)
    edit = make_edit("create", annotator, label_range(live.spans, 0, 7, "PERSON", annotator))
    store.commit([Pending(document.id, annotator, edit)])


def test_a_document_is_stored_without_any_annotation(path: Path) -> None:
    store = TinyStore(path)
    store.commit((), [Document(TEXT, "/a.txt"), Document("", given_name="empty", source="/x#2")])
    store.close()
    again = TinyStore(path, read_only=True)
    assert [(d.text, d.path, d.name, d.source) for d in again.documents()] == [
        (TEXT, "/a.txt", "a.txt", ""),
        ("", "", "empty", "/x#2"),
    ]
    again.close()


def test_two_documents_with_one_text_have_annotations_of_their_own(path: Path) -> None:
    one, two = Document(TEXT, "/a.txt"), Document(TEXT, "/b.txt")
    two = Document(TEXT, "/b.txt", f"{two.sha256}-0a")
    store = TinyStore(path)
    store.commit((), [one, two])
    label(store, two)
    for opened in (store, TinyStore(path, read_only=True)):
        assert [d.id for d in opened.with_text(one.sha256)] == [one.id, two.id]
        assert not list(opened.annotations(one.id))
        assert [len(row.spans) for row in opened.annotations(two.id)] == [1]
    store.close()
    again = TinyStore(path, read_only=True)
    assert [d.id for d in again.with_text(one.sha256)] == [one.id, two.id]
    assert [len(row.spans) for row in again.annotations(two.id)] == [1]
    again.close()


def test_a_moved_document_keeps_its_row_and_annotations(path: Path) -> None:
    store = TinyStore(path)
    label(store, Document(TEXT, "/a.txt"))
    store.commit((), [Document(TEXT, "/moved.txt")])
    assert [d.path for d in store.documents()] == ["/moved.txt"]
    assert store.at_path("/a.txt") == []
    store.close()
    again = TinyStore(path)
    assert [d.path for d in again.documents()] == ["/moved.txt"]
    assert [len(row.spans) for row in again.annotations(Document(TEXT).id)] == [1]
    again.close()


def test_a_removed_document_is_gone_with_all_its_annotations_and_comes_back(path: Path) -> None:
    document, other = Document(TEXT, "/a.txt"), Document("Bo.", "/b.txt")
    store = TinyStore(path)
    label(store, document)
    label(store, document, "eve")
    label(store, other)
    rows = list(store.annotations(document.id))
    store.remove([document.id])
    assert [d.path for d in store.documents()] == ["/b.txt"]
    assert not list(store.annotations(document.id))
    store.close()
    found = last_removed(path, lambda known: known.path == "/a.txt")
    assert found is not None
    assert last_removed(path, lambda known: known.path == "/b.txt") is None
    again = TinyStore(path)
    again.put_back(found)
    again.close()
    back = TinyStore(path, read_only=True)
    assert list(back.annotations(document.id)) == rows
    assert {d.path for d in back.documents()} == {"/a.txt", "/b.txt"}
    back.close()


def test_edits_of_a_document_that_another_program_removed_are_refused_not_halved(path: Path) -> None:
    document = Document(TEXT, "/a.txt")
    ours = TinyStore(path)
    label(ours, document)
    theirs = TinyStore(path)
    theirs.remove([document.id])
    with pytest.raises(StoreError, match="was removed"):
        label(ours, document)
    found = last_removed(path, lambda known: True)
    assert found is not None
    theirs.put_back(found)
    edit = make_edit("flag", "ann", (), ())
    ours.commit([Pending(document.id, "ann", edit)])
    theirs.close()
    ours.close()


class Opened:
    """A writer that was asked to load one document."""

    def __init__(self, path: Path, document: Document) -> None:
        self.notices: list[str] = []
        self.writer = StoreWriter(
            path, TinyStore, lambda state: self.notices.append(state.notice), lambda *_: None
        )
        self.writer.start()
        got: queue.SimpleQueue[AnnotationSet | StoreError] = queue.SimpleQueue()
        self.writer.load(document, "ann", got.put)
        found = got.get(timeout=10)
        assert isinstance(found, AnnotationSet)
        self.annotations = found

    def close(self) -> None:
        assert self.writer.close()


def test_opening_without_deciding_stores_the_document_and_nothing_else(path: Path) -> None:
    Opened(path, Document(TEXT, "/a.txt")).close()
    store = TinyStore(path, read_only=True)
    assert [d.path for d in store.documents()] == ["/a.txt"]
    assert not list(store.annotations(Document(TEXT).id))
    store.close()


def test_a_second_name_that_exists_is_a_second_document_and_that_is_said(
    path: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for file in (one, two):
        file.write_text(TEXT, "utf-8")
    first = Opened(path, Document(TEXT, str(one)))
    first.close()
    second = Opened(path, Document(TEXT, str(two)))
    second.close()
    assert "two.txt has the same text as one.txt; they are separate documents." in second.notices
    assert first.annotations.document != second.annotations.document
    again = Opened(path, Document(TEXT, str(two)))
    again.close()
    assert again.annotations.document == second.annotations.document
    one.unlink()
    moved = Opened(path, Document(TEXT, str(tmp_path / "three.txt")))
    moved.close()
    assert moved.annotations.document == first.annotations.document
    assert any("one.txt, which no longer exists" in notice for notice in moved.notices)


def test_edits_made_while_no_store_could_be_opened_go_to_the_right_document(
    path: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for file in (one, two):
        file.write_text(TEXT, "utf-8")
    Opened(path, Document(TEXT, str(one))).close()
    whole = path.read_bytes()
    journal = path.with_name(f"{path.name}.journal")
    kept = journal.read_bytes()
    path.write_bytes(b"no JSON")
    journal.unlink()
    got: queue.SimpleQueue[AnnotationSet | StoreError] = queue.SimpleQueue()
    writer = StoreWriter(path, TinyStore, lambda state: None, lambda *_: None)
    writer.start()
    document = Document(TEXT, str(two))
    writer.load(document, "ann", got.put)
    assert isinstance(got.get(timeout=10), StoreError)
    edit = make_edit("create", "ann", label_range(AnnotationSet("", "ann").spans, 0, 7, "P", "ann"))
    writer.submit(document.id, "ann", edit)
    for place, data in ((journal, kept), (path, whole)):
        copy = tmp_path / "copy"
        copy.write_bytes(data)
        copy.replace(place)
    writer.retry()
    assert writer.close()
    store = TinyStore(path, read_only=True)
    assert {d.name: [len(row.spans) for row in store.annotations(d.id)] for d in store.documents()} == {
        "one.txt": [],
        "two.txt": [1],
    }
    store.close()


def test_that_an_imported_document_was_opened_from_a_file_is_kept(path: Path) -> None:
    store = open_store(path)
    store.commit((), [Document(TEXT, given_name="a.txt", source="/x.jsonl#1")])
    known = store.identify(Document(TEXT, "/gone/a.txt")).document
    store.commit((), [known])
    store.close()
    again = open_store(path, read_only=True)
    assert list(again.documents()) == [known]
    assert again.identify(Document(TEXT, "/moved/b.txt")).document.id == known.id
    again.close()
