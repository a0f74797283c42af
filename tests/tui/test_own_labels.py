"""A project's own labels on the screen: no other labels are there until a person asks for them."""

from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import Label, LabelScheme, with_keys
from annotations.model.source import Source
from annotations.model.span import Span
from tests.spans import sources_named
from tests.texts import ARTICLE
from tests.tui.conftest import Open
from tests.tui.memory_writer import MemoryWriter
from tui.dialogs.filter import filter_choices
from tui.workspace.suggestions import Suggested

OWN = LabelScheme(
    with_keys(
        [Label("PLACE", "p", sources=("GPE", "LOC")), Label("WHO", "w", sources=("PERSON",))]
    ).labels,
    own=True,
)
FOUND = [
    ("Lisbon", "GPE"),
    ("Rotterdam", "GPE"),
    ("Portugal's Ministry of the Sea", "ORG"),
    ("Tuesday", "DATE"),
    ("Duarte", "PERSON"),
]
OTHERS = "labels not of this project"


def stored_before() -> MemoryWriter:
    """A writer with earlier suggestions, and an accepted span whose label is no longer in the project."""
    spans = [
        Span(
            ARTICLE.index(words),
            ARTICLE.index(words) + len(words),
            label,
            sources=sources_named("model 1"),
        )
        for words, label in FOUND
    ]
    start = ARTICLE.index("Sines")
    spans.append(Span(start, start + 5, "HARBOUR", "accepted", sources_named("ann")))
    writer = MemoryWriter(lambda state: None)
    document = Document(ARTICLE, "/articles/harbour.txt")
    imported = make_edit("import", "ann", [Change(None, span) for span in spans])
    writer.begin_with(document, "ann", [imported])
    return writer


async def test_the_bar_the_panel_and_the_counts_have_only_own_labels(open_article: Open) -> None:
    async with open_article(size=(120, 40), suggested=[], scheme=OWN, writer=stored_before()) as screen:
        await screen.press("f4", "f4", "f4")
        await screen.settle()
        assert " 1/4 " in screen.rows[0]
        assert "PLACE" in screen.rows[-3]
        assert "WHO" in screen.rows[-3]
        for label in ("GPE", "ORG", "DATE", "PERSON"):
            assert label not in screen.text
        # The label of an accepted span stays in the text and in the list of labels.
        assert "HARBOUR" in screen.text
        await screen.press("space", "enter", "enter", "enter")
        assert [s for s in screen.spans if s[2] == "accepted"] == [
            ("Lisbon", "PLACE", "accepted"),
            ("Rotterdam", "PLACE", "accepted"),
            ("Sines", "HARBOUR", "accepted"),
            ("Duarte", "WHO", "accepted"),
        ]
        assert len(screen.writer.stored) == 4
        # Then decide the suggestions made for their other mentions.
        await screen.press("enter", "enter", "enter", "enter")
        assert "Nothing is left to decide." in screen.text


async def test_what_comes_in_does_not_add_labels(open_article: Open) -> None:
    async with open_article(suggested=[], scheme=OWN) as screen:
        found = [
            Span(
                ARTICLE.index(words),
                ARTICLE.index(words) + len(words),
                label,
                sources=sources_named("model 2"),
            )
            for words, label in FOUND
        ]
        screen.app.post_message(Suggested(screen.key, Source.parse("model 2"), found))
        await screen.wait(lambda: len(screen.spans) == 3)
        await screen.settle()
        assert [label.name for label in screen.app.reader.opened.session.scheme] == [
            "PLACE",
            "WHO",
        ]
        assert "ORG" not in screen.text
        await screen.press("A")
        assert all(label in ("PLACE", "WHO") for _, label, _ in screen.spans)


async def test_f5_shows_the_others_and_a_label_of_the_project_decides(open_article: Open) -> None:
    async with open_article(suggested=[], scheme=OWN, writer=stored_before()) as screen:
        choices = filter_choices(screen.app.reader.opened)
        assert choices[OTHERS][1].startswith("2 to decide")
        assert choices["everything"][1] == "3 to decide"
        assert not {"ORG", "DATE", "HARBOUR"} & set(choices)
        await screen.press("f5", *"not", "space", *"of", "enter")
        assert screen.focus == "Portugal's Ministry of the Sea"
        assert "ORG  suggested" in screen.text
        before = len(screen.writer.stored)
        await screen.press("enter", "A")
        assert len(screen.writer.stored) == before
        assert screen.focus == "Portugal's Ministry of the Sea"
        await screen.press("enter")
        assert "ORG is not a label of this project" in screen.text
        await screen.press("w")
        assert ("Portugal's Ministry of the Sea", "WHO", "accepted") in screen.spans
        assert screen.focus == "Tuesday"
        await screen.press("f5", *"everything", "enter")
        await screen.settle()
        assert "Tuesday" not in [words for words, _, _ in screen.spans]
        assert "DATE" not in screen.text
