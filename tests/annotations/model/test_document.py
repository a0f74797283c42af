"""Where a document comes from, as text that can be stored, also if its name is not valid text."""

import os
from pathlib import Path

import pytest

from annotations.model.document import Document, absolute_path, file_at, is_there, path_as_text
from annotations.store.opening import open_store
from annotations.text.article_file import read_document


def test_a_name_that_is_no_utf8_is_stored_and_found_again(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"caf\xe9\xff.txt")
    Path(os.fsdecode(file)).write_bytes(b"Ann.")
    document = read_document(os.fsdecode(file))
    document.path.encode("utf-8")
    assert document.name == r"caf\udce9\udcff.txt"
    assert os.fsencode(file_at(document.path)) == file
    assert is_there(document.path)
    store = open_store(tmp_path / "a.json")
    store.commit((), [document])
    store.close()
    again = open_store(tmp_path / "a.json", read_only=True)
    assert again.identify(read_document(os.fsdecode(file))).document == document
    again.close()


def test_a_usual_path_stays_as_it_is() -> None:
    for path in ("/texts/a.txt", "-", "", "/häuser/\u200bx\U0001f600", r"c:\user\x"):
        assert path_as_text(path) == path
        assert str(file_at(path)) in (path, ".")


def test_a_document_from_standard_input_or_an_imported_file_has_a_name() -> None:
    assert Document("x", "-").name == "standard input"
    assert Document("x", source="-#2").name == "standard input#2"
    assert Document("x", source="/a/b.jsonl#2").name == "b.jsonl#2"


def test_a_path_is_the_same_from_wherever_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real" / "in").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real/in")
    wanted = f"{tmp_path}/a.txt"
    monkeypatch.chdir(tmp_path)
    assert {absolute_path(path) for path in ("a.txt", "./a.txt", "real/../a.txt", wanted)} == {wanted}
    monkeypatch.chdir(tmp_path / "real")
    assert absolute_path("../a.txt") == absolute_path(Path("../../") / tmp_path.name / "a.txt") == wanted
    assert absolute_path("..") == absolute_path("../.") == absolute_path("in/../../") == str(tmp_path)
    assert absolute_path("../link/a.txt") == f"{tmp_path}/link/a.txt"
    assert absolute_path("../link/../a.txt") == f"{tmp_path}/real/a.txt"
