"""Which members the database knows, by path, row or exact text; a member never gets another document's decisions."""

from pathlib import Path

from annotations.corpus.folder_members import members_of_folder
from annotations.corpus.known_documents import (
    DatabaseEntry,
    KnownDocuments,
    StoredMembers,
    document_state,
)
from annotations.corpus.member import FilePlace, Member, RowPlace, StoredPlace
from annotations.formats.text_row import RowColumns, RowLayout, TextRow
from annotations.model.document_summary import DocumentSummary, ListedSummaries, Progress
from tests.annotations.corpus.summaries import BEGUN, DONE, of_file, stored, text_id


def files(folder: Path, **texts: str) -> dict[str, Member]:
    """Members for files `name.txt` with these texts."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return {member.name.removesuffix(".txt"): member for member in members_of_folder(folder).members}


def row(text: str, id_: str = "", line: int = 1) -> Member:
    place = TextRow(line, 0, 0, len(text), text_id(text), id_)
    return Member(id_ or f"t.csv#{line}", RowPlace("/t.csv", place, RowLayout(RowColumns())))


def known(members: dict[str, Member], *summaries: DocumentSummary) -> KnownDocuments:
    return KnownDocuments(ListedSummaries(summaries), list(members.values()))


def test_a_file_is_known_by_its_path_without_being_read(tmp_path: Path) -> None:
    members = files(tmp_path, a="A", b="B")
    summary = of_file(tmp_path / "a.txt", "A")
    documents = known(members, summary)
    assert documents.at_a_glance(members["a"]) == DatabaseEntry(summary, "there")
    assert documents.at_a_glance(members["b"]) == DatabaseEntry(None, "there")
    assert not documents.must_be_read(members["a"])
    assert not documents.must_be_read(members["b"])


def test_a_file_changed_since_a_person_worked_on_it_must_be_read(tmp_path: Path) -> None:
    members = files(tmp_path, a="new", b="B")
    before = Progress(done=True, edited="2001-01-01T00:00:00.000Z")
    a, b = (of_file(tmp_path / f"{name}.txt", text, before) for name, text in (("a", "old"), ("b", "B")))
    documents = known(members, a, b)
    assert documents.must_be_read(members["a"])
    assert documents.with_text(members["a"], text_id("new")) == DatabaseEntry(None, "changed")
    assert documents.must_be_read(members["b"])
    assert documents.with_text(members["b"], text_id("B")) == DatabaseEntry(b, "there")


def test_of_several_texts_of_a_file_that_counts_which_it_has_now(tmp_path: Path) -> None:
    members = files(tmp_path, a="first")
    first, second = (of_file(tmp_path / "a.txt", text) for text in ("first", "second"))
    documents = known(members, first, second)
    assert documents.at_a_glance(members["a"]).summary == second
    assert documents.with_text(members["a"], text_id("first")) == DatabaseEntry(first, "there")


def test_a_renamed_file_is_found_by_its_exact_text(tmp_path: Path) -> None:
    members = files(tmp_path, new="A", other="B", copy="A")
    summary = of_file(tmp_path / "old.txt", "A")
    documents = known(members, summary)
    assert all(map(documents.must_be_read, members.values()))
    assert documents.gone(tmp_path, recursive=False) == [summary]
    assert documents.with_text(members["other"], text_id("B")) == DatabaseEntry(None, "there")
    assert documents.with_text(members["new"], text_id("A")) == DatabaseEntry(summary, "moved")
    assert documents.gone(tmp_path, recursive=False) == []
    # A second file with the same text is a separate document.
    assert documents.with_text(members["copy"], text_id("A")) == DatabaseEntry(None, "there")
    assert documents.with_text(members["new"], text_id("A")) == DatabaseEntry(summary, "moved")


def test_two_files_that_change_places_do_not_change_decisions(tmp_path: Path) -> None:
    members = files(tmp_path, a="B", b="A")
    documents = known(members, of_file(tmp_path / "a.txt", "A"), of_file(tmp_path / "b.txt", "B"))
    for name, text in (("a", "B"), ("b", "A")):
        assert documents.with_text(members[name], text_id(text)) == DatabaseEntry(None, "changed")


def test_the_same_text_under_another_name_that_exists_is_another_document(tmp_path: Path) -> None:
    members = files(tmp_path, a="A", b="A")
    a, b = of_file(tmp_path / "a.txt", "A"), of_file(tmp_path / "b.txt", "A", BEGUN, more="-12345678")
    documents = known(members, a)
    assert documents.with_text(members["b"], text_id("A")) == DatabaseEntry(None, "there")
    documents = known(members, a, b)
    assert documents.with_text(members["b"], text_id("A")) == DatabaseEntry(b, "there")


def test_an_imported_document_is_found_by_name_and_text(tmp_path: Path) -> None:
    members = files(tmp_path, a="A", b="A")
    imported = stored(text_id("A"), "b.txt", progress=BEGUN)
    documents = known(members, imported)
    assert documents.with_text(members["a"], text_id("A")).summary is None
    assert documents.with_text(members["b"], text_id("A")) == DatabaseEntry(imported, "there")
    piped = stored(text_id("A"), "standard input", "-")
    assert known(members, piped).with_text(members["a"], text_id("A")) == DatabaseEntry(piped, "there")


def test_documents_gone_are_those_of_the_folder(tmp_path: Path) -> None:
    members = files(tmp_path, a="A")
    here, below, beside = (
        of_file(path, "x") for path in (tmp_path / "g.txt", tmp_path / "in/g.txt", f"{tmp_path}x/g.txt")
    )
    documents = known(members, here, below, beside, of_file(tmp_path / "a.txt", "A"))
    assert documents.gone(tmp_path, recursive=False) == [here]
    assert documents.gone(tmp_path, recursive=True) == [here, below]
    (tmp_path / "g.txt").touch()
    assert known(members, here).gone(tmp_path, recursive=False) == []


def test_rows_are_known_by_their_ids_and_texts() -> None:
    summary = stored(text_id("A"), "x", progress=DONE)
    nameless = stored(text_id("B"), "t.csv#3", progress=BEGUN)
    members = [row("A", "x"), row("A changed", "x"), row("A", "y"), row("B", "", 7), row("C", "", 8)]
    documents = KnownDocuments(ListedSummaries([summary, nameless]), members)
    assert [documents.at_a_glance(member) for member in members] == [
        DatabaseEntry(summary, "there"),
        DatabaseEntry(None, "changed"),
        DatabaseEntry(None, "there"),
        DatabaseEntry(nameless, "there"),
        DatabaseEntry(None, "there"),
    ]
    assert not any(map(documents.must_be_read, members))


def test_the_documents_of_a_database_are_members(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "b.txt").write_text("new")
    summaries = [
        of_file(tmp_path / "b.txt", "old"),
        of_file(tmp_path / "b.txt", "new"),
        of_file(tmp_path / "a.txt", "A"),
        of_file(tmp_path / "gone.txt", "B"),
        stored(text_id("C"), "x"),
        stored(text_id("D"), "standard input", "-"),
    ]
    listed = ListedSummaries(summaries)
    members = StoredMembers(listed)
    names = ["b.txt", "b.txt", "a.txt", "gone.txt", "x", "standard input"]
    assert [member.name for member in members] == names
    places = [StoredPlace, FilePlace, FilePlace, *[StoredPlace] * 3]
    assert [type(member.place) for member in members] == places
    documents = KnownDocuments(listed, members)
    found = [documents.at_a_glance(member) for member in members]
    assert [one.summary for one in found] == summaries
    assert [one.file_state for one in found] == ["changed", "there", "there", "gone", "there", "there"]
    assert members[3].sha256 == text_id("B")


def test_documents_of_files_with_one_name_are_called_with_their_folders() -> None:
    paths = [
        "/texts/news/north/a.txt",
        "/texts/news/a.txt",
        "/texts/b.txt",
        "/texts/news/south/a.txt",
        "-",
        "a.txt",
    ]
    names = ["a.txt", "a.txt", "b.txt", "a.txt", "a.txt", "a.txt"]
    listed = ListedSummaries(
        stored(text_id(path), name, path) for path, name in zip(paths, names, strict=True)
    )
    members = StoredMembers(listed)
    wanted = ["north/a.txt", "a.txt", "b.txt", "south/a.txt", "a.txt", "a.txt"]
    assert [member.name for member in members] == wanted == members.names


def test_how_far_a_document_is() -> None:
    assert document_state(None) == document_state(Progress(undecided=9)) == "new"
    assert document_state(Progress(rejected=1)) == document_state(Progress(edited="2021")) == "begun"
    assert document_state(DONE) == "done"


def test_which_member_a_person_was_in_last(tmp_path: Path) -> None:
    members = files(tmp_path, a="A", b="B", c="C")
    at = [Progress(accepted=1, visited=f"20{year}-01-01T00:00:00.000Z") for year in (20, 21, 22)]
    a, b, elsewhere = (
        of_file(path, "x", progress, more=f"-{number}")
        for number, (path, progress) in enumerate(
            zip((tmp_path / "a.txt", tmp_path / "b.txt", "/else/c.txt"), at, strict=True)
        )
    )
    assert known(members, b, a, elsewhere).visited_last() == 1
    assert known(members, elsewhere).visited_last() is None
    both = [row("A", "x"), row("B", "y", 2)]
    x, y = (stored(text_id(t), n, progress=p) for t, n, p in (("A", "x", at[1]), ("B", "y", at[2])))
    assert KnownDocuments(ListedSummaries([x, y]), both).visited_last() == 1
    gone = ListedSummaries([elsewhere, x])
    assert KnownDocuments(gone, StoredMembers(gone)).visited_last() == 0
