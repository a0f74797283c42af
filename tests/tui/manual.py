"""The man page, made from the parsers of the command line."""

import argparse
import re
from collections.abc import Mapping

from tui.command_line.parsers import command_parser, reader_parser
from tui.command_line.usage import COMMANDS, EXAMPLES, EXIT_STATUSES, READER, VARIABLES, Example


def manual() -> str:
    """The page as roff, with the macros of man(7)."""
    reader = reader_parser()
    lines = [
        '.TH ANNOTATE 1 "" "" "User Commands"',
        ".SH NAME",
        r"annotate \- label the names and dates of articles in the terminal",
        ".SH SYNOPSIS",
        ".B annotate",
        r"[\fIoptions\fR] [\fITEXT\fR ...]",
        ".br",
        ".B annotate",
        r"\fICOMMAND\fR [\fIoptions\fR] ...",
        ".SH DESCRIPTION",
        _roff(READER),
        "Press ? on the screen for the list of all keys. Every decision is on the disk at once, in",
        ".IR annotations.json .",
        ".SH OPTIONS",
        *_options(reader),
        ".SH COMMANDS",
    ]
    for name, does in COMMANDS.items():
        lines += [
            f".SS annotate {name}",
            _roff(f"{does[0].upper()}{does[1:]}."),
            *_options(command_parser(name)),
        ]
        lines += _examples(EXAMPLES[name])
    lines += [".SH EXAMPLES", *_examples(EXAMPLES[""])]
    lines += [
        ".SH EXIT STATUS",
        *_pairs({str(number): words for number, words in EXIT_STATUSES.items()}),
    ]
    lines += [".SH ENVIRONMENT", *_pairs(VARIABLES)]
    return "\n".join(lines) + "\n"


def usage_words(parser: argparse.ArgumentParser) -> str:
    """How a command is called, in one line that is the same with every version of Python."""
    words = [parser.prog]
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        value = value_words(action)
        if action.option_strings:
            said = " ".join(part for part in (action.option_strings[0], value) if part)
            words.append(said if action.required else f"[{said}]")
        else:
            words.append(
                {"*": f"[{value} ...]", "+": f"{value} ...", "?": f"[{value}]"}.get(
                    str(action.nargs), value
                )
            )
    return " ".join(words)


def value_words(action: argparse.Action) -> str:
    """The value of an argument: its name, or all values if they are few; empty for a switch."""
    if action.nargs == 0:
        return ""
    if action.choices is not None and not action.metavar:
        return "|".join(map(str, action.choices))
    return str(action.metavar or (action.dest.upper() if action.option_strings else action.dest))


def heading(action: argparse.Action) -> str:
    """An argument as it is written before its explanation."""
    value = value_words(action)
    if not action.option_strings:
        return value
    return ", ".join(action.option_strings) + (f" {value}" if value else "")


def explained(parser: argparse.ArgumentParser) -> dict[str, str]:
    """The arguments of a command, and what each is for."""
    return {
        heading(action): action.help or ""
        for action in parser._actions
        if not isinstance(action, argparse._HelpAction)
    }


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return _pairs(explained(parser))


def _pairs(pairs: Mapping[str, str]) -> list[str]:
    lines = []
    for head, words in pairs.items():
        lines += [".TP", rf"\fB{_roff(head)}\fR", _roff(words)]
    return lines


def _examples(examples: tuple[Example, ...]) -> list[str]:
    lines = []
    for example in examples:
        lines += [".TP", rf"\fB{_roff(example.typed)}\fR", _roff(example.does)]
    return lines


def _roff(words: str) -> str:
    """Words escaped for roff: no escape, no request at the start of a line, hyphens that can be copied."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace("…", "...")
    return re.sub(r"^(?=[.'])", r"\\&", escaped)
