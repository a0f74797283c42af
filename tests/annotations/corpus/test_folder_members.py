"""The articles in a folder: which files, in which order, and which files are left out with which reason."""

import os
from pathlib import Path

import pytest

from annotations.corpus.folder_members import members_of_folder
from annotations.corpus.member import CorpusContents, FilePlace, looked_at
from annotations.corpus.own_files import OwnFiles
from annotations.model.errors import AnnotateError


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Text of {name!r}.", "utf-8", errors="replace")


def names(listing: CorpusContents) -> list[str]:
    return [member.name for member in listing.members]


def reasons(listing: CorpusContents) -> dict[str, str]:
    return {one.name: one.reason for one in listing.passed_over}


def test_text_files_are_listed_in_natural_order(tmp_path: Path) -> None:
    write(tmp_path, "b10.txt", "b9.txt", "A.TXT", "c.text", "notes.md", "gold.jsonl")
    (tmp_path / "empty.txt").touch()
    listing = members_of_folder(tmp_path)
    assert names(listing) == ["A.TXT", "b9.txt", "b10.txt", "c.text", "empty.txt"]
    assert reasons(listing) == {
        "gold.jsonl": "is not called *.txt or *.text",
        "notes.md": "is not called *.txt or *.text",
    }
    member = looked_at(listing.members[1])
    assert member.place == FilePlace(str(tmp_path / "b9.txt"))
    status = (tmp_path / "b9.txt").stat()
    assert (member.size, member.changed) == (status.st_size, status.st_mtime_ns)
    assert (member.path, member.source, member.sha256) == (str(tmp_path / "b9.txt"), "", "")


def test_other_names_can_be_articles_but_never_the_programs_own_files(tmp_path: Path) -> None:
    write(tmp_path, "a.json", "b.md", "annotations.json", "annotations.json.journal", "annotate.toml")
    write(tmp_path, "annotations.json.bak1", "annotations-repaired.json", "guide.md", "gold.json")
    write(tmp_path, "gold.json.lock", ".hidden.md", "._b.md")
    own = OwnFiles((str(tmp_path / "gold.json"),), (str(tmp_path / "guide.md"),))
    listing = members_of_folder(tmp_path, ["*.json", "*.md", "*.toml", "*.journal", "*.bak1"], own=own)
    assert names(listing) == ["a.json", "b.md"]
    assert listing.passed_over == ()
    elsewhere = OwnFiles(("/elsewhere/gold.json",))
    assert "gold.json" in names(members_of_folder(tmp_path, ["*"], own=elsewhere))


def test_sub_folders_are_listed_on_request(tmp_path: Path) -> None:
    write(tmp_path, "2/x.txt", "10/y.txt", "2/in/z.txt", "a.txt", ".git/no.txt", "2/annotations.json")
    write(tmp_path, "brat/copy.txt", "brat/annotation.conf")
    flat = members_of_folder(tmp_path)
    assert names(flat) == ["a.txt"]
    assert reasons(flat) == dict.fromkeys(
        ["2", "10", "brat"], "is a folder; --recursive lists what is in it"
    )
    deep = members_of_folder(tmp_path, recursive=True)
    assert names(deep) == ["2/in/z.txt", "2/x.txt", "10/y.txt", "a.txt"]
    assert reasons(deep) == {"brat": "is a folder of annotations for brat: it has an annotation.conf"}


def test_what_is_no_regular_file_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    listing = members_of_folder(tmp_path, recursive=True)
    assert names(listing) == ["a.txt"]
    assert reasons(listing) == {"pipe.txt": "is a pipe, not a regular file"}


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "rooted"
    write(root, "a.txt", "data.bin", "annotations.json")
    write(outside, "secret.txt")
    os.mkfifo(root / "p")
    for link, target in {
        "out.txt": outside / "secret.txt",
        "again.txt": root / "a.txt",
        "text.txt": root / "data.bin",
        "twice.txt": root / "text.txt",
        "nothing.txt": root / "not there",
        "own.txt": root / "annotations.json",
        "pipe.txt": root / "p",
        "folder": outside,
        "loop.txt": root / "loop.txt",
    }.items():
        (root / link).symlink_to(target)
    listing = members_of_folder(root, recursive=True)
    assert names(listing) == ["a.txt", "text.txt"]
    said = reasons(listing)
    assert said["out.txt"] == "is a link that leads out of the folder"
    assert said["again.txt"] == "is a link to a.txt, which is listed"
    assert said["twice.txt"] == "is a link to data.bin, which is listed"
    assert said["nothing.txt"].startswith("is a link that cannot be followed")
    assert said["loop.txt"].startswith("is a link that cannot be followed")
    assert said["pipe.txt"] == "is a link to something that is a pipe, not a regular file"
    assert "own.txt" not in said
    through_a_link = tmp_path / "link"
    through_a_link.symlink_to(root)
    assert names(members_of_folder(through_a_link)) == ["a.txt", "text.txt"]


def test_names_may_be_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x9b.txt")
    (tmp_path / name).write_text("Text.")
    (member,) = members_of_folder(tmp_path).members
    assert member.name == "\\udcff\\udc9b.txt"
    assert member.place == FilePlace(str(tmp_path / name))
    assert member.path.encode("utf-8") == f"{tmp_path}/{member.name}".encode()


def test_a_sub_folder_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "locked/b.txt", "gone/c.txt", "z/d.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if "locked" in path:
            raise PermissionError(13, "Permission denied")
        if "gone" in path:
            raise FileNotFoundError(2, "No such file or directory")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    listing = members_of_folder(tmp_path, recursive=True)
    assert names(listing) == ["a.txt", "z/d.txt"]
    assert reasons(listing) == {"locked": "cannot be read: Permission denied"}


def test_what_goes_while_it_is_listed_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md", "b.txt")
    with os.scandir(tmp_path) as found:
        entries = list(found)
    (tmp_path / "a.md").unlink()

    class Entries(list["os.DirEntry[str]"]):
        def __enter__(self) -> "Entries":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", lambda path: Entries(entries))
    listing = members_of_folder(tmp_path)
    assert (names(listing), reasons(listing)) == (["b.txt"], {})


def test_what_a_file_is_like_is_looked_at_when_that_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    first, second = members_of_folder(tmp_path).members
    assert (first.size, first.changed) == (None, None)
    (tmp_path / "a.txt").write_text("longer than it was")
    assert looked_at(first).size == 18
    assert looked_at(looked_at(first)) == looked_at(first)
    (tmp_path / "b.txt").unlink()
    assert (looked_at(second).size, looked_at(second).changed) == (0, 0)


def test_no_folder_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    for path, said in ((tmp_path / "a.txt", "is not a folder"), (tmp_path / "b", "There is no folder")):
        with pytest.raises(AnnotateError, match=said):
            members_of_folder(path)
