"""Moving in a corpus: next, previous, next not done; which documents are done, open and kept open."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from annotations.corpus.corpus import KEPT, Arrival, Corpus
from annotations.corpus.folder_members import members_of_folder
from annotations.corpus.known_documents import DatabaseEntry, KnownDocuments, StoredMembers
from annotations.corpus.listing import ListedDocument
from annotations.corpus.member import Member
from annotations.corpus.member_opening import NotOpened, OpenedMember, open_member
from annotations.corpus.order import Ordering
from annotations.dates.document_language import LanguageChoice
from annotations.model.document import Document
from annotations.model.document_summary import DocumentSummary, ListedSummaries, Progress, milliseconds
from tests.annotations.corpus.summaries import BEGUN, DONE, LATE, of_file, stored, text_id


class Given(Ordering):
    """An order that a test gives."""

    def __init__(self, members: Sequence[Member]) -> None:
        super().__init__("file", members)
        self.by: Callable[[Sequence[int]], Sequence[int]] = super().sequence

    def sequence(self, passed: Sequence[int] = ()) -> Sequence[int]:
        return self.by(passed)


class Desk:
    """A corpus of a folder, which records what was read, opened and closed."""

    def __init__(self, folder: Path, *summaries: DocumentSummary) -> None:
        members = members_of_folder(folder).members
        self.read: list[str] = []
        self.closed: list[str] = []
        known = KnownDocuments(ListedSummaries(summaries), members)
        self.ordering = Given(members)
        self.corpus = Corpus[str](
            members, known, self._read, self._open, self.closed.append, self.ordering
        )

    def _read(self, member: Member) -> OpenedMember | NotOpened:
        self.read.append(member.name)
        return open_member(member)

    def _open(self, opened: OpenedMember) -> str:
        return opened.document.name


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / f"{name}.txt").write_text(name.upper())


def summary(folder: Path, name: str, progress: Progress = DONE) -> DocumentSummary:
    return of_file(folder / f"{name}.txt", name.upper(), progress)


def shown(arrival: Arrival[str] | NotOpened | None) -> str | None:
    assert not isinstance(arrival, NotOpened)
    return arrival.document if arrival else None


def test_the_first_that_is_not_done_is_the_first_on_the_screen(tmp_path: Path) -> None:
    write(tmp_path, *"abc")
    desk = Desk(tmp_path, summary(tmp_path, "a"))
    corpus = desk.corpus
    assert corpus.place == -1
    assert shown(corpus.start()) == "b.txt"
    assert (corpus.place, corpus.done, len(corpus)) == (1, 1, 3)
    assert desk.read == ["b.txt"]
    assert [corpus.row(place).state for place in range(3)] == ["done", "new", "new"]
    assert corpus.member(2).name == "c.txt"
    assert list(corpus.finished()) == [(milliseconds(LATE), 0.0)]


def test_a_document_that_was_left_half_done_is_where_one_goes_on(tmp_path: Path) -> None:
    write(tmp_path, *"abc")
    earlier = Progress(accepted=1, visited="2099-01-01T00:00:00.000Z")
    desk = Desk(tmp_path, summary(tmp_path, "b", earlier), summary(tmp_path, "c", BEGUN))
    assert shown(desk.corpus.start()) == "c.txt"
    assert desk.corpus.row(2).state == "begun"
    desk = Desk(tmp_path, summary(tmp_path, "b", earlier), summary(tmp_path, "c"))
    assert shown(desk.corpus.start()) == "a.txt"


def test_next_and_previous_go_whatever_the_state(tmp_path: Path) -> None:
    write(tmp_path, *"abc")
    corpus = Desk(tmp_path, summary(tmp_path, "b")).corpus
    corpus.start()
    assert [shown(corpus.next()) for _ in range(3)] == ["b.txt", "c.txt", None]
    assert corpus.place == 2
    assert [shown(corpus.previous()) for _ in range(3)] == ["b.txt", "a.txt", None]
    assert corpus.row(corpus.place).name == "a.txt"


def test_done_leads_to_the_next_that_is_not_and_around_the_end(tmp_path: Path) -> None:
    write(tmp_path, *"abcd")
    corpus = Desk(tmp_path, summary(tmp_path, "c")).corpus
    corpus.open(1)
    visited = []
    for _ in range(3):
        corpus.note(corpus.place, DONE)
        visited.append(shown(corpus.next_not_done()))
    assert visited == ["d.txt", "a.txt", None]
    assert corpus.done == 4
    assert corpus.ahead(3) == []


def test_a_few_documents_stay_open(tmp_path: Path) -> None:
    write(tmp_path, *"abcdefghij")
    desk = Desk(tmp_path)
    for place in range(KEPT):
        desk.corpus.open(place)
    again = desk.corpus.open(0)
    assert isinstance(again, Arrival)
    assert again.opened is None
    assert desk.closed == []
    desk.corpus.open(KEPT)
    desk.corpus.prepare(KEPT + 1)
    assert desk.corpus.place == KEPT
    assert desk.closed == ["b.txt", "c.txt"]
    assert len(desk.read) == KEPT + 2


def test_what_is_read_ahead_is_what_comes(tmp_path: Path) -> None:
    write(tmp_path, *"abcdef")
    desk = Desk(tmp_path, summary(tmp_path, "c"), summary(tmp_path, "f"))
    desk.corpus.open(1)
    assert desk.corpus.ahead(3) == [3, 4, 0]
    assert desk.corpus.ahead(1) == [3]
    assert desk.corpus.ahead(9) == [3, 4, 0]
    (tmp_path / "d.txt").unlink()
    assert isinstance(desk.corpus.open(3), NotOpened)
    assert desk.corpus.ahead(3) == [4, 0]


def test_a_file_that_went_is_passed_over_and_said(tmp_path: Path) -> None:
    write(tmp_path, *"abc")
    corpus = Desk(tmp_path).corpus
    corpus.start()
    (tmp_path / "b.txt").unlink()
    gone = corpus.open(1)
    assert isinstance(gone, NotOpened)
    assert (corpus.place, corpus.row(1).file, corpus.row(0).file) == (0, "gone", "there")
    arrival = corpus.next()
    assert arrival is not None
    assert (arrival.document, [one.reason for one in arrival.passed_over]) == ("c.txt", [gone.reason])
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    assert shown(corpus.previous()) == "a.txt"
    assert corpus.row(1).file == "unreadable"
    (tmp_path / "b.txt").write_text("B")
    assert shown(corpus.next()) == "b.txt"
    assert corpus.row(1).file == "there"


def test_nothing_that_can_be_opened(tmp_path: Path) -> None:
    write(tmp_path, "a")
    corpus = Desk(tmp_path).corpus
    (tmp_path / "a.txt").unlink()
    assert corpus.start() is None
    assert corpus.next_not_done() is None
    empty = Corpus[str]([], KnownDocuments(ListedSummaries([]), []), open_member, str)
    assert empty.start() is empty.next() is empty.previous() is empty.next_not_done() is None


def test_a_done_file_that_was_changed_is_not_done_and_comes_behind_what_needs_no_look(
    tmp_path: Path,
) -> None:
    write(tmp_path, *"abc")
    earlier = Progress(done=True, edited="2001-01-01T00:00:00.000Z")
    a, b = (summary(tmp_path, name, earlier) for name in "ab")
    (tmp_path / "b.txt").write_text("B changed")
    desk = Desk(tmp_path, a, b)
    assert shown(desk.corpus.start()) == "c.txt"
    assert desk.read == ["c.txt"]
    assert shown(desk.corpus.next_not_done()) == "b.txt"
    assert desk.read == ["c.txt", "a.txt", "b.txt"]
    assert [desk.corpus.row(place).file for place in range(3)] == ["there", "changed", "there"]
    assert [desk.corpus.row(place).state for place in range(3)] == ["done", "new", "new"]


def test_what_changed_since_is_seen_bit_by_bit_while_nobody_waits(tmp_path: Path) -> None:
    write(tmp_path, *"abcd")
    earlier = Progress(done=True, edited="2001-01-01T00:00:00.000Z")
    desk = Desk(tmp_path, *(summary(tmp_path, name, earlier) for name in "abc"))
    (tmp_path / "b.txt").write_text("B changed")
    (tmp_path / "c.txt").write_text("C changed to what is too long")
    assert shown(desk.corpus.start()) == "d.txt"
    assert desk.corpus.look_around(2, 20)
    assert desk.read == ["d.txt", "a.txt"]
    assert desk.corpus.look_around(2, 20)
    assert desk.read == ["d.txt", "a.txt", "b.txt"]
    assert not desk.corpus.look_around(9, 20)
    assert desk.read == ["d.txt", "a.txt", "b.txt"]
    assert [desk.corpus.row(place).file for place in range(3)] == ["there", "changed", "there"]
    assert [desk.corpus.row(place).state for place in range(3)] == ["done", "new", "done"]


def test_where_all_seem_done_the_first_that_was_changed_comes_first(tmp_path: Path) -> None:
    write(tmp_path, *"ab")
    earlier = Progress(done=True, edited="2001-01-01T00:00:00.000Z")
    a, b = (summary(tmp_path, name, earlier) for name in "ab")
    (tmp_path / "b.txt").write_text("B changed")
    assert shown(Desk(tmp_path, a, b).corpus.start()) == "b.txt"


def test_a_done_file_that_was_renamed_is_done(tmp_path: Path) -> None:
    write(tmp_path, *"ab")
    desk = Desk(tmp_path, summary(tmp_path, "a"))
    (tmp_path / "a.txt").rename(tmp_path / "A new.txt")
    desk = Desk(tmp_path, summary(tmp_path, "a"))
    assert shown(desk.corpus.start()) == "b.txt"
    assert desk.corpus.row(0).file == "moved"
    assert desk.corpus.done == 1


def test_a_text_that_changes_while_it_is_not_open_has_no_decisions_any_more(tmp_path: Path) -> None:
    write(tmp_path, *"abcdefghij")
    desk = Desk(tmp_path)
    desk.corpus.open(0)
    desk.corpus.note(0, DONE)
    for place in range(1, KEPT + 1):
        desk.corpus.open(place)
    assert desk.closed == ["a.txt"]
    desk.corpus.open(0)
    assert (desk.corpus.row(0).state, desk.corpus.row(0).file) == ("done", "there")
    for place in range(1, KEPT + 1):
        desk.corpus.open(place)
    (tmp_path / "a.txt").write_text("other")
    desk.corpus.open(0)
    assert (desk.corpus.row(0).state, desk.corpus.row(0).file) == ("new", "changed")


def test_the_list_can_look_at_members_that_are_not_opened(tmp_path: Path) -> None:
    write(tmp_path, *"ab")
    (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    desk = Desk(tmp_path, summary(tmp_path, "a"))
    for place in range(2):
        desk.corpus.look(place)
        desk.corpus.look(place)
    assert desk.read == ["b.txt", "c.txt"]
    assert (desk.corpus.row(1).state, desk.corpus.row(1).file) == ("done", "moved")


def test_the_order_can_change_behind_what_is_at_hand(tmp_path: Path) -> None:
    write(tmp_path, *"abcd")
    desk = Desk(tmp_path)
    corpus, ordering = desk.corpus, desk.ordering
    ordering.by = lambda passed: [3, 2, 1, 0]
    corpus.arrange()
    assert names(corpus) == ["d.txt", "c.txt", "b.txt", "a.txt"]
    assert [corpus.place_of(str(number)) for number in range(4)] == [3, 2, 1, 0]
    corpus.open(1)
    ordering.by = lambda passed: [*passed[::-1], 0, 1]
    corpus.arrange()
    assert names(corpus) == ["d.txt", "c.txt", "a.txt", "b.txt"]
    assert (corpus.row(1).name, corpus.place) == ("c.txt", 1)
    assert [corpus.place_of(str(number)) for number in range(4)] == [2, 3, 1, 0]
    assert shown(corpus.next()) == "a.txt"


def test_the_words_of_a_text_are_known_once_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one two\nthree")
    corpus = Desk(tmp_path).corpus
    assert corpus.row(0).words is None
    corpus.prepare(0)
    assert corpus.row(0).words == 3


def names(corpus: Corpus[str]) -> Sequence[str]:
    return [corpus.member(place).name for place in range(len(corpus))]


def test_the_documents_of_a_database_can_be_gone_through(tmp_path: Path) -> None:
    write(tmp_path, "a")
    document = Document("B", source="/x.jsonl#1")
    summaries = [
        summary(tmp_path, "a", BEGUN),
        summary(tmp_path, "gone", BEGUN),
        stored(text_id("B"), "x.jsonl#1"),
    ]
    documents = {document.id: document, text_id("GONE"): Document("GONE", str(tmp_path / "gone.txt"))}
    listed = ListedSummaries(summaries)
    members = StoredMembers(listed)
    corpus = Corpus[str](
        members,
        KnownDocuments(listed, members),
        lambda member: open_member(member, stored=documents.get),
        lambda opened: opened.document.text,
    )
    corpus.start()
    assert corpus.ahead(3) == [1, 2]
    assert [shown(corpus.next()) for _ in range(2)] == ["GONE", "B"]
    assert [corpus.row(place).file for place in range(3)] == ["there", "gone", "there"]
    assert corpus.row(1).state == "begun"


def test_a_row_of_the_list_says_how_a_member_stands(tmp_path: Path) -> None:
    write(tmp_path, *"abc")
    (tmp_path / "a.txt").rename(tmp_path / "z.txt")
    (tmp_path / "c.txt").unlink()
    progress = Progress(False, True, 3, 1, 5, 0.25, 9, 90.0, LATE, "", "2021-04-08", doubtful=4)
    write(tmp_path, "c")
    desk = Desk(tmp_path, summary(tmp_path, "a"), summary(tmp_path, "b", progress))
    corpus = desk.corpus
    (tmp_path / "c.txt").write_bytes(b"%PDF-1.4")
    for place in range(3):
        corpus.look(place)
    desk.ordering.by = lambda passed: [2, 1, 0]
    corpus.arrange()
    moved, unreadable, begun = (corpus.row(place) for place in range(3))
    assert (moved.name, moved.state, moved.number, moved.undecided) == ("z.txt", "done", 1, 0)
    assert (moved.file, moved.file_detail) == ("moved", str(tmp_path / "a.txt"))
    assert (unreadable.file, unreadable.state, unreadable.undecided) == ("unreadable", "new", None)
    assert "a PDF document" in unreadable.file_detail
    assert begun == ListedDocument(
        3, "0", "b.txt", "begun", True, "2021-04-08", 0, 4, 5, 0.25, 1.5, LATE, doubtful=4
    )
    assert [corpus.place_of(corpus.row(place).key) for place in range(3)] == [0, 1, 2]


def test_a_row_says_in_which_other_language_a_member_is(tmp_path: Path) -> None:
    german = "Der Rat hat die Brücke gesperrt, und das ist für die Stadt nicht gut, weil sie auch die Fähre hat."
    (tmp_path / "a.txt").write_text(german)
    (tmp_path / "b.txt").write_text(
        "The council has closed the bridge, and that is not good for the town."
    )
    (tmp_path / "c.txt").write_text("C")
    members = members_of_folder(tmp_path).members
    known = KnownDocuments(ListedSummaries([summary(tmp_path, "c", Progress(language="es"))]), members)

    def languages(choice: LanguageChoice) -> list[str]:
        corpus = Corpus[str](members, known, open_member, lambda opened: "", languages=choice)
        assert corpus.row(0).language == ""
        for place in range(3):
            corpus.look(place)
        assert corpus.row(0).note == ("in German" if corpus.row(0).language else "")
        return [corpus.row(place).language for place in range(3)]

    assert languages(LanguageChoice()) == ["German", "", "Spanish"]
    assert languages(LanguageChoice("de")) == ["", "", "Spanish"]
    assert languages(LanguageChoice("es")) == ["", "", ""]


def test_each_fifth_with_doubt_is_said_to_be_drawn(tmp_path: Path) -> None:
    write(tmp_path, *"abcde")
    listed = ListedSummaries(
        [summary(tmp_path, name, Progress(undecided=5, doubtful=1)) for name in "ce"]
    )
    members = members_of_folder(tmp_path).members
    ordering = Ordering("doubt", members)
    corpus = Corpus[str](members, KnownDocuments(listed, members), open_member, str, ordering=ordering)
    corpus.arrange()
    rows = [corpus.row(place) for place in range(5)]
    assert [row.at_random for row in rows] == [False] * 4 + [True]
    doubtful = [row.name for row in rows[:4] if row.undecided is not None]
    assert doubtful == [row.name for row in rows[: len(doubtful)]]
    # A document that was read ahead moves; the document on the screen stays.
    corpus.open(0)
    corpus.note(3, Progress(undecided=5, doubtful=4))
    corpus.arrange()
    assert [row.name for row in map(corpus.row, range(3))] == [rows[0].name, rows[3].name, rows[1].name]


def test_a_start_among_many_that_are_done_looks_at_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"text{number}" for number in range(40)]
    write(tmp_path, *names)
    desk = Desk(tmp_path, *(summary(tmp_path, name) for name in names[:30]))
    asked: list[int] = []
    at_a_glance = KnownDocuments.at_a_glance

    def count(known: KnownDocuments, member: Member) -> DatabaseEntry:
        asked.append(1)
        return at_a_glance(known, member)

    monkeypatch.setattr(KnownDocuments, "at_a_glance", count)
    assert shown(desk.corpus.start()) == "text30.txt"
    assert desk.corpus.done == 30
    assert desk.read == ["text30.txt"]
    assert len(asked) < 5


def test_files_called_as_imported_documents_that_are_done_are_read_later(tmp_path: Path) -> None:
    write(tmp_path, *"abcd")
    imported = [
        stored(text_id("A"), "a.txt", progress=DONE),
        stored(text_id("other"), "b.txt", progress=DONE),
        stored(text_id("C"), "c.txt", progress=BEGUN),
    ]
    desk = Desk(tmp_path, *imported)
    assert shown(desk.corpus.start()) == "c.txt"
    assert desk.read == ["c.txt"]
    assert shown(desk.corpus.next_not_done()) == "d.txt"
    # A file that only has the name of a done document is opened, too.
    assert shown(desk.corpus.next_not_done()) == "b.txt"
    assert [desk.corpus.row(place).state for place in range(4)] == ["done", "new", "begun", "new"]
