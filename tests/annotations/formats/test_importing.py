"""Importing: documents are matched by text, spans are moved if only white space differs, and all or
nothing is imported.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotations.editing.commands import reject, relabel
from annotations.editing.done import marking
from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.importing import Choices, ImportFile, ImportReport, check_stored, import_files
from annotations.formats.loss import Loss, StrictRefusal
from annotations.formats.matching import Matcher
from annotations.formats.recognition import recognise
from annotations.formats.registry import FORMATS, load
from annotations.formats.stored import stored_documents
from annotations.model.document import Document
from annotations.model.document_facts import NO_FACTS, DocumentFacts, fact_changes
from annotations.model.edit import make_edit
from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import Label, LabelScheme
from annotations.model.span import Span, replace
from annotations.store.interface import Pending, StoreError
from annotations.store.opening import open_store
from annotations.text.segmentation import only_white_space
from tests.annotations.formats.corpus import document, documents
from tests.annotations.formats.counting_store import CountingStore
from tests.spans import sources_named

TEXT = "Ada Lovelace met Kenya"
ADA = Span(0, 12, "PERSON", "accepted")


BY_BOB = Choices("accepted", "bob", by_file=False)
BY_FILE = Choices("accepted", "bob", by_file=True)
SUGGESTED = Choices("suggested", "bob", by_file=False)
BY_EVE = dataclasses.replace(BY_BOB, annotator="eve")
SIMILAR = dataclasses.replace(BY_BOB, confirm=lambda found: True)


def take(
    store: CountingStore, *found: AnnotatedDocument, choices: Choices = BY_BOB, name: str = "x.jsonl"
) -> ImportReport:
    report = import_files([ImportFile(name, [Reading(one, []) for one in found])], store, choices)
    check_stored(report, store)
    return report


def spans_in(store: CountingStore, annotator: str = "bob") -> list[Span]:
    [only] = [live for (_, by), live in store.sets.items() if by == annotator]
    return list(only.spans)


def test_decisions_come_in_under_the_annotators_name() -> None:
    store = CountingStore()
    report = take(store, document(TEXT, ADA))
    assert (report.spans, report.new_documents, store.commits) == (1, 1, 1)
    assert spans_in(store) == [replace(ADA, sources=sources_named("bob"))]


def test_suggestions_say_where_they_come_from() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA, Span(17, 22, "GPE", "rejected")), choices=SUGGESTED)
    assert spans_in(store) == [replace(ADA, status="suggested", sources=sources_named("import x.jsonl"))]


def test_the_file_names_the_annotator_unless_a_person_does() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA), choices=BY_FILE)
    assert spans_in(store, "ann")


@pytest.mark.parametrize("choices", [SUGGESTED, BY_BOB])
def test_a_decision_that_is_there_stays(choices: Choices) -> None:
    store = CountingStore()
    mine = replace(ADA, status="rejected", sources=sources_named("model", "bob"), comment="no")
    take(store, document(TEXT, mine))
    report = take(store, document(TEXT, ADA), choices=choices)
    assert spans_in(store) == [mine]
    assert report.kept == 1


def test_a_suggestion_that_is_there_is_decided_by_an_imported_decision() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA), choices=SUGGESTED)
    take(store, document(TEXT, ADA))
    assert [span.status for span in spans_in(store)] == ["accepted"]


def test_one_import_is_one_step_of_undo() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA, Span(17, 22, "GPE", "accepted")))
    [live] = store.sets.values()
    assert [len(edit.changes) for edit in live.undo] == [2]


def test_facts_come_in_where_there_are_none() -> None:
    store = CountingStore()
    take(store, annotated(TEXT, [], facts=DocumentFacts.of(creation_time="2021-04-08", comment="a")))
    take(store, annotated(TEXT, [], facts=DocumentFacts.of(creation_time="1999-01-01", flagged=True)))
    [live] = store.sets.values()
    assert live.facts == DocumentFacts.of(creation_time="2021-04-08", comment="a", flagged=True)


@pytest.mark.parametrize(
    ("theirs", "quote"),
    [
        ("\ufeffAda Lovelace\r\nmet Zoë 😀.", "Zoë"),
        ("Ada Lovelace met Zoe\u0308 😀 .", "Zoe\u0308"),
        ("  Ada\tLovelace\n\n\nmet Zoë😀.", "Zoë"),
        ("Ada Lovelace\nmet Zoë 😀.\n", "😀"),
    ],
)
@pytest.mark.parametrize("ours", ["Ada Lovelace\nmet Zoë 😀.", "Ada Lovelace\r\n met Zoe\u0308 😀."])
def test_spans_are_moved_where_only_white_space_or_form_differ(
    ours: str, theirs: str, quote: str
) -> None:
    store = CountingStore()
    take(store, document(ours, Span(0, 3, "PERSON", "accepted")))
    start = theirs.index(quote)
    found = document(theirs, Span(start, start + len(quote), "X", "accepted"))
    report = take(store, found, choices=SIMILAR)
    assert (len(report.similar), report.new_documents, report.unplaced) == (1, 0, [])
    wanted = next(
        q for q in (quote, "Zoë", "Zoe\u0308") if q in ours and (q == quote or quote[0] == "Z")
    )
    assert [ours[s.start : s.end] for s in spans_in(store) if s.label == "X"] == [wanted]


def test_what_has_no_place_is_listed() -> None:
    store = CountingStore()
    take(store, document("Zoë met", Span(0, 3, "PERSON", "accepted")))
    cut = document("Zoe\u0308 met", Span(0, 3, "PERSON", "accepted"), Span(2, 3, "X", "accepted"))
    report = take(store, cut, choices=SIMILAR)
    assert len(report.unplaced) == 2
    with pytest.raises(StrictRefusal, match="2 × no place"):
        take(store, cut, choices=dataclasses.replace(SIMILAR, strict=True))


def named(text: str, name: str, *spans: Span) -> AnnotatedDocument:
    return annotated(text, spans, name=name)


def imported_again(store: CountingStore, *found: AnnotatedDocument) -> None:
    """Import the same file a second time: nothing may change."""
    before = {key: live.to_row() for key, live in store.sets.items()}
    names = [known.name for known in store.documents()]
    report = take(store, *found)
    assert report.new_documents == 0
    assert {key: live.to_row() for key, live in store.sets.items()} == before
    assert [known.name for known in store.documents()] == names


def test_documents_without_spans_are_stored() -> None:
    store = CountingStore()
    found = [named("Nothing here.", "a.txt"), annotated("Nor here.", []), annotated("", [])]
    report = take(store, *found)
    assert (report.documents, report.new_documents) == (3, 3)
    assert [known.text for known in store.documents()] == [one.text for one in found]
    assert [known.name for known in store.documents()] == ["a.txt", "x.jsonl#2", "x.jsonl#3"]
    assert len(list(stored_documents(store))) == 3
    imported_again(store, *found)


def test_contracts_that_differ_in_names_stay_two() -> None:
    store = CountingStore()
    one, two = ARTICLE, ARTICLE.replace("envoy 60", "envoy 99")
    report = take(store, document(one, Span(0, 2, "X", "accepted"), path=""), named(two, ""))
    assert report.new_documents == 2
    assert take(store, named(one.replace("day 3 ", "day 4 "), "")).new_documents == 1


def test_texts_that_differ_in_white_space_only_stay_two() -> None:
    store = CountingStore()
    assert (
        take(store, named("Ada  met", ""), named("Ada met", ""), named("Ada met ", "")).new_documents
        == 3
    )


def test_the_same_text_under_two_names_is_two_documents_and_that_is_said() -> None:
    store = CountingStore()
    found = [named(TEXT, "a.txt", ADA), named(TEXT, "b.txt")]
    report = take(store, *found)
    assert report.new_documents == 2
    assert report.same_text == [("b.txt", "a.txt")]
    assert len(store.sets) == 1
    imported_again(store, *found)
    imported_again(store, *reversed(found))


def test_equal_texts_without_names_are_distinguished_by_their_number() -> None:
    store = CountingStore()
    found = [
        annotated("Yes.", []),
        annotated("Yes.", [Span(0, 3, "X", "accepted")]),
        annotated("Yes.", []),
    ]
    assert take(store, *found).new_documents == 3
    imported_again(store, *found)
    assert [len(live.spans) for live in store.sets.values()] == [1]


def test_a_document_is_found_by_the_id_its_file_gives_it() -> None:
    store = CountingStore()
    readings = [Reading(annotated("Yes.", []), [], key="7"), Reading(annotated("Yes.", []), [], key="8")]
    import_files([ImportFile("/x.jsonl", readings)], store, BY_BOB)
    [seven, eight] = store.documents()
    assert (seven.source, eight.source) == ("/x.jsonl#7", "/x.jsonl#8")
    marked = Reading(annotated("Yes.", [Span(0, 3, "X", "accepted")]), [], key="8")
    import_files([ImportFile("/x.jsonl", [marked])], store, BY_BOB)
    assert [of for of, _ in store.sets] == [eight.id]


def test_two_annotators_of_one_document_are_kept_apart() -> None:
    found = [
        annotated(TEXT, [ADA], name="a", annotator="ann"),
        annotated(TEXT, [], name="a", annotator="eve"),
    ]
    store = CountingStore()
    report = take(store, *found, choices=BY_FILE)
    assert report.new_documents == 1
    assert sorted(by for _, by in store.sets) == ["ann", "eve"]
    assert spans_in(store, "eve") == []
    with pytest.raises(AnnotateError, match="leave --annotator out"):
        take(CountingStore(), *found)


def test_likeness_is_asked_about_and_nothing_comes_in_without_a_yes() -> None:
    store = CountingStore()
    take(store, document("Zoë met Ada", Span(0, 3, "PERSON", "accepted")))
    commits = store.commits
    asked = []

    def no(found: object) -> bool:
        asked.append(found)
        return False

    other = annotated("Zoë  met Ada", [Span(9, 12, "PERSON", "accepted")])
    with pytest.raises(AnnotateError, match="Nothing was imported"):
        take(store, other, choices=dataclasses.replace(BY_BOB, confirm=no))
    assert len(asked) == 1
    assert store.commits == commits


@pytest.mark.parametrize(
    ("complete", "done", "wanted"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_a_document_is_done_where_its_file_says_everything_or_a_person_does(
    complete: bool, done: bool | None, wanted: bool
) -> None:
    store = CountingStore()
    reading = Reading(annotated("Nothing.", [], name="a"), [], complete=complete)
    choices = dataclasses.replace(BY_BOB, done=done)
    report = import_files([ImportFile("x", [reading])], store, choices)
    assert [live.facts.done for live in store.sets.values()] == [wanted][: len(store.sets)]
    assert report.marked_done == wanted


def test_a_done_document_takes_no_suggestions() -> None:
    store = CountingStore()
    take(store, document(TEXT), choices=dataclasses.replace(BY_BOB, done=True))
    report = take(store, document(TEXT, ADA), choices=SUGGESTED)
    assert report.passed_over_done == 1
    assert spans_in(store) == []


ARTICLE = " ".join(f"On day {n} the minister of place {n * 7} met envoy {n * 3}." for n in range(30))


def test_on_request_spans_go_to_an_article_with_a_few_words_changed() -> None:
    store = CountingStore()
    take(store, document(ARTICLE, Span(0, 2, "Y", "accepted")))
    theirs = "Update: " + ARTICLE.replace("day 3 ", "the third day ").replace("envoy 60", "nobody")
    places = [theirs.index(quote) for quote in ("envoy 21.", "place 70 ", "nobody")]
    spans = [Span(place, place + 6, "X", "accepted") for place in places]
    report = take(store, document(theirs, *spans), choices=SIMILAR)
    assert (report.new_documents, len(report.similar)) == (0, 1)
    assert sorted(ARTICLE[s.start : s.end] for s in spans_in(store) if s.label == "X") == [
        "envoy ",
        "place ",
    ]
    assert len(report.unplaced) == 1
    assert "nobody" in report.unplaced[0]


def test_another_article_of_the_same_make_is_another() -> None:
    store = CountingStore()
    take(store, document(ARTICLE, Span(0, 2, "X", "accepted")))
    other = " ".join(f"In week {n} the mayor of town {n * 5} saw guest {n}." for n in range(30))
    report = take(store, document(other, Span(0, 2, "X", "accepted")), choices=SIMILAR)
    assert report.new_documents == 1


def test_other_texts_are_other_documents() -> None:
    store = CountingStore()
    take(store, document("Ada met"), document("Ada meet", Span(0, 3, "P", "accepted")))
    assert Matcher(store.documents()).match(document("Ada")) is None


def test_nothing_is_imported_by_half() -> None:
    store = CountingStore()

    def broken() -> object:
        yield Reading(document(TEXT, ADA), [])
        raise FormatError("line 2 is not JSON.")

    with pytest.raises(FormatError):
        import_files([ImportFile("x", broken())], store, BY_BOB)  # type: ignore[arg-type]
    assert store.commits == 0
    store.full = True
    with pytest.raises(StoreError):
        take(store, document(TEXT, ADA))
    assert not store.sets


def test_strict_takes_nothing_in_that_loses_something() -> None:
    store = CountingStore()
    with pytest.raises(StrictRefusal, match="relations") as refusal:
        import_files(
            [ImportFile("x", [Reading(document(TEXT, ADA), [Loss("foreign", "relations")])])],
            store,
            dataclasses.replace(BY_BOB, strict=True),
        )
    assert refusal.value.exit_status == 3
    assert store.commits == 0


@settings(max_examples=40)
@given(original=documents())
def test_own_jsonl_brings_a_store_over_whole(
    original: AnnotatedDocument, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("whole") / "x.jsonl"
    original = original.with_spans(
        replace(s, sources=s.sources or sources_named("ann"))
        for s in original.spans
        if not only_white_space(original.text, s.start, s.end)
    )
    load("jsonl").write([original], file, Options())
    store = CountingStore()
    report = import_files([ImportFile("x", load("jsonl").read(file, "x", Options()))], store, BY_FILE)
    check_stored(report, store)
    [known] = store.documents()
    assert (known.text, known.path) == (original.text, original.document.path)
    if original.spans or original.row.facts or original.row.annotator:
        [again] = [live.to_row() for live in store.sets.values()]
        assert (again.spans, again.facts) == (original.row.spans, original.row.facts)
        assert again.annotator == (original.row.annotator or "bob")


EXAMPLE = document("Ada Lovelace met Kenya and Peru.", ADA, Span(17, 22, "GPE", "accepted"))


@pytest.mark.parametrize("name", [entry.name for entry in FORMATS if entry.reads and entry.writes])
def test_every_format_is_recognised_by_its_content(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    format_ = load(name)
    format_.write([format_.fit(EXAMPLE, Options()).annotated], path, Options())
    assert recognise(path, "file") == name


@pytest.mark.parametrize("name", ["jsonl", "prodigy", "doccano"])
def test_a_long_text_on_one_line_is_recognised_too(name: str, tmp_path: Path) -> None:
    format_ = load(name)
    long = document("Ada Lovelace met. " * 80_000, ADA)
    format_.write([format_.fit(long, Options()).annotated], tmp_path / "x", Options())
    assert recognise(tmp_path / "x", "x") == name


def test_what_is_no_format_is_said(tmp_path: Path) -> None:
    for content in (b"Just some text.\n", b"{}", b"<html>", b"[Photo] Ada met Bo.\n", b"[1, 2]"):
        (tmp_path / "x").write_bytes(content)
        with pytest.raises(AnnotateError, match="--format"):
            recognise(tmp_path / "x", "x")
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(AnnotateError, match="x is empty"):
        recognise(tmp_path / "x", "x")
    with pytest.raises(AnnotateError, match="no file"):
        recognise(tmp_path / "none", "none")


def test_a_store_gives_its_documents_by_annotator_with_their_dates() -> None:
    store = CountingStore()
    take(store, annotated(TEXT, [ADA], facts=DocumentFacts.of(creation_time="2021-04-08")))
    take(
        store, annotated(TEXT, [ADA], facts=DocumentFacts.of(creation_time="2021-04-09")), choices=BY_EVE
    )
    found = list(stored_documents(store))
    assert [(one.row.annotator, one.created) for one in found] == [
        ("bob", "2021-04-08"),
        ("eve", "2021-04-09"),
    ]


OWN = LabelScheme(
    (Label("PLACE", "p", sources=("GPE", "LOC")), Label("WHO", "w", sources=("PERSON",))), own=True
)


def test_labels_of_a_file_become_those_of_the_project() -> None:
    store = CountingStore()
    choices = dataclasses.replace(BY_BOB, scheme=OWN)
    found = document(TEXT, ADA, Span(17, 22, "GPE", "accepted"), Span(13, 16, "VERB", "accepted"))
    report = take(store, found, choices=choices)
    assert [(span.label, span.status) for span in spans_in(store)] == [
        ("WHO", "accepted"),
        ("VERB", "suggested"),
        ("PLACE", "accepted"),
    ]
    [lost] = report.losses.lost()
    assert "not of this project" in lost.reason
    imported = store.sets[next(iter(store.sets))].to_row()
    take(store, found, choices=choices)
    assert store.sets[next(iter(store.sets))].to_row() == imported


def test_what_has_no_place_under_the_projects_labels_is_not_undecided_in_an_export() -> None:
    store = CountingStore()
    hidden, shown = Span(13, 16, "VERB", "suggested"), Span(17, 22, "GPE", "suggested")
    take(store, document(TEXT, hidden, shown))
    [annotated_document] = stored_documents(store, OWN)
    assert [(span.start, span.label) for span in annotated_document.spans] == [(17, "PLACE")]
    [as_stored] = stored_documents(store)
    assert [span.label for span in as_stored.spans] == ["VERB", "GPE"]


def test_documents_of_a_file_stand_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    store = open_store(path)
    found = [document("No spans."), document(TEXT, ADA), document("None here.")]
    report = import_files([ImportFile("x.jsonl", [Reading(one, []) for one in found])], store, BY_BOB)
    store.close()
    again = open_store(path, read_only=True)
    check_stored(report, again)
    assert [one.text for one in again.documents()] == [one.text for one in found]
    again.close()


def test_equal_texts_are_found_by_their_id_in_a_file_that_was_renamed_and_reordered() -> None:
    store = CountingStore()

    def taken(name: str, *keys: str) -> ImportReport:
        found = [Reading(annotated(TEXT, [replace(ADA, comment=key)]), [], key=key) for key in keys]
        return import_files([ImportFile(name, found)], store, BY_BOB)

    taken("/x/old.jsonl", "11", "12", "13")
    before = [(of, [span.comment for span in live.spans]) for (of, _), live in store.sets.items()]
    report = taken("/y/new.jsonl", "13", "11", "12")
    assert (report.new_documents, report.spans, report.kept) == (0, 0, 3)
    assert [
        (of, [span.comment for span in live.spans]) for (of, _), live in store.sets.items()
    ] == before


def test_many_equal_texts_are_each_looked_for_once() -> None:
    class Counting(CountingStore):
        asked = 0

        def with_text(self, sha256: str) -> list[Document]:
            self.asked += 1
            return super().with_text(sha256)

    store = Counting()
    report = take(store, *[document("Same.") for _ in range(300)])
    assert report.new_documents == 300
    assert take(store, *[document("Same.") for _ in range(301)]).new_documents == 1
    assert store.asked == 4, "once for an import, once to check it"


def test_what_a_person_changed_since_an_import_stays_when_it_is_imported_again() -> None:
    store = CountingStore()
    kenya, note = Span(17, 22, "GPE", "accepted"), DocumentFacts.of(comment="look again")
    found = Reading(annotated(TEXT, [ADA, kenya], name="a", facts=note), [], complete=True)
    import_files([ImportFile("x.jsonl", [found])], store, BY_BOB)
    [live] = store.sets.values()
    [ada, gpe] = live.spans
    for edit in (
        make_edit("relabel", "bob", relabel(live.spans, ada, "EVENT", "bob")),
        make_edit("remove", "bob", reject(gpe, "bob")),
        make_edit("document", "bob", (), fact_changes(note, NO_FACTS)),
        marking(live, "bob", done=False),
    ):
        assert edit is not None
        store.commit([Pending(live.document, live.annotator, edit)])
    [before] = store.annotations(live.document)
    report = import_files([ImportFile("x.jsonl", [found])], store, BY_BOB)
    assert (report.spans, report.kept, report.marked_done) == (0, 2, 0)
    assert list(store.annotations(live.document)) == [before]
    import_files([ImportFile("x.jsonl", [found])], store, dataclasses.replace(BY_BOB, done=True))
    [after] = store.annotations(live.document)
    assert after.facts == DocumentFacts.of(done=True), "asked for"


def test_an_import_that_was_undone_comes_in_again() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA))
    [live] = store.sets.values()
    [step] = live.undo
    edit = make_edit("undo", "bob", [change.inverse() for change in step.changes], of=step.id)
    store.commit([Pending(live.document, live.annotator, edit)])
    assert take(store, document(TEXT, ADA)).spans == 1


def test_suggestions_of_an_import_become_decisions_by_another() -> None:
    store = CountingStore()
    take(store, document(TEXT, ADA), choices=SUGGESTED)
    assert take(store, document(TEXT, ADA)).spans == 1
    assert [span.status for span in spans_in(store)] == ["accepted"]


def test_what_is_said_is_what_came_in() -> None:
    store = CountingStore()
    kenya = Span(17, 22, "GPE", "rejected")
    other = Span(4, 12, "SHIP", "suggested")
    scheme = LabelScheme((Label("PERSON", key="p"), Label("GPE", key="g")), own=True)
    by_two = [
        Reading(annotated(TEXT, [ADA, kenya, other], name="a", annotator=by), [])
        for by in ("ann", "bob")
    ]
    suggested = dataclasses.replace(SUGGESTED, by_file=True, scheme=scheme)
    report = import_files([ImportFile("x.jsonl", by_two)], store, suggested)
    assert (report.documents, report.new_documents) == (1, 1)
    assert (report.became, report.rejected, report.kept) == ({"suggested": 4}, 2, 0)
    decided = dataclasses.replace(BY_FILE, scheme=scheme)
    report = import_files([ImportFile("x.jsonl", by_two)], store, decided)
    assert (report.became, report.kept) == ({"accepted": 2, "rejected": 2}, 2)


@pytest.mark.parametrize("ending", ["tsv", "xmi", "tml"])
def test_a_file_of_annotations_is_about_the_document_that_it_is_called_after(ending: str) -> None:
    store = CountingStore()
    take(store, named(TEXT, "report.txt"), named(TEXT, "other.txt"))
    report = take(store, named(TEXT, f"report.{ending}", ADA))
    assert report.new_documents == 0
    assert [live.document for live in store.sets.values()] == [
        known.id for known in store.documents() if known.name == "report.txt"
    ]


def test_two_texts_that_differ_in_their_ending_stay_two() -> None:
    store = CountingStore()
    take(store, named(TEXT, "report.txt", ADA))
    assert take(store, named(TEXT, "report.md")).new_documents == 1
    assert take(store, named(TEXT, "report.tsv"), named(TEXT, "report.xmi")).new_documents == 0


def test_several_files_come_in_as_one_after_the_other_would_and_in_one_step() -> None:
    same = Reading(document(TEXT, ADA), [])
    files = [
        ImportFile("a.jsonl", [same, Reading(document("Bob slept", Span(0, 3, "P", "accepted")), [])]),
        ImportFile("b.jsonl", [same, Reading(document(TEXT, Span(8, 11, "Q", "accepted")), [])]),
        ImportFile("c.jsonl", [Reading(annotated("No one.", [], annotator="bob"), [])] * 2),
        ImportFile("d.jsonl", [Reading(annotated("No one.", [], annotator="bob"), [])]),
    ]
    together, apart = CountingStore(), CountingStore()
    report = import_files(files, together, BY_BOB)
    check_stored(report, together)
    assert together.commits == 1
    alone = [import_files([file], apart, BY_BOB) for file in files]
    assert report.new_documents == sum(one.new_documents for one in alone)
    assert (report.spans, report.kept) == (
        sum(one.spans for one in alone),
        sum(one.kept for one in alone),
    )
    stored = [
        [
            (one.source, one.text, [row.spans for row in store.annotations(one.id)])
            for one in store.documents()
        ]
        for store in (together, apart)
    ]
    assert stored[0] == stored[1]
    assert len(list(together.history())) == len(list(apart.history()))


def test_one_broken_file_of_several_leaves_nothing() -> None:
    def broken() -> Iterator[Reading]:
        yield Reading(document(TEXT, ADA), [])
        raise FormatError("line 2 is not JSON.")

    store = CountingStore()
    files = [ImportFile("a", [Reading(document(TEXT, ADA), [])]), ImportFile("b", broken())]
    with pytest.raises(FormatError):
        import_files(files, store, BY_BOB)
    strict = dataclasses.replace(BY_BOB, strict=True)
    lossy = ImportFile("c", [Reading(document(TEXT, ADA), [Loss("foreign", "relations")])])
    with pytest.raises(StrictRefusal):
        import_files([files[0], lossy], store, strict)
    assert store.commits == 0
    assert not list(store.documents())
