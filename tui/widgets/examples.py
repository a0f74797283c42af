"""The examples of a label in the words of the screen."""

from collections.abc import Sequence

from annotations.model.label_scheme import Label


def example_words(label: Label) -> Sequence[str]:
    """`yes:` with what has the label, `no:` with what might be thought to; each only where there is some."""
    both = (("yes", label.examples), ("no", label.counterexamples))
    return [f"{word}: {', '.join(texts)}" for word, texts in both if texts]
