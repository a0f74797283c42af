from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.model.errors import AnnotateError
from annotations.model.label_scheme import ONTONOTES, LabelScheme
from annotations.project.settings import FILE_NAME, Settings, load_settings
from tests.tui.conftest import Open
from tui import cli
from tui.actions import ACTIONS
from tui.bindings import keymap_of
from tui.keymap import Keymap, key_sign
from tui.keys.terminal_keys import written_key
from tui.presets import preset_names
from tui.screens.keys import help_lines

Bind = Callable[[str], tuple[Keymap, LabelScheme]]


@pytest.fixture
def bind(tmp_path: Path) -> Bind:
    def bound(toml: str) -> tuple[Keymap, LabelScheme]:
        file = tmp_path / FILE_NAME
        file.write_text(toml, "utf-8")
        return keymap_of(load_settings(file))

    return bound


def name_of(keymap: Keymap, key: str) -> str:
    action = keymap.action(key)
    return action.name if action else ""


def test_without_settings_the_keys_are_the_default_ones() -> None:
    keymap, scheme = keymap_of(load_settings(None))
    assert keymap.actions == ACTIONS
    assert scheme.labels == ONTONOTES.labels


def test_own_keys_take_the_place_of_the_default_ones(bind: Bind) -> None:
    keymap, _ = bind('[keys]\nundo = ["Ctrl+U", "Z"]\nscreenshot = "f12"\nredo = []')
    assert name_of(keymap, "ctrl+u") == name_of(keymap, "Z") == "undo"
    assert name_of(keymap, "f12") == "screenshot"
    assert name_of(keymap, "U") == name_of(keymap, "R") == ""
    assert keymap.sign("undo") == "Ctrl+U"


def test_two_actions_may_swap_their_keys(bind: Bind) -> None:
    keymap, _ = bind('[keys]\nundo = "R"\nredo = "U"')
    assert (name_of(keymap, "R"), name_of(keymap, "U")) == ("undo", "redo")


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ('[keys]\nredo = "f9"\nunddo = "Z"', 3, ["'unddo'", "did you mean 'undo'"]),
        ('[keys]\nxyzzy = "Z"', 2, ["no action 'xyzzy'"]),
        ('[keys]\nundo = ["U", "ctrl+enter"]', 2, ["'ctrl+enter' of 'undo'", "Enter alone"]),
        ('[keys]\nundo = "ctrl+i"', 2, ["'ctrl+i' of 'undo'", "Tab"]),
        ('[keys]\nundo = "Z"\nredo = "Z"', 3, ["'Z'", "'undo'", "'redo'"]),
        ('[keys]\n\nundo = "tab"', 3, ["'Tab'", "'undo'", "'next_span' (by default)"]),
        (
            'preset = "vim"\n[keys]\nundo = "X"',
            3,
            ["'X'", "'undo'", "'reject' (in the preset vim)"],
        ),
        ('[keys]\nundo = "u"', 2, ["'u'", "'undo'", "the label LANGUAGE"]),
        (
            '[keys]\nundo = "u"\n[[labels]]\nname = "URL"\nkey = "u"',
            2,
            ["'u'", "'undo'", "the label URL"],
        ),
        (
            'preset = "vim"\n[[labels]]\nname = "A"\n[[labels]]\nname = "LAW"\nkey = "l"',
            6,
            ["'l'", "'next_word'", "the label LAW"],
        ),
        ('preset = "vi"', 1, ["no preset 'vi'", "default, emacs, vim"]),
        ("[keys]\nquit = []", 2, ["'quit' needs a key"]),
        # `theme` is a setting and an action: the error names the line of the action.
        ('theme = "annotate-dark"\n[keys]\ntheme = "U"', 3, ["'theme'", "'undo'"]),
    ],
)
def test_what_cannot_work_is_said_with_its_place(
    bind: Bind, tmp_path: Path, toml: str, line: int, words: list[str]
) -> None:
    with pytest.raises(AnnotateError) as raised:
        bind(toml)
    said = str(raised.value)
    assert said.startswith(f"{tmp_path / FILE_NAME}, line {line}: ")
    assert all(word in said for word in words), said


@pytest.mark.parametrize("preset", preset_names())
def test_a_preset_reaches_every_action_and_leaves_every_label_a_key(bind: Bind, preset: str) -> None:
    keymap, scheme = bind(f'preset = "{preset}"')
    for action in ACTIONS:
        assert bool(keymap.named(action.name).keys) == bool(action.keys)
        assert all(written_key(key_sign(key)) == key for key in keymap.named(action.name).keys)
    keys = [label.key for label in scheme]
    assert all(keys)
    assert len(set(keys)) == len(keys)
    assert not any(keymap.action(key) for key in keys)


def test_labels_that_the_vim_preset_is_in_the_way_of_move_and_no_others_do(bind: Bind) -> None:
    _, scheme = bind('preset = "vim"')
    moved = [a.name for a, b in zip(ONTONOTES, scheme, strict=True) if a.key != b.key]
    assert moved == ["LOC", "PERCENT"]
    # A label that is found later does not get a key of the preset either.
    later = scheme.including(["HJKL", "JJ", "KK"])
    assert not {label.key for label in later} & set("hjkl")


@pytest.mark.parametrize("preset", ["default", *preset_names()])
def test_every_action_is_reached_with_every_preset(preset: str, bind: Bind) -> None:
    keymap, scheme = bind(f'preset = "{preset}"')
    labels = {label.key for label in scheme}
    without = [action.name for action in ACTIONS if not action.keys]
    for action in keymap.actions:
        assert bool(action.keys) == (action.name not in without), action.name
        for key in action.keys:
            assert keymap.action(key) is action
            assert key not in labels
            assert written_key(key_sign(key)) == key


def test_labels_without_a_key_of_their_own_make_way_for_own_keys(bind: Bind) -> None:
    keymap, scheme = bind('[keys]\nundo = "u"\n[[labels]]\nname = "URL"')
    assert name_of(keymap, "u") == "undo"
    assert scheme.labels[0].key == "r"


async def test_hints_help_and_panel_go_by_the_real_keys(bind: Bind, open_article: Open) -> None:
    keymap, scheme = bind('preset = "vim"\n[keys]\nundo = "Z"')
    async with open_article(keymap=keymap, scheme=scheme, size=(120, 40)) as screen:
        shown = help_lines(keymap, scheme, 120, screen.app.reader.appearance)
        lines = ["".join(text for text, _ in line) for line in shown]
        assert any(line.split()[:3] == ["→", "l", "W"] for line in lines)
        assert any(line.split()[:2] == ["Z", "Undo,"] for line in lines)
        await screen.press("l", "l")
        assert screen.focus == "end"
        assert not any(status == "accepted" for _, _, status in screen.spans)
        await screen.press("f2", "j", "enter")
        assert screen.focus == "Rotterdam"
        await screen.press("escape", "enter")
        assert "Z undo" in screen.rows[-1]


async def test_alt_and_a_letter_labels_nothing(open_article: Open) -> None:
    async with open_article(suggested=[]) as screen:
        await screen.press("alt+p")
        assert screen.spans == []


def test_a_clash_ends_the_command_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE_NAME).write_text('[keys]\nundo = "R"', "utf-8")
    article = tmp_path / "article.txt"
    article.write_text("Ana", "utf-8")
    monkeypatch.setattr(cli, "_screen_is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert cli.main([str(article)]) == 2
    said = capsys.readouterr().err
    assert "'undo'" in said
    assert "'redo' (by default)" in said


HARD_SIGNS = {
    "US": "",
    "German": r"@[]{}\|~^`",
    "Swiss": r"@#[]{}\|~^`",
    "French": r"@#[]{}\|~^`",
    "Spanish": r"@#[]{}\|~^`",
    "Portuguese": "@[]{}~^`",
    "Italian": "@#[]{}~`",
    "Nordic": r"@[]{}\|~^`$",
    "Polish": "~",
    "Czech": "@#$&*[]{}\\|~^`<>;'",
    "Turkish": r"@#$[]{}\|~^`",
    "Russian": "@#$&^[]{}|~`<>'",
    "Greek": ";:",
    "Hebrew": "`",
    "Arabic": "?;'`@",
}
"""The characters that a keyboard types only with AltGr or a dead key, or not at all."""
NO_CAPITALS = ("Arabic",)
"""The keyboards without Latin capitals or letters in their place: they need to switch to a Latin layout."""


@pytest.mark.parametrize("preset", ["default", *preset_names()])
@pytest.mark.parametrize("keyboard", [name for name in HARD_SIGNS if name not in NO_CAPITALS])
def test_every_action_has_a_key_that_every_keyboard_has(preset: str, keyboard: str) -> None:
    keymap, _ = keymap_of(Settings(preset=preset))
    for action in keymap.actions:
        signs = [key_sign(key) for key in action.keys]
        assert not signs or [
            sign for sign in signs if len(sign) > 1 or sign not in HARD_SIGNS[keyboard]
        ], action.name


def test_a_second_key_gives_way_to_one_that_was_chosen_and_the_first_does_not(bind: Bind) -> None:
    keymap, _ = bind('[keys]\nundo = "Z"')
    assert keymap.named("undo").keys == ("Z",)
    assert keymap.named("grow_left").keys == ("<",)
    with pytest.raises(AnnotateError, match="'<' is the key of both"):
        bind('[keys]\nundo = "<"')


def test_the_words_of_every_action_fit_the_keys_screen_at_80_columns() -> None:
    margin, keys, scroll_bar = 2, 23, 1
    assert not [
        action.words for action in ACTIONS if len(action.words) > 80 - margin - keys - scroll_bar
    ]
