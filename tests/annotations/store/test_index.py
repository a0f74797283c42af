"""The index beside the TinyDB file: only what is needed is read, and the index is always checked."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.editing.commands import accept
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.edit import make_edit
from annotations.model.span import Span
from annotations.store.interface import Pending
from annotations.store.tinydb_file.disk import RealDisk
from annotations.store.tinydb_file.index import MAGIC
from annotations.store.tinydb_file.tinydb_store import TinyStore
from tests.spans import sources_named

MANY = 700


class CountingDisk(RealDisk):
    """Counts the bytes that are read from each file."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.read_of: dict[str, int] = {}

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        file = super().open(path, flags, mode)
        self.names[file] = path.name
        return file

    def read(self, file: int, size: int, offset: int) -> bytes:
        data = super().read(file, size, offset)
        name = self.names[file]
        self.read_of[name] = self.read_of.get(name, 0) + len(data)
        return data


def document(number: int) -> Document:
    """A document for each number: every fifth has the text of the one before it, and every seventh the same path."""
    text = f"Article {number - (number % 5 == 4)}. Ann Lee met 李雷 in Zürich.\r\n"
    sha256 = Document(text).sha256
    given = f"{sha256}-{number:08x}" if number % 5 == 4 else ""
    path = "/articles/seven.txt" if number % 7 == 0 else f"/articles/{number}.txt"
    return Document(text, path, given_id=given)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of many documents, some with two annotators, all in the TinyDB file."""
    path = tmp_path_factory.mktemp("index") / "annotations.json"
    store = TinyStore(path)
    documents = [document(number) for number in range(MANY)]
    for number, one in enumerate(documents):
        span = Span(0, 7, "WORK", sources=sources_named("m"), score=number / MANY)
        for annotator in ("ann", "bob") if number % 3 == 0 else ("ann",):
            store.adopt(AnnotationRow(one.id, annotator, (span,)))
    store.commit([], documents)
    store.remove([documents[number].id for number in (10, 11, 600)])
    store.close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    for file in template.parent.iterdir():
        shutil.copy2(file, tmp_path / file.name)
    path = tmp_path / template.name
    # The copy is another file, and its index is made again at the first lock.
    store = TinyStore(path)
    store.commit([], [Document("Made anew.", "/articles/new.txt")])
    store.close()
    return path


def there() -> Iterator[Document]:
    return (document(number) for number in range(MANY) if number not in (10, 11, 600))


def same_answers(store: TinyStore) -> None:
    """Check that answers with the index are the same as those found by going through all documents."""
    documents = list(store.documents())[:-1]
    assert documents == list(there())
    for one in random.Random(1).sample(documents, 60):
        assert store.at_path(one.path) == [other for other in documents if other.path == one.path]
        assert store.with_text(one.sha256) == [o for o in documents if o.sha256 == one.sha256]
        names = [row.annotator for row in store.annotations(one.id)]
        assert names in (["ann"], ["ann", "bob"])
        assert len(store.load(one, names[-1]).spans) == 1
    for gone in (10, 11, 600):
        assert document(gone).id not in [one.id for one in store.with_text(document(gone).sha256)]
        assert not list(store.annotations(document(gone).id))


def test_every_look_up_finds_what_a_search_through_all_rows_finds(path: Path) -> None:
    store = TinyStore(path, read_only=True)
    same_answers(store)
    store.close()


def test_opening_one_document_reads_little_of_the_index_and_nothing_of_the_others(path: Path) -> None:
    disk = CountingDisk()
    store = TinyStore(path, disk, read_only=True)
    one = document(333)
    assert store.identify(one).document == one
    assert len(store.load(one, "ann").spans) == 1
    sizes = {name: path.with_name(name).stat().st_size for name in disk.read_of}
    assert disk.read_of["annotations.json"] < 2000 < sizes["annotations.json"]
    assert disk.read_of["annotations.json.index"] < sizes["annotations.json.index"]
    store.close()


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.99])
def test_an_index_that_was_damaged_is_made_anew(path: Path, place: float) -> None:
    file = path.with_name("annotations.json.index")
    data = bytearray(file.read_bytes())
    data[int(len(data) * place)] ^= 1
    file.write_bytes(data)
    store = TinyStore(path, read_only=True)
    same_answers(store)
    store.close()


def test_an_index_made_anew_is_written_with_the_next_edit(path: Path) -> None:
    file = path.with_name("annotations.json.index")
    data = file.read_bytes()
    file.write_bytes(data[:-50] + bytes(byte ^ 1 for byte in data[-50:]))
    store = TinyStore(path)
    live = store.load(document(5), "ann")
    changes = accept(next(iter(live.spans)))
    assert not any(store.summaries("bob").done)
    for annotator in ("ann", "bob"):
        edit = make_edit("accept", annotator, changes)
        store.commit([Pending(live.document, annotator, edit)])
    store.close(checkpoint=False)
    assert file.read_bytes()[-50:] == data[-50:]


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_an_index_that_was_cut_is_made_anew(path: Path, size: int) -> None:
    os.truncate(path.with_name("annotations.json.index"), size)
    store = TinyStore(path, read_only=True)
    same_answers(store)
    store.close()


def test_an_index_cut_while_the_store_is_open_does_no_harm(path: Path) -> None:
    store = TinyStore(path, read_only=True)
    os.truncate(path.with_name("annotations.json.index"), 0)
    same_answers(store)
    store.close()


def test_an_index_of_an_older_version_is_made_anew_with_the_first_edit(path: Path) -> None:
    file = path.with_name("annotations.json.index")
    file.write_bytes(b'00000000{"identity":[],"sha256":"","meta":{"schema":3},"tables":{}}')
    store = TinyStore(path)
    live = store.load(document(5), "ann")
    changes = accept(next(iter(live.spans)))
    store.commit([Pending(live.document, "ann", make_edit("accept", "ann", changes))])
    assert file.read_bytes().startswith(MAGIC)
    same_answers(store)
    store.close()
    again = TinyStore(path, read_only=True)
    same_answers(again)
    assert [span.status for span in again.load(document(5), "ann").spans] == ["accepted"]
    again.close()
