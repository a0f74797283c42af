"""How other libraries read our files, and how we read files of other programs."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cassis
import conllu
import pytest
import spacy
from nervaluate import Evaluator
from nervaluate.entities import EvaluationResult
from spacy.training import biluo_to_iob, offsets_to_biluo_tags

from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options, Reading
from annotations.formats.recognition import recognise
from annotations.formats.registry import load
from annotations.model.span import Span
from annotations.model.value import Entity, Timex
from tests.annotations.formats.corpus import document
from tests.spans import sources_named

TEXT = "😀 Ada Lovelace met\r\nthe Bank of England. Kenya, Peru. On 3 March 2021."
EXAMPLE = document(
    TEXT,
    Span(2, 14, "PERSON", "accepted", value=Entity(id="Q7259", origin="import")),
    Span(20, 39, "ORG", "accepted"),
    Span(41, 46, "GPE", "accepted"),
    Span(48, 52, "GPE", "accepted"),
    Span(57, 69, "DATE", "accepted", value=Timex("DATE", "2021-03-03")),
)
UNITS = TEXT.encode("utf-16-le")


def written(name: str, path: Path, *several: AnnotatedDocument) -> Path:
    format_ = load(name)
    format_.write([format_.fit(one, Options()).annotated for one in several], path, Options())
    return path


def read(name: str, path: Path) -> list[Reading]:
    return list(load(name).read(path, "file", Options()))


def in_browser(start: int, end: int) -> str:
    """What a browser regards as the characters from `start` to `end`: UTF-16 units."""
    return UNITS[2 * start : 2 * end].decode("utf-16-le")


def quotes(reading: Reading) -> list[tuple[str, str]]:
    found = reading.annotated
    return [(span.label, found.text[span.start : span.end]) for span in found.spans]


NAMES = quotes(Reading(EXAMPLE, []))


def test_label_studio_counts_as_browsers_do(tmp_path: Path) -> None:
    [task] = json.loads(written("label-studio", tmp_path / "x.json", EXAMPLE).read_text("utf-8"))
    results = task["annotations"][0]["result"]
    regions = [one for one in results if one["type"] == "labels"]
    assert [in_browser(r["value"]["start"], r["value"]["end"]) for r in regions] == [q for _, q in NAMES]
    assert all(r["value"]["text"] == in_browser(r["value"]["start"], r["value"]["end"]) for r in regions)
    config = ElementTree.parse(tmp_path / "x.config.xml").getroot()
    labels = config.find("Labels")
    assert labels is not None
    assert (labels.get("name"), labels.get("toName")) == (regions[0]["from_name"], regions[0]["to_name"])
    assert {label.get("value") for label in labels} == {"PERSON", "ORG", "GPE", "DATE"}
    [area] = config.findall("TextArea")
    _, value = [one for one in results if one["type"] == "textarea"]
    assert (area.get("name"), area.get("toName")) == (value["from_name"], value["to_name"])
    assert area.get("perRegion") == "true"
    assert value["id"] == regions[-1]["id"]
    assert json.loads(value["value"]["text"][0])["value"] == "2021-03-03"


def test_label_studio_text_areas_of_others(tmp_path: Path) -> None:
    def result(kind: str, name: str, **value: object) -> dict[str, object]:
        return {"id": "r", "type": kind, "from_name": name, "to_name": "t", "value": value}

    results = [
        result("labels", "l", start=3, end=15, labels=["PERSON"]),
        result("textarea", "value", start=3, end=15, text=["a countess"]),
        result("textarea", "value", start=3, end=15),
        result("textarea", "remarks", start=3, end=15, text=["{}"]),
    ]
    task = {"data": {"text": TEXT}, "annotations": [{"result": results}]}
    (tmp_path / "x").write_text(json.dumps([task]))
    [reading] = read("label-studio", tmp_path / "x")
    assert [span.value for span in reading.annotated.spans] == [None]
    assert [loss.reason for loss in reading.losses] == [
        "result of type 'textarea', which is not read"
    ] * 3


def test_label_studio_predictions_are_suggestions_and_cancelled_ones_nothing(tmp_path: Path) -> None:
    def region(start: int, end: int, label: str, **more: object) -> dict[str, object]:
        place = {"start": start, "end": end, "labels": [label]}
        return {"type": "labels", "from_name": "l", "to_name": "t", "value": place} | more

    task = {
        "id": 7,
        "data": {"body": TEXT},
        "annotations": [
            {"completed_by": {"email": "ada@example.org"}, "result": [region(3, 15, "PERSON")]},
            {"was_cancelled": True, "result": [region(0, 2, "X")]},
            {"completed_by": 4, "result": [{"type": "relation", "from_id": "a", "to_id": "b"}]},
        ],
        "predictions": [{"model_version": "m1", "result": [region(42, 47, "GPE", score=0.5)]}],
    }
    (tmp_path / "x").write_text(json.dumps([task]))
    first, second = read("label-studio", tmp_path / "x")
    assert quotes(first) == [("PERSON", "Ada Lovelace"), ("GPE", "Kenya")]
    assert [(s.status, s.sources, s.score) for s in first.annotated.spans] == [
        ("accepted", (), None),
        ("suggested", sources_named("m1"), 0.5),
    ]
    assert first.annotated.row.annotator == "ada@example.org"
    assert [loss.reason for loss in second.losses] == ["result of type 'relation', which is not read"]


def test_doccano_counts_as_browsers_do(tmp_path: Path) -> None:
    line = json.loads(written("doccano", tmp_path / "x", EXAMPLE).read_text("utf-8"))
    assert [(label, in_browser(start, end)) for start, end, label in line["label"]] == NAMES
    line = json.loads(written("doccano-entities", tmp_path / "y", EXAMPLE).read_text("utf-8"))
    assert [
        (e["label"], in_browser(e["start_offset"], e["end_offset"])) for e in line["entities"]
    ] == NAMES


def test_doccano_of_older_versions_and_other_shapes(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": "EU rejects", "label": [[0, 2, "ORG"]], "Comments": []},
        {"id": 2, "text": "EU rejects", "labels": [[0, 2, "ORG"]]},
        {"text": "EU", "entities": [{"id": 0, "start_offset": 0, "end_offset": 2, "label": "ORG"}],
         "relations": [{"id": 0, "from_id": 0, "to_id": 0, "type": "x"}], "Comments": []},
    ]  # fmt: skip
    (tmp_path / "x").write_text("\n".join(map(json.dumps, lines)))
    readings = read("doccano", tmp_path / "x")
    assert [quotes(reading) for reading in readings] == [[("ORG", "EU")]] * 3
    assert [loss.reason for loss in readings[2].losses] == ["field 'relations', which is not read"]
    (tmp_path / "x").write_text(json.dumps({"text": "😀", "label": [[1, 2, "X"]]}))
    with pytest.raises(FormatError, match="inside the character"):
        read("doccano", tmp_path / "x")


def test_prodigy_tokens_and_spans_agree(tmp_path: Path) -> None:
    glued = document(
        "Fuad HusseinMinister met",
        Span(0, 12, "PERSON"),
        Span(0, 4, "GIVEN", value=Entity(id="Q1"), comment="first"),
    )
    task = json.loads(written("prodigy", tmp_path / "x", glued).read_text("utf-8"))
    assert all(task["text"][t["start"] : t["end"]] == t["text"] for t in task["tokens"])
    whole, part = task["spans"]
    assert "token_start" not in whole
    assert "annotate" not in whole
    assert part["annotate"] == {"value": {"kind": "entity", "id": "Q1"}, "comment": "first"}
    assert (part["token_start"], part["token_end"]) == (0, 0)
    assert task["_view_id"] == "spans_manual"
    assert task["answer"] == "accept"
    assert -(2**31) <= task["_input_hash"] < 2**31


def test_prodigy_tasks_of_others(tmp_path: Path) -> None:
    def task(answer: str, **more: object) -> dict[str, object]:
        spans = [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "ORG"}]
        tokens = [{"text": "Uber", "start": 0, "end": 4, "id": 0}]
        meta = {"source": "a paper", "score": 0.3}
        return {"text": "Uber’s Lesson", "spans": spans, "tokens": tokens, "meta": meta,
                "_input_hash": 1, "_session_id": None, "answer": answer} | more  # fmt: skip

    several = [task("accept"), task("reject"), task("ignore", _annotator_id="db-eve")]
    (tmp_path / "x").write_text("\n".join(map(json.dumps, several)))
    readings = read("prodigy", tmp_path / "x")
    assert [reading.annotated.spans[0].status for reading in readings] == [
        "accepted",
        "rejected",
        "suggested",
    ]
    assert readings[2].annotated.row.annotator == "db-eve"
    assert not any(reading.losses for reading in readings)
    (tmp_path / "x").write_text('{"label": "GPE", "pattern": [{"lower": "kenya"}]}')
    with pytest.raises(FormatError, match="is a pattern"):
        read("prodigy", tmp_path / "x")


def test_brat_of_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Angela Merkel met 40 or 46\nold men 😀 x.".encode())
    (tmp_path / "a.ann").write_text(
        "T1\tPerson 0 13\tAngela Merkel\n"
        "T2\tAge 18 20;24 26\t40 46\n"
        "T3\tGroup 24 26;27 34\t46 old men\n"
        "T4\tSign 35 36\t😀\n"
        "E1\tMeet:T1 Agent:T3\nR1\tRel Arg1:T1 Arg2:T3\n*\tEquiv T1 T3\n"
        "A1\tNegation E1\nN1\tReference T1 Wikidata:Q567\tAngela Merkel\n"
        "#1\tAnnotatorNotes T1\tthe chancellor\n",
        "utf-8",
    )
    (tmp_path / "annotation.conf").write_text("[entities]\nPerson\n")
    [reading] = read("brat", tmp_path)
    assert quotes(reading) == [
        ("Person", "Angela Merkel"),
        ("Group", "46\nold men"),
        ("Sign", "😀"),
    ]
    person = reading.annotated.spans[0]
    assert (person.value, person.comment) == (
        Entity("Angela Merkel", "Wikidata:Q567", "import"),
        "the chancellor",
    )
    assert sorted(loss.reason for loss in reading.losses) == [
        "attribute or note 'Negation', which is not read",
        "discontinuous span, which cannot be stored",
        "equivalence, which cannot be stored",
        "event, which cannot be stored",
        "relation, which cannot be stored",
    ]


def test_brat_writes_a_span_over_a_line_end_as_brat_does(tmp_path: Path) -> None:
    folder = written("brat", tmp_path / "x", document("one\r\ntwo three", Span(0, 8, "X", "accepted")))
    [ann] = folder.glob("*.ann")
    assert ann.read_text("utf-8") == "T1\tX 0 3;5 8\tone two\n"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("conll2003-iob1", ["EU _ _ I-ORG", "UK _ _ B-ORG", "Ada _ _ I-PER"]),
        ("conll2003-iob2", ["EU _ _ B-ORG", "UK _ _ B-ORG", "Ada _ _ B-PER"]),
        ("iob2", ["EU\tB-ORG", "UK\tB-ORG", "Ada\tB-PER"]),
        ("biluo", ["EU\tU-ORG", "UK\tU-ORG", "Ada\tU-PER"]),
    ],
)
def test_tag_schemes(name: str, rows: list[str], tmp_path: Path) -> None:
    spans = Span(0, 2, "ORG"), Span(3, 5, "ORG"), Span(6, 9, "PER")
    lines = written(name, tmp_path / "x", document("EU UK Ada", *spans)).read_text().splitlines()
    assert lines[2:5] == rows


def sentences_of_tags(name: str, path: Path) -> list[list[str]]:
    """The tags of a written file by sentence, and of a dataset by document."""
    if name == "hf-jsonl":
        classes = re.findall(r"'\d+': \"(.*)\"", (path / "README.md").read_text("utf-8"))
        rows = map(json.loads, (path / "train.jsonl").read_text("utf-8").splitlines())
        return [[classes[number] for number in row["ner_tags"]] for row in rows]
    if name == "conllu-plus":
        with path.open(encoding="utf-8") as file:
            return [[token["annotate:ner"] for token in part] for part in conllu.parse_incr(file)]
    body = path.read_text("utf-8").split("\n", 2)[2]
    return [[line.split()[-1] for line in part.split("\n")] for part in body.split("\n\n") if part]


def tags_by_spacy(text: str, spans: list[Span]) -> list[str]:
    """The tags that spaCy gives for spans, without those of white space."""
    doc = spacy.blank("en").make_doc(text)
    inside = [(s.start, s.end, s.label) for s in spans]
    tags = biluo_to_iob(offsets_to_biluo_tags(doc, inside))
    return [tag for tag, token in zip(tags, doc, strict=True) if not token.is_space]


SENTENCES = [
    "EU UK rejected\r\n",
    "German lamb. ",
    "Ada Lovelace Charles Babbage met the Bank of England. ",
    "Kenya, Peru.",
]
NAMED = [
    {"EU": "ORG", "UK": "ORG"},
    {"German lamb": "MISC"},
    {"Ada Lovelace": "PER", "Charles Babbage": "PER", "the Bank of England": "ORG"},
    {"Kenya": "LOC", "Peru": "LOC"},
]


def spans_of(names: dict[str, str], text: str) -> list[Span]:
    starts = {name: text.index(name) for name in names}
    return [Span(starts[name], starts[name] + len(name), label) for name, label in names.items()]


@pytest.mark.parametrize(
    "name", ["conll2003-iob1", "conll2003-iob2", "iob2", "biluo", "conllu-plus", "hf-jsonl"]
)
def test_nervaluate_finds_in_the_tags_what_spacy_makes_of_the_spans(name: str, tmp_path: Path) -> None:
    text = "".join(SENTENCES)
    whole = document(text, *(span for names in NAMED for span in spans_of(names, text)))
    tags = sentences_of_tags(name, written(name, tmp_path / "x", whole))
    if name == "biluo":
        tags = [biluo_to_iob(sentence) for sentence in tags]

    def strict_scores(named: list[dict[str, str]]) -> EvaluationResult:
        expected = [
            tags_by_spacy(sentence, spans_of(names, sentence))
            for sentence, names in zip(SENTENCES, named, strict=True)
        ]
        if name == "hf-jsonl":
            expected = [[tag for sentence in expected for tag in sentence]]
        labels = ["ORG", "MISC", "PER", "LOC"]
        return Evaluator(expected, tags, labels).evaluate()["overall"]["strict"]

    right = strict_scores(NAMED)
    assert (right.possible, right.actual, right.correct, right.f1) == (8, 8, 8, 1.0)
    wrong = strict_scores([{"EU": "PER"}, *NAMED[1:]])
    assert (wrong.possible, wrong.correct, wrong.incorrect, wrong.spurious) == (7, 6, 1, 1)


def test_columns_of_others(tmp_path: Path) -> None:
    files = {
        "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\nPeter NNP I-NP I-PER\n": 1,
        "-DOCSTART- O\n\nEU I-ORG\nrejects O\n\nPeter I-PER\n\n-DOCSTART- O\n\nEU I-ORG\n": 2,
        "-DOCSTART- -X- O\nEU -X- _ B-ORG\nrejects -X- _ O\nPeter -X- _ B-PER\n": 1,
        "EU\tB-ORG\r\nrejects\tO\r\n\r\nPeter\tB-PER\r\n": 1,
    }
    for text, number in files.items():
        (tmp_path / "x").write_text(text, newline="")
        readings = read("conll2003-iob1", tmp_path / "x")
        assert len(readings) == number
        assert quotes(readings[0]) == [("ORG", "EU"), ("PER", "Peter")]


def test_timeml_follows_its_dtd(tmp_path: Path) -> None:
    folder = written("timeml", tmp_path / "x", EXAMPLE)
    [file] = folder.glob("*.tml")
    root = ElementTree.parse(file).getroot()
    text = root.find("TEXT")
    assert root.tag == "TimeML"
    assert text is not None
    assert "".join(text.itertext()) == TEXT
    [timex] = text
    assert (timex.tag, timex.text, timex.get("type"), timex.get("value")) == (
        "TIMEX3",
        "3 March 2021",
        "DATE",
        "2021-03-03",
    )
    identities = [one.get("tid") for one in root.iter("TIMEX3")]
    assert len(set(identities)) == len(identities)


TIMEML_DTD = """
<!-- What TimeML 1.2.1 says of documents that mark times only. -->
<!ENTITY % moment "TIME | DATE | DURATION | SET">
<!ELEMENT TimeML (DOCID?, DCT?, TITLE?, EXTRAINFO?, TEXT)>
<!ELEMENT DOCID (#PCDATA)>
<!ELEMENT DCT (#PCDATA | TIMEX3)*>
<!ELEMENT TITLE (#PCDATA)>
<!ELEMENT EXTRAINFO (#PCDATA)>
<!ELEMENT TEXT (#PCDATA | TIMEX3)*>
<!ELEMENT TIMEX3 (#PCDATA)>
<!ATTLIST TIMEX3
  tid ID #REQUIRED
  type (%moment;) #REQUIRED
  value CDATA #REQUIRED
  functionInDocument (CREATION_TIME | EXPIRATION_TIME | MODIFICATION_TIME | PUBLICATION_TIME
                      | RELEASE_TIME | RECEPTION_TIME | NONE) "NONE"
  temporalFunction (true | false) "false"
  valueFromFunction IDREF #IMPLIED
  mod (BEFORE | AFTER | ON_OR_BEFORE | ON_OR_AFTER | LESS_THAN | MORE_THAN | EQUAL_OR_LESS
       | EQUAL_OR_MORE | START | MID | END | APPROX) #IMPLIED
  anchorTimeID IDREF #IMPLIED
  beginPoint IDREF #IMPLIED
  endPoint IDREF #IMPLIED
  quant CDATA #IMPLIED
  freq CDATA #IMPLIED
  comment CDATA #IMPLIED>
"""


def test_timeml_is_valid_by_a_dtd(tmp_path: Path) -> None:
    from lxml import etree

    dtd = etree.DTD(io.StringIO(TIMEML_DTD))
    everything = document(
        "On 3 March 2021, early in May, every Monday for two days or so.",
        Span(3, 15, "DATE", "accepted", value=Timex("DATE", "2021-03-03"), comment='<sure> & "so"'),
        Span(17, 29, "DATE", "accepted", value=Timex("DATE", "2021-05", mod="START", anchor="2021-03")),
        Span(31, 43, "DATE", "accepted", value=Timex("SET", "XXXX-WXX-1", quant="EVERY")),
        Span(48, 56, "DATE", "accepted", value=Timex("DURATION", "P2D", mod="APPROX")),
    )
    folder = written("timeml", tmp_path / "x", EXAMPLE, everything)
    for file in folder.glob("*.tml"):
        root = etree.parse(file).getroot()
        assert dtd.validate(root), dtd.error_log
        root.find("TEXT").append(etree.Element("EVENT"))
        assert not dtd.validate(root)


def test_timeml_of_others(tmp_path: Path) -> None:
    (tmp_path / "x.tml").write_text(
        '<?xml version="1.0" ?>\n<!DOCTYPE TimeML SYSTEM "TimeML.dtd">\n<TimeML><DOCID>a</DOCID>'
        '<DCT><TIMEX3 tid="t0" type="TIME" value="2009-12-19T10:00">2009</TIMEX3></DCT>\n<TEXT>\n'
        'On <TIMEX3 tid="t1" type="date" value="1939-09-01">September 1</TIMEX3> it '
        '<EVENT eid="e1" class="OCCURRENCE">began &amp; lasted</EVENT> '
        '<TIMEX3 tid="t2" type="DURATION" value="PT2H" mod="APPROX">two hours</TIMEX3>'
        '<TIMEX3 tid="t3" type="DURATION" value="P1D"/>.</TEXT>'
        '<TLINK lid="l1" relType="BEFORE"/></TimeML>'
    )
    [reading] = read("timeml", tmp_path / "x.tml")
    assert reading.annotated.text == "\nOn September 1 it began & lasted two hours."
    assert reading.annotated.created == "2009-12-19T10:00"
    assert quotes(reading) == [("DATE", "September 1"), ("TIME", "two hours")]
    assert reading.annotated.spans[1].value == Timex("DURATION", "PT2H", "import", mod="APPROX")
    assert [loss.reason for loss in reading.losses] == [
        "EVENT element, which cannot be stored",
        "TIMEX3 without text, which cannot be stored",
        "TLINK element, which cannot be stored",
    ]


@pytest.mark.parametrize(
    ("body", "text", "dates"),
    [
        (
            '<DOC><DOCNO>A7</DOCNO><DATE_TIME><TIMEX3 tid="t0" type="TIME" value="1998-01-08T18:42" '
            'functionInDocument="CREATION_TIME">8 January</TIMEX3></DATE_TIME><BODY><TEXT>It rained '
            '<TIMEX3 tid="t1" type="DATE" value="1998-W02">this week</TIMEX3>.</TEXT></BODY></DOC>',
            "It rained this week.",
            ["this week"],
        ),
        (
            '<DOCID>A8</DOCID><TIMEX3 tid="t0" type="DATE" value="1998-01-08T18:42" '
            'functionInDocument="CREATION_TIME">980108</TIMEX3> <s>It rained '
            '<TIMEX3 tid="t1" type="DATE" value="1998-01-07"><TIMEX3 tid="t2" type="DATE" value="1998">'
            "yester</TIMEX3>day</TIMEX3>.</s>",
            "980108 It rained yesterday.",
            ["980108", "yester", "yesterday"],
        ),
    ],
)
def test_timeml_of_timebank_has_its_text_and_date_elsewhere(
    body: str, text: str, dates: list[str], tmp_path: Path
) -> None:
    (tmp_path / "x.tml").write_text(f'<?xml version="1.0" ?>\n<TimeML>{body}</TimeML>')
    [reading] = read("timeml", tmp_path / "x.tml")
    assert reading.annotated.text == text
    assert reading.annotated.created == "1998-01-08T18:42"
    assert sorted(quote for _, quote in quotes(reading)) == dates
    assert not any(loss.reason.startswith("TIMEX3") for loss in reading.losses)


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
def test_datasets_loads_it_with_class_names(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets  # late: it reads the environment, and takes its time

    folder = written(name, tmp_path / "x", EXAMPLE, document(""))
    rows = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))["train"]
    feature = rows.features["ner_tags"].feature
    assert set(feature.names) == {
        "O",
        *("B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-GPE", "I-GPE", "B-DATE", "I-DATE"),
    }
    tags = [feature.int2str(number) for number in rows[0]["ner_tags"]]
    assert rows[0]["text"] == TEXT
    assert list(zip(rows[0]["tokens"], tags, strict=True))[1:5] == [
        ("Ada", "B-PERSON"),
        ("Lovelace", "I-PERSON"),
        ("met", "O"),
        ("the", "B-ORG"),
    ]
    assert rows[1]["tokens"] == []


def test_hugging_face_files_of_others(tmp_path: Path) -> None:
    rows = [
        {"id": "0", "tokens": ["EU", "rejects"], "ner_tags": ["B-ORG", "O"]},
        {"id": "1", "tokens": [], "ner_tags": []},
    ]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, rows)))
    first, second = read("hf-jsonl", tmp_path)
    assert quotes(first) == [("ORG", "EU")]
    assert second.annotated.text == ""
    (tmp_path / "train.jsonl").write_text(json.dumps(rows[0] | {"ner_tags": [1, 0]}))
    with pytest.raises(FormatError, match=r"class 1, which README\.md does not name"):
        read("hf-jsonl", tmp_path)


def test_cassis_reads_what_inception_would(tmp_path: Path) -> None:
    folder = written("cas-xmi", tmp_path / "x", EXAMPLE)
    [file] = folder.glob("*.xmi")
    with (folder / "TypeSystem.xml").open("rb") as types, file.open("rb") as xmi:
        cas = cassis.load_cas_from_xmi(xmi, typesystem=cassis.load_typesystem(types))
    entities = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert [(entity.value, entity.get_covered_text()) for entity in entities] == NAMES
    assert [entity.identifier for entity in entities] == ["Q7259", None, None, None, None]
    raw = ElementTree.parse(file).getroot()
    places = [
        (int(one.attrib["begin"]), int(one.attrib["end"]))
        for one in raw
        if one.tag.endswith("NamedEntity")
    ]
    assert sorted(in_browser(start, end) for start, end in places) == sorted(q for _, q in NAMES)
    tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    assert all(token.get_covered_text().strip() for token in tokens)


def test_cas_with_other_layers_says_what_is_not_read(tmp_path: Path) -> None:
    types = cassis.load_dkpro_core_typesystem()
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = "😀 Ada runs"
    person = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.Person")
    lemma = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma")
    cas.add(person(begin=2, end=5, value=None))
    cas.add(lemma(begin=6, end=10, value="run"))
    cas.to_xmi(tmp_path / "x.xmi")
    [reading] = read("cas-xmi", tmp_path / "x.xmi")
    assert quotes(reading) == [("Person", "Ada")]
    assert [loss.reason for loss in reading.losses] == ["annotation of type 'Lemma', which is not read"]


def test_cas_with_a_doctype_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xmi").write_text("<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>")
    with pytest.raises(FormatError, match="refused"):
        read("cas-xmi", tmp_path / "x.xmi")


def test_webanno_tsv_is_what_the_guide_shows(tmp_path: Path) -> None:
    stacked = document(
        "Ms. Haag plays 😊 well_done",
        Span(0, 8, "PER", "accepted", value=Entity(id="Q1|2", origin="import")),
        Span(0, 3, "PERpart", "accepted"),
        Span(9, 13, "VERB", "accepted"),
        Span(15, 16, "a|b", "accepted"),
    )
    [file] = written("webanno-tsv", tmp_path / "x", stacked).glob("*.tsv")
    assert file.read_text("utf-8") == (
        "#FORMAT=WebAnno TSV 3.3\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n"
        "#Text=Ms. Haag plays 😊 well_done\n"
        "1-1\t0-3\tMs.\tQ1\\|2[1]|*[2]\tPER[1]|PERpart[2]\n"
        "1-2\t4-8\tHaag\tQ1\\|2[1]\tPER[1]\n"
        "1-3\t9-14\tplays\t_\t_\n"
        "1-3.1\t9-13\tplay\t*\tVERB\n"
        "1-4\t15-17\t😊\t*\ta\\|b\n"
        "1-5\t18-27\twell_done\t_\t_\n\n"
    )


def test_webanno_tsv_of_others(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(
        "#FORMAT=WebAnno TSV 3.2\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n"
        "#Text=I like it 😊 .\n"
        "1-1\t0-1\tI\tPRP\t_\t_\t\n1-2\t2-6\tlike\t_\t_\t_\t\n1-3\t7-9\tit\t_\thttp://x/Q1[2]\tX[2]\t\n"
        "1-4\t10-12\t😊\t_\t*[2]\tX[2]\t\n1-5\t13-14\t.\t_\t_\t_\t\n\n"
        "#Sentence.id=s2\n#Text=Bell made\n#Text=it .\n"
        "2-1\t16-20\tBell\t_\t*\t*\t\n2-2\t21-25\tmade\t_\t_\t_\t\n",
        "utf-8",
    )
    [reading] = read("webanno-tsv", tmp_path / "x.tsv")
    assert reading.annotated.text == "I like it 😊 .\n Bell made\nit ."
    assert quotes(reading) == [("X", "it 😊"), ("NamedEntity", "Bell")]
    assert [span.value for span in reading.annotated.spans] == [
        Entity(id="http://x/Q1", origin="import"),
        None,
    ]
    assert [loss.reason for loss in reading.losses] == ["layer POS, which is not read"]


CARDS = {
    "numbered, other features first": """---
dataset_info:
  features:
  - name: pos_tags
    sequence:
      class_label:
        names:
          '0': NN
          '1': O
  - name: ner_tags
    sequence:
      class_label:
        names:
          '0': O
          '1': B-PER
          '2': 'I-PER'
  splits:
  - name: train
---
# A corpus
""",
    "listed": """---
dataset_info:
  features:
    - name: ner_tags
      sequence:
        class_label:
          names:
            - O
            - B-PER
            - "I-PER"
---
""",
}


@pytest.mark.parametrize("card", CARDS)
def test_dataset_cards_of_others(card: str, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARDS[card])
    (tmp_path / "data").mkdir()
    row = {
        "id": "r7",
        "tokens": ["Ada", "Lovelace", "met"],
        "ner_tags": [1, 2, 0],
        "pos_tags": [0, 0, 1],
    }
    (tmp_path / "data" / "train-00000.jsonl").write_text(json.dumps(row))
    [reading] = read("hf-jsonl", tmp_path)
    assert quotes(reading) == [("PER", "Ada Lovelace")]
    assert reading.key == "r7"
    assert [loss.reason for loss in reading.losses] == ["field 'pos_tags', which is not read"]


def test_parquet_of_datasets_names_its_classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets  # late: it reads the environment, and takes its time

    features = datasets.Features(
        {
            "tokens": datasets.Sequence(datasets.Value("string")),
            "ner_tags": datasets.Sequence(datasets.ClassLabel(names=["O", "B-PER", "I-PER"])),
        }
    )
    rows = {"tokens": [["Ada", "met"]], "ner_tags": [[1, 0]]}
    datasets.Dataset.from_dict(rows, features=features).to_parquet(tmp_path / "train.parquet")
    [reading] = read("hf-parquet", tmp_path)
    assert quotes(reading) == [("PER", "Ada")]


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
def test_one_file_of_a_dataset_is_read_with_the_card_beside_it(name: str, tmp_path: Path) -> None:
    folder = written(name, tmp_path / "x", EXAMPLE)
    [file] = folder.glob("train.*")
    assert recognise(file, "file") == name
    [reading] = read(name, file)
    assert quotes(reading) == NAMES


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("jsonl", {"text": "Ada ran", "spans": [{"start": 0, "end": 3, "label": "P"}]}),
        ("doccano", {"text": "Ada ran", "label": [[0, 3, "P"]]}),
        ("doccano-entities", {"text": "Ada ran", "entities": [{"start_offset": 0, "end_offset": 3, "label": "P"}]}),
        ("prodigy", {"text": "Ada ran", "spans": [{"start": 0, "end": 3, "label": "P"}], "answer": "accept"}),
        ("hf-jsonl", {"tokens": ["Ada", "ran"], "ner_tags": ["B-P", "O"]}),
    ],
)  # fmt: skip
def test_an_array_is_read_as_json_lines_are(name: str, one: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("\ufeff" + json.dumps([one, one], indent=1), "utf-8")
    assert recognise(file, "x") == name
    readings = read(name, file)
    assert [quotes(reading) for reading in readings] == [[("P", "Ada")]] * 2


def test_doccano_of_version_1_names_people_by_number(tmp_path: Path) -> None:
    def annotation(user: int, label: int | str, start: int, end: int) -> dict[str, object]:
        return {"label": label, "start_offset": start, "end_offset": end, "user": user, "prob": 0.0}

    several = [annotation(1, 3, 0, 3), annotation(2, "GPE", 8, 12), annotation(1, "GPE", 8, 12)]
    rows = [
        {"id": 1, "text": "Ada saw Peru", "annotations": several, "meta": {}},
        {"id": 2, "text": "nothing", "annotations": []},
        {"id": 3, "data": "Peru", "label": [[0, 4, "GPE"]]},
    ]
    (tmp_path / "x.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert recognise(tmp_path / "x.jsonl", "x") == "doccano"
    readings = read("doccano", tmp_path / "x.jsonl")
    assert [(one.annotated.row.annotator, quotes(one)) for one in readings] == [
        ("1", [("3", "Ada"), ("GPE", "Peru")]),
        ("2", [("GPE", "Peru")]),
        ("", []),
        ("", [("GPE", "Peru")]),
    ]
    assert [loss for reading in readings for loss in reading.losses] == []
