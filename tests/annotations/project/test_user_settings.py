"""A user's own settings are used in every project; a project's settings take precedence."""

from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.project.settings import Settings, load_settings, load_user_settings
from annotations.project.user_settings import (
    settings_for,
    user_settings_file,
    user_template,
    with_own,
)
from tui.bindings import keymap_of
from tui.bootstrap import annotator_name


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the file of the user's own settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = user_settings_file()
    file.parent.mkdir(parents=True)
    return file


def test_without_any_nothing_changes(tmp_path: Path) -> None:
    assert with_own(Settings(), load_user_settings(tmp_path / "none.toml")) == Settings()


def test_the_template_can_be_read_and_sets_nothing_but_what_there_is(own: Path) -> None:
    own.write_text(user_template())
    assert load_user_settings(own) == Settings(own_file=own)
    settings = "".join(
        line.removeprefix("# ") + "\n"
        for line in user_template().splitlines()
        if " = " in line or line == "# [keys]"
    )
    own.write_text(settings)
    loaded = load_user_settings(own)
    assert (loaded.annotator, loaded.theme, loaded.glyphs) == ("ann", "annotate-dark", "ascii")
    assert loaded.keys == {"undo": ("U", "ctrl+u")}


def test_a_project_counts_more(own: Path, tmp_path: Path) -> None:
    own.write_text('theme = "nord"\nannotator = "ann"\n[keys]\nundo = "Z"\nredo = "Y"\n')
    (tmp_path / "annotate.toml").write_text('theme = "dracula"\n[keys]\nundo = "ctrl+u"\n')
    settings = settings_for(tmp_path)
    assert (settings.theme, settings.annotator) == ("dracula", "ann")
    assert settings.keys == {"undo": ("ctrl+u",), "redo": ("Y",)}
    assert settings_for(tmp_path.parent).theme == "nord"
    assert annotator_name(None) == "ann"
    assert annotator_name("ben") == "ben"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("labels = []", "line 1: unknown setting 'labels'"),
        ('\n[keys]\nundone = "x"', "line 3: there is no action 'undone'; did you mean 'undo'?"),
        ('\n[keys]\nundo = "D"', "line 3: 'D' is the key of both"),
        ('preset = "vi"', "line 1: there is no preset 'vi'"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_line(
    own: Path, tmp_path: Path, text: str, said: str
) -> None:
    own.write_text(text)
    (tmp_path / "annotate.toml").write_text('[keys]\nredo = ["R"]\n')
    with pytest.raises(AnnotateError) as error:
        keymap_of(settings_for(tmp_path))
    assert str(error.value).startswith(f"{own}, {said}")


def test_a_pipeline_beside_the_settings_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model-best").mkdir()
    file = tmp_path / "annotate.toml"
    file.write_text('model = "model-best"\n')
    monkeypatch.chdir("/")
    assert load_settings(file).model == str(tmp_path / "model-best")
    file.write_text('model = "en_core_web_sm"\n')
    assert load_settings(file).model == "en_core_web_sm"
