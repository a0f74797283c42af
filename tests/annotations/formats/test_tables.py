"""Tables of spans: what a spreadsheet gets, and what is read back from it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.importing import Choices, ImportFile, import_files
from annotations.formats.recognition import recognise
from annotations.formats.registry import load
from annotations.formats.stored import StoredArticles
from annotations.model.document import Document
from annotations.model.span import Span
from annotations.model.value import Entity, Timex
from tests.annotations.formats.corpus import document, documents
from tests.annotations.formats.counting_store import CountingStore
from tests.spans import sources_named

BY_ANN = Choices("accepted", "ann", by_file=False)
ARTICLE = Document("Ada met Bo on Monday.", "/articles/a.txt")
ADA = Span(0, 3, "PERSON", "accepted")


def known(sha256: str, path: str) -> Document | None:
    return ARTICLE if sha256 == ARTICLE.sha256 or path == ARTICLE.path else None


def readings(folder: Path, table: str, name: str = "csv") -> list[Reading]:
    (folder / "spans").write_bytes(table.encode())
    return list(load(name).read(folder / "spans", "spans", Options(find=known)))


def read(folder: Path, table: str, name: str = "csv") -> tuple[Span, ...]:
    (reading,) = readings(folder, table, name)
    assert reading.annotated.text == ARTICLE.text
    return reading.annotated.spans


@settings(max_examples=60)
@given(several=st.lists(documents(), max_size=3))
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_table_has_a_row_for_each_span_and_no_formula(
    name: str, several: list[AnnotatedDocument], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("table") / "file"
    load(name).write([load(name).fit(one, Options()).annotated for one in several], file, Options())
    data = file.read_bytes().decode("utf-8")
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(data, newline="")))
    else:
        lines = data.removesuffix("\n").split("\n")
        rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    spans = [(one, span) for one in several for span in one.spans]
    assert len(rows) == len(spans)
    for row, (one, span) in zip(rows, spans, strict=True):
        assert (int(row["start"]), int(row["end"])) == (span.start, span.end)
        assert row["status"] == span.status
        assert not any(cell[:1] in tuple("=+-@\t\r\n") and cell for cell in row.values())
        if name == "csv":
            covered = one.text[span.start : span.end]
            assert row["text"] in (covered, f"'{covered}")


def test_cells_that_look_like_formulas_are_announced() -> None:
    risky = document("=SUM(A1) x", Span(0, 8, "X", "accepted"))
    assert any("formula" in loss.reason for loss in load("csv").fit(risky, Options()).losses)


@pytest.mark.parametrize(
    "table",
    [
        "path,start,end,label\n/articles/a.txt,0,3,PERSON\n",
        f"document,start,end,label\n{ARTICLE.sha256},0,3,PERSON\n",
        "\ufeffpath;start;end;label\r\n/articles/a.txt;0;3;PERSON\r\n;;;\r\n",
        'label,"text",end,start,path,document\nPERSON,Ada,3.0,0.0,/articles/a.txt,\n',
        "path\tstart\tend\tlabel\n/articles/a.txt\t0\t3\tPERSON\n",
    ],
)
def test_tables_that_others_made(table: str, tmp_path: Path) -> None:
    (tmp_path / "spans").write_bytes(table.encode())
    name = recognise(tmp_path / "spans", "spans")
    assert name == ("tsv" if "\t" in table else "csv")
    assert read(tmp_path, table, name) == (ADA,)


def test_everything_that_has_a_column(tmp_path: Path) -> None:
    table = (
        "path,start,end,label,status,sources,score,type,value,mod,name,id,comment,flagged\n"
        '/articles/a.txt,0,3,PERSON,rejected,m; ann,"0,5",,,,Ada,Q7,"a\nb",TRUE\n'
        "/articles/a.txt,14,20,DATE,suggested,,,DATE,2021-04-05,APPROX,,,'=x,no\n"
    )
    ada = Span(
        0,
        3,
        "PERSON",
        "rejected",
        sources_named("m", "ann"),
        0.5,
        Entity("Ada", "Q7", "import"),
        "a\nb",
        True,
    )
    date = Timex("DATE", "2021-04-05", "import", mod="APPROX")
    assert read(tmp_path, table) == (ada, Span(14, 20, "DATE", value=date, comment="=x"))


def test_rows_of_two_annotators_are_two_readings(tmp_path: Path) -> None:
    table = "path,annotator,start,end,label\n"
    table += "".join(
        f"/articles/a.txt,{who},0,3,{label}\n" for who, label in [("a", "x"), ("b", "y"), ("a", "z")]
    )
    assert [
        (r.annotated.row.annotator, [span.label for span in r.annotated.spans])
        for r in readings(tmp_path, table)
    ] == [("a", ["x", "z"]), ("b", ["y"])]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "spans has no column start; its first line has to name the columns"),
        ("start,end,label\n", "spans has no column document or path"),
        ("path,start,end,label,end\n", "spans has the column end twice"),
        (
            "path,start,end,label\n/articles/a.txt,x,3,PERSON\n",
            "spans, line 2, column start: 'x' is not",
        ),
        ("path,start,end,label\n/articles/a.txt,-1,3,P\n", "spans, line 2, column start: '-1' is not"),
        (
            "path,start,end,label\n/articles/a.txt,0,99,P\n",
            "spans, line 2, .* the text has 21 characters",
        ),
        ("path,start,end,label\n/articles/a.txt,0,3,\n", "spans, line 2, .* has no label"),
        ("path,start,end,label\n/articles/a.txt,0,3,P,x\n", "spans, line 2 has 5 cells, .* 4 columns"),
        ("path,start,end,label,text\n/articles/a.txt,0,3,P,Bo\n", "spans, line 2, .* should read 'Bo'"),
        (
            "path,start,end,label,status\n/articles/a.txt,0,3,P,ok\n",
            "line 2, column status: 'ok' is not",
        ),
        ("path,start,end,label,score\n/articles/a.txt,0,3,P,ok\n", "line 2, column score: 'ok' is not"),
        ("path,start,end,label,score\n/articles/a.txt,0,3,P,nan\n", "line 2, .* has the score nan"),
        ("path,start,end,label,type\n/articles/a.txt,0,3,P,DAY\n", "line 2, field type: "),
        (
            "path,start,end,label,flagged\n/articles/a.txt,0,3,P,?\n",
            "line 2, column flagged: '\\?' is not",
        ),
        ('path,start,end,label\n"/articles/a.txt,0,3,P\n', "spans, line 2 is not CSV: "),
        (
            "path,start,end,label\nb.txt,0,3,P\n",
            "its articles are neither in the database nor beside it",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(table: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=said):
        readings(tmp_path, table)


def test_what_is_not_read_is_listed(tmp_path: Path) -> None:
    table = "path,start,end,label,mood\n/articles/a.txt,0,3,P,good\nother.txt,1,2,P,\nother.txt,2,3,P,\n"
    (reading,) = readings(tmp_path, table)
    assert [loss.reason for loss in reading.losses] == [
        "column 'mood', which is not read",
        "span of an article that is neither in the database nor beside the table",
        "span of an article that is neither in the database nor beside the table",
    ]


def test_text_files_beside_the_table_are_read(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "b.txt").write_text("Bo slept.")
    (reading,) = readings(tmp_path, "path,start,end,label\nnews/b.txt,0,2,PERSON\n")
    assert reading.annotated.document == Document("Bo slept.", str(tmp_path / "news" / "b.txt"))


def test_files_elsewhere_are_read_only_where_they_are_surely_meant(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Bo slept.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(secret)
    for path in ("../secret.txt", str(secret), "link.txt"):
        with pytest.raises(FormatError, match="neither in the database"):
            readings(tmp_path / "in", f"path,start,end,label\n{path},0,2,PERSON\n")
    sha256 = Document("Bo slept.", "").sha256
    (reading,) = readings(
        tmp_path / "in", f"document,path,start,end,label\n{sha256},{secret},0,2,PERSON\n"
    )
    assert reading.annotated.text == "Bo slept."


def test_a_table_comes_back_to_the_articles_of_the_store(tmp_path: Path) -> None:
    """The case of labels that were corrected in a spreadsheet."""
    store = CountingStore()
    store.load(ARTICLE, "ann")
    import_files(
        [ImportFile("x", [Reading(document(ARTICLE.text, ADA, path=ARTICLE.path), [])])], store, BY_ANN
    )
    table = f"document,path,start,end,label\n{ARTICLE.sha256},elsewhere.txt,8,10,PERSON\n"
    (tmp_path / "spans.csv").write_text(table)
    options = Options(find=StoredArticles(store).find)
    report = import_files(
        [ImportFile("spans.csv", load("csv").read(tmp_path / "spans.csv", "spans.csv", options))],
        store,
        BY_ANN,
    )
    assert (report.spans, report.new_documents) == (1, 0)
    assert [span.start for span in store.load(ARTICLE, "ann").spans] == [0, 8]


@pytest.mark.parametrize("column", ["document", "path"])
def test_a_document_may_be_named_by_its_file(column: str, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Ada met Bo.")
    (tmp_path / "x.csv").write_text(f"label,{column},end,start\nP,letter.txt,3,0\nP,../x,3,0\n")
    [reading] = load("csv").read(tmp_path / "x.csv", "x.csv", Options(find=lambda id_, path: None))
    assert [(span.start, span.end) for span in reading.annotated.spans] == [(0, 3)]
    assert [loss.example for loss in reading.losses] == ["../x"]
