"""The setting to draw only with ASCII signs."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME, Settings, load_settings
from annotations.project.settings_template import template


def loaded(folder: Path, line: str) -> Settings:
    file = folder / FILE_NAME
    file.write_text(f'theme = "x"\n{line}\n', "utf-8")
    return load_settings(file)


def test_the_terminal_is_asked_unless_the_project_says_ascii(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").glyphs == Settings().glyphs == ""
    assert loaded(tmp_path, 'glyphs = "ascii"').glyphs == "ascii"


@pytest.mark.parametrize(
    ("written", "words"), [('"emoji"', "'emoji'"), ("3", "text"), ('["ascii"]', "text")]
)
def test_anything_else_is_refused_with_the_line(tmp_path: Path, written: str, words: str) -> None:
    with pytest.raises(AnnotateError, match=rf"annotate\.toml, line 2: 'glyphs' must be .*{words}"):
        loaded(tmp_path, f"glyphs = {written}")


def test_the_template_explains_it(tmp_path: Path) -> None:
    line = next(line for line in template().splitlines() if line.startswith("# glyphs"))
    assert loaded(tmp_path, line.removeprefix("# ")).glyphs == "ascii"
