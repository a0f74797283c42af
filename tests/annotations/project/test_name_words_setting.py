from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import load_settings


def settings_file(folder: Path, line: str) -> Path:
    file = folder / "annotate.toml"
    file.write_text(line, "utf-8")
    return file


def test_a_project_names_small_words_that_stand_in_its_names(tmp_path: Path) -> None:
    settings = load_settings(settings_file(tmp_path, 'name_words = ["op", "aan"]'))
    assert settings.scheme.name_words == {"op", "aan"}
    assert settings.scheme.including(["HARBOUR"]).name_words == {"op", "aan"}
    assert settings.scheme.beside(frozenset("p")).name_words == {"op", "aan"}


def test_what_is_no_word_is_refused_with_its_line(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "\nname_words = [3]")
    with pytest.raises(AnnotateError, match="line 2: 'name_words' must be small words"):
        load_settings(file)
