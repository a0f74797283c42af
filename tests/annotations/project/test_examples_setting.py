"""`example` and `counterexample` of a label in annotate.toml: texts that have the label, and texts that do not."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, Label
from annotations.project.settings import load_settings
from annotations.project.settings_template import template


def label_of(folder: Path, lines: str) -> Label:
    file = folder / "annotate.toml"
    file.write_text(f'[[labels]]\nname = "SHIP"\n{lines}\n', "utf-8")
    return load_settings(file).scheme.labels[0]


def test_a_label_has_one_example_or_several_and_counterexamples(tmp_path: Path) -> None:
    one = label_of(tmp_path, 'example = "the Santa Marta"')
    assert (one.examples, one.counterexamples) == (("the Santa Marta",), ())
    more = label_of(tmp_path, 'example = ["Argo", "Argo", "Vasa"]\ncounterexample = ["Marta (PERSON)"]')
    assert (more.examples, more.counterexamples) == (("Argo", "Vasa"), ("Marta (PERSON)",))
    assert label_of(tmp_path, 'example = ""').examples == ()


@pytest.mark.parametrize("value", ["1", "0", '["a", 2]', '["a", ""]', "{a = 1}", "false"])
@pytest.mark.parametrize("key", ["example", "counterexample"])
def test_anything_else_is_refused_with_its_line(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(
        AnnotateError, match=rf"line 3: '{key}' must be a text or a list of texts, not .*\.$"
    ):
        label_of(tmp_path, f"{key} = {value}")


def test_the_labels_of_the_start_have_both_and_the_template_writes_them(tmp_path: Path) -> None:
    assert all(label.examples and label.counterexamples for label in ONTONOTES)
    file = tmp_path / "annotate.toml"
    file.write_text(template(), "utf-8")
    assert load_settings(file).scheme.labels == ONTONOTES.labels
