"""The members of the corpus of a folder: its files, and after them the documents whose files are gone."""

from pathlib import Path

from msgspec.structs import replace

from annotations.corpus.corpus import Arrival
from annotations.corpus.corpus_documents import CorpusDocuments
from annotations.corpus.folder_members import members_of_folder
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import CorpusContents, Member, StoredPlace
from annotations.corpus.member_opening import NotOpened, OpenedMember, open_member
from annotations.model.document_summary import DocumentSummary, ListedSummaries
from tests.annotations.corpus.summaries import BEGUN, DONE, of_file

WORKED_ON_LAST = replace(BEGUN, visited="2101-01-01T00:00:00.000Z")
TEXTS = {"a": "Ana", "b": "Lisbon", "c": "Porto"}


def test_a_file_that_was_renamed_is_one_document_and_not_gone(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    # `b` was the last document that a person worked on; the files of `d` and `e` do not exist any more.
    summaries = [of_file(tmp_path / f"{name}.txt", text, DONE) for name, text in TEXTS.items()]
    summaries[1] = of_file(tmp_path / "b.txt", "Lisbon", WORKED_ON_LAST)
    summaries += [of_file(tmp_path / f"{name}.txt", name) for name in ("d", "e")]
    (tmp_path / "b.txt").rename(tmp_path / "z.txt")
    (tmp_path / "y.txt").write_text("Berlin")
    (tmp_path / "x.txt").write_text("not as long as one of them")
    looked_into: list[str] = []

    def read(member: Member) -> OpenedMember | NotOpened:
        looked_into.append(member.name)
        return open_member(member)

    def size_of(gone: DocumentSummary) -> int | None:
        return {"b.txt": 6, "d.txt": 1}.get(gone.name)

    contents = CorpusContents(tmp_path, tuple(members_of_folder(tmp_path).members))
    of_contents = CorpusDocuments.of(contents, ListedSummaries(summaries), "file", 1)
    documents = of_contents.with_gone(tmp_path, size_of, read, recursive=False)
    assert looked_into == ["y.txt", "z.txt"]
    corpus = documents.corpus(read, lambda opened: opened.document.name)

    def rows() -> list[tuple[str, str, str]]:
        made: list[ListedDocument] = [corpus.row(place) for place in range(len(corpus))]
        return [(row.name, row.state, row.file) for row in made]

    expected = [
        ("a.txt", "done", "there"),
        ("c.txt", "done", "there"),
        ("x.txt", "new", "there"),
        ("y.txt", "new", "there"),
        ("z.txt", "begun", "moved"),
        ("d.txt", "done", "gone"),
        ("e.txt", "done", "gone"),
    ]
    assert rows() == expected
    assert all(isinstance(documents.members[place].place, StoredPlace) for place in (5, 6))
    first = corpus.start()
    assert isinstance(first, Arrival)
    assert first.document == "z.txt"
    assert rows() == expected


def test_nothing_is_read_where_no_file_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana")
    contents = CorpusContents(tmp_path, tuple(members_of_folder(tmp_path).members))
    documents = CorpusDocuments.of(contents, ListedSummaries(()), "file", 1)
    assert documents.with_gone(tmp_path, lambda _: 3, open_member, recursive=False) is documents
