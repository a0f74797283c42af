"""What `annotate init` writes: a settings file with every setting in it, explained."""

import json
from collections.abc import Sequence

from annotations.model.label_scheme import ONTONOTES


def template() -> str:
    """A settings file with every setting in it, explained; what `annotate init` writes."""
    head = """\
# Settings of annotate for the articles in this folder and below.

# The spaCy pipeline that makes suggestions: an installed package, a path, or "blank:xx".
# model = "en_core_web_sm"

# The language of the articles; without it, the words of each article decide.
# language = "en"

# Which expressions of time are marked: "timex3" for all those of TimeML, or "news" for all except ages,
# "now" and words such as "monthly". Or a table that switches kinds on or off: date, time, duration, set,
# age, now, adjective.
# dates = "news"
# dates = { scheme = "news", age = true }

# Files of patterns (JSON Lines, as spaCy's entity ruler reads them) that make suggestions too.
# patterns = ["names.jsonl"]

# Which files of a folder are articles: patterns of their names.
# files = ["*.txt", "*.text"]

# Small words that may be inside names, in addition to the usual ones (of, the, de, von, bin ...).
# name_words = ["van't"]

# The theme; the command palette (Ctrl+P) shows all themes.
# theme = "annotate-dark"

# Only ASCII characters, for terminals whose fonts lack others or draw them two cells wide.
# glyphs = "ascii"

# The largest number of columns of text in a row, from 40 to 120; 0 for the whole width.
# measure = 72

# A suggestion is doubtful if the probability that it is wrong is above this number. During the first 150
# decisions the limit is 0.15, or this number if it is smaller.
# doubt = 0.25

# A file of guidelines in Markdown; one key (G by default) shows it.
# guidelines = "guidelines.md"

# A set of keys: "default", "vim" or "emacs".
# preset = "default"

# Other keys for actions; the keys screen (F1) lists the names of the actions.
# [keys]
# undo = ["U", "ctrl+u"]

# The labels. A key is one digit or one lower-case letter of any script; without it, a free one is used.
# If there are [[labels]], only these can be used. "from" lists the names that pipelines, patterns and
# imports use for the label; suggestions with other labels are not shown, except on request (F5).
# Accepting a span removes the suggestions inside it; nested = true keeps those inside spans of that label.
# Without any [[labels]], the 18 labels of OntoNotes are used, which are listed here.
"""
    blocks = []
    for label in ONTONOTES:
        blocks.append(
            f'[[labels]]\nname = "{label.name}"\nkey = "{label.key}"\n'
            '# from = ["OTHER_NAME"]\n# colour = "#88ccee"\n# nested = true\n'
            f'definition = "{label.definition}"\nexample = {_listed(label.examples)}\n'
            f"counterexample = {_listed(label.counterexamples)}\n"
        )
    return head + "\n" + "\n".join(blocks)


def _listed(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)
