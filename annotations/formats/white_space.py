"""Leaving out spans of white space only, which no document may have, when a file is imported."""

from collections.abc import Iterable, Iterator

from annotations.formats.format import Reading
from annotations.formats.loss import span_loss
from annotations.text.segmentation import only_white_space


def without_white_space(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings without spans of white space only; each such span is listed as a loss."""
    for reading in readings:
        annotated = reading.annotated
        text = annotated.text
        kept, refused = [], []
        for span in annotated.spans:
            if only_white_space(text, span.start, span.end):
                refused.append(span_loss(text, span, "a span of white space only"))
            else:
                kept.append(span)
        if refused:
            losses = [*reading.losses, *refused]
            reading = reading._replace(annotated=annotated.with_spans(kept), losses=losses)
        yield reading
