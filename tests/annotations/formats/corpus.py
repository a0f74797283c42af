"""Annotated documents made by Hypothesis, with everything that is difficult for formats."""

from hypothesis import strategies as st

from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.model.annotation_set import AnnotationRow
from annotations.model.document import Document
from annotations.model.document_facts import DocumentFacts
from annotations.model.span import Span, Status
from annotations.model.value import Entity, Timex
from tests.spans import sources_named

PIECES = [
    "Ada",
    "Lovelace",
    "U.S.",
    "U.S.-Iraq",
    "HusseinMinister",
    "don't",
    "’s",
    "“quoted”",
    "…",
    ".",
    ",",
    "-",
    "—",
    "@handle",
    "#tag",
    "https://example.org/a?b=c",
    "$5.2m",
    "12,000",
    "=SUM(A1)",
    "😀",
    "👩‍👩‍👧‍👦",
    "🇮🇶",
    "e\u0301",
    "ก็",
    "北京",
    "東京都。",
    "بغداد",
    "ירושלים",
    "\u200f",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\u0085",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x07",
    "\x1b[31m",
    "<b>&amp;",
    "]]>",
    "|",
    "\\",
    "_",
    "*",
    "[1]",
    '"',
    "'",
    " ",
    "  ",
    "\u00a0",
    "\u3000",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    ". ",
    " O ",
    "-DOCSTART-",
    "#Text=",
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        max_size=30,
    ),
)
labels = st.one_of(
    st.sampled_from(["PERSON", "DATE", "DATE", "TIME", "GPE", "WORK_OF_ART", "B-PER", "I-X"]),
    st.sampled_from(
        ["a b", "Ort/Straße", "人", "=1+1", "x|y", 'q"<&>', "_", "*", "L[1]", "\\", "O", "-"]
    ),
)
names = st.sampled_from(["", "ann", "Zoë 😀", "a,b;c", "tab\there", "=cmd"])
document_names = st.sampled_from(
    [
        "",
        "",
        "doc1.txt",
        "doc10.txt",
        "Doc1.txt",
        "a/doc1.txt",
        "../x",
        "/etc/passwd",
        "...",
        "CON.txt",
        "a\nb",
        "x" * 300,
    ]
)
comments = st.sampled_from(
    ["", "unsure", "two\nlines", 'tab\tand | and ; and "quotes"', "😀 ]]> --> <x>"]
)
values = st.one_of(
    st.none(),
    st.builds(
        Timex,
        type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
        value=st.sampled_from(["", "2008", "2020-06-12", "P10Y", "PRESENT_REF"]),
        origin=st.sampled_from(["rule", "person", "import"]),
        rule=st.sampled_from(["", "weekday"]),
        anchor=st.sampled_from(["", "2021-04-08"]),
        alternatives=st.sampled_from([(), ("2021-04-07",)]),
        mod=st.sampled_from(["", "APPROX"]),
        quant=st.sampled_from(["", "EVERY"]),
        freq=st.sampled_from(["", "2D"]),
    ),
    st.builds(
        Entity,
        name=st.sampled_from(["", "Ada Lovelace", "x;y"]),
        id=st.sampled_from(["", "Q7259", "http://x/a|b [1]_*;->", "*"]),
        origin=st.sampled_from(["person", "import"]),
    ),
)
statuses: st.SearchStrategy[Status] = st.sampled_from(["accepted", "suggested", "rejected"])
facts = st.builds(
    DocumentFacts.of,
    creation_time=st.sampled_from(["", "2021-04-08"]),
    comment=st.sampled_from(["", "odd <one>\nindeed"]),
    flagged=st.booleans(),
    done=st.booleans(),
    drawn=st.sampled_from(["", "seed 1"]),
    refused=st.sampled_from([(), (("PERSON", "Ada Lovelace", "Byron"),)]),
)


@st.composite
def documents(draw: st.DrawFn, plain: bool = False) -> AnnotatedDocument:
    """An annotated document; a plain one has only accepted spans without any properties."""
    text = draw(texts)
    spans = {}
    for _ in range(draw(st.integers(0, 8)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 12)))
        span = Span(start, end, draw(labels), "accepted")
        if not plain:
            span = Span(
                start,
                end,
                span.label,
                draw(statuses),
                sources_named(
                    *draw(st.lists(st.sampled_from(["ann", "en_core_web_sm 3.8.0"]), max_size=2))
                ),
                draw(st.one_of(st.none(), st.floats(0, 1))),
                draw(values),
                draw(comments),
                draw(st.booleans()),
            )
        spans[span.key] = span
    said = DocumentFacts() if plain else draw(facts)
    ending = draw(st.sampled_from(["", "", "-0123abcd"]))
    return annotated(
        text,
        spans.values(),
        path=draw(st.sampled_from(["", "-", "/home/ann/a b.txt", "/häuser/=x.txt"])),
        name=draw(document_names),
        document_id=Document(text).sha256 + ending,
        annotator=draw(names),
        created=said.creation_time or draw(st.sampled_from(["", "1999-12-31"])),
        facts=said,
    )


def document(
    text: str,
    *spans: Span,
    path: str = "/articles/a.txt",
    by: str = "ann",
    done: bool = True,
    given_id: str = "",
) -> AnnotatedDocument:
    """An annotated document with these spans, done unless `done` is false."""
    made = Document(text, path, given_id)
    return AnnotatedDocument(made, AnnotationRow(made.id, by, spans, DocumentFacts.of(done=done)))
