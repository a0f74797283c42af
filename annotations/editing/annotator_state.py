"""State that belongs to the person, not to a document: it stays when another document is opened."""

from dataclasses import dataclass, field

from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.editing.filters import Filter
from annotations.learn.learned import Learned


@dataclass
class AnnotatorState:
    """The present settings of one person, for all documents."""

    filter: Filter = field(default_factory=Filter)
    """Which suggestions the person steps to."""
    by_character: bool = False
    """Whether to step by character instead of by word."""
    any_case: bool = False
    """Whether propagation ignores the difference between upper and lower case."""
    learned: Learned = field(default_factory=Learned)
    """What has been learned so far from the person's decisions about single suggestions."""
    languages: LanguageChoice = UNDECIDED
    """What was stated about the language of all documents of this run."""
    sought: str = ""
    """The last search, as it was typed."""
