"""What belongs to the person and not to the document: it stays when another document is opened."""

from dataclasses import dataclass, field

from annotations.dates.document_language import UNDECIDED, LanguageChoice
from annotations.editing.filters import Filter
from annotations.learn.learned import Learned


@dataclass
class AnnotatorState:
    """How one person works at the moment, in whatever document."""

    filter: Filter = field(default_factory=Filter)
    """Which suggestions going on goes to."""
    by_character: bool = False
    """Whether to step by character instead of by word."""
    any_case: bool = False
    """Whether propagation takes upper and lower case as the same."""
    learned: Learned = field(default_factory=Learned)
    """What their single decisions have taught so far."""
    languages: LanguageChoice = UNDECIDED
    """What was said of the language of all documents of this run."""
    sought: str = ""
    """What was searched for last, as it was typed."""
