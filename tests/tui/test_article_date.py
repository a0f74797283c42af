"""The article's own date on the command line is stored as the key `@` stores it."""

from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import Span
from annotations.store.interface import Earlier
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.memory_writer import MemoryWriter


async def test_it_is_one_stored_edit_that_can_be_undone(open_article: Open) -> None:
    async with open_article(suggested=[], article_date="2021-04-08") as screen:
        (edit,) = screen.writer.stored
        assert (edit.kind, edit.by, edit.undoable) == ("document", "ann", True)
        created = screen.app.reader.opened.session.creation_time
        assert created is not None
        assert (created.value, created.origin) == ("2021-04-08", "given")
        await screen.press("U")
        assert not screen.app.reader.opened.session.annotations.facts.creation_time
        assert "Undone: set the date of the document to 2021-04-08." in screen.text


async def test_the_same_date_is_not_written_again_and_another_one_is(open_article: Open) -> None:
    writer = MemoryWriter(lambda state: None)
    for date in ("2021-04-08", "2021-04-08", "2021-04-09", ""):
        async with open_article(suggested=[], article_date=date, writer=writer) as screen:
            facts = screen.app.reader.opened.session.annotations.facts
            assert facts.creation_time == date or not date
    edits = [fact.after.creation_time for edit in writer.stored for fact in edit.facts]
    assert edits == ["2021-04-08", "2021-04-09"]


async def test_it_counts_more_than_the_date_of_an_earlier_text(open_article: Open) -> None:
    old = Document("An old text. " + ARTICLE, "/articles/harbour.txt")
    start = old.text.index("Lisbon")
    span = Span(start, start + 6, "GPE", "accepted", sources_named("ann"))
    facts = DocumentFacts.of(creation_time="1999-01-01", comment="look again")
    row = AnnotationRow(old.id, "ann", (span,), facts)
    writer = MemoryWriter(lambda state: None)
    writer.begin_with_earlier(Earlier(old, row))
    async with open_article(suggested=[], article_date="2021-04-08", writer=writer) as screen:
        await screen.wait(lambda: len(screen.app.screen_stack) > 1)
        await screen.press("enter")
        await screen.wait(lambda: len(screen.app.screen_stack) == 1)
        assert screen.app.reader.opened.session.annotations.facts == DocumentFacts.of(
            creation_time="2021-04-08", comment="look again"
        )
