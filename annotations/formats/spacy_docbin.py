"""spaCy's binary training format, `DocBin` 0.1, as `spacy train` and `spacy debug data` read it.

Spans begin and end where tokens do. `doc.ents` holds those that do not overlap, `doc.spans["sc"]` all of
them. In a document that is not done, it is unknown what the other tokens are: they are marked as missing
(`ent_iob_` is empty), and training learns nothing from them. A group of spans cannot express that, so such
a document has none. What spaCy has no place for (status, sources, score, value, comment, flag, date,
annotator, path, name, id) is in `doc.user_data["annotate"]`, which spaCy keeps and training ignores.
Source: `spacy/tokens/_serialize.py` and `span_group.pyx` of spaCy 3.8: msgpack in zlib.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from annotations.entities.identity import id_of
from annotations.formats.annotated_document import AnnotatedDocument
from annotations.formats.file_input import refuse_encoding
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import Loss, span_loss
from annotations.formats.spacy_docbin_file import Details, PackedFile, Packer, unpack
from annotations.formats.spacy_docbin_input import SPANS_KEY, packed_reading
from annotations.formats.tokens import (
    OVERLAP,
    TextToken,
    language_of,
    place,
    tokenized,
    tokens,
    without_overlaps,
)
from annotations.formats.tolerance import read_each

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NO_GROUP = f'not done: without doc.spans["{SPANS_KEY}"], no training text for a span categorizer'


class SpacyDocBin:
    """The format of `.spacy` files."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep spans that begin and end where tokens do; overlapping ones only in the group of spans, if any."""
        text = annotated.text
        placed, losses = place(text, annotated.spans, tokens(text, language_of(annotated, options)))
        kept = [on.span for on in placed]
        flat, beside = without_overlaps(kept)
        if _is_unknown(annotated, options):
            kept = flat
            losses.extend(span_loss(text, span, f"{OVERLAP}: not in doc.ents") for span in beside)
            losses.append(Loss("unknown", _NO_GROUP))
        else:
            reason = f'{OVERLAP}: kept in doc.spans["{SPANS_KEY}"], not in doc.ents'
            losses.extend(span_loss(text, span, reason, "flat") for span in beside)
        return Fitted(annotated.without_history().with_spans(kept), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write all documents as one `DocBin`, in memory that does not grow with their tokens."""
        with Packer(path.parent) as packer:
            for document in documents:
                ranges = tokens(document.text, language_of(document, options))
                packer.add(
                    _doc(document, ranges, options), document.text, ranges, _details(document, options)
                )
            packer.write(path)

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read the documents without spaCy's own reader, which trusts the bytes of a file."""
        from spacy.strings import StringStore

        refuse_encoding(options, name)
        with tempfile.TemporaryFile() as unpacked:
            unpack(path, name, unpacked)
            try:
                packed = PackedFile(unpacked)
                strings = StringStore(packed.strings())
                documents = (
                    (f"{name}, document {number}", document)
                    for number, document in enumerate(packed.documents(), 1)
                )
                yield from read_each(
                    documents, lambda where, one: [packed_reading(one, packed.attrs, strings, where)]
                )
            except FormatError:
                raise
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                raise FormatError(f"{name} is not a complete spaCy file: {error}.") from None


def _doc(document: AnnotatedDocument, ranges: Sequence[TextToken], options: Options) -> "Doc":
    doc = tokenized(document.text, language_of(document, options)).copy()
    return labelled_doc(doc, document, ranges, unknown=_is_unknown(document, options))


def labelled_doc(
    doc: "Doc", document: AnnotatedDocument, ranges: Sequence[TextToken], *, unknown: bool
) -> "Doc":
    """The `Doc` with those spans set that begin and end where its tokens do; `ranges` are the tokens.

    If it is `unknown` what the other tokens are, they are marked as missing and there is no group of spans.
    """
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import SpanGroup

    placed, _ = place(document.text, document.spans, ranges)
    made = {
        on.span.key: SpacySpan(doc, on.first, on.last + 1, on.span.label, kb_id=id_of(on.span))
        for on in placed
    }
    entities, _ = without_overlaps([on.span for on in placed])
    doc.set_ents([made[span.key] for span in entities], default="missing" if unknown else "outside")
    if not unknown:
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=list(made.values()))
    return doc


def _details(document: AnnotatedDocument, options: Options) -> Details:
    source, row = document.document, document.row
    return Details(
        source.path,
        source.given_name,
        source.given_id,
        row.annotator,
        document.created,
        row.facts,
        document.spans,
        _is_unknown(document, options),
    )


def _is_unknown(document: AnnotatedDocument, options: Options) -> bool:
    """Whether tokens without a label are written as unknown."""
    return options.undone == "missing" and not document.row.facts.done


FORMAT = SpacyDocBin()
