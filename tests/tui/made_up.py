"""Made-up articles with suggestions, for pictures and for measurements of drawing."""

from typing import NamedTuple


class Suggestion(NamedTuple):
    """A suggestion: its place, its label and its score."""

    start: int
    end: int
    label: str
    score: float


class MadeUp(NamedTuple):
    """An article, and what is suggested in it."""

    name: str
    text: str
    suggested: tuple[tuple[str, str, float], ...]
    """Words, label and score; the words are suggested wherever they occur."""

    def spans(self) -> list[Suggestion]:
        """All suggestions, in the order of the words in `suggested`."""
        found: list[Suggestion] = []
        for words, label, score in self.suggested:
            start = self.text.find(words)
            while start >= 0:
                found.append(Suggestion(start, start + len(words), label, score))
                start = self.text.find(words, start + len(words))
        return found


HARBOUR = MadeUp(
    "harbour.txt",
    """\
Harbour talks end with a plan for Sines

SINES, May 17, 2023 — The port authority of Rotterdam and Portugal's Ministry of the Sea agreed on Tuesday to \
rebuild the old quay in Sines, the two sides said after the third Atlantic Ports Forum. The work is to begin next \
spring and to cost 30 million euros.

“We lost ten years, and we will not lose another one,” said Minister Inês Duarte, who led the Portuguese \
delegation. Jan de Wit, who runs Rotterdam's port, called the plan the largest since the Treaty of Porto. The \
African Development Bank (AfDB) will lend half of the money; the rest comes from Lisbon.

Ms. Duarte had met Mr. de Wit twice since March 2, 2021. Officials in Brussels, who were not at the table, \
welcomed the agreement. The European Commission has asked both ports to cut the time that ships wait by 20 percent.

Fishermen from Vila Nova see it otherwise. Their union, the Atlantic Boatmen, fears that the new quay takes the \
water where four families have fished since 1954. “Nobody asked us,” said Rui Tavares, its chairman.

The ministry answered on Wednesday that the boats keep their berths at Porto Covo until 2026. A study by the \
University of Évora, which the minister quoted, expects 400 jobs within six years.

Rotterdam handled 14 million containers last year, Sines fewer than two million. Whether the Dutch side sends its \
own engineers is to be decided in June, when the forum meets in Antwerp.
""",
    (
        ("Sines", "GPE", 0.97),
        ("May 17, 2023", "DATE", 0.99),
        ("Portugal's Ministry of the Sea", "ORG", 0.42),
        ("Rotterdam", "GPE", 0.93),
        ("Tuesday", "DATE", 0.99),
        ("two sides", "CARDINAL", 0.31),
        ("third", "ORDINAL", 0.98),
        ("Atlantic Ports Forum", "EVENT", 0.66),
        ("next spring", "DATE", 0.95),
        ("30 million euros", "MONEY", 0.97),
        ("ten years", "DATE", 0.91),
        ("Inês Duarte", "PERSON", 0.98),
        ("Portuguese", "NORP", 0.99),
        ("Jan de Wit", "PERSON", 0.96),
        ("the Treaty of Porto", "LAW", 0.38),
        ("African Development Bank", "ORG", 0.97),
        ("AfDB", "ORG", 0.71),
        ("half", "CARDINAL", 0.83),
        ("Lisbon", "GPE", 0.99),
        ("Ms. Duarte", "PERSON", 0.88),
        ("twice", "CARDINAL", 0.22),
        ("March 2, 2021", "DATE", 0.99),
        ("Brussels", "GPE", 0.98),
        ("The European Commission", "ORG", 0.95),
        ("20 percent", "PERCENT", 0.99),
        ("Vila Nova", "GPE", 0.79),
        ("the Atlantic Boatmen", "ORG", 0.47),
        ("four", "CARDINAL", 0.97),
        ("1954", "DATE", 0.98),
        ("Rui Tavares", "PERSON", 0.97),
        ("Wednesday", "DATE", 0.99),
        ("Porto Covo", "LOC", 0.44),
        ("2026", "DATE", 0.99),
        ("the University of Évora", "ORG", 0.92),
        ("400", "CARDINAL", 0.99),
        ("six years", "DATE", 0.97),
        ("14 million", "CARDINAL", 0.98),
        ("last year", "DATE", 0.98),
        ("fewer than two million", "CARDINAL", 0.93),
        ("Dutch", "NORP", 0.99),
        ("June", "DATE", 0.97),
        ("Antwerp", "GPE", 0.98),
    ),
)
BOATS = MadeUp(
    "boats.txt",
    "PORTO COVO, May 19, 2023 — Forty boats blocked the harbour of Porto Covo on Friday for three hours. Rui "
    "Tavares of the Atlantic Boatmen said they would come back.\n",
    (("Porto Covo", "GPE", 0.81), ("Forty", "CARDINAL", 0.97), ("Rui Tavares", "PERSON", 0.98)),
)
STUDY = MadeUp(
    "study.txt",
    "ÉVORA, June 2, 2023 — The University of Évora published its study of the quay in Sines on Thursday.\n",
    (("The University of Évora", "ORG", 0.9), ("Sines", "GPE", 0.98), ("Thursday", "DATE", 0.99)),
)
ARTICLES = (HARBOUR, BOATS, STUDY)
