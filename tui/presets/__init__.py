"""Keymaps besides the default, one TOML file each: actions and their keys.

An action that a preset names has only the keys given there; any other action keeps its default keys. A
preset may use lower-case letters: labels that have them by default move to free letters, and the screen
shows their new keys. A label whose key somebody wrote into `annotate.toml` never moves: that clash is
an error.
"""


def preset_names() -> tuple[str, ...]:
    """The presets there are, besides the default."""
    from importlib import resources

    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


def read_preset(name: str) -> dict[str, tuple[str, ...]]:
    """The keys of a preset by action. Raises `FileNotFoundError` if there is no preset with this name."""
    import tomllib
    from importlib import resources

    text = (resources.files(__name__) / f"{name}.toml").read_text("utf-8")
    return {action: tuple(keys) for action, keys in tomllib.loads(text).items()}
