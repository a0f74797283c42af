"""The process that answers keys never loads spaCy, which only the process of the suggesters may load."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import asyncio, importlib, pkgutil, sys
import tui
for module in pkgutil.walk_packages(tui.__path__, "tui."):
    importlib.import_module(module.name)

from annotations.dates.scheme import DateSettings
from annotations.model.document import Document
from annotations.model.label_scheme import ONTONOTES
from tests.tui.memory_writer import MemoryWriter
from tui.app import AnnotateApp
from tui.workspace.one_document import one_document
from tui.bootstrap import suggestions_of

async def read():
    app = AnnotateApp(
        one_document(Document("Inês Duarte met reporters in Lisbon on Tuesday.", "-")), "ann", ONTONOTES,
        lambda on_state, on_foreign: MemoryWriter(on_state), suggestions_of(["pipeline"], DateSettings().kinds),
    )
    async with app.run_test() as pilot:
        for _ in range(1500):
            await pilot.pause(0.02)
            if app.reader.keys.loaded and len(app.reader.opened.session.annotations.spans):
                break
        await pilot.press("tab", "enter")
        print(len(app.reader.opened.session.annotations.spans) > 0)

asyncio.run(read())
print([name for name in ("spacy", "thinc", "numpy") if name in sys.modules])
"""


def test_a_screen_with_suggestions_on_it_never_loads_spacy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n[]\n", "")
