"""All formats by name, described without importing any of them."""

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Literal, assert_never

from annotations.formats.format import Format, Undone
from annotations.model.errors import AnnotateError
from annotations.text.installing import install_command

Annotators = Literal["no", "yes", "shown", "user data"]
"""How a file names the annotator: not at all, in a field, for people to read, or in spaCy's user data."""


@dataclass(frozen=True)
class FormatEntry:
    """What `annotate formats` shows of a format; `where` is its module and the name of its object there."""

    name: str
    title: str
    where: str
    suffix: str
    """The usual ending of its files; empty if the format is a folder of files."""
    offsets: Literal["code points", "UTF-16", "tokens"]
    overlaps: str = "yes"
    subtoken: str = "yes"
    values: str = "no"
    comments: str = "no"
    annotators: Annotators = "no"
    reads: bool = True
    writes: bool = True
    holds_texts: bool = True
    """Whether its files contain the texts of the articles, and not only the annotations."""
    undone: tuple[Undone, ...] = ("leave-out", "outside")
    """The ways in which it can write documents that are not done, the default first."""
    holds_status: bool = False
    """Whether a suggestion is marked as one in its files, so that no model learns it as an entity."""
    writes_undecided: bool = False
    """Whether documents that are not done are written with their undecided suggestions."""
    reads_as_done: bool = False
    """Whether a document in its files is read as done, because such files label every entity."""
    file_endings: tuple[str, ...] = ()
    """The endings of the files of each document, if the format is a folder with files for each document."""
    numbers_labels: bool = False
    """Whether its files number the labels, in the order of the project."""
    extra: str = ""
    """The optional extra of this program that installs the library it needs; empty if it needs none."""

    @property
    def keeps_annotators(self) -> bool:
        """Whether its files show the annotator of each document (user data of spaCy does not count)."""
        match self.annotators:
            case "yes" | "shown":
                return True
            case "no" | "user data":
                return False
            case unknown:
                assert_never(unknown)

    @property
    def lists_spans(self) -> bool:
        """Whether its files are lists of spans for people to read, not texts to train a model on."""
        return not (self.holds_texts and self.reads)

    @property
    def needs(self) -> str:
        """The package of the additional library that it needs; empty if it needs none."""
        return _LIBRARIES[self.extra][1] if self.extra else ""

    @property
    def is_folder(self) -> bool:
        """Whether it is written as a folder of files."""
        return not self.suffix


FORMATS: tuple[FormatEntry, ...] = (
    FormatEntry(
        "jsonl",
        "annotate's own JSON Lines, with everything",
        "jsonl:FORMAT",
        ".jsonl",
        "code points",
        values="yes",
        comments="yes",
        annotators="yes",
        undone=("missing", "leave-out"),
        holds_status=True,
        writes_undecided=True,
    ),
    FormatEntry(
        "spacy",
        "spaCy DocBin",
        "spacy_docbin:FORMAT",
        ".spacy",
        "tokens",
        overlaps='spans["sc"]',
        subtoken="no",
        values="user data",
        comments="user data",
        annotators="user data",
        undone=("missing", "outside", "leave-out"),
    ),
    FormatEntry(
        "prodigy",
        "Prodigy JSON Lines",
        "prodigy:FORMAT",
        ".jsonl",
        "code points",
        values="property",
        comments="property",
        annotators="yes",
        undone=("missing", "outside", "leave-out"),
    ),
    FormatEntry(
        "doccano",
        "doccano JSON Lines with the field label",
        "doccano:WITH_LABELS",
        ".jsonl",
        "UTF-16",
        annotators="yes",
    ),
    FormatEntry(
        "doccano-entities",
        "doccano JSON Lines with the field entities",
        "doccano:WITH_ENTITIES",
        ".jsonl",
        "UTF-16",
        annotators="yes",
    ),
    FormatEntry(
        "label-studio",
        "Label Studio JSON and config",
        "label_studio:FORMAT",
        ".json",
        "UTF-16",
        values="text area",
        comments="yes",
        annotators="yes",
        holds_status=True,
    ),
    FormatEntry(
        "conll2003-iob1",
        "CoNLL-2003, four columns, IOB1 as in the original",
        "column:CONLL2003_IOB1",
        ".conll",
        "tokens",
        overlaps="no",
        subtoken="no",
        reads_as_done=True,
    ),
    FormatEntry(
        "conll2003-iob2",
        "CoNLL-2003, four columns, IOB2",
        "column:CONLL2003_IOB2",
        ".conll",
        "tokens",
        overlaps="no",
        subtoken="no",
        reads_as_done=True,
    ),
    FormatEntry(
        "iob2",
        "word and tag in columns, IOB2",
        "column:IOB2",
        ".conll",
        "tokens",
        overlaps="no",
        subtoken="no",
        reads_as_done=True,
    ),
    FormatEntry(
        "biluo",
        "word and tag in columns, BILUO",
        "column:BILUO",
        ".conll",
        "tokens",
        overlaps="no",
        subtoken="no",
        reads_as_done=True,
    ),
    FormatEntry(
        "conllu-plus",
        "CoNLL-U Plus, entities as in GUM and in IOB2",
        "conllu_plus:FORMAT",
        ".conllup",
        "tokens",
        overlaps="Entity=",
        subtoken="no",
        reads_as_done=True,
    ),
    FormatEntry(
        "brat",
        "brat standoff, a folder",
        "brat:FORMAT",
        "",
        "code points",
        values="notes",
        comments="yes",
        holds_status=True,
        file_endings=(".txt", ".ann"),
    ),
    FormatEntry(
        "webanno-tsv",
        "WebAnno TSV 3.3 for INCEpTION, a folder",
        "webanno_tsv:FORMAT",
        "",
        "UTF-16",
        values="ids",
        file_endings=(".tsv",),
    ),
    FormatEntry(
        "cas-xmi",
        "UIMA CAS XMI for INCEpTION, a folder",
        "uima_cas:FORMAT",
        "",
        "UTF-16",
        values="ids",
        extra="cas",
        file_endings=(".xmi",),
    ),
    FormatEntry(
        "hf-jsonl",
        "Hugging Face dataset, JSON Lines, a folder",
        "hugging_face:JSONL",
        "",
        "tokens",
        overlaps="no",
        subtoken="no",
        reads_as_done=True,
        numbers_labels=True,
    ),
    FormatEntry(
        "hf-parquet",
        "Hugging Face dataset, Parquet, a folder",
        "hugging_face:PARQUET",
        "",
        "tokens",
        overlaps="no",
        subtoken="no",
        extra="parquet",
        reads_as_done=True,
        numbers_labels=True,
    ),
    FormatEntry(
        "timeml",
        "TimeML with TIMEX3, a folder",
        "timeml:FORMAT",
        "",
        "code points",
        overlaps="no",
        values="dates",
        comments="yes",
        file_endings=(".tml",),
    ),
    FormatEntry(
        "csv",
        "table of spans, comma separated",
        "table:CSV",
        ".csv",
        "code points",
        values="yes",
        comments="yes",
        annotators="yes",
        holds_texts=False,
        undone=("missing", "leave-out"),
        holds_status=True,
    ),
    FormatEntry(
        "tsv",
        "table of spans, tab separated",
        "table:TSV",
        ".tsv",
        "code points",
        values="yes",
        comments="yes",
        annotators="yes",
        holds_texts=False,
        undone=("missing", "leave-out"),
        holds_status=True,
    ),
    FormatEntry(
        "html",
        "web page for reading and printing",
        "html_page:FORMAT",
        ".html",
        "code points",
        values="shown",
        comments="shown",
        annotators="shown",
        reads=False,
        undone=("missing", "leave-out"),
        holds_status=True,
    ),
)

_LIBRARIES = {"cas": ("cassis", "dkpro-cassis"), "parquet": ("pyarrow", "pyarrow")}
"""The library that each extra installs: its module, and the package that contains it."""


def entry(name: str) -> FormatEntry:
    """The entry of a format. Raises `AnnotateError`, which names all formats, if there is none."""
    for found in FORMATS:
        if found.name == name:
            return found
    names = ", ".join(found.name for found in FORMATS)
    raise AnnotateError(f"There is no format {name!r}; the formats are {names}.")


def load(name: str) -> Format:
    """The format with this name. Raises `AnnotateError` if there is none, or if its library is not installed."""
    found = entry(name)
    if found.extra:
        library, distribution = _LIBRARIES[found.extra]
        if importlib.util.find_spec(library) is None:
            raise AnnotateError(
                f"The format {name} needs {distribution}, which is not installed; to install it, type: "
                f"{install_command(distribution)}"
            )
    module, _, member = found.where.partition(":")
    loaded: Format = getattr(importlib.import_module(f"annotations.formats.{module}"), member)
    return loaded
