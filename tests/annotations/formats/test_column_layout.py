"""Columns as in other corpora: which column is the word, which are tags, and what is not read."""

from pathlib import Path

import pytest

from annotations.formats.column_layout import Layout, layout
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.recognition import recognise
from annotations.formats.registry import load
from annotations.formats.tolerance import BAD_ROW

GENIA = """\
Number O O O
of O O O
glucocorticoid B-protein_family B-protein_molecule O
receptors I-protein_family O O
in O O O
lymphocytes B-cell_type O B-x
"""
GERMEVAL = """\
#\thttp://de.wikipedia.org/wiki/X [2009-10-17]
1\tDie\tO\tO
2\tUniversität\tB-ORG\tO
3\tKöln\tI-ORG\tB-LOC
4\tlehrt\tO\tO

#\thttp://de.wikipedia.org/wiki/Y [2009-10-18]
1\tBonn\tB-LOC\tO
2\tauch\tO\tO
"""
CONLL2003 = """\
-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC
call NN I-NP O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER
"""
CONLL2002 = "Melbourne NP B-LOC\n( Fpa O\nAustralia NP B-LOC\n) Fpt O\n\nEl DA O\n"
MULTICONER = """\
# id 1f3c domain=en
his _ _ O
playlist _ _ O
includes _ _ O
sonny _ _ B-PER
sharrock _ _ I-PER

# id 2a00 domain=en
bo _ _ B-PER
"""
TAGS_FIRST = "O\tshow\nO\tme\nB-GENRE\tfunny\nI-GENRE\tfilms\n\nB-ACTOR\tbo\n"
NUMBERED = "0\t010\tB-MISC\n1\tis\tO\n2\tan\tO\n\n0\tThe\tB-ORG\n1\tMad\tI-ORG\n2\tIt\tO\n"


def read(path: Path, text: str, name: str = "auto") -> list[Reading]:
    path.write_text(text, "utf-8", newline="")
    chosen = recognise(path, "x") if name == "auto" else name
    return list(load(chosen).read(path, "x", Options()))


def quotes(*readings: Reading) -> list[tuple[str, str]]:
    return [
        (span.label, one.annotated.text[span.start : span.end])
        for one in readings
        for span in one.annotated.spans
    ]


@pytest.mark.parametrize(
    ("text", "spans", "reasons"),
    [
        (
            GENIA,
            [
                ("protein_family", "glucocorticoid receptors"),
                ("protein_molecule", "glucocorticoid"),
                ("cell_type", "lymphocytes"),
                ("x", "lymphocytes"),
            ],
            [],
        ),
        (
            GERMEVAL,
            [("ORG", "Universität Köln"), ("LOC", "Köln"), ("LOC", "Bonn")],
            ["comment between sentences, which is not read"],
        ),
        (
            CONLL2003,
            [("ORG", "EU"), ("MISC", "German"), ("PER", "Peter Blackburn")],
            ["columns not read: 2, 3 (chunks)"],
        ),
        (CONLL2002, [("LOC", "Melbourne"), ("LOC", "Australia")], ["columns not read: 2"]),
        (
            MULTICONER,
            [("PER", "sonny sharrock"), ("PER", "bo")],
            ["comment between sentences, which is not read"],
        ),
        (TAGS_FIRST, [("GENRE", "funny films"), ("ACTOR", "bo")], []),
        (NUMBERED, [("MISC", "010"), ("ORG", "The Mad")], []),
    ],
)
def test_corpora_of_others(
    text: str, spans: list[tuple[str, str]], reasons: list[str], tmp_path: Path
) -> None:
    for ends in ("\n", "\r\n", "\t\n" if "\t" in text else " \n"):
        readings = read(tmp_path / "x", text.replace("\n", ends))
        assert sorted(quotes(*readings)) == sorted(spans)
        assert [loss.reason for one in readings for loss in one.losses] == reasons
        assert all(one.complete for one in readings)


def test_our_own_rows_are_never_taken_for_something_else() -> None:
    for rows in (
        ["O\tO", "B-x\tO", "O\tB-y"],
        ["1 _ _ O", "2 _ _ O", "3 _ _ B-X"],
        ["#\tO", "#\tB-X"],
        ["O _ _ O", "B-x _ _ O"],
    ):
        found = layout(rows)
        assert (found.word, found.tags) == (0, (found.width - 1,))


def test_a_file_without_columns_has_the_plain_layout() -> None:
    assert layout([]) == Layout()
    assert layout(["one", "two", ""]) == Layout()


@pytest.mark.parametrize(
    ("bad", "text"),
    [
        ("\tO", "Ada met Bo"),
        (" \tO", "Ada met Bo"),
        (" O", "Ada met Bo"),
        ("word", "Ada word met Bo"),
        ("word\tX-PER", "Ada word met Bo"),
        ("word\t", "Ada word met Bo"),
        ("a\tb\tc\tO", "Ada met Bo"),
    ],
)
def test_one_bad_row_is_listed_and_the_rest_is_read(bad: str, text: str, tmp_path: Path) -> None:
    for name in ("auto", "iob2"):
        [reading] = read(tmp_path / "x", f"Ada\tB-PER\n{bad}\nmet\tO\nBo\tB-PER\n", name)
        assert reading.annotated.text == text
        assert quotes(reading) == [("PER", "Ada"), ("PER", "Bo")]
        assert [loss.reason for loss in reading.losses] == [BAD_ROW]
        assert reading.losses[0].example.startswith("x, line 2 ")
        assert not reading.complete


def test_a_text_that_is_no_columns_is_refused(tmp_path: Path) -> None:
    for text in ("Ada\nmet\nBo\n", "Ada met Bo in the house.\nThen she left it.\n"):
        with pytest.raises(FormatError, match="x, line 1"):
            read(tmp_path / "x", text, "iob2")
        with pytest.raises(Exception, match="--format"):
            read(tmp_path / "x", text)


def test_a_number_before_the_word_is_no_word_whatever_stands_behind_the_tag(tmp_path: Path) -> None:
    rows = "# sent_id = a-1\n# text = Ada ran home\n1\tAda\tB-PER\t-\tann1\n2\tran\tO\t-\tann1\n3\thome\tO\t-\tann1\n"
    (tmp_path / "x.iob2").write_text(f"# newdoc id = x\n{rows}\n")
    assert recognise(tmp_path / "x.iob2", "x") == "iob2"
    [reading] = load("iob2").read(tmp_path / "x.iob2", "x", Options())
    assert reading.annotated.text == "Ada ran home"
    assert [(span.start, span.end, span.label) for span in reading.annotated.spans] == [(0, 3, "PER")]


def test_a_document_starts_behind_the_number_of_a_word_too(tmp_path: Path) -> None:
    one = "0\tAda\tB-PER\n1\tran\tO\n2\t.\tO\n"
    (tmp_path / "x.conll").write_text(f"{one}\n0\t-DOCSTART-\tO\n\n{one}")
    readings = list(load("iob2").read(tmp_path / "x.conll", "x", Options()))
    assert [reading.annotated.text for reading in readings] == ["Ada ran ."] * 2


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (["", "Ada O\n\n", "Bo O\n\n", ""], ["Ada", "Bo", ""]),
        (["Ada O\n\n", "Bo O\n\n", ""], ["Ada", "Bo"]),
        (["Ada O\n\n", "", "Bo O\n\n"], ["Ada", "", "Bo"]),
    ],
)
def test_a_mark_begins_a_document_or_ends_it(rows: list[str], texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "x.conll").write_text("-DOCSTART- O\n\n".join(rows))
    readings = list(load("iob2").read(tmp_path / "x.conll", "x", Options()))
    assert [reading.annotated.text for reading in readings] == texts


def test_the_middle_of_chinese_names_is_inside(tmp_path: Path) -> None:
    (tmp_path / "x.bmes").write_text("王 B-PER\n小 M-PER\n明 E-PER\n在 O\n家 S-LOC\n", "utf-8")
    assert recognise(tmp_path / "x.bmes", "x") == "biluo"
    [reading] = load("biluo").read(tmp_path / "x.bmes", "x", Options())
    assert [(span.start, span.end, span.label) for span in reading.annotated.spans] == [
        (0, 5, "PER"),
        (8, 9, "LOC"),
    ]
    assert reading.losses == []
