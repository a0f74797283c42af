"""The structure of the source: no file and no class is too large, no circle of imports, one meaning per name.

Exceptions are listed here with their reasons; an exception that is not needed any more fails.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.structure import MOST_LINES, MOST_METHODS, Source, read_source, source_of

ROOT = Path(__file__).parent.parent

LONG_FILES: dict[str, str] = {}
WIDE_CLASSES: dict[str, str] = {}
CIRCLES: dict[tuple[str, ...], str] = {}
DOUBLED_NAMES = {
    "add_arguments": "every command has it: the arguments it takes",
    "run": "every command has it: what it does",
    "main": "where a process begins",
    "migrated": "every migration of the database's format has it",
}


def check(found: Mapping[Any, object], excepted: Mapping[Any, str]) -> None:
    """Fail for what is found but is not an exception, and for exceptions that were not found."""
    assert [f"{one}: {found[one]}" for one in found if one not in excepted] == []
    assert [one for one in excepted if one not in found] == [], "no longer needed as exceptions"


@pytest.fixture(scope="module")
def source() -> Source:
    return read_source(ROOT)


def test_no_file_is_too_long(source: Source) -> None:
    check(source.long_files(), LONG_FILES)


def test_no_class_has_too_many_public_methods(source: Source) -> None:
    check(source.wide_classes(), WIDE_CLASSES)


def test_no_class_passes_on_whatever_it_is_asked_for(source: Source) -> None:
    assert source.open_ended_classes() == []


def test_modules_do_not_import_in_circles(source: Source) -> None:
    check(dict.fromkeys(source.circles(), "a circle"), CIRCLES)


def test_rooms_do_not_import_in_circles(source: Source) -> None:
    assert source.room_circles() == []


def test_a_name_is_defined_once(source: Source) -> None:
    check(source.doubled_names(), DOUBLED_NAMES)


def test_nothing_lies_beside_the_rooms() -> None:
    files = {file.name for file in (ROOT / "annotations").iterdir() if file.is_file()}
    assert files == {"__init__.py", "py.typed"}


def test_every_file_is_read(source: Source) -> None:
    files = [*(ROOT / "annotations").rglob("*.py"), *(ROOT / "tui").rglob("*.py")]
    assert len(source.modules) == len(files) > 100


# Tests of the checks


def test_an_exception_that_is_missing_or_no_longer_needed_fails() -> None:
    check({"a": 401}, {"a": "why"})
    with pytest.raises(AssertionError, match="a: 401"):
        check({"a": 401}, {})
    with pytest.raises(AssertionError, match="no longer needed"):
        check({}, {"a": "why"})


def test_a_file_of_one_line_too_many_is_too_long() -> None:
    source = source_of(a="x = 1\n" * MOST_LINES, b="x = 1\n" * (MOST_LINES + 1))
    assert source.long_files() == {"b": MOST_LINES + 1}


def methods(first: int, last: int, indent: str = "    ") -> str:
    return "".join(f"{indent}def m{number}(self): ...\n" for number in range(first, last))


def test_methods_and_properties_count_and_what_is_private_or_called_by_textual_does_not() -> None:
    small = (
        f"class A:\n{methods(0, MOST_METHODS)}    def _own(self): ...\n    def __len__(self): ...\n"
        "    def on_key(self): ...\n    def action_go(self): ...\n    def watch_x(self): ...\n"
    )
    assert not source_of(a=small).wide_classes()
    one_more = small + "    @property\n    def x(self): ...\n    @x.setter\n    def x(self, to): ...\n"
    assert source_of(a=one_more).wide_classes() == {"a:A": MOST_METHODS + 1}
    waiting = small + "    async def x(self): ...\n"
    assert source_of(a=waiting).wide_classes() == {"a:A": MOST_METHODS + 1}


@pytest.mark.parametrize(
    "forwarded", ["x = forward('it')", "x = lambda self: 1", "x = other", "x = Other.x", "x = y = other"]
)
def test_functions_that_are_put_under_a_name_count(forwarded: str) -> None:
    names = forwarded.count(" = ")
    full = f"class A:\n{methods(0, MOST_METHODS)}    {forwarded}\n    unit = UNIT\n    name = 'a'\n"
    assert source_of(a=full).wide_classes() == {"a:A": MOST_METHODS + names}


def test_a_class_that_passes_on_what_it_is_asked_for_is_found() -> None:
    source = source_of(a="class A:\n    def __getattr__(self, name): ...\nclass B: ...\n")
    assert source.open_ended_classes() == ["a:A"]


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        ("from p.mixins import Mixin", "Mixin"),
        ("from p.mixins import Mixin as Other", "Other"),
        ("from .mixins import Mixin", "Mixin"),
        ("from p import mixins", "mixins.Mixin"),
        ("import p.mixins", "p.mixins.Mixin"),
        ("from p.mixins import Mixin", "Mixin[int]"),
    ],
)
def test_methods_that_come_from_a_mixin_of_ours_count(imported: str, base: str) -> None:
    mixins = f"class Base:\n{methods(0, 5)}\nclass Mixin(Base):\n{methods(4, 15)}"
    user = f"{imported}\nclass A({base}):\n{methods(14, 25)}"
    source = source_of(p__init__="", p__mixins=mixins, p__user=user)
    assert source.wide_classes() == {"p.user:A": 25}


def test_what_a_protocol_declares_counts_in_itself_and_not_in_what_keeps_it() -> None:
    wide = f"from typing import Protocol\nclass P(Protocol):\n{methods(0, 25)}"
    source = source_of(a=wide, b="from a import P\nclass A(P):\n    def m0(self): ...\n")
    assert source.wide_classes() == {"a:P": 25}


def test_overrides_of_textual_do_not_count_and_other_names_do() -> None:
    widget = "from textual.widget import Widget\nclass W(Widget):\n"
    overrides = "    def compose(self): ...\n    def render_line(self, y): ...\n"
    source = source_of(a=widget + methods(0, MOST_METHODS) + overrides)
    assert not source.wide_classes()
    through = "from a import W\nclass V(W):\n    def render_lines(self, crop): ...\n"
    source = source_of(a=widget + methods(0, MOST_METHODS) + overrides, b=through)
    assert not source.wide_classes()
    plain = source_of(a="class W:\n" + methods(0, MOST_METHODS) + overrides)
    assert plain.wide_classes() == {"a:W": MOST_METHODS + 2}


@pytest.mark.parametrize(
    "back",
    [
        "import p.a",
        "from p import a",
        "from p.a import name",
        "from . import a",
        "from .a import name",
        "def late():\n    from p.a import name\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.a import name\n",
    ],
)
def test_a_circle_is_found_wherever_and_however_it_is_imported(back: str) -> None:
    source = source_of(p__init__="", p__a="from p.b import x", p__b="import p.c", p__c=back)
    assert source.circles() == [("p.a", "p.b", "p.c")]


def test_a_chain_is_no_circle_and_a_package_is_imported_with_its_modules() -> None:
    chain = source_of(p__init__="", p__a="import p.b", p__b="import p.c\nimport os", p__c="")
    assert chain.circles() == []
    through_package = source_of(p__init__="import q", q="import p.a", p__a="")
    assert through_package.circles() == [("p", "q")]


def test_two_circles_are_two() -> None:
    source = source_of(a="import b", b="import a\nimport c", c="import d", d="import c", e="import a")
    assert source.circles() == [("a", "b"), ("c", "d")]


def test_a_public_class_type_or_function_of_two_modules_is_doubled() -> None:
    source = source_of(
        a="class Plan: ...\ndef propose(): ...\nKind = int\nMOST = 1\nT = 1\ndef _own(): ...\n",
        b="class Plan: ...\nasync def propose(): ...\nKind = str\nMOST = 2\nT = 2\ndef _own(): ...\n",
        c="from a import Plan\nclass Other:\n    def propose(self): ...\n",
    )
    assert source.doubled_names() == {name: ["a", "b"] for name in ("Kind", "Plan", "propose")}


def test_rooms_that_import_one_another_are_a_circle_though_their_modules_are_none() -> None:
    rooms = {"annotations__init__": "", "annotations__a__init__": "", "annotations__b__init__": ""}
    source = source_of(
        **rooms,
        annotations__a__one="from annotations.b.one import x",
        annotations__b__one="x = 1",
        annotations__b__two="import annotations.a.two",
        annotations__a__two="",
    )
    assert source.circles() == []
    assert set(source.arrows()) == {
        ("annotations.a", "annotations.b"),
        ("annotations.b", "annotations.a"),
    }
    assert source.room_circles() == [("annotations.a", "annotations.b")]
