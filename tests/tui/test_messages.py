"""Textual finds the handler of a message by its name, and drops a message that has none."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from textual.message import Message

import tui


def modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name != "tui.__main__":
            yield importlib.import_module(module.name)


def classes() -> Iterator[type]:
    """Every class of the package, and the classes defined in those."""
    for module in modules():
        for _, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == module.__name__:
                yield found
                yield from (inner for inner in vars(found).values() if inspect.isclass(inner))


MESSAGES = sorted(
    {one for one in classes() if issubclass(one, Message)}, key=lambda one: one.__qualname__
)
HANDLERS = {name for one in classes() for name in vars(one)}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: one.__qualname__)
def test_a_message_has_a_handler(message: type[Message]) -> None:
    assert message.handler_name in HANDLERS


def test_messages_are_found() -> None:
    assert len(MESSAGES) > 10
