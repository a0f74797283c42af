"""The examples of a label, as they are shown on the screen."""

from collections.abc import Sequence

from annotations.model.label_scheme import Label


def example_words(label: Label) -> Sequence[str]:
    """`yes:` with the examples of a label, and `no:` with the counterexamples; each only if there are any."""
    both = (("yes", label.examples), ("no", label.counterexamples))
    return [f"{word}: {', '.join(texts)}" for word, texts in both if texts]
