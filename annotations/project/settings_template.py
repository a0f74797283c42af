"""What `annotate init` writes: a settings file with every setting in it, explained."""

import json
from collections.abc import Sequence

from annotations.model.label_scheme import ONTONOTES


def template() -> str:
    """A settings file with every setting in it, explained; what `annotate init` writes."""
    head = """\
# Settings of annotate for the articles in this folder and below.

# The spaCy pipeline that suggests: an installed package, a path, or "blank:xx".
# model = "en_core_web_sm"

# The language of the articles; without it, the words of each article decide.
# language = "en"

# Which expressions of time are marked: "timex3" for all of TimeML's, "news" without ages, "now" and
# words such as "monthly". Or a table with kinds on or off: date, time, duration, set, age, now, adjective.
# dates = "news"
# dates = { scheme = "news", age = true }

# Files of patterns (JSON lines, as spaCy's entity ruler reads them) that also suggest.
# patterns = ["names.jsonl"]

# The files of a folder that are articles, by their names.
# files = ["*.txt", "*.text"]

# Small words that may be inside names, besides those that are known (of, the, de, von, bin ...).
# name_words = ["van't"]

# The theme; the command palette (ctrl+p) shows them all.
# theme = "annotate-dark"

# Only ASCII characters, for terminals whose fonts lack others or draw them two cells wide.
# glyphs = "ascii"

# How many columns of text a row has at most, from 40 to 120; 0 for the whole width.
# measure = 72

# A suggestion that is wrong with a higher probability than this is doubtful. During the first 150
# decisions 0.15 is used instead, unless this number is smaller.
# doubt = 0.25

# Guidelines in Markdown, shown with one key.
# guidelines = "guidelines.md"

# A set of keys: "default", "vim" or "emacs".
# preset = "default"

# Keys of your own, by action; the keys screen (F1) lists the actions.
# [keys]
# undo = ["U", "ctrl+u"]

# The labels. A key is one digit or lower-case letter of any script; left out, a free one is used.
# With [[labels]] only these labels are offered and accepted. "from" lists what pipelines, patterns and
# imports call this label; suggestions with other labels are not shown, except on request (F5).
# Accepting a span removes the suggestions inside it; nested = true keeps those inside that label.
# Without any [[labels]] the 18 labels of OntoNotes are used, which are listed here.
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
