"""`nested = true` of a label in annotate.toml: which spans may have others inside."""

import re
from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES
from annotations.project.settings import load_settings
from annotations.project.settings_template import template


def written(folder: Path, nested: str) -> Path:
    file = folder / "annotate.toml"
    file.write_text(
        f'[[labels]]\nname = "ORG"\n{nested}\n\n[[labels]]\nname = "GPE"\nnested = false\n', "utf-8"
    )
    return file


def test_a_label_that_holds_others_is_distinguished_from_one_that_does_not(tmp_path: Path) -> None:
    scheme = load_settings(written(tmp_path, "nested = true")).scheme
    assert scheme.nested == {"ORG"}
    assert scheme.including(["NEW"]).beside(frozenset("o")).nested == {"ORG"}
    assert ONTONOTES.nested == frozenset()
    assert load_settings(written(tmp_path, "")).scheme.nested == frozenset()


@pytest.mark.parametrize("value", ['"true"', "1", "[true]", '"yes"', "{a = true}", "0.0"])
def test_anything_but_true_or_false_is_refused_with_its_line(tmp_path: Path, value: str) -> None:
    file = written(tmp_path, f"nested = {value}")
    with pytest.raises(AnnotateError) as refused:
        load_settings(file)
    said = str(refused.value)
    assert re.fullmatch(
        rf"{re.escape(str(file))}, line 3: 'nested' must be true or false, not .*\.", said
    )


def test_a_mistyped_nested_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match=r"line 3: .*'nestd'.*did you mean 'nested'"):
        load_settings(written(tmp_path, "nestd = true"))


def test_the_settings_that_init_writes_show_it(tmp_path: Path) -> None:
    file = tmp_path / "annotate.toml"
    file.write_text(template().replace("# nested = true\ndefinition", "nested = true\ndefinition"))
    assert load_settings(file).scheme.nested == {label.name for label in ONTONOTES}
