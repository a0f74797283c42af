"""The key of a label in annotate.toml: a digit, or a letter of any script that is not a capital."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import LabelScheme
from annotations.project.settings import load_settings


def scheme_with(folder: Path, key: str) -> LabelScheme:
    file = folder / "annotate.toml"
    file.write_text(f'[[labels]]\nname = "A"\nkey = "{key}"\n[[labels]]\nname = "B"\n', "utf-8")
    return load_settings(file).scheme


@pytest.mark.parametrize("key", ["a", "7", "п", "é", "ß", "名", "か", "ש", "م", "क", "한"])
def test_a_letter_that_is_no_capital_is_the_key_of_a_label(tmp_path: Path, key: str) -> None:
    scheme = scheme_with(tmp_path, key)
    label = scheme.with_key(key)
    assert label is not None
    assert label.name == "A"
    # A key that is assigned automatically is on every keyboard.
    assert scheme.labels[1].key.isascii()


@pytest.mark.parametrize("key", ["A", "П", "É", "ǅ", "ab", "!", "名名", "́", " ", "²", "５"])
def test_capitals_signs_and_several_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(AnnotateError, match=r"line 3: .* is not one lower-case letter or digit"):
        scheme_with(tmp_path, key)
