"""A pasted text becomes a file; no file is ever overwritten."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.pasted_text import keep_pasted
from tests.full_disk import full_disk


def test_each_text_gets_a_file_of_its_own(tmp_path: Path) -> None:
    first = keep_pasted(tmp_path, "Ana left Porto.\r\rShe came to Sines.\r\n")
    assert (first.name, first.read_bytes()) == ("pasted.txt", b"Ana left Porto.\n\nShe came to Sines.\n")
    second, third = keep_pasted(tmp_path, "東京"), keep_pasted(tmp_path, "a\udce9b")
    assert (second.name, second.read_text("utf-8")) == ("pasted-2.txt", "東京\n")
    assert (third.name, third.read_text("utf-8")) == ("pasted-3.txt", "a?b\n")


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_what_has_no_words_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(AnnotateError, match="no words"):
        keep_pasted(tmp_path, text)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match=r"cannot be kept in .*pasted\.txt: No such file"):
        keep_pasted(tmp_path / "gone", "words")


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    with full_disk(10), pytest.raises(AnnotateError, match="cannot be kept in"):
        keep_pasted(tmp_path, "Ana left Porto.")
    assert not list(tmp_path.iterdir())
