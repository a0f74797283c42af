"""Whether a key is held down or pressed again."""

import pytest

from tui.keys.held_key import HeldKey


def test_a_key_that_comes_again_at_once_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.keys.held_key.REPEATS_WITHIN", 0.125)
    held = HeldKey()
    times = (5.0, 5.0625, 5.125, 5.25, 6.5)
    assert [held.is_repeat("D", time) for time in times] == [False, True, True, False, False]
    assert not held.is_repeat("A", 6.53125)
    assert not held.is_repeat("D", 6.5625)
