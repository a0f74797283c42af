"""What an export writes from a store: documents done and not done, several annotators, several texts of one file."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.export import Export, Report
from annotations.formats.export_filter import ExportFilter
from annotations.formats.export_plan import ExportPlan, plan
from annotations.formats.format import Options, Undone
from annotations.formats.loss import StrictRefusal
from annotations.formats.registry import FORMATS, FormatEntry, entry, load
from annotations.model.document import another_id
from annotations.model.errors import AnnotateError
from annotations.model.span import Span, Status
from tests.annotations.formats.corpus import document

TEXT = "Ada met Kenya in Oslo."
DECIDED = Span(0, 3, "PERSON", "accepted")
REJECTED = Span(4, 7, "ORG", "rejected")
UNDECIDED = Span(8, 13, "GPE", "suggested")
DONE = document(TEXT, DECIDED, REJECTED, UNDECIDED, path="/a/done.txt")
BEGUN = document(f"Again: {TEXT}", Span(7, 10, "PERSON", "accepted"),
                 Span(15, 20, "GPE", "suggested"), path="/a/begun.txt", done=False)  # fmt: skip
ALL = ExportFilter()
WRITTEN = [one for one in FORMATS if one.writes]


def planned(
    documents: Sequence[AnnotatedDocument],
    name: str = "jsonl",
    undone: Undone | None = None,
    selection: ExportFilter = ALL,
) -> ExportPlan:
    return plan(documents, selection, entry(name), undone)


def written(
    documents: Sequence[AnnotatedDocument],
    output: Path,
    name: str,
    undone: Undone | None = None,
    *,
    strict: bool = False,
    statuses: tuple[Status, ...] = ("accepted",),
) -> Report:
    chosen = planned(documents, name, undone, ExportFilter(statuses=statuses))
    options = Options(undone=chosen.undone)
    export = Export(entry(name), output, options, strict=strict, plan=chosen)
    return export.run(lambda: documents, lambda report: None)


def said(chosen: ExportPlan) -> list[str]:
    return [remark.words for remark in chosen.remarks]


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_each_format_does_what_it_says_with_what_is_not_done(one: FormatEntry, tmp_path: Path) -> None:
    for how in one.undone:
        output = tmp_path / f"{how}{one.suffix}"
        report = written([DONE, BEGUN], output, one.name, how)
        assert output.exists()
        assert report.documents == (1 if how == "leave-out" else 2)
        [remark] = report.remarks
        assert remark.documents == ("begun.txt by ann: 1 of 2 undecided",)
        with pytest.raises(StrictRefusal, match="not done"):
            written([BEGUN, DONE], tmp_path / "strict", one.name, how, strict=True)
    assert not (tmp_path / "strict").exists()


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_what_a_format_cannot_do_with_what_is_not_done_is_refused(one: FormatEntry) -> None:
    ways: tuple[Undone, ...] = ("missing", "outside", "leave-out")
    for how in ways:
        if how not in one.undone:
            with pytest.raises(AnnotateError, match=f"{one.name} has no --undone {how}") as error:
                planned([DONE, BEGUN], one.name, how)
            assert all(way in str(error.value) for way in one.undone)


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_by_default_nothing_undecided_becomes_no_entity(one: FormatEntry, tmp_path: Path) -> None:
    output = tmp_path / f"x{one.suffix}"
    if one.undone[0] == "leave-out":
        with pytest.raises(AnnotateError, match=r"annotate done.*--undone outside") as error:
            written([BEGUN], output, one.name)
        assert "begun.txt by ann: 1 of 2 undecided" in str(error.value)
        assert not output.exists()
        return
    written([BEGUN], output, one.name)
    if one.reads:
        known = {BEGUN.document.sha256: BEGUN.document}
        options = Options(find=lambda sha256, path: known.get(sha256))
        [reading] = load(one.name).read(output, output.name, options)
        assert not reading.complete


def test_own_jsonl_has_the_undecided_of_what_is_not_done(tmp_path: Path) -> None:
    written([DONE, BEGUN], tmp_path / "x.jsonl", "jsonl")
    done, begun = map(json.loads, (tmp_path / "x.jsonl").read_text().splitlines())
    assert (done["done"], begun["done"]) == (True, False)
    assert [(s["label"], s.get("status")) for s in done["spans"]] == [("PERSON", None)]
    assert [(s["label"], s.get("status")) for s in begun["spans"]] == [
        ("PERSON", None),
        ("GPE", "suggested"),
    ]


def test_spacy_tokens_are_missing_where_nothing_is_known(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    rejected = document(TEXT, DECIDED, REJECTED, UNDECIDED, done=False)
    for how, last, groups in (("missing", "", []), ("outside", "O", ["sc"])):
        written([rejected], tmp_path / f"{how}.spacy", "spacy", how)  # type: ignore[arg-type]
        data = (tmp_path / f"{how}.spacy").read_bytes()
        [doc] = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
        assert [token.ent_iob_ for token in doc] == ["B", *[last] * 5]
        assert list(doc.spans) == groups
        [reading] = load("spacy").read(tmp_path / f"{how}.spacy", "x", Options())
        assert reading.complete == (how == "outside")


def test_a_span_categorizer_has_nothing_to_learn_from_what_is_not_done(tmp_path: Path) -> None:
    report = written([BEGUN, DONE], tmp_path / "x.spacy", "spacy")
    [line] = [line for line in report.losses.left_out() if line.part == "unknown"]
    assert line.documents == 1
    assert "no training text for a span categorizer" in line.reason


def test_prodigy_ignores_what_is_not_done_and_reads_its_spans_back(tmp_path: Path) -> None:
    written([DONE, BEGUN], tmp_path / "x.jsonl", "prodigy")
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert [line["answer"] for line in lines] == ["accept", "ignore"]
    readings = list(load("prodigy").read(tmp_path / "x.jsonl", "x", Options()))
    assert [reading.complete for reading in readings] == [True, False]
    assert [span.status for span in readings[1].annotated.spans] == ["accepted"]
    written([BEGUN], tmp_path / "y.jsonl", "prodigy", "outside")
    assert json.loads((tmp_path / "y.jsonl").read_text())["answer"] == "accept"


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_has_a_column_for_done(name: str, tmp_path: Path) -> None:
    written([DONE, BEGUN], tmp_path / "x", name)
    rows = re.split(r"\r?\n", (tmp_path / "x").read_text())
    assert [re.split("[,\t]", row)[-1] for row in rows] == ["done", "yes", "no", ""]


def test_the_page_says_what_is_done(tmp_path: Path) -> None:
    written([DONE, BEGUN], tmp_path / "x.html", "html")
    heads = re.findall("<header>(.*?)</header>", (tmp_path / "x.html").read_text())
    assert [head.rpartition(" · ")[2] for head in heads] == ["done", "not done"]


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_done_wins_and_what_is_undecided_is_listed_as_lost(one: FormatEntry, tmp_path: Path) -> None:
    report = written([DONE], tmp_path / f"x{one.suffix}", one.name)
    [line] = [line for line in report.losses.lost() if line.part == "undecided"]
    assert (line.count, line.documents) == (1, 1)
    assert line.examples == ["done.txt: GPE 'Kenya' at 8–13"]
    with pytest.raises(StrictRefusal):
        written([DONE], tmp_path / "strict", one.name, strict=True)
    assert not (tmp_path / "strict").exists()


def test_suggestions_of_a_done_document_stay_suggestions_where_a_format_says_so(tmp_path: Path) -> None:
    report = written([DONE], tmp_path / "x.jsonl", "jsonl", statuses=(), strict=True)
    assert report.losses.lost() == []
    statuses = [span.get("status") for span in json.loads((tmp_path / "x.jsonl").read_text())["spans"]]
    assert statuses == [None, "rejected", "suggested"]
    report = written([DONE], tmp_path / "x.spacy", "spacy", statuses=("suggested", "accepted"))
    assert report.spans == 1
    assert [line.part for line in report.losses.lost()] == ["undecided"]


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_what_is_done_and_decided_passes_a_strict_export(one: FormatEntry, tmp_path: Path) -> None:
    whole = document("1999 ends.", Span(0, 4, "DATE", "accepted"))
    written([whole], tmp_path / f"x{one.suffix}", one.name, strict=True)
    assert (tmp_path / f"x{one.suffix}").exists()


def test_only_accepted_spans_of_those_asked_for_by_default() -> None:
    def labels(selection: ExportFilter = ALL) -> list[str]:
        chosen = planned([BEGUN, DONE], "csv", selection=selection)
        return [span.label for span in chosen.with_wanted(DONE).spans]

    assert labels() == ["PERSON"]
    assert labels(ExportFilter(statuses=())) == ["PERSON", "ORG", "GPE"]
    assert labels(ExportFilter(statuses=("rejected",))) == ["ORG"]
    assert labels(ExportFilter(labels=["GPE"])) == []
    for selection, number in (
        (ExportFilter(documents=["begun.txt"]), 1),
        (ExportFilter(documents=[DONE.row.document[:12]]), 1),
        (ExportFilter(annotators=["ann"]), 2),
    ):
        assert len(planned([BEGUN, DONE], selection=selection).written) == number
    for nothing in (ExportFilter(annotators=["bob"]), ExportFilter(documents=["b.txt"])):
        with pytest.raises(AnnotateError, match="Nothing to export"):
            planned([BEGUN, DONE], selection=nothing)


# Several people, several texts


ANN, BOB = document(TEXT, DECIDED), document(TEXT, Span(17, 21, "GPE", "accepted"), by="bob")
OPENED = document(TEXT, UNDECIDED, by="cyd", done=False)
ASKING = [one.name for one in WRITTEN if not one.keeps_annotators]


@pytest.mark.parametrize("name", ASKING)
def test_two_people_who_decided_about_one_text_need_a_choice(name: str) -> None:
    with pytest.raises(AnnotateError, match=r"ann, bob.*a.txt.*--annotator") as error:
        planned([ANN, BOB, DONE], name)
    assert "\n" not in str(error.value)
    assert list(planned([ANN, BOB], name, selection=ExportFilter(annotators=["bob"])).written) == [
        (BOB.row.document, "bob")
    ]
    elsewhere = document(TEXT, path="/b/copy.txt", by="bob", given_id=another_id(ANN.document.sha256))
    with pytest.raises(AnnotateError, match="--annotator"):
        planned([ANN, elsewhere], name)


@pytest.mark.parametrize("name", [one.name for one in WRITTEN if one.keeps_annotators])
def test_a_format_that_keeps_annotators_holds_one_document_for_each(name: str) -> None:
    assert [by for _, by in planned([ANN, BOB], name).written] == ["ann", "bob"]


@pytest.mark.parametrize("name", ASKING)
def test_who_only_opened_a_text_contradicts_nobody(name: str) -> None:
    chosen = planned([OPENED, ANN], name)
    assert [by for _, by in chosen.written] == ["ann"]
    assert said(chosen) == [
        "only opened, left out because another annotator decided: 1 document (a.txt by cyd)"
    ]
    also = document(TEXT, UNDECIDED, by="dan", done=False)
    assert [by for _, by in planned([OPENED, also], name, "outside").written] == ["cyd"]


def test_what_is_left_out_contradicts_nobody() -> None:
    begun = document(TEXT, UNDECIDED, REJECTED, by="bob", done=False)
    chosen = planned([ANN, begun], "iob2")
    assert [by for _, by in chosen.written] == ["ann"]
    assert "a.txt by bob: 1 of 2 undecided" in said(chosen)[0]
    with pytest.raises(AnnotateError, match="--annotator"):
        planned([ANN, begun], "iob2", "outside")


def test_of_several_texts_of_a_file_the_newest_counts_that_was_decided_about(tmp_path: Path) -> None:
    old, new = document("Ada met.", DECIDED), document("Ada met us.", DECIDED)
    opened = document("Ada met them.", Span(0, 3, "GPE"), done=False)
    bobs = document("Ada met.", DECIDED, by="bob")
    chosen = planned([old, bobs, new, opened])
    assert list(chosen.written) == [
        (bobs.row.document, "bob"),
        (new.row.document, "ann"),
        (opened.row.document, "ann"),
    ]
    assert said(chosen)[0] == (
        "earlier text, left out because the newer one was annotated too: 1 document "
        "(a.txt by ann: 0 of 1 undecided)"
    )
    assert len(planned([old, opened]).written) == 2
    only = planned([old, new], selection=ExportFilter(documents=[old.row.document[:16]]))
    assert list(only.written) == [(old.row.document, "ann")]
    apart = document("Ada met us.", DECIDED, path="/b/a.txt")
    assert len(planned([old, apart]).written) == 2
    strict = written([old, new], tmp_path / "x.jsonl", "jsonl", strict=True)
    assert strict.documents == 1


def test_one_text_that_leaves_twice_with_different_labels_is_named(tmp_path: Path) -> None:
    twin = another_id(ANN.document.sha256)
    same = document(TEXT, DECIDED, path="/b/b.txt", given_id=twin)
    other = document(TEXT, Span(0, 3, "ORG", "accepted"), path="/b/b.txt", given_id=twin)
    assert said(planned([ANN, same], "iob2")) == []
    assert said(planned([ANN, other], "iob2")) == [
        "same text with different labels, written twice: 2 documents (a.txt by ann; b.txt by ann)"
    ]
    with pytest.raises(StrictRefusal):
        written([ANN, other], tmp_path / "x", "iob2", strict=True)


def test_many_documents_are_counted_and_the_first_are_named() -> None:
    many = [document(f"Ada {number}", path=f"/a/{number}.txt", done=False) for number in range(13)]
    [line] = said(planned(many))
    assert line.count(".txt") == 10
    assert "13 documents" in line
    assert "3 more" in line


@pytest.mark.parametrize("one", WRITTEN, ids=lambda one: one.name)
def test_what_is_accepted_and_not_asked_for_becomes_no_entity_only_with_a_word(
    one: FormatEntry, tmp_path: Path
) -> None:
    done = document(TEXT, DECIDED, path="/a/done.txt")
    report = written([done], tmp_path / "some", one.name, statuses=("rejected",))
    listed = [line.reason for line in report.losses.lost() if "--status" in line.reason]
    assert bool(listed) == (one.name not in ("csv", "tsv", "html"))
    if listed:
        with pytest.raises(StrictRefusal):
            written([done], tmp_path / "strict", one.name, statuses=("rejected",), strict=True)
        assert not (tmp_path / "strict").exists()


def test_what_is_accepted_and_not_asked_for_is_unknown_in_what_is_not_done(tmp_path: Path) -> None:
    for how, expected in (("missing", 0), ("outside", 1)):
        output = tmp_path / f"{how}.spacy"
        report = written([BEGUN], output, "spacy", how, statuses=("rejected",))  # type: ignore[arg-type]
        assert sum(line.count for line in report.losses.lost()) == expected
