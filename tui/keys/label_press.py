"""What chooses a label: its key, or a name that a click on it sends if it has no key."""

from annotations.model.label_scheme import Label, LabelScheme

_CLICK = "click "


def press_of(label: Label) -> str:
    """What a click on a label sends: its key, or a name that no keyboard sends."""
    return label.key or _CLICK + label.name


def pressed_label(scheme: LabelScheme, key: str) -> Label | None:
    """The label that a key or a click chooses; `None` if it chooses none."""
    if key.startswith(_CLICK):
        return next((label for label in scheme if _CLICK + label.name == key), None)
    return scheme.with_key(key)
