"""A project's own labels: what the settings say, and how other labels are mapped."""

import tomllib
from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, Label, LabelScheme
from annotations.project.settings import load_settings
from annotations.project.settings_template import template

OWN = """\
[[labels]]
name = "PLACE"
from = ["GPE", "LOC"]

[[labels]]
name = "PERSON"
from = "PER"
"""


def settings_file(folder: Path, text: str) -> Path:
    file = folder / "annotate.toml"
    file.write_text(text, "utf-8")
    return file


def test_labels_written_down_are_the_only_ones(tmp_path: Path) -> None:
    scheme = load_settings(settings_file(tmp_path, OWN)).scheme
    assert scheme.own
    assert [scheme.label_for(name) for name in ("GPE", "LOC", "PER", "PERSON", "MONEY")] == [
        *("PLACE", "PLACE", "PERSON", "PERSON"),
        None,
    ]
    assert scheme.accepts("PLACE")
    assert not scheme.accepts("GPE")
    assert scheme.including(["GPE", "MONEY"]) is scheme
    assert scheme.beside(frozenset("p")).own
    shown = scheme.showing(["PLACE", "MONEY", "MONEY"])
    assert [(label.name, label.key) for label in shown][-1] == ("MONEY", "")
    assert len(shown) == 3


def test_without_labels_of_ones_own_every_label_has_a_place() -> None:
    assert load_settings(None).scheme is ONTONOTES
    grown = ONTONOTES.including(["DRUG"])
    assert grown.named("DRUG")
    assert (ONTONOTES.label_for("DRUG"), ONTONOTES.accepts("DRUG")) == ("DRUG", True)
    assert LabelScheme((Label("A"),)).including(["B"]).named("B")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[labels]]\nname = "A"\nfrom = 3\n', 3, "not 3"),
        ('[[labels]]\nname = "A"\nfrom = [1]\n', 3, r"not \[1\]"),
        ('[[labels]]\nname = "A"\nfrom = [""]\n', 3, "must be a label or a list of labels"),
        ('[[labels]]\nname = "A"\nform = ["B"]\n', 3, "did you mean 'from'"),
        (
            '[[labels]]\nname = "A"\nfrom = ["X"]\n[[labels]]\nname = "B"\nfrom = ["X"]\n',
            6,
            "both A and B",
        ),
        ('[[labels]]\nname = "A"\nfrom = ["B"]\n[[labels]]\nname = "B"\n', 3, "label of its own"),
        ('[[labels]]\nname = "A"\n[[labels]]\nname = "B"\nfrom = ["A"]\n', 5, "label of its own"),
    ],
)
def test_a_wrong_from_is_one_sentence_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    file = settings_file(tmp_path, text)
    with pytest.raises(AnnotateError, match=said) as error:
        load_settings(file)
    assert str(error.value).startswith(f"{file}, line {line}: ")
    assert error.value.exit_status == 2


def test_a_label_may_name_itself_in_from(tmp_path: Path) -> None:
    text = '[[labels]]\nname = "A"\nfrom = ["A", "B", "B"]\n'
    (label,) = load_settings(settings_file(tmp_path, text)).scheme
    assert label.sources == ("A", "B")


def test_the_template_shows_from_and_can_be_used_as_it_is(tmp_path: Path) -> None:
    text = template()
    assert '# from = ["' in text
    tomllib.loads(text.replace("# from", "from"))
    scheme = load_settings(settings_file(tmp_path, text)).scheme
    assert [label.name for label in scheme] == [label.name for label in ONTONOTES]
