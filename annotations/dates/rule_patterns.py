"""The patterns of rules: their items, the characters that match them, and those that a match must have."""

import re
from typing import Literal, NamedTuple

_MANY = 1000
"""The extra cost of a character of a common word; without it, a character costs 1."""
Characters = dict[frozenset[str], str]
"""The character of the private alphabet for each set of classes that a token can have."""

_ITEM = re.compile(
    r"<(?P<class>[\w-]+(?:![\w-]+)?)(?::(?P<field>\w*))?>|\{(?P<macro>\w+)\}|(?P<sign>[()|?])|[^\s()|?<>{}]+"
)


class Item(NamedTuple):
    """One item of a pattern."""

    kind: Literal["class", "word", "sign"]
    what: str
    """The class (`a!b` means class `a` but not class `b`), the word or the sign."""
    field: str | None = None
    """The field that the pattern names for the class: `None` where it names none, empty where the match
    fills no field.
    """

    @property
    def classes(self) -> str:
        """The class that a token must have to match; every word has its own class."""
        return self.what if self.kind == "class" else f"={self.what}"


def items_of(pattern: str, macros: dict[str, str]) -> list[Item]:
    """The items of a pattern, with its macros expanded. Raises `ValueError` for an unknown macro."""
    items: list[Item] = []
    for match in _ITEM.finditer(pattern):
        if match["macro"]:
            if match["macro"] not in macros:
                raise ValueError(f"there is no pattern {{{match['macro']}}}")
            items += [Item("sign", "("), *items_of(macros[match["macro"]], macros), Item("sign", ")")]
        elif match["class"]:
            items.append(Item("class", match["class"], match["field"]))
        elif match["sign"]:
            items.append(Item("sign", match["sign"]))
        else:
            items.append(Item("word", match[0]))
    return items


def characters_of(name: str, characters: Characters) -> set[str]:
    """The characters of all tokens that can have a class, or one class and not another (`a!b`)."""
    wanted, _, unwanted = name.partition("!")
    found = {
        char for classes, char in characters.items() if wanted in classes and unwanted not in classes
    }
    if not found:
        raise ValueError(f"there is no class or word {name}")
    return found


class Needs:
    """Finds the characters of the most specific item that every match of a pattern must have.

    In a sequence this is the item with the fewest characters; for alternatives it is the characters of
    all of them together. A character of a `common` word, such as "the", counts like many characters.
    """

    def __init__(self, items: list[Item], characters: Characters, common: set[str]) -> None:
        self.items_of = items
        self._common = common
        self._characters = characters
        self._everything = set(characters.values())
        self._position = 0

    def of_alternatives(self) -> set[str]:
        """What the alternatives from here to the closing bracket need."""
        needed: set[str] = set()
        branch = self._everything
        while not self._at(")"):
            if self._at("|"):
                self._position += 1
                needed |= branch
                branch = self._everything
                continue
            found = self._of_one()
            if self._at("?"):
                self._position += 1
            elif self._cost(found) < self._cost(branch):
                branch = found
        return needed | branch

    def _cost(self, characters: set[str]) -> int:
        """The number of characters, with an extra cost for those of common words."""
        return len(characters) + _MANY * len(characters & self._common)

    def _of_one(self) -> set[str]:
        """What the item or bracket at the current position needs."""
        item = self.items_of[self._position]
        self._position += 1
        if item.kind != "sign":
            return characters_of(item.classes, self._characters)
        found = self.of_alternatives()
        self._position += 1
        return found

    def _at(self, sign: str) -> bool:
        """Whether this sign is at the current position; the end counts as a closing bracket."""
        if self._position >= len(self.items_of):
            return sign == ")"
        item = self.items_of[self._position]
        return item.kind == "sign" and item.what == sign
