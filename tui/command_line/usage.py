"""What `annotate` says about itself in the shell: its commands, examples, exit statuses and variables.

`--help`, the man page, the completion and `docs/reference/commands.md` are all made of this and of the
commands' own parsers.
"""

from collections.abc import Mapping
from typing import NamedTuple

COMMANDS = {
    "export": "write labelled spans as training data, or for another tool",
    "import": "read the annotations of another tool",
    "done": "mark articles as done: text without a label in them is no entity",
    "formats": "list the file formats and what each can hold",
    "init": "write an annotate.toml that explains every setting, or an example corpus",
    "suggest": "make the suggestions for a whole corpus in advance, with many processes or a cluster",
    "list": "show the progress of each document of a corpus",
    "log": "show what was done to an article, when and by whom",
    "stats": "count what became of the spans of articles, and what the decisions took",
    "relabel": "give all spans of one label another one, in all documents",
    "remove": "take articles out of the database, with all annotations of them",
    "restore": "bring back an earlier state of an article's annotations, or a removed article",
    "doctor": "look for damage in the database, and write a repaired copy",
    "prune": "forget old history, after asking",
    "completion": "print the shell script that completes commands, options and values",
}
"""The commands besides opening an article; each is a module of `tui.commands`."""

READER = "Read an article in the terminal and annotate its names and dates with keys."


class Example(NamedTuple):
    """Something to type, and what it does."""

    typed: str
    does: str


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "": (
        Example("annotate article.txt", "one article"),
        Example("annotate port-news", "all articles of a folder, one after the other"),
        Example("annotate port-news --model model/model-best", "with a pipeline of your own"),
        Example("annotate texts.csv --text-column body --id-column url", "a text in each row"),
    ),
    "export": (
        Example(
            "annotate export --format jsonl --output gold.jsonl",
            "everything that is done, with nothing lost",
        ),
        Example(
            "annotate export --format spacy --output corpus --split train=0.8,dev=0.2 --seed 1",
            "training data for spaCy, in two parts",
        ),
        Example("annotate export article.txt --format csv --output -", "one article, to the screen"),
    ),
    "import": (
        Example("annotate import gold.jsonl", "as suggestions, to decide about"),
        Example("annotate import corpus.conllu --as accepted --annotator ann", "as decisions of ann"),
    ),
    "done": (
        Example("annotate done article.txt", "one article"),
        Example("annotate done port-news --yes", "a folder, also where suggestions are undecided"),
    ),
    "formats": (Example("annotate formats", "as many columns as fit in the terminal"),),
    "init": (
        Example("annotate init", "settings for the articles in this folder and below"),
        Example("annotate init --example", "a folder port-news of ten articles to try everything on"),
    ),
    "suggest": (
        Example("annotate suggest port-news", "into port-news.suggested, where annotate finds them"),
        Example(
            "annotate suggest texts.jsonl -o suggested --workers 2", "two processes, another folder"
        ),
        Example("annotate suggest /shared/news --engine ray", "on the cluster that RAY_ADDRESS names"),
    ),
    "list": (
        Example("annotate list port-news", "a line for each article"),
        Example("annotate list --order doubt --json", "the most doubtful first, as JSON"),
    ),
    "log": (Example("annotate log article.txt", "a line for each edit, the oldest first"),),
    "stats": (
        Example("annotate stats", "of all documents of the database"),
        Example("annotate stats port-news --annotator ann --json", "of one person, as JSON"),
    ),
    "relabel": (Example("annotate relabel GPE LOC", "in all documents; U undoes it in each"),),
    "remove": (Example("annotate remove article.txt", "asks first; annotate restore brings it back"),),
    "restore": (
        Example("annotate restore article.txt --at 2021-04-08T16:30", "as it was then, as a new edit"),
        Example("annotate restore article.txt", "an article that was removed"),
    ),
    "doctor": (
        Example("annotate doctor", "only looks"),
        Example("annotate doctor --repair", "writes annotations-repaired.json"),
    ),
    "prune": (
        Example("annotate prune --before 2021-01-01 --dry-run", "shows what would go"),
        Example("annotate prune --before now --backups --yes", "forgets everything but the annotations"),
    ),
    "completion": (
        Example('eval "$(annotate completion bash)"', "in ~/.bashrc"),
        Example("annotate completion fish > ~/.config/fish/completions/annotate.fish", "once"),
    ),
}
"""What to type, by command; "" is the program itself."""

EXIT_STATUSES: Mapping[int, str] = {
    0: "done",
    1: "you left with edits that could not be saved; doctor found damage; a question was answered with no",
    2: "an error that you can correct, explained in one sentence",
    3: "--strict refused: something would be lost, or is not done",
    130: "ended by Ctrl+C",
    141: "the program that read the output has ended",
    143: "ended by a signal: 128 plus its number (129 when the terminal was closed)",
}
VARIABLES: Mapping[str, str] = {
    "ANNOTATE_DB": "the database, unless --db names one",
    "RAY_ADDRESS": "the cluster of annotate suggest --engine ray; Ray's other variables apply, too",
    "XDG_CONFIG_HOME": "the folder of your own settings, annotate/settings.toml (Linux)",
    "XDG_STATE_HOME": "the folder of annotate/error.log, which a crash writes",
    "NO_COLOR": "if set, no colours are used",
    "COLORTERM, TERM": "how many colours the terminal has",
    "LC_ALL, LC_CTYPE, LANG": "the encoding, and how wide East Asian characters are",
}
"""The variables of the environment that are read."""

OVERVIEW = (
    "annotate: label the names and dates of articles in the terminal, with keys.",
    "",
    "  annotate article.txt           read and label one article",
    "  annotate FOLDER                all articles of a folder, one after the other",
    "",
    "Every decision is saved at once in annotations.json; annotate alone continues.",
    "Training data: annotate export --format spacy --output train.spacy",
    "No articles yet? annotate init --example writes ten to try.",
    "All keys: press ? on the screen. All commands and options: annotate --help",
)
"""The message for a person who names nothing in a folder where there is nothing to continue."""


def commands() -> str:
    """The other commands, in the help of the program."""
    lines = [_beside(f"  annotate {name:<10} ", does) for name, does in COMMANDS.items()]
    return "\n".join(("other commands (each has its --help):", *lines))


def epilog(command: str) -> str:
    """What stands under the options in the help of a command: examples, exit statuses, variables."""
    examples = [f"  {one.typed}\n      {one.does}" for one in EXAMPLES[command]]
    statuses = [_beside(f"  {number:<4} ", words) for number, words in EXIT_STATUSES.items()]
    parts = [("examples", examples), ("exit status", statuses)]
    if not command:
        parts.append(("variables", [f"  {name}\n      {words}" for name, words in VARIABLES.items()]))
    return "\n\n".join("\n".join((f"{title}:", *lines)) for title, lines in parts)


def _beside(head: str, words: str) -> str:
    """Words behind a head, in lines of 80 columns at most."""
    from textwrap import fill

    return fill(words, 80, initial_indent=head, subsequent_indent=" " * len(head))
