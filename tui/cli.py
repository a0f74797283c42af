"""The command `annotate`: reads what was typed and starts the screen or another command.

Everything heavy is imported late: `annotate --help` and an error about a path are there at once.
"""

import argparse
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model.errors import AnnotateError
from tui import __version__
from tui.output import ArgumentParser, escape_what_cannot_be_encoded, say, warn

if TYPE_CHECKING:
    from annotations.project.settings import Settings
    from tui.corpus_arguments import CorpusChoice
    from tui.stage import MakeDocuments
    from tui.workspace import MakeWriter

COMMANDS = {
    "export": "write labelled spans as training data, or for another tool",
    "import": "read the annotations of another tool",
    "done": "mark articles as done: what is not labelled in them is no entity",
    "formats": "list the file formats and what each can hold",
    "init": "write an annotate.toml with every setting explained",
    "suggest": "make the suggestions for a whole corpus ahead",
    "list": "say how far each document of a corpus is",
    "log": "say what was done to an article, when and by whom",
    "stats": "say what became of the spans of an article, and what deciding took",
    "relabel": "give all spans of one label another one, in all documents",
    "remove": "take articles out of the database, with all annotations of them",
    "restore": "bring an earlier state of an article's annotations back, or a removed article",
    "doctor": "look for damage in the database, and write a repaired copy",
    "prune": "forget old history, on your word",
    "completion": "print what makes the shell complete commands, options and formats",
}
"""The commands besides opening an article; each is a module of `tui.commands`."""


FILES_OF_TEXTS = (".jsonl", ".ndjson", ".csv", ".tsv")
"""How the names of files end that may hold many texts."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0, or 2 for what the user can put right."""
    arguments = sys.argv[1:] if arguments is None else arguments
    escape_what_cannot_be_encoded()
    try:
        if arguments[:1] and arguments[0] in COMMANDS:
            return _run_command(arguments[0], arguments[1:])
        # Collections while the modules are imported find next to nothing, and cost a tenth of the start.
        gc.disable()
        return _open(_reader_parser().parse_args(arguments))
    except AnnotateError as error:
        warn(f"annotate: {error}")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    finally:
        gc.enable()


def _run_command(name: str, arguments: list[str]) -> int:
    module = importlib.import_module(f"tui.commands.{name.replace('import', 'import_')}")
    parser = ArgumentParser(f"annotate {name}", description=COMMANDS[name])
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(arguments))
    return status


def _reader_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  annotate {name:<9} {does}" for name, does in COMMANDS.items())
    parser = ArgumentParser(
        "annotate",
        description="Read an article and annotate its names and dates, full screen, by keys.",
        epilog=f"other commands (each has its --help):\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_texts(parser)
    parser.add_argument(
        "--db",
        metavar="PATH",
        help="the database (default: annotations.json here, or in a folder named)",
    )
    parser.add_argument("--annotator", metavar="NAME", help="who decides (default: your login name)")
    parser.add_argument("--encoding", default="utf-8", help="of the article (default: utf-8)")
    parser.add_argument(
        "--date", metavar="DATE", help="the article's own date, such as 2021-04-08; it is kept"
    )
    parser.add_argument("--language", metavar="CODE", help="of the articles: en, es, de, …")
    parser.add_argument("--model", metavar="NAME", help="a spaCy package, a path, or blank:xx")
    parser.add_argument("--no-model", action="store_true", help="annotate without a pipeline")
    parser.add_argument(
        "--suggestions",
        metavar="FOLDER",
        help="made ahead by annotate suggest (default: TEXT.suggested next to TEXT)",
    )
    parser.add_argument("--theme", metavar="NAME", help="a theme by name")
    parser.add_argument("-V", "--version", action=_Version, nargs=0, help="say which version this is")
    return parser


def _add_texts(parser: argparse.ArgumentParser) -> None:
    from tui.corpus_arguments import add_order, add_texts

    add_texts(
        parser,
        "a text file, or - for standard input; or several: a folder, files, a pattern, JSONL or CSV "
        "(default: the documents of the database here)",
    )
    add_order(parser)


class _Version(argparse.Action):
    """Prints the version as everything else is printed."""

    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        say(f"annotate {__version__}")
        parser.exit()


def _open(options: argparse.Namespace) -> int:
    """Open an article, or several; whatever can be wrong is found before the screen is taken."""
    if options.encoding.lower() in ("utf-8-sig", "utf_8_sig"):
        raise AnnotateError("Use --encoding utf-8: a byte order mark is kept as part of the text.")
    if not options.texts and not _choose(options):
        return 0
    if not _is_one_file(options):
        from tui.corpus_arguments import corpus_of

        choice = corpus_of(options)
        if choice is not None:
            return _open_corpus(choice, options)
    return _open_article(options)


def _choose(options: argparse.Namespace) -> bool:
    """Let a person choose what to open where nothing is named and there is no database; whether to go on."""
    from annotations.store.opening import database_exists, database_url

    if database_exists(database_url(options.db)) or not (sys.stdin.isatty() and _screen_is_terminal()):
        return True
    from annotations.project.settings import find_settings, load_settings
    from tui.first_run import FirstRun

    here = Path.cwd()
    settings = load_settings(find_settings(here))
    app = FirstRun(here, settings.scheme, settings, _theme(options, settings))
    app.run()
    options.texts = [app.chosen]
    return bool(app.chosen)


def _is_one_file(options: argparse.Namespace) -> bool:
    """Whether one article is named, seen without listing anything: its text is to be there at once."""
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
    from annotations.project.settings import find_settings, load_settings
    from annotations.store.opening import database_url, refuse_unsafe
    from tui.bootstrap import annotator_name, article_date, creation_time_of, writer_of
    from tui.one_document import one_document

    database = database_url(options.db)
    start = Path.cwd() if document.path == "-" else file_at(document.path).parent
    settings = load_settings(find_settings(start))
    given_date, annotator = article_date(options.date), annotator_name(options.annotator)
    documents = one_document(document, creation_time_of(document))
    refuse_unsafe(database)
    return _run_reader(documents, annotator, writer_of(database), settings, options, given_date)


def _open_corpus(choice: "CorpusChoice", options: argparse.Namespace) -> int:
    if options.date is not None:
        raise AnnotateError(
            "--date is the date of one article; with several, --date-column names the column that has them."
        )
    if not sys.stdin.isatty() or not _screen_is_terminal():
        raise AnnotateError("There is no terminal to show the articles on; start it in one.")
    from annotations.store.opening import refuse_unsafe
    from tui.bootstrap import annotator_name
    from tui.corpus_of_screen import documents_of

    annotator = annotator_name(options.annotator)
    if choice.database_words:
        say(choice.database_words)
    refuse_unsafe(choice.database)
    documents, make_writer = documents_of(choice, annotator)
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
    from tui.bootstrap import date_settings, prepared_folder, suggester_names, suggestions_of

    keymap, scheme = keymap_of(settings)
    names = suggester_names(settings, options.model, options.no_model)
    dates = date_settings(settings, options.language, options.model)
    prepared = prepared_folder(options.suggestions, options.texts)
    theme = _theme(options, settings)
    from tui.app import AnnotateApp
    from tui.pauses import collect_garbage_in_pauses

    app = AnnotateApp(
        documents,
        annotator,
        scheme,
        make_writer,
        suggestions_of(names, dates, prepared),
        keymap,
        theme,
        settings.guidelines,
        given_date,
        settings.glyphs,
        settings.measure,
        settings.doubt,
    )
    collect_garbage_in_pauses()
    app.run()
    if app.crash:
        raise AnnotateError(_keep_crash(app.crash))
    if app.parting:
        say(app.parting)
    return app.return_code or 0


def _theme(options: argparse.Namespace, settings: "Settings") -> str:
    from annotations.project.settings import setting_line
    from tui.colours.themes import known_theme

    if options.theme or not settings.file:
        return known_theme(options.theme or "", "--theme")
    return known_theme(settings.theme, setting_line(settings.file, "theme"))


def _read_keys_from_terminal() -> None:
    """Standard input was the article: keys come from the terminal itself."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise AnnotateError("There is no terminal to read keys from; start annotate in one.") from None
    os.dup2(terminal, 0)
    os.close(terminal)


def _screen_is_terminal() -> bool:
    return sys.__stderr__ is not None and sys.__stderr__.isatty()


def _keep_crash(trace: str) -> str:
    """Keep an error of the program's own for a report, without any text of the article."""
    folder = Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state")) / "annotate"
    said = "annotate stopped on an error of its own; nothing that was shown as saved is lost"
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
