"""The setting for the probability from which a suggestion is doubtful."""

from pathlib import Path

import pytest

from annotations.learn.doubt import THRESHOLD
from annotations.model.errors import AnnotateError
from annotations.project.settings import FILE_NAME, Settings, load_settings
from annotations.project.settings_template import template


def loaded(folder: Path, line: str) -> Settings:
    file = folder / FILE_NAME
    file.write_text(f'theme = "x"\n{line}\n', "utf-8")
    return load_settings(file)


@pytest.mark.parametrize(("line", "doubt"), [("", THRESHOLD), ("doubt = 0.4", 0.4)])
def test_a_likelihood(tmp_path: Path, line: str, doubt: float) -> None:
    assert loaded(tmp_path, line).doubt == doubt


@pytest.mark.parametrize("written", ["0.0", "1.0", "-0.1", "25", "true", '"0.25"', "nan", "inf"])
def test_anything_else_is_refused_with_the_line(tmp_path: Path, written: str) -> None:
    with pytest.raises(AnnotateError, match=r"annotate\.toml, line 2: 'doubt' must be a number"):
        loaded(tmp_path, f"doubt = {written}")


def test_the_template_explains_it(tmp_path: Path) -> None:
    line = next(line for line in template().splitlines() if line.startswith("# doubt"))
    assert loaded(tmp_path, line.removeprefix("# ")).doubt == THRESHOLD
