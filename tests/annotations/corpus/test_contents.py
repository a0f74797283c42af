"""What a person can name as a corpus, and which texts are then in it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotations.corpus.contents import ContentsOptions, NamedFolders, find_members, is_corpus
from annotations.corpus.member import CorpusContents
from annotations.formats.text_row import RowColumns
from annotations.model.errors import AnnotateError


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with articles in sub-folders."""
    monkeypatch.chdir(tmp_path)
    for name in ("b/2.txt", "b/10.txt", "b/deep/3.txt", "a.txt", "c.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)
    return tmp_path


def listed(*named: str, options: ContentsOptions | None = None) -> CorpusContents:
    return find_members(named, NamedFolders.of(named), options or ContentsOptions())


def names(*named: str, options: ContentsOptions | None = None) -> list[str]:
    return [member.name for member in listed(*named, options=options).members]


def lines(name: str, *rows: Mapping[str, object]) -> str:
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return name


def test_one_article_is_no_corpus(here: Path) -> None:
    (here / "[1].txt").touch()
    corpora = (["b"], ["a.txt", "c.txt"], ["*.txt"], ["t.jsonl"], ["t.CSV"], ["b/?.txt"], ["."])
    assert [named for named in corpora if not is_corpus(named)] == []
    articles: tuple[list[str], ...] = (["a.txt"], ["not there.txt"], ["-"], ["[1].txt"], [])
    assert [named for named in articles if is_corpus(named)] == []


def test_a_folder(here: Path) -> None:
    listing = listed("b")
    assert [member.name for member in listing.members] == ["2.txt", "10.txt"]
    assert listing.root == here / "b"
    assert names("b", options=ContentsOptions(recursive=True)) == ["2.txt", "10.txt", "deep/3.txt"]
    assert names("b/../b/.") == ["2.txt", "10.txt"]


def test_named_files_keep_their_order_and_are_listed_once(here: Path) -> None:
    (here / "link.txt").symlink_to("a.txt")
    assert names("c.txt", "a.txt", "./c.txt", "b/../a.txt", "link.txt") == ["c.txt", "a.txt"]
    (here / "notes.md").touch()
    assert names("notes.md", "a.txt") == ["notes.md", "a.txt"]


def test_names_are_those_below_the_folder_that_holds_everything(here: Path) -> None:
    assert names("b/10.txt", "b/2.txt") == ["10.txt", "2.txt"]
    assert names("b/2.txt", "a.txt") == ["b/2.txt", "a.txt"]
    assert names("b", "a.txt", "b/2.txt") == ["b/2.txt", "b/10.txt", "a.txt"]
    assert names("b/deep", "b") == ["deep/3.txt", "2.txt", "10.txt"]


def test_a_pattern_is_in_natural_order() -> None:
    assert names("b/*.txt") == ["2.txt", "10.txt"]
    assert names("**/*.txt") == ["a.txt", "b/2.txt", "b/10.txt", "b/deep/3.txt", "c.txt"]
    listing = listed("*")
    assert [member.name for member in listing.members] == ["a.txt", "c.txt"]
    assert [(one.name, one.reason) for one in listing.passed_over] == [("b", "is a folder")]
    with pytest.raises(AnnotateError, match="No file is called x\\*; check the pattern"):
        listed("x*")


def test_the_programs_own_files_are_no_articles_even_if_they_are_named(here: Path) -> None:
    for own in ("annotations.json", "annotate.toml"):
        (here / own).touch()
    listing = listed("a.txt", "annotations.json", "annotate.toml")
    assert [member.name for member in listing.members] == ["a.txt"]
    assert {one.reason for one in listing.passed_over} == {"is a file of this program"}


def test_a_pipe_is_passed_over_and_what_is_not_there_is_an_error(here: Path) -> None:
    os.mkfifo("p.txt")
    os.symlink("nowhere", "n.txt")
    listing = listed("a.txt", "p.txt", "n.txt")
    assert [one.reason for one in listing.passed_over] == [
        "is a pipe, not a regular file",
        "is a link to a file that does not exist",
    ]
    for named, said in (
        ("x.txt", "There is no file x.txt"),
        ("a\0b", "cannot be read"),
        ("-", "name it alone"),
    ):
        with pytest.raises(AnnotateError, match=said):
            listed("a.txt", named)


def test_nothing_to_annotate_is_said_with_a_reason(here: Path) -> None:
    (here / "empty").mkdir()
    with pytest.raises(AnnotateError, match=r"it has no \*\.txt or \*\.text\.$"):
        listed("empty")
    (here / "empty" / "b.md").touch()
    (here / "empty" / "c.md").touch()
    with pytest.raises(AnnotateError, match=r"b\.md is not called .* 1 more was skipped\.$"):
        listed("empty")
    lines("bad.jsonl", {"text": 1})
    with pytest.raises(AnnotateError, match=r"bad\.jsonl, line 1 has a 'text' that is not a text"):
        listed("bad.jsonl")


def test_rows_are_called_by_their_ids_else_by_their_lines(here: Path) -> None:
    lines("t.jsonl", {"text": "A", "id": "x", "date": "2021"}, {"text": "B"})
    listing = listed("t.jsonl", options=ContentsOptions(columns=RowColumns("text", "id", "date")))
    first, second = listing.members
    assert (first.name, first.id, first.created, first.size) == ("x", "x", "2021", 1)
    assert (first.source, second.source) == (f"{here}/t.jsonl#x", f"{here}/t.jsonl#2")
    assert (second.name, second.id, second.path) == ("t.jsonl#2", "", "")
    assert listing.root == here
    assert names("a.txt", "t.jsonl") == ["a.txt", "t.jsonl#1", "t.jsonl#2"]


def test_the_key_of_a_row_is_its_id_else_its_text_and_never_its_number() -> None:
    options = ContentsOptions(columns=RowColumns("text", "id"))
    rows: list[dict[str, object]] = [{"text": "A", "id": "x"}, {"text": "B"}]
    before = [member.key for member in listed(lines("t.jsonl", *rows), options=options).members]
    after = [
        member.key for member in listed(lines("t.jsonl", {"text": "C"}, *rows), options=options).members
    ]
    assert after[1:] == before


def test_a_row_twice_is_one_and_another_text_with_its_id_is_distinguished() -> None:
    rows = [("A", "x"), ("B", "x"), ("A", "x"), ("A", "y"), ("A", ""), ("A", ""), ("C", "x")]
    lines("t.jsonl", *({"text": text, "id": id_} for text, id_ in rows))
    listing = listed("t.jsonl", options=ContentsOptions(columns=RowColumns("text", "id")))
    assert [member.name for member in listing.members] == ["x", "x (2)", "y", "t.jsonl#5", "x (3)"]
    assert [(one.name, one.reason) for one in listing.passed_over] == [
        ("t.jsonl, line 3", "has the same id and text as line 1"),
        ("t.jsonl, line 6", "has the same text as line 5"),
    ]
    (notice,) = listing.notices
    assert notice == (
        "t.jsonl has 2 rows with the id of an earlier row but another text; the first one, in line 2, "
        "is called 'x' (2)."
    )


def test_a_row_of_a_second_file_with_the_same_id_and_text_is_the_same(here: Path) -> None:
    options = ContentsOptions(columns=RowColumns("text", "id"))
    lines("t.jsonl", {"text": "A", "id": "x"}, {"text": "B"})
    lines("u.jsonl", {"text": "A", "id": "x"}, {"text": "C", "id": "x"}, {"text": "B"})
    listing = listed("t.jsonl", "u.jsonl", options=options)
    assert [member.source for member in listing.members] == [
        f"{here}/{row}" for row in ("t.jsonl#x", "t.jsonl#2", "u.jsonl#x")
    ]
    assert [(one.name, one.reason) for one in listing.passed_over] == [
        ("x", f"has the same id and text as {here}/t.jsonl#x"),
        ("u.jsonl#3", f"has the same text as {here}/t.jsonl#2"),
    ]


def test_spans_in_a_file_of_texts_are_not_read_and_that_is_said() -> None:
    lines("t.jsonl", {"text": "A", "spans": [{"start": 0, "end": 1, "label": "X"}]})
    assert listed("t.jsonl").notices == (
        "The spans in t.jsonl are not read; they are imported with: annotate import t.jsonl.",
    )


def test_bad_lines_are_passed_over_with_their_numbers(here: Path) -> None:
    Path("t.jsonl").write_text('{"text": "A"}\n{"text": \n')
    (one,) = listed("t.jsonl").passed_over
    assert one.name == "t.jsonl, line 2"
    assert one.reason.startswith("is not JSON: ")
    Path("t.jsonl").write_text('{"text": "A')
    Path("u.jsonl").write_text("\n")
    with pytest.raises(AnnotateError) as refused:
        listed("t.jsonl", "u.jsonl")
    assert str(refused.value) == (
        "There is no text to annotate in t.jsonl or u.jsonl: "
        "t.jsonl, line 1 is not JSON: Unterminated string starting at character 9."
    )


def test_where_things_lie(here: Path) -> None:
    def only(*named: str) -> Path | None:
        return NamedFolders.of(named).only

    assert only("b") == only("b/2.txt", "b/10.txt") == only("b/*.txt") == only("b/t.jsonl") == here / "b"
    assert only("*.txt") == only("a.txt", "c.txt") == only(".") == here
    assert only("a.txt", "b/2.txt") is None
    assert only("b", "b/deep") is None
    assert NamedFolders.of(["b/deep", "b/2.txt"]).root == here / "b"
    assert NamedFolders.of(["b/*/3.txt"]).root == here / "b"
