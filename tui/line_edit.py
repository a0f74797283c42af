"""A line of text being typed: where the cursor is in it and what each key does to it."""

from annotations import words
from tui.cells import displayable
from tui.widgets.lines import Line


class LineEdit:
    """The text and the cursor, which stands before a grapheme cluster or at the end."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._at = len(text)

    def replace(self, text: str) -> None:
        """Another text, with the cursor at its end."""
        self.text, self._at = text, len(text)

    def insert(self, text: str) -> None:
        """Put text in where the cursor is."""
        self.text = self.text[: self._at] + text + self.text[self._at :]
        self._at += len(text)

    def press(self, key: str, character: str | None) -> bool:
        """Edit the line with a key; `False` when it is none that does."""
        text, at = self.text, self._at
        match key:
            case "left":
                self._at = words.previous_grapheme(text, at)
            case "right":
                self._at = words.next_grapheme(text, at)
            case "home" | "ctrl+a":
                self._at = 0
            case "end" | "ctrl+e":
                self._at = len(text)
            case "backspace" | "ctrl+h":
                self._at = words.previous_grapheme(text, at) if at else 0
                self.text = text[: self._at] + text[at:]
            case "delete":
                self.text = text[:at] + text[words.next_grapheme(text, at) :]
            case "ctrl+u":
                self.text, self._at = text[at:], 0
            case _:
                if not character or not character.isprintable() or key.startswith("alt+"):
                    return False
                self.insert(character)
        return True

    def shown(self, style: str = "bold") -> Line:
        """The line, with the cursor in it."""
        after = words.next_grapheme(self.text, self._at)
        return [
            (displayable(self.text[: self._at]), style),
            (displayable(self.text[self._at : after] or " "), f"{style} reverse"),
            (displayable(self.text[after:]), style),
        ]
