"""CoNLL-U Plus: how another reader reads our files, and how we read files of other programs."""

from pathlib import Path

import conllu
import pytest

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.registry import load
from annotations.formats.tolerance import BAD_ROW
from annotations.model.span import Span
from annotations.model.value import Entity
from tests.annotations.formats.corpus import document

CONLLU = load("conllu-plus")
OPTIONS = Options()
TEXT = " The Bank of England\tmet Zoë. No 😀\r\n\r\nKenya, too. "
NESTED = document(
    TEXT,
    Span(1, 20, "ORG", "accepted"),
    Span(13, 20, "GPE", "accepted"),
    Span(13, 28, "EVENT", "accepted"),
    Span(25, 28, "PERSON", "accepted"),
    Span(33, 34, "SIGN", "accepted"),
    Span(38, 43, "GPE", "accepted"),
)


def written(path: Path, *several: AnnotatedDocument) -> Path:
    CONLLU.write([CONLLU.fit(one, OPTIONS).annotated for one in several], path, OPTIONS)
    return path


def read(path: Path, text: str) -> list[Reading]:
    path.write_text(text, "utf-8", newline="")
    return list(CONLLU.read(path, "x.conllu", OPTIONS))


def quotes(reading: Reading) -> list[tuple[str, str]]:
    found = reading.annotated
    return [(span.label, found.text[span.start : span.end]) for span in found.spans]


def lost(reading: Reading) -> list[str]:
    return [loss.reason for loss in reading.losses]


def ten(*rows: str) -> str:
    """Rows of ten columns, made from an id, a form and the column MISC."""
    cells = [row.split() for row in rows]
    return "".join(
        "\t".join([identity, form, *["_"] * 7, misc[0] if misc else "_"]) + "\n"
        for identity, form, *misc in cells
    )


def test_every_line_is_what_it_should_be(tmp_path: Path) -> None:
    assert written(tmp_path / "x", NESTED).read_bytes().decode().split("\n") == [
        "# global.columns = ID FORM MISC ANNOTATE:NER",
        "# newdoc id = a.txt",
        "# document_path = /articles/a.txt",
        "# global.Entity = GRP-etype",
        "# newpar",
        "# sent_id = 1-1",
        "# text = The Bank of England met Zoë.",
        "1\tThe\tEntity=(1-ORG|SpacesBefore=\\s\tB-ORG",
        "2\tBank\t_\tI-ORG",
        "3\tof\t_\tI-ORG",
        "4\tEngland\tEntity=1)(2-EVENT(3-GPE)|SpacesAfter=\\t\tI-ORG",
        "5\tmet\t_\tO",
        "6\tZoë\tEntity=2)(4-PERSON)|SpaceAfter=No\tB-PERSON",
        "7\t.\t_\tO",
        "",
        "# sent_id = 1-2",
        "# text = No 😀",
        "1\tNo\t_\tO",
        "2\t😀\tEntity=(5-SIGN)|SpacesAfter=\\r\\n\\r\\n\tB-SIGN",
        "",
        "# newpar",
        "# sent_id = 1-3",
        "# text = Kenya, too.",
        "1\tKenya\tEntity=(6-GPE)|SpaceAfter=No\tB-GPE",
        "2\t,\t_\tO",
        "3\ttoo\tSpaceAfter=No\tO",
        "4\t.\tSpacesAfter=\\s\tO",
        "",
        "",
    ]
    assert [loss.reason for loss in CONLLU.fit(NESTED, OPTIONS).losses if loss.part == "flat"] == [
        "overlaps a longer span: kept in Entity, not in the column ANNOTATE:NER",
    ] * 2


def test_the_library_conllu_reads_words_columns_and_comments(tmp_path: Path) -> None:
    path = written(tmp_path / "x", NESTED, document(""), document("Ada", Span(0, 3, "PERSON")))
    with path.open(encoding="utf-8") as file:
        sentences = list(conllu.parse_incr(file))
    assert [sentence.metadata.get("text") for sentence in sentences] == [
        "The Bank of England met Zoë.",
        "No 😀",
        "Kenya, too.",
        None,
        "Ada",
    ]
    assert [sentence.metadata.get("newdoc id") for sentence in sentences] == [
        "a.txt",
        None,
        None,
        "a.txt-2",
        "a.txt-3",
    ]
    first = sentences[0]
    assert [token["id"] for token in first] == [1, 2, 3, 4, 5, 6, 7]
    assert [token["annotate:ner"] for token in first][-2:] == ["B-PERSON", "O"]
    assert first[3]["misc"] == {"Entity": "1)(2-EVENT(3-GPE)", "SpacesAfter": "\\t"}
    shown = "".join(
        token["form"] + " " * ((token["misc"] or {}).get("SpaceAfter") != "No") for token in first
    )
    assert shown.strip() == first.metadata["text"]


def test_signs_in_labels_do_not_run_into_those_around_them(tmp_path: Path) -> None:
    odd = document("Ada met", Span(0, 3, "a-(b)|c %", "accepted"))
    row = written(tmp_path / "x", odd).read_text("utf-8").splitlines()[7]
    assert row == "1\tAda\tEntity=(1-a%2D%28b%29%7Cc%20%25)\tB-a-%28b%29%7Cc%20%25"
    [reading] = CONLLU.read(tmp_path / "x", "x", OPTIONS)
    assert [span.label for span in reading.annotated.spans] == ["a-(b)|c %"]
    parts = [loss.part for loss in CONLLU.fit(odd, OPTIONS).losses]
    assert parts == ["document done", "annotator"]


def test_gum_with_nested_mentions_and_all_that_is_not_read(tmp_path: Path) -> None:
    [reading] = read(
        tmp_path / "x",
        "# newdoc id = GUM_y\n# global.Entity = GRP-etype-infstat-identity\n# meta::author = me\n"
        "# sent_id = y-1\n# newpar\n# text = The mayor of Port-au-Prince left it.\n"
        "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(7-person-new-|Discourse=x\n"
        + ten(
            "2 mayor",
            "3 of",
            "4 Port Entity=(8-place-new-Port-au-Prince|SpaceAfter=No",
            "5 -au-Prince Entity=8)7)",
            "6 left",
            "7 it Entity=(7-place-giv:act-)|SpaceAfter=No",
            "8 .",
        )
        + "\n# sent_id = y-2\n# newpar\n# text = End\n"
        + ten("1 End"),
    )
    assert reading.annotated.text == "The mayor of Port-au-Prince left it.\n\nEnd"
    assert quotes(reading) == [
        ("person", "The mayor of Port-au-Prince"),
        ("place", "Port-au-Prince"),
        ("place", "it"),
    ]
    assert reading.annotated.spans[1].value == Entity(id="Port-au-Prince", origin="import")
    assert lost(reading) == [
        "links between mentions of one entity, which cannot be stored",
        "columns not read: LEMMA, UPOS, XPOS, HEAD, DEPREL",
        "attributes in MISC not read: Discourse",
        "parts of Entity not read: infstat",
        "comments not read: meta::author",
    ]


@pytest.mark.parametrize(
    ("rows", "text", "found", "reasons"),
    [
        # an earlier form of GUM: the type before the number, and no comment that declares this
        (
            ["1 My Entity=(object-41(person-5)", "2 flat Entity=object-41)"],
            "My flat",
            [("object", "My flat"), ("person", "My")],
            [],
        ),
        # CorefUD: letters before numbers, parts of one mention, mentions of no type
        (
            ["1 a Entity=(e1[1/2]-x-1-)(e2-y-1-", "2 b Entity=e2)", "3 c Entity=(e1[2/2]-x-1-)(e3--1-)"],
            "a b c",
            [("y", "a b")],
            [
                "discontinuous mention, which cannot be stored",
                "mention without a type, which cannot be stored",
            ],
        ),
        # mentions that cross, and two mentions of one entity inside each other
        (
            ["1 a Entity=(1-x", "2 b Entity=(2-y", "3 c Entity=1)(1-z", "4 d Entity=(1-w)1)2)"],
            "a b c d",
            [("x", "a b c"), ("y", "b c d"), ("z", "c d"), ("w", "d")],
            ["links between mentions of one entity, which cannot be stored"],
        ),
        # brackets that do not match
        (
            ["1 a Entity=(1-x", "2 b Entity=3)oops"],
            "a b",
            [],
            [
                "bracket in Entity that closes nothing",
                "text in Entity that is not a bracket",
                "mention without an end",
            ],
        ),
        # multiword tokens whose words are or are not spelt as in the text, and empty nodes
        (
            [
                "1-2 don't SpaceAfter=No",
                "1 do Entity=(1-x)",
                "2 n't Entity=(2-y",
                "2.1 it Entity=(3-z)",
                "3 go Entity=2)",
                "4-5 zum",
                "4 zu",
                "5 dem Entity=(4-w",
                "6 Hof Entity=4)",
                "6.1 _ Entity=(5-v",
                "7 ab Entity=5)",
            ],
            "don'tgo zum Hof ab",
            [("x", "do"), ("y", "n'tgo"), ("w", "zum Hof"), ("v", "ab")],
            [
                "edge inside a multiword token: read as that of the whole token",
                "mention of an empty node, which cannot be stored",
            ],
        ),
        # tags in MISC, as stanza writes them, also on a multiword token
        (
            [
                "1-2 Kims ner=S-PER",
                "1 Kim ner=O",
                "2 s",
                "3 New ner=B-GPE",
                "4 York ner=E-GPE|end_char=3",
            ],
            "Kims New York",
            [("PER", "Kims"), ("GPE", "New York")],
            [],
        ),
    ],
)
def test_plain_conllu_of_others(
    rows: list[str], text: str, found: list[tuple[str, str]], reasons: list[str], tmp_path: Path
) -> None:
    [reading] = read(tmp_path / "x", ten(*rows))
    assert reading.annotated.text == text
    assert quotes(reading) == found
    assert lost(reading) == reasons


def test_columns_of_others(tmp_path: Path) -> None:
    first, second = read(
        tmp_path / "x",
        "# global.columns = id form OTHER:NER_SCORE other:ner\n# newdoc\n"
        "1\tNew\t_\tB-LOC\n2\tYork\t0.5\tI-LOC\n3\tx\t_\t*\n4\tPeru\t_\tI-LOC\n\n"
        "# newdoc id = b\r\n1\tOslo\t_\tS-LOC\r\n",
    )
    assert (first.annotated.text, quotes(first)) == (
        "New York x Peru",
        [("LOC", "New York"), ("LOC", "Peru")],
    )
    assert lost(first) == ["I- without a beginning, read as one", "columns not read: OTHER:NER_SCORE"]
    assert quotes(second) == [("LOC", "Oslo")]


def test_the_text_of_a_sentence_tells_its_white_space(tmp_path: Path) -> None:
    spaced = ten("1 Don’t", "2 ,", "3 Ada Entity=(1-p)", r"4 ! SpacesAfter=\n")
    other = ten("1 She", "2 walked")
    text = f"# text = Don’t,\u00a0Ada  !\n{spaced}\n# text = She ran off\n{other}"
    [reading] = read(tmp_path / "x", text)
    assert reading.annotated.text == "Don’t,\u00a0Ada  !\nShe walked"
    assert quotes(reading) == [("p", "Ada")]
    assert lost(reading) == ["sentence whose text is not that of its words: read from the words"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1\tAda\n", r"line 1 is not a word in the 10 columns ID FORM"),
        (ten("1 Ada").replace("Ada", ""), r"line 1 is not a word"),
        (ten("3-1 Ada"), r"line 1: a token cannot go from word 3 back to word 1"),
        ("# global.columns = FORM NER\nAda\tO\n", r"line 1: a file needs the columns ID and FORM"),
        (ten("1 Ada Entity=" + "(1-x" * 2000), r"line 1 has more than 1000 mentions open"),
        (ten("1 a\0b"), r"NUL"),
    ],
)
def test_what_is_wrong_is_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=says) as error:
        read(tmp_path / "x", text)
    assert str(error.value).startswith("x.conllu")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ten("1 Ada", "x Bo", "3 met Entity=(1-x)"), "line 2 is not a word in the 10 columns"),
        (ten("1 Ada", "2 Bo", "3 met Entity=(1-x)").replace("\tBo\t", "\t\t"), "line 2 is not a word"),
        (
            ten("1 Ada") + ten("1 met Entity=(1-x)").replace("1\tmet", "# text = late\n1\tmet"),
            "line 2 is not",
        ),
        (
            "# global.columns = ID FORM NER\n1\tAda\tX-PER\n2\tmet\tB-x\n",
            "has 'X-PER', which is not a tag",
        ),
    ],
)
def test_a_bad_line_is_listed_and_the_rest_is_read(text: str, says: str, tmp_path: Path) -> None:
    [reading] = read(tmp_path / "x", text)
    assert quotes(reading) == [("x", "met")]
    bad = [loss.example for loss in reading.losses if loss.reason == BAD_ROW]
    assert [says in example for example in bad] == [True]
    assert not reading.complete


def test_all_columns_of_tags_are_read(tmp_path: Path) -> None:
    [reading] = read(
        tmp_path / "x",
        "# global.columns = ID FORM NER A:NER\n1\tNew\tB-LOC\tB-ORG\n2\tYork\tI-LOC\tI-ORG\n"
        "3\tTimes\tO\tI-ORG\n",
    )
    assert quotes(reading) == [("ORG", "New York Times"), ("LOC", "New York")]
    assert not reading.losses


def test_names_and_ids_come_back(tmp_path: Path) -> None:
    named = [
        annotated("Ada", [], name="doc 1.txt"),
        annotated("Ada", [], name="doc1.txt"),
        annotated("Ada", [], name="doc1.txt"),
        annotated("Ada", [], path="/a/b = c.txt"),
        annotated(
            "Ada", [], path="/a/b.txt", name="x", document_id=f"{annotated('Ada', []).document.id}-00ff"
        ),
        annotated("Ada", []),
    ]
    fits = [CONLLU.fit(one, Options()) for one in named]
    assert not any(fit.losses for fit in fits)
    CONLLU.write([fit.annotated for fit in fits], tmp_path / "x", Options())
    back = list(CONLLU.read(tmp_path / "x", "x", Options()))
    assert [one.annotated.document for one in back] == [one.document for one in named]
    assert [one.key for one in back] == ["doc_1.txt", "doc1.txt", "doc1.txt-2", "b_=_c.txt", "x", ""]
    broken = annotated("Ada", [], name="a\nb")
    assert [loss.part for loss in CONLLU.fit(broken, Options()).losses] == ["path"]


def test_numbers_that_do_not_rise_lose_no_word(tmp_path: Path) -> None:
    [reading] = read(tmp_path / "x", ten("5 a", "5 b", "2-3 cd", "2 c", "9 e", "3 f"))
    assert reading.annotated.text == "a b cd e f"
