"""The command `annotate`: reads what was typed and starts the screen or another command.

Large modules are imported late, so that `annotate --help` and an error about a path appear at once.
"""

import argparse
import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from tui.command_line.output import escape_what_cannot_be_encoded, say, warn
from tui.command_line.parsers import command_module, command_parser, reader_parser
from tui.command_line.usage import COMMANDS, OVERVIEW

if TYPE_CHECKING:
    from annotations.project.settings import Settings
    from tui.command_line.corpus_arguments import CorpusChoice
    from tui.workspace.screen_services import MakeDocuments
    from tui.workspace.workspace import MakeWriter

NOT_ON_WINDOWS = "annotate runs on Linux and macOS; on Windows, start it in WSL."
FILES_OF_TEXTS = (".jsonl", ".ndjson", ".csv", ".tsv")
"""The endings of the names of files that may hold many texts."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status, such as 2 for an error that the user can correct."""
    arguments = sys.argv[1:] if arguments is None else arguments
    escape_what_cannot_be_encoded()
    try:
        if sys.platform == "win32":
            raise AnnotateError(NOT_ON_WINDOWS)
        if arguments[:1] and arguments[0] in COMMANDS:
            return _run_command(arguments[0], arguments[1:])
        _refuse_misspelt_command(arguments)
        # During the imports, the garbage collector finds almost nothing, and takes a tenth of the start.
        gc.disable()
        return _open(reader_parser().parse_args(arguments))
    except AnnotateError as error:
        warn(f"annotate: {error}")
        return error.exit_status
    except KeyboardInterrupt as end:
        return 128 + int(getattr(end, "number", signal.SIGINT))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    finally:
        gc.enable()


def _run_command(name: str, arguments: list[str]) -> int:
    options = command_parser(name).parse_args(arguments)
    # Imported late, because Windows has fewer signals.
    from annotations.text.interruption import interruptible

    with interruptible():
        status: int = command_module(name).run(options)
    return status


def _refuse_misspelt_command(arguments: list[str]) -> None:
    """Raise an error if the first word is nearly the name of a command, and neither a file nor a pattern."""
    word = arguments[0] if arguments else "-"
    if word.startswith("-") or any(sign in word for sign in "./*?[") or os.path.lexists(word):
        return
    from difflib import get_close_matches

    if near := get_close_matches(word.lower(), COMMANDS, 1, 0.7):
        raise AnnotateError(
            f"There is no file {word} and no such command; did you mean annotate {near[0]}?"
        )


def _open(options: argparse.Namespace) -> int:
    """Open one or several articles; errors are found before the screen opens."""
    if options.encoding.lower() in ("utf-8-sig", "utf_8_sig"):
        raise AnnotateError("Use --encoding utf-8: a byte order mark is kept as part of the text.")
    if not options.texts:
        from annotations.store.opening import database_exists, database_url

        if not database_exists(database_url(options.db)) and not _choose(options):
            return _explain()
    if not _is_one_file(options):
        from tui.command_line.corpus_arguments import corpus_of

        choice = corpus_of(options)
        if choice is not None:
            return _open_corpus(choice, options)
    return _open_article(options)


def _choose(options: argparse.Namespace) -> bool:
    """Let the person choose what to open if nothing is named and there is no database; whether they did."""
    if not (sys.stdin.isatty() and _screen_is_terminal()):
        return False
    from annotations.project.user_settings import settings_for
    from tui.screens.first_run import FirstRun

    here = Path.cwd()
    settings = settings_for(here)
    app = FirstRun(here, settings.scheme, settings, _theme(options, settings))
    app.run()
    options.texts = [app.chosen]
    return bool(app.chosen)


def _explain() -> int:
    """Print what the program is for and what to type, to standard error because nothing was asked for."""
    for line in OVERVIEW:
        warn(line)
    return 0 if _screen_is_terminal() else 2


def _is_one_file(options: argparse.Namespace) -> bool:
    """Whether one article is named. Nothing is listed to find out, so that its text appears at once."""
    if len(options.texts) != 1 or options.text_column or options.id_column or options.date_column:
        return False
    (name,) = options.texts
    return name == "-" or (os.path.isfile(name) and not name.lower().endswith(FILES_OF_TEXTS))


def _open_article(options: argparse.Namespace) -> int:
    from annotations.model.document import STANDARD_INPUT, file_at
    from annotations.text.article_file import read_document

    (name,) = options.texts
    document = read_document(name, options.encoding)
    if name == STANDARD_INPUT:
        _read_keys_from_terminal()
    if not (sys.stdin.isatty() or name == STANDARD_INPUT) or not _screen_is_terminal():
        raise AnnotateError("There is no terminal to show the article on; start it in one.")
    from annotations.project.user_settings import settings_for
    from annotations.store.opening import database_url, refuse_unsafe
    from tui.bootstrap import annotator_name, article_date, creation_time_of, writer_of
    from tui.workspace.one_document import one_document

    database = database_url(options.db)
    start = Path.cwd() if document.path == "-" else file_at(document.path).parent
    settings = settings_for(start)
    given_date, annotator = article_date(options.date), annotator_name(options.annotator)
    documents = one_document(document, creation_time_of(document))
    refuse_unsafe(database)
    return _run_reader(documents, annotator, writer_of(database), settings, options, given_date)


def _open_corpus(choice: "CorpusChoice", options: argparse.Namespace) -> int:
    if options.date is not None:
        raise AnnotateError(
            "--date is the date of one article; for several texts in a table, name the column of dates "
            "with --date-column."
        )
    if not sys.stdin.isatty() or not _screen_is_terminal():
        raise AnnotateError("There is no terminal to show the articles on; start it in one.")
    from annotations.store.opening import refuse_unsafe
    from tui.bootstrap import annotator_name
    from tui.workspace.queue_source import documents_of

    annotator = annotator_name(options.annotator)
    if choice.database_words:
        say(choice.database_words)
    refuse_unsafe(choice.database)
    documents, make_writer = documents_of(choice, annotator, choice.settings.scheme)
    return _run_reader(documents, annotator, make_writer, choice.settings, options)


def _run_reader(
    documents: "MakeDocuments",
    annotator: str,
    make_writer: "MakeWriter",
    settings: "Settings",
    options: argparse.Namespace,
    given_date: str = "",
) -> int:
    from tui.bindings import keymap_of
    from tui.bootstrap import language_choice, prepared_folder, suggester_names, suggestions_of

    keymap, scheme = keymap_of(settings)
    names = suggester_names(settings, options.model, options.no_model)
    languages = language_choice(settings, options.language, options.model, options.no_model)
    prepared = prepared_folder(options.suggestions, options.texts)
    theme = _theme(options, settings)
    from tui.app import AnnotateApp
    from tui.background.pauses import collect_garbage_in_pauses

    app = AnnotateApp(
        documents,
        annotator,
        scheme,
        make_writer,
        suggestions_of(names, settings.date_kinds, prepared),
        keymap,
        theme,
        settings.guidelines,
        given_date,
        settings.glyphs,
        settings.measure,
        settings.doubt,
        languages,
        "time" in settings.date_kinds,
    )
    collect_garbage_in_pauses()
    app.run()
    if app.crash:
        raise AnnotateError(_keep_crash(app.crash))
    if app.closing_message:
        say(app.closing_message)
    return app.return_code or 0


def _theme(options: argparse.Namespace, settings: "Settings") -> str:
    from tui.colours.themes import known_theme

    if options.theme:
        return known_theme(options.theme, "--theme")
    return known_theme(settings.theme, settings.place("theme"))


def _read_keys_from_terminal() -> None:
    """Read keys from the terminal itself, because standard input was the article."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise AnnotateError("There is no terminal to read keys from; start annotate in one.") from None
    os.dup2(terminal, 0)
    os.close(terminal)


def _screen_is_terminal() -> bool:
    return sys.__stderr__ is not None and sys.__stderr__.isatty()


def _keep_crash(trace: str) -> str:
    """Write an error of the program itself to a file for a report, without any text of the article."""
    # An empty variable counts as one that is not set (XDG Base Directory Specification).
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(state) / "annotate"
    said = "annotate stopped because of an error in the program; nothing that was shown as saved is lost"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "error.log"
        file.touch(mode=0o600)
        file.write_text(trace, "utf-8", errors="replace")
    except OSError:
        return f"{said}."
    return f"{said}; please report it with {file}."


if __name__ == "__main__":
    raise SystemExit(main())
