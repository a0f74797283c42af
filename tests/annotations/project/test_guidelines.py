from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.guidelines import read_guidelines, section_of

HEADINGS = ["How we label", "Organisations, ORG", "Places: LOC and GPE", "org", "LAWYER"]


def test_the_section_of_a_label_is_its_heading() -> None:
    assert [section_of(label, HEADINGS) for label in ("GPE", "ORG", "LAW", "LO")] == [2, 3, None, None]


def test_guidelines_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="No such file"):
        read_guidelines(tmp_path / "none.md")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    with pytest.raises(AnnotateError, match="byte 3"):
        read_guidelines(tmp_path / "latin.md")
