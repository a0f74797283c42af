"""Signals that end a program wait for work that must not be left unfinished."""

import signal
import threading
from collections.abc import Iterator

import pytest

from annotations.text.interruption import ENDING, Interrupted, Uninterrupted, interruptible


@pytest.fixture(autouse=True)
def none_is_ignored() -> Iterator[None]:
    """Handle signals as in the foreground of a shell: a job in the background, and what it starts, ignores Ctrl+C."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in ENDING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_waits_for_the_end_of_the_outermost_block(number: signal.Signals) -> None:
    done = []

    def act() -> None:
        with interruptible():
            with Uninterrupted():
                with Uninterrupted():
                    signal.raise_signal(number)
                    done.append("inner")
                done.append("outer")
            done.append("behind")

    with pytest.raises(Interrupted) as end:
        act()
    assert (end.value.number, done) == (number, ["inner", "outer"])


def test_what_was_noted_is_raised_once() -> None:
    with pytest.raises(Interrupted), interruptible(), Uninterrupted():
        signal.raise_signal(signal.SIGTERM)
    with interruptible(), Uninterrupted():
        pass


def test_what_was_set_before_is_set_again_and_what_was_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        was = [signal.getsignal(number) for number in ENDING]
        with interruptible():
            signal.raise_signal(signal.SIGHUP)
        assert [signal.getsignal(number) for number in ENDING] == was
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_block_of_another_thread_holds_nothing_up() -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with interruptible(), Uninterrupted():
            inside.set()
            leave.wait()

    thread = threading.Thread(target=stay)
    thread.start()
    inside.wait()
    try:
        with pytest.raises(Interrupted), interruptible():
            signal.raise_signal(signal.SIGTERM)
    finally:
        leave.set()
        thread.join()
