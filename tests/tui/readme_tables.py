"""The parts of `docs/reference` made from the code: keys, commands, settings, formats, schema; the man page.

`python -m tests.tui.readme_tables` writes them; a test checks that they are up to date.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotations.formats.registry import FORMATS
from annotations.project.settings_template import template
from annotations.project.user_settings import user_template
from tests.tui.manual import explained, manual, usage_words
from tui.actions import ACTIONS
from tui.command_line.parsers import command_parser, reader_parser
from tui.command_line.usage import COMMANDS, EXAMPLES, EXIT_STATUSES, VARIABLES
from tui.commands.formats import format_cells
from tui.keymap import key_sign

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
MAN_PAGE = ROOT / "docs" / "annotate.1"
SCHEMA = ROOT / "annotations" / "formats" / "jsonl.schema.json"


def keys_table() -> str:
    """What a person can do, by group, and the keys for it."""
    lines = ["| do | keys |", "|---|---|"]
    group = ""
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines.append(f"| **{group}** | |")
        keys = ", ".join(f"`{key_sign(key)}`" for key in action.keys)
        lines.append(f"| {_cell(action.words)} | {keys or 'in the palette'} |")
    return "\n".join(lines)


def commands_table() -> str:
    """The commands and what each does."""
    rows = {f"[`annotate {name}`](#annotate-{name})": does for name, does in COMMANDS.items()}
    return _table("command", "what it does", rows)


def usage() -> str:
    """Each command in full: how it is called, its arguments, examples."""
    return "\n\n".join(["## annotate TEXT", *_command(""), *_commands()])


def _commands() -> Iterator[str]:
    for name, does in COMMANDS.items():
        yield f"## annotate {name}"
        yield f"{does[0].upper()}{does[1:]}."
        yield from _command(name)


def _command(name: str) -> Iterator[str]:
    parser = command_parser(name) if name else reader_parser()
    yield f"`{usage_words(parser)}`"
    if arguments := explained(parser):
        yield _table("argument", "what it is", {f"`{head}`": words for head, words in arguments.items()})
    examples = "\n".join(f"{one.typed}  # {one.does}" for one in EXAMPLES[name])
    yield f"```sh\n{examples}\n```"


def statuses_table() -> str:
    """The exit statuses."""
    return _table("status", "meaning", {str(number): words for number, words in EXIT_STATUSES.items()})


def variables_table() -> str:
    """The environment variables that the program reads."""
    rows = {
        ", ".join(f"`{one}`" for one in name.split(", ")): words for name, words in VARIABLES.items()
    }
    return _table("variable", "meaning", rows)


def formats_table() -> str:
    """What each format can hold."""
    rows = [format_cells(entry) for entry in FORMATS]
    heads = [head for head in rows[0] if head != "not done"]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:
        cells = [f"`{row['name']}`", *(_cell(row[head]) for head in heads[1:])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def schema_tables() -> str:
    """The fields of annotate's own JSON Lines format, with a table for each object."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    parts = [
        schema["description"],
        _fields("a line", schema),
        _fields("meta", schema["properties"]["meta"]),
    ]
    parts.append(_fields("history", schema["properties"]["history"]))
    parts += [_fields(name, one) for name, one in schema["$defs"].items()]
    return "\n\n".join(parts)


def _fields(name: str, described: Mapping[str, Any]) -> str:
    required = described.get("required", ())
    heading = f"**{name}**"
    if "description" in described and name != "a line":
        heading += f": {described['description']}"
    if "properties" not in described:
        names = ", ".join(f"`{one}`" for one in described["propertyNames"]["enum"])
        return f"{heading} All its fields are strings: {names}."
    lines = [heading, "", "| field | type | meaning |", "|---|---|---|"]
    for field, what in described["properties"].items():
        said = [what["description"]] if "description" in what else []
        if field in required:
            said.append("Required.")
        elif "default" in what:
            said.append(f"Default: `{json.dumps(what['default'])}`.")
        lines.append(f"| `{field}` | {_cell(_type(what))} | {_cell(' '.join(said))} |")
    return "\n".join(lines)


def _type(what: Mapping[str, Any]) -> str:
    if "$ref" in what:
        return str(what["$ref"].rpartition("/")[2])
    if "anyOf" in what:
        return " or ".join(map(_type, what["anyOf"]))
    if "enum" in what:
        return ", ".join(f"`{one}`" for one in what["enum"])
    if "const" in what:
        return f"`{what['const']}`"
    if what.get("type") == "array":
        return f"list of {_type(what['items'])}"
    kinds = what["type"] if isinstance(what["type"], list) else [what["type"]]
    return " or ".join(kinds)


def settings_file() -> str:
    """The settings of a project, as `annotate init` writes them."""
    return f"```toml\n{template()}```"


def own_settings_file() -> str:
    """The file with a person's own settings."""
    return f"```toml\n{user_template()}```"


MADE: Mapping[str, tuple[str, Callable[[], str]]] = {
    "keys": ("keys.md", keys_table),
    "commands": ("commands.md", commands_table),
    "usage": ("commands.md", usage),
    "exit statuses": ("commands.md", statuses_table),
    "variables": ("commands.md", variables_table),
    "formats": ("formats.md", formats_table),
    "schema": ("schema.md", schema_tables),
    "settings": ("settings.md", settings_file),
    "own settings": ("settings.md", own_settings_file),
}
"""The parts made from the code, by the name in the comment before each: its page, and how it is made."""


def in_its_page(name: str) -> str:
    """The part with this name, as it is in its page now."""
    between = rf"<!-- table of {name} -->\n(.*?)\n<!-- end of the table -->"
    found = re.search(between, (REFERENCE / MADE[name][0]).read_text("utf-8"), re.DOTALL)
    return found[1] if found else ""


def _table(left: str, right: str, rows: Mapping[str, str]) -> str:
    lines = [f"| {left} | {right} |", "|---|---|"]
    lines += [f"| {_cell(head)} | {_cell(words)} |" for head, words in rows.items()]
    return "\n".join(lines)


def _cell(words: str) -> str:
    return words.replace("\\", "\\\\").replace("|", "\\|")


def _write() -> None:
    for name, (page, make) in MADE.items():
        file = REFERENCE / page
        before, _, rest = file.read_text("utf-8").partition(f"<!-- table of {name} -->\n")
        _, end, after = rest.partition("<!-- end of the table -->")
        file.write_text(f"{before}<!-- table of {name} -->\n{make()}\n{end}{after}", "utf-8")
    MAN_PAGE.write_text(manual(), "utf-8")


if __name__ == "__main__":
    _write()
