"""A user's own settings for all projects: the theme, the name, the keys.

They are in `annotate/settings.toml` in the platform's folder for settings: `~/.config` on Linux unless
`XDG_CONFIG_HOME` says otherwise, `~/Library/Application Support` on macOS. A project's own
`annotate.toml` takes precedence, because its people have agreed on it.
"""

from pathlib import Path

from msgspec.structs import replace

from annotations.project.settings import Settings, find_settings, load_settings, load_user_settings


def user_settings_file() -> Path:
    """The path of the user's own settings; the file need not exist."""
    from platformdirs import user_config_path

    return user_config_path("annotate", appauthor=False) / "settings.toml"


def with_own(project: Settings, own: Settings) -> Settings:
    """The settings of a project; what the project does not set comes from the user's own settings."""
    return replace(
        project,
        annotator=own.annotator,
        theme=project.theme or own.theme,
        glyphs=project.glyphs or own.glyphs,
        preset=project.preset or own.preset,
        keys={**own.keys, **project.keys},
        own_file=own.own_file,
        own=own.own
        - {name for name in ("theme", "glyphs", "preset") if getattr(project, name)}
        - {f"keys.{action}" for action in project.keys},
    )


def settings_for(folder: Path) -> Settings:
    """All settings for the articles of a folder. Raises `AnnotateError`."""
    return with_own(load_settings(find_settings(folder)), load_user_settings(user_settings_file()))


def user_template() -> str:
    """A file of a user's own settings with every setting in it, explained."""
    return """\
# Your own settings of annotate, for all projects. The annotate.toml of a project overrides them.

# The annotator, unless --annotator names one; if neither is given, your login name is used.
# annotator = "ann"

# The theme; the command palette (Ctrl+P) shows all themes.
# theme = "annotate-dark"

# Only ASCII characters, for terminals whose fonts lack others or draw them two cells wide.
# glyphs = "ascii"

# A set of keys: "default", "vim" or "emacs".
# preset = "default"

# Other keys for actions; the keys screen (F1) lists the names of the actions.
# [keys]
# undo = ["U", "ctrl+u"]
"""
