from annotations.editing.in_brief import in_brief
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.edit import Change, make_edit
from annotations.model.label_scheme import ONTONOTES
from annotations.model.span import Span

TEXT = "IS and the US and the US again, since 2008."


def opened(*spans: Span) -> OpenDocument:
    document = Document(TEXT, "a.txt")
    made = OpenDocument(document, AnnotationSet(document.sha256, "ann"), ONTONOTES)
    made.session.annotations.apply(make_edit("import", "ann", [Change(None, span) for span in spans]))
    return made


def last(one: OpenDocument) -> tuple[str, str]:
    return in_brief(one.session.annotations.undo[-1], TEXT)


def test_each_kind_of_edit_is_a_few_words() -> None:
    one = opened(Span(0, 2, "GPE"))
    one.selection.place(0)
    one.review.label("ORG")
    assert last(one) == ("GPE → ORG", "IS")
    one.selection.place(0)
    one.properties.comment("hm")
    assert last(one) == ("commented on", "IS")
    one.selection.place(0)
    one.properties.toggle_flag()
    assert last(one) == ("flagged", "IS")
    one.selection.place(TEXT.index("US"))
    one.review.label("GPE")
    assert last(one) == ("added GPE", "US")
    one.selection.place(TEXT.index("US"))
    one.resizing.grow_right()
    assert last(one) == ("GPE resized", "US and")
    one.selection.place(TEXT.index("US"))
    one.review.reject()
    assert last(one)[1] == "US and"


def test_a_decision_names_the_label() -> None:
    one = opened(Span(0, 2, "GPE"))
    one.selection.place(0)
    one.review.accept()
    assert last(one) == ("accepted GPE", "IS")
    one.review.undo()
    one.selection.place(0)
    one.review.reject()
    assert last(one) == ("rejected GPE", "IS")


def test_what_was_done_to_many_is_counted() -> None:
    first, second = TEXT.index("US"), TEXT.rindex("US")
    edit = make_edit(
        "accept",
        "ann",
        [Change(Span(at, at + 2, "GPE"), Span(at, at + 2, "GPE", "accepted")) for at in (first, second)],
    )
    assert in_brief(edit, TEXT, "->") == ("2 spans: accepted GPE", "US")


def test_what_is_no_change_of_spans_is_told_in_full() -> None:
    one = opened()
    one.properties.set_creation_time("2021-04-08")
    assert last(one) == ("set the date of the document to 2021-04-08", "")
