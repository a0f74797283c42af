"""Which stored document a text is: by its path or its exact text, never by similarity."""

from annotations.model.document import STANDARD_INPUT, Document
from annotations.store.identity import Identified, identify

TEXT = "The harbour board met on Monday.\n"
A = Document(TEXT, "/texts/a.txt")


def opened(path: str, *alike: Document, there: tuple[str, ...] = ()) -> Identified:
    return identify(Document(TEXT, path), alike, lambda path: path in there)


def test_a_text_that_nothing_is_known_of_is_new() -> None:
    assert opened("/texts/a.txt") == Identified(A)


def test_a_file_is_found_by_its_path() -> None:
    second = Document(TEXT, "/texts/b.txt", given_id=f"{A.sha256}-1")
    assert opened("/texts/b.txt", A, second, there=("/texts/a.txt",)) == Identified(second)


def test_a_file_that_was_moved_is_found_by_its_text_and_that_is_said() -> None:
    found = opened("/texts/b.txt", A)
    assert (found.document.id, found.document.path) == (A.id, "/texts/b.txt")
    assert "a.txt, which no longer exists" in found.notice


def test_the_same_text_under_a_second_name_that_exists_is_a_second_document() -> None:
    found = opened("/texts/b.txt", A, there=("/texts/a.txt",))
    assert found.document.id != A.id
    assert found.document.id.startswith(A.sha256)
    assert found.notice == "b.txt has the same text as a.txt; they are separate documents."


def test_a_document_imported_without_a_name_is_the_file_with_its_text() -> None:
    nameless = Document(TEXT, source="/texts/all.jsonl#3")
    found = opened("/texts/b.txt", nameless)
    assert (found.document.id, found.document.path, found.notice) == (nameless.id, "/texts/b.txt", "")


def test_a_document_imported_under_another_name_is_another() -> None:
    named = Document(TEXT, given_name="x.txt", source="/texts/all.jsonl#3")
    assert opened("/texts/b.txt", named).document.id != named.id
    assert opened("/texts/x.txt", named).document.id == named.id
    elsewhere = Document(TEXT, "/home/eve/b.txt", source="/texts/all.jsonl#3")
    assert opened("/texts/b.txt", elsewhere).document.id == elsewhere.id


def test_standard_input_has_no_name() -> None:
    assert opened(STANDARD_INPUT, A, there=(A.path,)).document == A
    piped = Document(TEXT, STANDARD_INPUT)
    assert opened("/texts/b.txt", piped).document.id == piped.id


def test_an_imported_document_that_was_opened_from_a_file_is_found_where_that_was_moved() -> None:
    for imported in (
        Document(TEXT, given_name="b.txt", source="/texts/all.jsonl#3"),
        Document(TEXT, source="/texts/all.jsonl#3"),
        Document(TEXT, "/home/eve/b.txt", source="/texts/all.jsonl#3"),
    ):
        known = opened("/texts/b.txt", imported).document
        assert opened("/texts/b.txt", known).document == known
        moved = opened("/texts/c.txt", known)
        assert (moved.document.id, moved.document.path) == (imported.id, "/texts/c.txt")
        assert "b.txt, which no longer exists" in moved.notice
        assert opened("/texts/c.txt", known, there=("/texts/b.txt",)).document.id != imported.id


def row(source: str, id_: str = "", text: str = TEXT) -> Document:
    return Document(text, given_name=id_, source=source)


def test_a_row_is_found_where_it_stood_and_two_rows_with_one_text_are_two_documents() -> None:
    first = row("/texts/t.csv#x", "x")
    assert identify(first, [first], lambda path: False) == Identified(first)
    second = identify(row("/texts/t.csv#y", "y"), [first], lambda path: False).document
    assert second.id != first.id
    assert identify(row("/texts/t.csv#y", "y"), [first, second], lambda path: False).document == second


def test_a_row_takes_its_id_along_to_a_file_with_another_name() -> None:
    known = row("/texts/old.csv#x", "x")
    found = identify(row("/texts/new.csv#x", "x"), [known], lambda path: False)
    assert (found.document.id, found.document.source) == (known.id, "/texts/new.csv#x")
    assert not found.document.opened


def test_a_document_without_a_name_gets_that_of_its_row_and_is_no_other_row_then() -> None:
    nameless = row("/texts/t.csv#1")
    found = identify(row("/texts/t.csv#x", "x"), [nameless], lambda path: False).document
    assert (found.id, found.name) == (nameless.id, "x")
    other = identify(row("/texts/t.csv#y", "y"), [found], lambda path: False).document
    assert other.id != found.id


def test_a_path_that_was_stored_with_dots_is_the_same_path() -> None:
    known = Document(TEXT, "/texts/in/../a.txt")
    found = opened("/texts/a.txt", known, there=(known.path, "/texts/a.txt"))
    assert (found.document.id, found.document.path) == (known.id, "/texts/a.txt")
