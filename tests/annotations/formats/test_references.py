"""Ids and times in files that are ambiguous or cannot be kept: they are listed, and never given to something else."""

from pathlib import Path

import pytest

from annotations.formats.format import Options, Reading
from annotations.formats.registry import load
from annotations.model.value import Entity

TSV = """#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value


#Text=Ada met.
1-1\t0-3\tAda\t{ids}\t{labels}
1-2\t4-7\tmet\t_\t_
1-3\t7-8\t.\t_\t_

"""
TIMEX = '<TIMEX3 tid="t1" type="DURATION" value="P1D"{more}>a day</TIMEX3>'
TML = "<TimeML><DOCID>x</DOCID><TEXT>It took {}.</TEXT></TimeML>"


def read(name: str, text: str, folder: Path) -> Reading:
    suffix = ".tsv" if name == "webanno-tsv" else ".tml"
    (folder / f"x{suffix}").write_text(text, "utf-8")
    [reading] = load(name).read(folder / f"x{suffix}", f"x{suffix}", Options())
    return reading


@pytest.mark.parametrize(
    ("labels", "ids", "found", "lost"),
    [
        ("PER[1]|ORG[2]", "Q1[1]|*[2]", {"PER": "Q1"}, []),
        ("PER[1]|ORG[2]", "*[1]|Q2[2]", {"ORG": "Q2"}, []),
        ("PER[1]|ORG[2]", "Q2[2]", {"ORG": "Q2"}, []),
        ("PER[1]|ORG[2]", "Q2[2]|Q1[1]", {"PER": "Q1", "ORG": "Q2"}, []),
        ("PER[1]|ORG[2]", "Q2", {}, ["Q2"]),
        ("PER|ORG", "Q1|Q2", {"PER": "Q1", "ORG": "Q2"}, []),
        ("PER|ORG", "Q2", {}, ["Q2"]),
        ("PER", "Q1", {"PER": "Q1"}, []),
        ("PER[1]", "Q1|Q2", {}, ["Q1", "Q2"]),
    ],
)
def test_an_id_on_stacked_spans_goes_to_its_span_or_is_listed(
    labels: str, ids: str, found: dict[str, str], lost: list[str], tmp_path: Path
) -> None:
    reading = read("webanno-tsv", TSV.format(labels=labels, ids=ids), tmp_path)
    spans = reading.annotated.spans
    assert {s.label: s.value.id for s in spans if isinstance(s.value, Entity)} == found
    assert [loss.example for loss in reading.losses if "does not state which" in loss.reason] == lost


def test_times_that_a_date_names_by_their_ids_are_listed(tmp_path: Path) -> None:
    more = ' anchorTimeID="t0" beginPoint="t2"'
    reading = read("timeml", TML.format(TIMEX.format(more=more)), tmp_path)
    assert [loss.example for loss in reading.losses] == ["t1"]
    assert "anchorTimeID, beginPoint" in reading.losses[0].reason
    assert read("timeml", TML.format(TIMEX.format(more="")), tmp_path).losses == []
