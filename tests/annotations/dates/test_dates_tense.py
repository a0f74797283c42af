"""The tense of a clause, from a pipeline's tags: it is kept with the date from the suggestion to the export."""

import pytest
import spacy
from spacy.tokens import Doc

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import dated, timex_of
from annotations.dates.matcher import correct_dates
from annotations.dates.verbs import VerbForm, Verbs
from annotations.editing.date_values import following
from annotations.model.span import Span, replace
from annotations.model.value import Timex
from annotations.suggest.sources.pipeline import verbs_of_doc

CREATED = CreationTime("2021-04-08", "given")
TEXT = "The pope addresses crowds on Sunday."
PRESENT = Verbs({TEXT.index("addresses"): "present"})


def tagged(text: str, **forms: VerbForm) -> list[Span]:
    """The suggestions if these words have these forms, and no other words are verbs."""
    return correct_dates(text, [], verbs=Verbs({text.index(word): form for word, form in forms.items()}))


@pytest.mark.parametrize(
    ("text", "forms", "value"),
    [
        ("The pope addresses crowds on Sunday.", {"addresses": "present"}, "2021-04-11"),
        ("The court hears the appeal Monday.", {"hears": "present"}, "2021-04-12"),
        ("The crew blasts off Saturday.", {"blasts": "present"}, "2021-04-10"),
        ("He says the plane crashed Saturday.", {"says": "present", "crashed": "past"}, "2021-04-03"),
        ("The ambush plans Monday were lost.", {"were": "past"}, "2021-04-05"),
        ("The bids swamp us after a fire on Monday.", {"swamp": "present"}, "2021-04-05"),
        ("It should have sunk on Monday.", {"have": "base", "sunk": "participle"}, "2021-04-05"),
    ],
)
def test_tags_decide_what_is_a_verb(text: str, forms: dict[str, VerbForm], value: str) -> None:
    (span,) = tagged(text, **forms)
    assert timex_of(text, span, CREATED).value == value


def test_a_date_carries_a_tense_only_where_the_words_say_another_one() -> None:
    (span,) = correct_dates(TEXT, [], verbs=PRESENT)
    assert span.value == Timex("DATE", "", tense="future")
    (plain,) = tagged("It will open on Sunday.", will="modal", open="base")
    assert plain.value is None
    (without,) = correct_dates(TEXT, [])
    assert without.value is None


def test_the_tense_stays_with_an_accepted_date_and_is_not_exported() -> None:
    (span,) = correct_dates(TEXT, [], verbs=PRESENT)
    shown = timex_of(TEXT, span, CREATED)
    accepted = replace(span, status="accepted", value=shown)
    (written,) = dated(TEXT, [accepted], CREATED)
    assert written.value is not None
    assert written.value == timex_of(TEXT, written, CREATED)
    assert isinstance(written.value, Timex)
    assert (written.value.value, written.value.tense) == ("2021-04-11", None)
    ((change,), number) = following(TEXT, [accepted], CreationTime("2021-04-15", "given"))
    assert change.after is not None
    assert isinstance(change.after.value, Timex)
    assert (change.after.value.value, number) == ("2021-04-18", 1)


def test_a_date_without_a_value_keeps_its_tense_and_exports_nothing() -> None:
    (span,) = correct_dates(TEXT, [], verbs=PRESENT)
    accepted = replace(span, status="accepted")
    (written,) = dated(TEXT, [accepted], None)
    assert written.value is None
    known = replace(span, status="accepted", value=timex_of(TEXT, span, CREATED))
    ((change,), _) = following(TEXT, [known], None)
    assert change.after is not None
    assert change.after.value == Timex("DATE", "", tense="future")


def test_verbs_are_read_from_tags_or_from_morphology() -> None:
    vocab = spacy.blank("en").vocab
    by_tag = Doc(vocab, words=["He", "sang", "and", "sings"], tags=["PRP", "VBD", "CC", "VBZ"])
    assert verbs_of_doc(by_tag) == Verbs({3: "past", 12: "present"})
    features = ["", "VerbForm=Fin|Tense=Past", "VerbForm=Part", "VerbForm=Inf"]
    by_morphology = Doc(vocab, words=["Er", "kam", "gesungen", "singen"], morphs=features)
    assert verbs_of_doc(by_morphology) == Verbs({3: "past", 7: "participle", 16: "base"})
    assert verbs_of_doc(Doc(vocab, words=["Ja"])) is None
