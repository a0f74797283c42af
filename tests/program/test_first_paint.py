"""What the program has not loaded when the first text is on the screen: whoever waits, waits for nothing else."""

import json
import sys
from pathlib import Path

from tests.program.terminal import Terminal

SCRIPT = """
import json, os, sys
from pathlib import Path
from textual.drivers._writer_thread import WriterThread
from tui.cli import main

write = WriterThread.write

def write_and_look(thread, text):
    write(thread, text)
    if "talks" in text:
        loaded = [name for name, module in sys.modules.items() if module is not None]
        Path("loaded").write_text(json.dumps(loaded))
        os._exit(0)

WriterThread.write = write_and_look
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
"""All that may be loaded by then besides Python itself; most of it is Textual's."""
LATER = (
    *("annotations.agreement", "annotations.dates.language", "annotations.dates.resolver"),
    *("annotations.entities.alias_proposals", "annotations.formats", "annotations.learn"),
    *(
        "annotations.store.base",
        "annotations.store.memory",
        "annotations.store.writer",
        "annotations.suggest",
    ),
    *("annotations.text.alignment", "annotations.text.reanchor"),
    *("tui.commands", "tui.line_edit", "tui.modes.", "tui.width_probe"),
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
"""What the first text on the screen needs nothing of, with all that is in it."""


def test_nothing_is_loaded_that_the_first_text_on_the_screen_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Inês Duarte’s talks in Lisbon ended on Tuesday.\n", "utf-8")
    with Terminal([], tmp_path, columns=120, command=[sys.executable, "-c", SCRIPT]) as terminal:
        assert terminal.end() == 0, terminal.text
    loaded = json.loads((tmp_path / "loaded").read_text())
    assert {"tui.screens.reader", "textual.app"} <= set(loaded)
    roots = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) - {"__main__"}
    # What a virtual environment itself loads begins so.
    assert {root for root in roots if not root.startswith("_")} <= PACKAGES
    assert [name for name in loaded if name.startswith(LATER)] == []
