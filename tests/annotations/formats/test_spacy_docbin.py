"""DocBin files, read by spaCy itself."""

import tracemalloc
import zlib
from pathlib import Path

import msgspec
import pytest
import spacy
from spacy.cli.debug_data import debug_data
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan

from annotations.formats import tokens
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.format import FormatError, Options
from annotations.formats.registry import load
from annotations.model.span import Span, replace
from annotations.model.value import Entity
from tests.annotations.formats.corpus import document

OPTIONS = Options()
SPACY = load("spacy")


def written(path: Path, *documents: AnnotatedDocument) -> list[Doc]:
    SPACY.write([SPACY.fit(one, OPTIONS).annotated for one in documents], path, OPTIONS)
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def test_spacy_reads_entities_and_the_span_group(tmp_path: Path) -> None:
    text = "😀 The Bank of England met Ada.\r\n"
    annotated = document(
        text,
        Span(2, 21, "ORG", "accepted", value=Entity(id="Q183231")),
        Span(14, 21, "GPE", "accepted"),
        Span(26, 29, "PERSON", "accepted"),
    )
    [doc] = written(tmp_path / "x.spacy", annotated)
    assert doc.text == text
    assert [(e.text, e.label_, e.kb_id_) for e in doc.ents] == [
        ("The Bank of England", "ORG", "Q183231"),
        ("Ada", "PERSON", ""),
    ]
    assert sorted(s.text for s in doc.spans["sc"]) == ["Ada", "England", "The Bank of England"]
    assert doc.user_data["annotate"]["annotator"] == "ann"


@pytest.mark.parametrize(
    ("text", "start", "end", "reason"),
    [
        ("Fuad HusseinMinister spoke", 0, 12, "begins or ends inside a token"),
        ("He met her", 2, 6, "begins or ends on white space"),
        ("a\n\nb", 0, 3, "begins or ends on white space"),
        ("北京很大", 0, 2, "begins or ends inside a token"),
    ],
)
def test_what_spacy_cannot_hold_is_listed(text: str, start: int, end: int, reason: str) -> None:
    fitted, losses = SPACY.fit(document(text, Span(start, end, "X", "accepted")), OPTIONS)
    assert fitted.spans == ()
    assert [loss.reason for loss in losses] == [reason]


def test_the_longest_of_overlapping_spans_is_the_entity(tmp_path: Path) -> None:
    annotated = document("a b c d", Span(0, 3, "X"), Span(2, 7, "X"), Span(0, 3, "A"))
    [doc] = written(tmp_path / "x.spacy", annotated)
    assert [(e.text, e.label_) for e in doc.ents] == [("b c d", "X")]
    assert {loss.part for loss in SPACY.fit(annotated, OPTIONS).losses} == {"flat"}


def test_a_file_that_spacy_made_is_read(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Ada Lovelace met Charles.")
    doc.set_ents([SpacySpan(doc, 0, 2, "PERSON")], default="missing")
    doc.spans["sc"] = [SpacySpan(doc, 3, 4, "PERSON")]
    doc.spans["other"] = [SpacySpan(doc, 0, 1, "GIVEN")]
    doc.user_data["mine"] = {"a": (1, 2)}
    DocBin(docs=[doc, nlp("")], store_user_data=True).to_disk(tmp_path / "x.spacy")
    first, second = [r.annotated for r in SPACY.read(tmp_path / "x.spacy", "x.spacy", OPTIONS)]
    assert first.text == "Ada Lovelace met Charles."
    assert [(s.start, s.end, s.label, s.status) for s in first.spans] == [
        (0, 12, "PERSON", "accepted"),
        (17, 24, "PERSON", "accepted"),
    ]
    assert second.text == ""


def test_a_label_changed_by_spacy_users_counts_more_than_our_notes(tmp_path: Path) -> None:
    file = tmp_path / "x.spacy"
    [doc] = written(file, document("Ada met", replace(Span(0, 3, "ORG", "accepted"), comment="hm")))
    doc.set_ents([SpacySpan(doc, 0, 1, "PERSON")])
    del doc.spans["sc"]
    DocBin(docs=[doc], store_user_data=True).to_disk(file)
    [reading] = SPACY.read(file, "x.spacy", OPTIONS)
    assert [(s.label, s.comment) for s in reading.annotated.spans] == [("PERSON", "")]


def repacked(path: Path, **changes: object) -> None:
    written(path, document("Ada met", Span(0, 3, "PERSON", "accepted")))
    packed = msgspec.msgpack.decode(zlib.decompress(path.read_bytes()))
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(packed | changes)))


@pytest.mark.parametrize("key", [b"\x81\xa1a\x01", b"\x91\x01"], ids=["map", "list"])
def test_user_data_with_a_key_that_python_cannot_have_belongs_to_others(
    tmp_path: Path, key: bytes
) -> None:
    file = tmp_path / "x.spacy"
    repacked(file, user_data=[b"\x81" + key + b"\x01"])
    [reading] = SPACY.read(file, "x.spacy", OPTIONS)
    assert [(s.start, s.end, s.label) for s in reading.annotated.spans] == [(0, 3, "PERSON")]


@pytest.mark.parametrize(
    "changes",
    [
        {"tokens": b"\1"},
        {"lengths": b"\xff\xff\xff\xff"},
        {"lengths": b"\xff\xff\xff\x7f"},
        {"spaces": b""},
        {"strings": []},
        {"strings": [1]},
        {"attrs": []},
        {"attrs": [2**70]},
        {"span_groups": [b"\x81\xa1x\x91\xa2sc"]},
        {"user_data": [msgspec.msgpack.encode({"annotate": {"spans": [{"start": -1}]}})]},
    ],
)
def test_damage_is_one_sentence(tmp_path: Path, changes: dict[str, object]) -> None:
    file = tmp_path / "x.spacy"
    try:
        repacked(file, **changes)
    except (OverflowError, msgspec.MsgspecError):
        file.write_bytes(b"\xc1")
    with pytest.raises(FormatError, match=r"^[^\n]+\.$"):
        list(SPACY.read(file, "x.spacy", OPTIONS))


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.formats.spacy_docbin_file.LARGEST", 10_000)
    (tmp_path / "x.spacy").write_bytes(zlib.compress(b"\0" * 1_000_000))
    with pytest.raises(FormatError, match="unpacks to more"):
        list(SPACY.read(tmp_path / "x.spacy", "x.spacy", OPTIONS))


def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        many = [document(f"{n} a b c d e f g. " * 300, Span(2, 3, "X")) for n in range(number)]
        file = tmp_path / f"{number}.spacy"
        tracemalloc.start()
        SPACY.write(many, file, OPTIONS)
        for _ in SPACY.read(file, "x.spacy", OPTIONS):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(24) < 1.5 * peak(6)


def test_a_pipeline_that_knows_too_many_words_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.blank.cache_clear()
    known = len(tokens.blank("en").vocab)
    monkeypatch.setattr(tokens, "MOST_LEXEMES", known + 100)
    for number in range(20):
        doc = tokens.tokenized(" ".join(f"word{number}x{n}" for n in range(50)), "en")
        assert len(doc) == 50
    assert len(tokens.blank("en").vocab) < known + 200


def test_spacy_debugs_and_trains_on_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def article(number: int) -> AnnotatedDocument:
        text = f" Ada{number} Lovelace met the Bank of England.\r\n\r\nIt was 😀 in Nairobi ({number}). "
        end = text.index(" met")
        bank, city = text.index("the Bank"), text.index("Nairobi")
        return document(
            text,
            Span(1, end, "PERSON", "accepted"),
            Span(0, end, "PERSON", "accepted"),
            Span(bank, bank + 19, "ORG", "accepted"),
            Span(bank + 12, bank + 19, "GPE", "accepted"),
            Span(city, city + 7, "GPE", "accepted"),
            Span(city, city + 3, "GPE", "accepted"),
        )

    written(tmp_path / "train.spacy", *(article(number) for number in range(110)))
    written(tmp_path / "dev.spacy", *(article(number) for number in range(110, 130)))
    config = init_config(lang="en", pipeline=["ner"])
    config["training"]["max_steps"] = 4
    config["training"]["eval_frequency"] = 2
    config["components"]["tok2vec"]["model"]["encode"].update(width=16, depth=1)
    config["components"]["tok2vec"]["model"]["embed"]["rows"] = [100] * 4
    config["components"]["tok2vec"]["model"]["embed"]["attrs"] = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
    config.to_disk(tmp_path / "config.cfg")
    paths = {
        "paths.train": str(tmp_path / "train.spacy"),
        "paths.dev": str(tmp_path / "dev.spacy"),
    }
    capsys.readouterr()
    debug_data(tmp_path / "config.cfg", config_overrides=paths, silent=False)
    said = capsys.readouterr().out
    assert "110 training docs" in said
    assert "whitespace" not in said.lower() or "No entities consisting of or starting/ending" in said
    assert "misaligned" not in said
    train(tmp_path / "config.cfg", tmp_path / "model", overrides=paths)
    assert spacy.load(tmp_path / "model" / "model-last").pipe_names == ["tok2vec", "ner"]


def test_groups_of_spans_that_are_not_read_are_named(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Ada met Bo")
    doc.ents = [SpacySpan(doc, 0, 1, label="PERSON")]
    doc.spans["mine"] = [SpacySpan(doc, 2, 3, label="X")]
    doc.spans["empty"] = []
    DocBin(docs=[doc]).to_disk(tmp_path / "x.spacy")
    [reading] = SPACY.read(tmp_path / "x.spacy", "x.spacy", OPTIONS)
    assert [span.label for span in reading.annotated.spans] == ["PERSON"]
    assert [loss.reason for loss in reading.losses] == ["group of spans 'mine', which is not read"]
