"""The labels of a project: names, keys, colours, definitions, examples.

A key is one digit, or one letter of any script that is lower-case or has no case. These keys are only
for labels; capitals are commands. Keys that are assigned automatically are a to z and 0 to 9: 36 labels
need one key press each.
"""

import string
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

KEYS = string.ascii_lowercase + string.digits


def is_label_key(text: str) -> bool:
    """Whether a text may be the key of a label: a digit, or a letter that is lower-case or has no case."""
    return len(text) == 1 and (text in KEYS or (text.isalpha() and text.lower() == text))


class Label(Struct, frozen=True):
    """One label. `key` is empty if no key is left; `colour` is `#rrggbb`, or empty for the theme's
    colour.
    """

    name: str
    key: str = ""
    colour: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    """Words that have the label."""
    counterexamples: tuple[str, ...] = ()
    """Words that seem to have this label but do not, each followed by its correct label."""
    sources: tuple[str, ...] = ()
    """Names that pipelines, patterns and imports use for the same label: `from` in the settings."""
    nested: bool = False
    """Whether accepting a span of this label keeps the suggestions inside it."""


class LabelScheme(Struct, frozen=True):
    """The labels of a project, in the order people see them."""

    labels: tuple[Label, ...]
    reserved: frozenset[str] = frozenset()
    """Keys that no label may get, because they have another use."""
    own: bool = False
    """Whether the project lists its labels. If so, only these are offered and accepted."""
    name_words: frozenset[str] = frozenset()
    """Small words that may occur inside names, in addition to those of `annotations.text.name_extent`.
    """

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def nested(self) -> frozenset[str]:
        """The names of the labels whose spans may contain other spans."""
        return frozenset(label.name for label in self.labels if label.nested)

    def named(self, name: str) -> Label | None:
        """The label with this name."""
        return next((label for label in self.labels if label.name == name), None)

    def with_key(self, key: str) -> Label | None:
        """The label on this key."""
        return next((label for label in self.labels if key and label.key == key), None)

    def place(self, name: str) -> int:
        """The position of the label among all, from 0; unknown labels come last."""
        for place, label in enumerate(self.labels):
            if label.name == name:
                return place
        return len(self.labels)

    def label_for(self, name: str) -> str | None:
        """The label for what a pipeline, a pattern or an import calls `name`; `None` if the scheme has
        none for it.

        If the project lists no labels, every label is allowed.
        """
        if not self.own or self.named(name) is not None:
            return name
        return next((label.name for label in self.labels if name in label.sources), None)

    def accepts(self, name: str) -> bool:
        """Whether spans may be accepted under this label."""
        return not self.own or self.named(name) is not None

    def showing(self, names: Iterable[str]) -> "LabelScheme":
        """The scheme, with labels added that spans have and the scheme does not; they get no keys."""
        known = {label.name for label in self.labels}
        note = "Not a label of this project."
        more = tuple(Label(name, definition=note) for name in dict.fromkeys(names) if name not in known)
        return replace(self, labels=self.labels + more) if more else self

    def including(self, names: Iterable[str]) -> "LabelScheme":
        """The scheme, with labels added that a pipeline or an import uses.

        Each of them gets the first free key: a letter of its name, any letter, any digit, or no key. If the
        project lists its labels, nothing is added.
        """
        if self.own:
            return self
        labels = list(self.labels)
        known = {label.name for label in labels}
        for name in names:
            if name not in known:
                known.add(name)
                used = {label.key for label in labels} | self.reserved
                labels.append(Label(name, key=_free_key(name, used)))
        return self if len(labels) == len(self.labels) else replace(self, labels=tuple(labels))

    def beside(self, reserved: frozenset[str]) -> "LabelScheme":
        """The scheme without these keys: labels that have one of them get another key."""
        free = [replace(label, key="") if label.key in reserved else label for label in self.labels]
        return replace(self, labels=with_keys(free, reserved).labels, reserved=reserved)


def with_keys(labels: Iterable[Label], reserved: Iterable[str] = ()) -> LabelScheme:
    """A scheme in which labels without a key get a free one. Labels that name their key keep it.

    No label gets a key that is `reserved`.
    """
    labels = list(labels)
    used = {label.key for label in labels if label.key} | set(reserved)
    keyed = []
    for label in labels:
        key = label.key or _free_key(label.name, used)
        used.add(key)
        keyed.append(replace(label, key=key))
    return LabelScheme(tuple(keyed))


def _free_key(name: str, reserved: set[str]) -> str:
    candidates = [char for char in name.lower() if char in KEYS] + list(KEYS)
    return next((key for key in candidates if key not in reserved), "")


ONTONOTES = LabelScheme(
    (
        Label(
            "PERSON",
            "p",
            "",
            "People, also fictional ones.",
            ("Ada Lovelace", "Sherlock Holmes"),
            ("the Beatles (ORG)",),
        ),
        Label(
            "ORG",
            "o",
            "",
            "Companies, agencies, institutions, parties.",
            ("the Red Cross", "Nestlé"),
            ("Peru (GPE)",),
        ),
        Label(
            "GPE",
            "g",
            "",
            "Countries, cities, states: places with a government.",
            ("Peru", "the city of Leeds"),
            ("the Alps (LOC)",),
        ),
        Label(
            "LOC",
            "l",
            "",
            "Other places: mountains, seas, regions.",
            ("the Alps", "West Africa"),
            ("Peru (GPE)",),
        ),
        Label(
            "FAC",
            "f",
            "",
            "Buildings, airports, bridges, roads.",
            ("Tower Bridge", "Schiphol"),
            ("the Alps (LOC)",),
        ),
        Label(
            "NORP",
            "n",
            "",
            "Nationalities, religious and political groups.",
            ("Kenyan", "Buddhists"),
            ("Kenya (GPE)",),
        ),
        Label(
            "DATE",
            "d",
            "",
            "Dates and periods of a day or longer.",
            ("last June 12", "the 1990s"),
            ("two hours (TIME)",),
        ),
        Label(
            "TIME",
            "t",
            "",
            "Times and periods shorter than a day.",
            ("two hours", "this evening"),
            ("two days (DATE)",),
        ),
        Label(
            "EVENT",
            "e",
            "",
            "Named wars, storms, games, meetings.",
            ("the Olympic Games", "World War I"),
            ("last summer (DATE)",),
        ),
        Label(
            "LAW",
            "a",
            "",
            "Named laws, treaties, constitutions.",
            ("the Treaty of Rome", "Article 5"),
            ("the Supreme Court (ORG)",),
        ),
        Label(
            "PRODUCT",
            "r",
            "",
            "Vehicles, devices, foods: things that are made.",
            ("Concorde", "Windows 11"),
            ("Airbus (ORG)",),
        ),
        Label(
            "WORK_OF_ART",
            "w",
            "",
            "Titles of books, songs, films, papers.",
            ("Hamlet", "Abbey Road"),
            ("Concorde (PRODUCT)",),
        ),
        Label("LANGUAGE", "u", "", "Named languages.", ("Swahili", "Old Norse"), ("the Finns (NORP)",)),
        Label(
            "MONEY",
            "m",
            "",
            "Amounts of money, with the unit.",
            ("30 million euros", "$5"),
            ("30 million (CARDINAL)",),
        ),
        Label(
            "PERCENT",
            "h",
            "",
            "Percentages, with the sign or word (per hundred).",
            ("12 %", "half a per cent"),
            ("a dozen (CARDINAL)",),
        ),
        Label(
            "QUANTITY",
            "q",
            "",
            "Measures of weight, distance and the like.",
            ("40 km", "two tons"),
            ("two weeks (DATE)",),
        ),
        Label("ORDINAL", "i", "", "First, second, …", ("third", "21st"), ("three (CARDINAL)",)),
        Label(
            "CARDINAL",
            "c",
            "",
            "Numbers that fit nowhere else.",
            ("a dozen", "seven"),
            ("seventh (ORDINAL)",),
        ),
    )
)
"""The 18 labels of OntoNotes Release 5.0 (LDC2013T19), which spaCy's English pipelines use."""
