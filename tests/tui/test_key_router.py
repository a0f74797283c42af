"""Where each key goes, decided without a screen."""

import subprocess
import sys
from pathlib import Path
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model.label_scheme import ONTONOTES, Label, with_keys
from tui.action import Action
from tui.actions import ACTIONS, BY_NAME
from tui.keymap import Keymap
from tui.keys.label_press import press_of
from tui.reader.key_router import (
    HARMLESS,
    Decision,
    Do,
    ForgetWaiting,
    GiveUpWork,
    KeyRouter,
    LabelWith,
    Situation,
    ToMode,
    ToPanel,
    Unknown,
    Wait,
)

ROUTER = KeyRouter(Keymap(ACTIONS))
ACCEPT = Do(BY_NAME["accept"])
RIGHT = Do(BY_NAME["next_word"])
FINAL = (Do, LabelWith, Wait, GiveUpWork, Unknown)

situations = st.builds(
    Situation,
    loaded=st.booleans(),
    working=st.booleans(),
    keys_wait=st.booleans(),
    mode=st.sampled_from(["none", "open", "searching"]),
    in_panel=st.booleans(),
)
keys = st.sampled_from([key for action in ACTIONS for key in action.keys] + ["o", "g", "Z", "5", "f12"])


def route(key: str, at: Situation) -> tuple[Decision, ...]:
    return ROUTER.route(key, key if len(key) == 1 else None, ONTONOTES, at)


def test_it_needs_no_screen_to_decide() -> None:
    script = "import sys, tui.reader.key_router; print('textual' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.check_output([sys.executable, "-c", script], text=True, cwd=root) == "False\n"


def test_a_key_that_is_held_marks_no_second_document_as_done() -> None:
    assert route("D", Situation(held=True)) == route("D", Situation(held=True, mode="open")) == ()
    assert route("right", Situation(held=True)) == (RIGHT,)


def test_a_key_goes_to_its_action() -> None:
    assert route("enter", Situation()) == (ACCEPT,)
    assert route("right", Situation()) == (RIGHT,)


def test_a_key_of_no_action_goes_to_its_label() -> None:
    (decision,) = route("o", Situation())
    assert isinstance(decision, LabelWith)
    assert decision.label == ONTONOTES.with_key("o")


def test_a_key_without_a_meaning_is_said_if_it_types() -> None:
    assert route("Q", Situation()) == (Unknown("Q", typed=True),)
    assert route("f12", Situation()) == (Unknown("f12", typed=False),)


def test_a_mode_comes_before_the_panel_and_both_before_the_action() -> None:
    at = Situation(mode="open", in_panel=True)
    assert route("enter", at) == (ToMode("enter"), ToPanel("enter"), ACCEPT)


def test_what_edits_waits_for_the_annotations_and_what_only_moves_does_not() -> None:
    at = Situation(loaded=False)
    assert route("enter", at) == route("o", at) == route("Z", at) == (Wait(),)
    assert route("right", at) == (RIGHT,)


def test_behind_a_key_that_waits_for_the_annotations_every_key_waits() -> None:
    assert route("right", Situation(loaded=False, keys_wait=True)) == (Wait(),)
    assert route("right", Situation(keys_wait=True)) == (RIGHT,)


def test_work_is_waited_for_and_given_up_by_the_key_that_lets_go() -> None:
    at = Situation(working=True, mode="open", in_panel=True)
    assert route("right", at) == route("o", at) == (Wait(),)
    assert route("escape", at) == (GiveUpWork(),)


def test_a_search_is_waited_for_and_given_up_with_what_waits_for_it() -> None:
    at = Situation(mode="searching", keys_wait=True)
    assert route("enter", at) == route("o", at) == (Wait(),)
    assert route("escape", at)[:2] == (ForgetWaiting(), ToMode("escape"))


@given(keys, situations)
def test_the_last_decision_is_final_and_no_other_is(key: str, at: Situation) -> None:
    *tries, last = route(key, at)
    assert isinstance(last, FINAL)
    assert not any(isinstance(decision, FINAL) for decision in tries)


@given(keys, situations)
def test_nothing_is_edited_before_the_annotations_are_there(key: str, at: Situation) -> None:
    last = route(key, at)[-1]
    if not at.loaded:
        assert not isinstance(last, LabelWith)
        assert not isinstance(last, Do) or last.action.group in HARMLESS


@given(keys, situations)
def test_while_something_is_done_in_slices_a_key_waits_or_gives_it_up(key: str, at: Situation) -> None:
    if at.working:
        assert route(key, at) in ((Wait(),), (GiveUpWork(),))


@given(st.sampled_from(ACTIONS), situations)
def test_an_action_from_a_list_waits_for_work_and_when_its_key_would(
    action: Action, at: Situation
) -> None:
    decision = ROUTER.route_action(action, at)
    if at.working:
        assert decision == Wait()
    else:
        usual = Situation(loaded=at.loaded, keys_wait=at.keys_wait)
        assert all(route(key, usual) == (decision,) for key in action.keys)


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        (Situation(), None),
        (Situation(mode="open"), ToMode("")),
        (Situation(mode="searching"), Wait()),
        (Situation(mode="open", keys_wait=True), Wait()),
        (Situation(working=True), Wait()),
    ],
)
def test_a_paste_goes_to_the_mode_or_waits(at: Situation, decision: Decision | None) -> None:
    assert ROUTER.route_paste(at) == decision


@pytest.mark.parametrize(("made", "latin"), [("В", "D"), ("Δ", "D"), ("Г", "U"), ("І", "S")])
def test_capitals_of_other_scripts_are_the_commands_on_their_keys(made: str, latin: str) -> None:
    assert route(made, Situation()) == route(latin, Situation())
    assert isinstance(route(made, Situation())[0], Do)


@pytest.mark.parametrize(("made", "latin"), [("щ", "o"), ("п", "g"), ("ο", "o"), ("ע", "g"), ("ل", "g")])
def test_letters_of_other_scripts_label_as_the_letter_on_their_key(made: str, latin: str) -> None:
    assert route(made, Situation()) == route(latin, Situation())
    assert isinstance(route(made, Situation())[0], LabelWith)


def test_a_letter_that_is_a_labels_own_key_is_that() -> None:
    scheme = with_keys((Label("PLACE", "п"), Label("GPE", "g")))
    (decision,) = ROUTER.route("п", "п", scheme, Situation())
    assert decision == LabelWith(scheme.labels[0])
    (decision,) = ROUTER.route("ж", "ж", scheme, Situation())
    assert decision == Unknown("ж", typed=True), "the message names the key that was pressed"


def test_a_click_on_a_label_without_a_key_labels() -> None:
    scheme = with_keys((Label("PLACE", "п"), Label("WHO")), reserved=(*ascii_lowercase, *digits))
    assert not scheme.labels[1].key
    (decision,) = ROUTER.route(press_of(scheme.labels[1]), None, scheme, Situation())
    assert decision == LabelWith(scheme.labels[1])
