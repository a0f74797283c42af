"""What the program has not loaded when the first text is on the screen, so that a person does not wait for it."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.program.terminal import Terminal

SCRIPT = """
import gc, json, os, sys
from pathlib import Path
from textual.css.stylesheet import Stylesheet
from textual.drivers._writer_thread import WriterThread
from tui.cli import main

write, reparse = WriterThread.write, Stylesheet.reparse
reparsed = []

def collections():
    return [generation["collections"] for generation in gc.get_stats()[1:]]

def write_and_look(thread, text):
    write(thread, text)
    if "talks" in text:
        loaded = [name for name, module in sys.modules.items() if module is not None]
        done = {"loaded": loaded, "reparsed": len(reparsed), "collected": collections() != before}
        Path("done.json").write_text(json.dumps(done))
        os._exit(0)

def reparse_and_note(stylesheet):
    reparsed.append(stylesheet)
    reparse(stylesheet)

WriterThread.write, Stylesheet.reparse = write_and_look, reparse_and_note
before = collections()
main(["article.txt"])
"""

PACKAGES = {
    "annotations",
    "tui",
    "textual",
    "rich",
    "platformdirs",
    "typing_extensions",
    "msgspec",
    "regex",
}
"""All packages that may be loaded by then, besides Python's own; most of them belong to Textual."""
LATER = (
    *(
        "annotations.bulk",
        "annotations.dates.language",
        "annotations.dates.resolver",
    ),
    *("annotations.entities.alias_proposals", "annotations.formats", "annotations.learn.regression"),
    *(
        "annotations.store.memory",
        "annotations.store.writer",
        "annotations.suggest",
    ),
    *("annotations.text.alignment", "annotations.text.reanchor"),
    *("tui.commands", "tui.widgets.line_edit", "tui.modes.", "tui.cells.width_probe"),
    *("tui.screens.guidelines", "tui.screens.keys", "tui.screens.pick", "tui.screens.prompt"),
    *("tui.screens.text_changed", "tui.screens.unsaved"),
    *(
        "importlib.metadata",
        "importlib.resources",
        "multiprocessing",
        "tomllib",
        "email",
        "html",
        "http",
    ),
    *("sqlite3", "unittest", "xml", "zipfile"),
)
"""Packages and modules, with all their modules, that the first text on the screen does not need."""


@pytest.mark.parametrize("name", [name for name in LATER if name.startswith(("annotations", "tui"))])
def test_what_is_loaded_later_is_there(name: str) -> None:
    """A module that was renamed would otherwise be looked for in vain."""
    assert find_spec(name.removesuffix("."))


def test_nothing_is_loaded_or_done_that_the_first_text_on_the_screen_does_not_need(
    tmp_path: Path,
) -> None:
    (tmp_path / "article.txt").write_text("Inês Duarte’s talks in Lisbon ended on Tuesday.\n", "utf-8")
    with Terminal([], tmp_path, columns=120, command=[sys.executable, "-c", SCRIPT]) as terminal:
        assert terminal.end() == 0, terminal.text
    done = json.loads((tmp_path / "done.json").read_text())
    loaded = set(done["loaded"])
    assert {"tui.reader.screen", "textual.app"} <= loaded
    roots = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    # Modules that a virtual environment itself loads begin with `_`; on some systems, Python loads `sitecustomize`.
    assert {root for root in roots if not root.startswith("_")} <= {*PACKAGES, "sitecustomize"}
    assert [name for name in sorted(loaded) if name.startswith(LATER)] == []
    assert done["reparsed"] == 0, "the styles of another theme were read before"
    assert not done["collected"], "garbage was looked for among what stays"
