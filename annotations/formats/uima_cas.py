"""UIMA CAS as XMI with DKPro Core types, as INCEpTION and WebAnno import it: a folder of `.xmi` files.

A file and its document have the same name; in INCEpTION's own folders there is a file for each annotator,
in a folder with the name of the document. Spans are `NamedEntity` annotations with their label as `value`
and the id of an entity as `identifier`; sentences and tokens are written, too.
`TypeSystem.xml` declares the types. Offsets in the files are UTF-16 code units; dkpro-cassis, which
writes and reads them, turns them into code points. Documents that declare entities or a DOCTYPE are
refused before the parser sees them. Source: docs.oasis-open.org/uima/v1.0, dkpro.github.io/dkpro-core.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.entities.identity import id_of
from annotations.formats.annotated_document import AnnotatedDocument, annotated
from annotations.formats.division import sentence_starts
from annotations.formats.file_input import LONGEST, open_input, whole
from annotations.formats.folder import (
    NamedFile,
    given_names,
    losses_beside_name,
    named_files,
    write_below,
)
from annotations.formats.format import Fitted, FormatError, Options, Reading
from annotations.formats.loss import (
    NOT_XML,
    Loss,
    bare_value,
    losses_beyond_ids,
    losses_in_xml,
    minus,
    span_loss,
)
from annotations.formats.span_input import OUTSIDE, SpanInput
from annotations.formats.tokens import language_of, word_tokens
from annotations.formats.tolerance import read_each
from annotations.model.value import Entity

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

ENDING = ".xmi"
TYPES = "TypeSystem.xml"
_NO_OFFSET = "Not mapping external offset"
_DECLARED = re.compile(rb"""\A(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_OTHERS = (TOKEN, SENTENCE, "uima.tcas.DocumentAnnotation", "uima.cas.Sofa", "uima.cas.FSArray")
_METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type."


class UimaCas:
    """The format of the folder."""

    def fit(self, annotated: AnnotatedDocument, options: Options) -> Fitted:
        """Keep spans, labels and ids, and all characters of the text that XML can hold."""
        losses = losses_beside_name(annotated, {"value"}, ENDING) + losses_in_xml(annotated.text)
        losses += losses_beyond_ids(annotated, NOT_XML)
        for span in annotated.spans:
            if NOT_XML.search(span.label):
                losses.append(span_loss(annotated.text, span, "has a label with control characters"))
        return Fitted(minus(annotated, losses).without_history(), losses)

    def write(self, documents: Iterable[AnnotatedDocument], path: Path, options: Options) -> None:
        """Write one file for each document, and the type system."""
        path.mkdir()
        types = _written_types()
        types.to_xml(path / TYPES)
        for name, document in given_names(documents, ENDING):
            write_below(path, name, (_cas(document, types, options).to_xmi() or "").encode("utf-8"))

    def read(self, path: Path, name: str, options: Options) -> Iterator[Reading]:
        """Read one `.xmi`, or all in a folder and below it, each with the nearest type system."""
        top = path if path.is_dir() else path.parent
        known: dict[Path, TypeSystem] = {}

        def types_of(file: NamedFile) -> "TypeSystem":
            folders = [file.path.parent, *file.path.parent.parents]
            places = folders[: folders.index(top) + 1] if top in folders else [top]
            place = next((one / TYPES for one in places if (one / TYPES).is_file()), None)
            if place is None:
                return _dkpro_types()
            if place not in known:
                known[place] = _read_types(place, name)
            return known[place]

        files = [(file.where, file) for file in named_files(path, name, ENDING)]
        yield from read_each(files, lambda _, file: [_reading(file, types_of(file), options)])


@cache
def _written_types() -> "TypeSystem":
    """The three types that are written, as DKPro Core declares them."""
    from cassis import TypeSystem

    types = TypeSystem()
    for name in (ENTITY, TOKEN, SENTENCE):
        types.create_type(name, supertypeName="uima.tcas.Annotation")
    types.create_feature(types.get_type(ENTITY), "value", "uima.cas.String")
    types.create_feature(types.get_type(ENTITY), "identifier", "uima.cas.String")
    return types


@cache
def _dkpro_types() -> "TypeSystem":
    from cassis import load_dkpro_core_typesystem

    return load_dkpro_core_typesystem()


def _cas(document: AnnotatedDocument, types: "TypeSystem", options: Options) -> "Cas":
    from cassis import Cas

    text = document.text
    cas = Cas(typesystem=types)
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"
    starts = sentence_starts(document)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        body = text[start:end]
        if body.strip():
            first = start + len(body) - len(body.lstrip())
            cas.add(types.get_type(SENTENCE)(begin=first, end=start + len(body.rstrip())))
    for start, end in word_tokens(text, language_of(document, options)):
        cas.add(types.get_type(TOKEN)(begin=start, end=end))
    for span in document.spans:
        entity = types.get_type(ENTITY)(begin=span.start, end=span.end, value=span.label)
        entity.identifier = id_of(span) or None
        cas.add(entity)
    return cas


def _bounded(file: Path, name: str, options: Options | None = None) -> BytesIO:
    """The XML of a file. Raises `FormatError` if it is too long, has a DOCTYPE or entities, or is UTF-16."""
    if options is not None and options.encoding != "utf-8":
        data = _DECLARED.sub(rb"\1", whole(file, name, options).removeprefix(b"\xef\xbb\xbf"))
    else:
        with open_input(file, name) as stream:
            data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise FormatError(f"{name} is longer than {LONGEST >> 20} MB.")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FormatError(f"{name} declares a document type or is UTF-16; that is refused.")
    return BytesIO(data)


def _read_types(file: Path, name: str) -> "TypeSystem":
    from cassis import load_typesystem

    try:
        with warnings.catch_warnings():
            # cassis warns if a file declares types that cassis already has; wrong types are errors, not
            # warnings.
            warnings.simplefilter("ignore", UserWarning)
            return load_typesystem(_bounded(file, f"{name}/{TYPES}"))
    except FormatError:
        raise
    except Exception as error:
        raise FormatError(f"{name}/{TYPES} is not a type system: {_reason(error)}.") from None


def _reading(file: NamedFile, types: "TypeSystem", options: Options) -> Reading:
    from cassis import load_cas_from_xmi

    name = file.where
    data = _bounded(file.path, name, options)
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always", UserWarning)
            cas = load_cas_from_xmi(data, typesystem=types, lenient=True)
        text = cas.sofa_string or ""
        found = SpanInput(text, name)
        # An entity with an offset outside the text is listed below.
        said = [_one_line(str(warning.message)) for warning in heard]
        found.losses = [Loss("foreign", one) for one in said if not one.startswith(_NO_OFFSET)]
        for other in cas.select_all_annotations():
            kind = other.type.name
            if kind not in _OTHERS and not kind.startswith(_METADATA) and not _is_entity(other.type):
                reason = f"annotation of type {kind.rpartition('.')[2][:40]!r}, which is not read"
                found.losses.append(Loss("foreign", reason))
        for number, entity in enumerate(cas.select(ENTITY) if types.contains_type(ENTITY) else (), 1):
            label = entity.value or entity.type.name.rpartition(".")[2]
            value = bare_value(Entity(id=getattr(entity, "identifier", None) or ""))
            field = f"entity {number}"
            if not isinstance(entity.begin, int) or not isinstance(entity.end, int):
                found.leave_out(OUTSIDE, f"{field} has no offsets that lie in the text")
                continue
            found.add(entity.begin, entity.end, label, field, status="accepted", value=value)
    except FormatError:
        raise
    except Exception as error:
        # cassis raises errors of any kind for a wrong file: KeyError, AttributeError, lxml's errors.
        raise FormatError(f"{name} is not a CAS that can be read: {_reason(error)}.") from None
    document = annotated(text, found.spans, name=file.document, annotator=file.annotator)
    return Reading(document, found.losses)


def _is_entity(kind: object) -> bool:
    while kind is not None:
        if getattr(kind, "name", "") == ENTITY:
            return True
        kind = getattr(kind, "supertype", None)
    return False


def _reason(error: Exception) -> str:
    return f"{type(error).__name__} {_one_line(str(error))}".strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")


FORMAT = UimaCas()
