"""Reading members as documents, and the message when there is no document any more."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.corpus.contents import ContentsOptions, NamedFolders, find_members
from annotations.corpus.member import Member, StoredPlace, looked_at
from annotations.corpus.member_opening import NotOpened, OpenedMember, open_member
from annotations.formats.text_row import RowColumns
from annotations.model.document import Document
from annotations.text.article_file import read_document

COLUMNS = RowColumns("text", "id")
Write = Callable[..., Path]


def members(path: Path, columns: RowColumns = COLUMNS) -> tuple[Member, ...]:
    named = [str(path)]
    return find_members(named, NamedFolders.of(named), ContentsOptions(columns=columns)).members


def opened(member: Member) -> OpenedMember:
    found = open_member(member)
    assert isinstance(found, OpenedMember), found
    return found


def refused(member: Member) -> NotOpened:
    found = open_member(member)
    assert isinstance(found, NotOpened), found
    return found


def write_lines(file: Path, *rows: tuple[str, str]) -> Path:
    file.write_text("".join(json.dumps({"text": text, "id": id_}) + "\n" for text, id_ in rows))
    return file


def write_table(file: Path, *rows: tuple[str, str]) -> Path:
    file.write_text("text,id\n" + "".join(f'"{text}",{id_}\n' for text, id_ in rows))
    return file


def test_a_file_is_the_document_that_it_is_alone(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_bytes(b"\xef\xbb\xbfZ\xc3\xbcrich\r\n")
    (tmp_path / "empty.txt").touch()
    found = [opened(member) for member in members(tmp_path)]
    assert [one.document for one in found] == [
        read_document(str(tmp_path / name)),
        read_document(str(tmp_path / "empty.txt")),
    ]
    assert [one.changed for one in found] == [False, False]
    assert found[0].document.text == "\ufeffZürich\r\n"


def test_a_file_that_was_changed_is_read_as_it_is_now(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    member = looked_at(members(tmp_path)[0])
    file.write_text("afterwards")
    found = opened(member)
    assert (found.document.text, found.changed, found.member.size) == ("afterwards", True, 10)
    assert not opened(found.member).changed


def test_what_is_no_text_any_more_is_a_state_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    (member,) = members(tmp_path)
    for content, said in (
        (b"%PDF-1.4", "a PDF document"),
        (b"\xff\xfeZ\0", "try --encoding utf-16"),
        (b'{"text": "x"}\n', "annotate import"),
        (b"-DOCSTART- -X- O O\n", "contains words with tags and is not an article"),
    ):
        file.write_bytes(content)
        found = refused(member)
        assert found.file_state == "unreadable"
        assert said in found.reason
    file.unlink()
    assert refused(member) == NotOpened(member, "gone", "a.txt was deleted, renamed or moved.")
    os.mkfifo(file)
    assert refused(member).file_state == "unreadable"
    file.unlink()
    file.mkdir()
    assert refused(member).file_state == "unreadable"
    file.rmdir()
    file.symlink_to(file)
    assert refused(member).file_state == "unreadable"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (member,) = members(tmp_path)

    def forbidden(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert "You may not read" in refused(member).reason


kinds = pytest.mark.parametrize(("name", "write"), [("t.jsonl", write_lines), ("t.csv", write_table)])


@kinds
def test_a_row_is_a_document_called_by_its_id(tmp_path: Path, name: str, write: Write) -> None:
    first, second = members(write(tmp_path / name, ("A\nB", "x"), ("C", "")))
    assert opened(first).document == Document("A\nB", given_name="x", source=f"{tmp_path}/{name}#x")
    line = second.source.partition("#")[2]
    assert opened(second).document == Document("C", source=f"{tmp_path}/{name}#{line}")
    assert opened(second).document.name == f"{name}#{line}" == second.name


@kinds
def test_rows_that_moved_in_their_file_are_found_again(tmp_path: Path, name: str, write: Write) -> None:
    file = write(tmp_path / name, ("A", "x"), ("B", ""), ("C", "y"))
    first, second, third = members(file)
    write(file, ("new", "z"), ("B", ""), ("C changed", "y"), ("A", "x"))
    assert (opened(first).document.text, opened(first).changed) == ("A", False)
    assert (opened(second).document.text, opened(second).changed) == ("B", False)
    found = opened(third)
    assert (found.document.text, found.document.name, found.changed) == ("C changed", "y", True)
    assert not opened(found.member).changed


@kinds
def test_a_row_that_went_is_gone_and_never_the_one_in_its_place(
    tmp_path: Path, name: str, write: Write
) -> None:
    file = write(tmp_path / name, ("A", "x"), ("B", ""))
    with_id, without = members(file)
    write(file, ("A", "y"), ("C", ""))
    assert refused(with_id) == NotOpened(with_id, "gone", f"x is not in {file} any more.")
    assert refused(without).file_state == "gone"
    file.unlink()
    assert refused(with_id).file_state == "gone"
    assert "was deleted, renamed or moved" in refused(with_id).reason
    file.write_bytes(b"PK\x03\x04xl/")
    assert refused(with_id).file_state == "unreadable"


def test_the_date_of_a_row_is_the_articles_own(tmp_path: Path) -> None:
    dates = {
        "2021-04-08": "2021-04-08",
        "8 April 2021": "2021-04-08",
        "2021-04-08T10:30:00.125Z": "2021-04-08",
        "2021-04-08T10:30Z": "2021-04-08T10:30Z",
        "soon": None,
        "": None,
    }
    file = tmp_path / "t.jsonl"
    lines = (json.dumps({"text": date, "id": str(n), "date": date}) for n, date in enumerate(dates))
    file.write_text("\n".join(lines))
    found = [opened(member) for member in members(file, RowColumns("text", "id", "date"))]
    times = [one.creation_time for one in found]
    assert [time.value if time else None for time in times] == list(dates.values())
    assert {time.origin for time in times if time} == {"column"}
    assert [one.notice for one in found if one.notice] == ["'soon' is not a date, so 4 has no date."]


def test_a_stored_document_comes_from_its_database() -> None:
    document = Document("A", source="/x.jsonl#1")
    member = Member("x", StoredPlace(document.id))
    found = open_member(member, stored={document.id: document}.get)
    assert found == OpenedMember(document, member)
    missing = open_member(member)
    assert missing == NotOpened(member, "gone", "x was removed from the database.")


def test_a_folder_that_is_renamed_takes_its_files_along(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (member,) = members(folder)
    shutil.move(folder, tmp_path / "other")
    assert refused(member).file_state == "gone"
