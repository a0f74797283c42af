"""Compiling the tables of a language: patterns over classes of tokens become regular expressions."""

import re
from typing import Any

from annotations.dates.language import DIGIT_CLASSES, Context, Fields, Language, Rule, Shape

_ITEM = re.compile(
    r"<(?P<class>[\w-]+(?:![\w-]+)?)(?::(?P<name>\w+))?>|\{(?P<macro>\w+)\}|(?P<sign>[()|?])|[^\s()|?<>{}]+"
)


def compile_language(code: str, tables: Fields) -> Language:
    """Compile the tables of a language. Raises `ValueError` naming a rule that cannot be compiled."""
    words: dict[str, Fields] = {}
    capitalised: dict[str, Fields] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Fields]]] = {}

    def enter(key: str, name: str, value: Any) -> None:
        parts = tuple(re.findall(r"['’]s\b|[^\W\d_]+|[^\s\w]", key.lower()))
        if len(parts) > 1:
            for known, classes in phrases.setdefault(parts[0], []):
                if known == parts:
                    classes[name] = value
                    break
            else:
                phrases[parts[0]].append((parts, {name: value}))
        else:
            table = capitalised if key[0].isupper() else words
            table.setdefault(key.lower(), {})[name] = value

    for name, entries in tables["words"].items():
        for key, value in entries.items():
            enter(key, name, value)

    macros = tables.get("patterns", {})
    parsed = [(rule, _items(rule["pattern"], macros)) for rule in tables["rule"]]
    for rule, items in parsed:
        contexts = [_items(rule[key], macros) for key in _CONTEXTS if key in rule]
        for item in [i for group in [items, *contexts] for i in group]:
            if item[0] == "word":
                enter(item[1], f"={item[1]}", item[1])
                if item[1] in capitalised:
                    capitalised[item[1]].setdefault(f"={item[1]}", item[1])
    for key, classes in words.items():
        if key in capitalised:
            capitalised[key] = classes | capitalised[key]
    for forms in phrases.values():
        forms.sort(key=lambda form: -len(form[0]))

    shapes: dict[str, Shape] = {}
    alternatives = []
    for index, shape in enumerate(tables["shape"]):
        form = re.compile(shape["form"])
        fields = tuple(form.groupindex)
        body = re.sub(r"(\(\?P[<=]\w+)", rf"\1_{index}", shape["form"])
        alternatives.append(f"(?P<shape_{index}>{body})")
        shapes[f"shape_{index}"] = Shape(tuple(shape["classes"]), fields)
    token = re.compile(
        f"{_COMMON_WORD}|{_BEFORE_A_SHAPE}(?:{'|'.join(alternatives)})"
        r"|(?P<letters>[^\W\d_]+)|(?P<digits>\d+)|\S"
    )

    sets = {frozenset(classes) for classes in words.values()}
    sets |= {frozenset(classes) for classes in capitalised.values()}
    sets |= {frozenset(classes) for forms in phrases.values() for _, classes in forms}
    sets |= {frozenset(shape.classes) for shape in shapes.values()}
    sets |= DIGIT_CLASSES
    sets |= {frozenset({"number"}), frozenset({"ordinal"})}
    characters = {s: chr(1 + i) for i, s in enumerate(sorted(sets, key=sorted))}

    rules = []
    for order, (rule, items) in enumerate(parsed):
        try:
            rules.append(_compile_rule(order, rule, items, macros, characters))
        except (ValueError, re.error) as error:
            raise ValueError(f"the rule {rule['name']!r} of {code}: {error}") from error
    return Language(
        code, token, shapes, words, capitalised, phrases,
        frozenset(word for forms in phrases.values() for parts, _ in forms for word in parts),
        frozenset(tables["settings"]["dotted"]), frozenset(tables["settings"]["small"]),
        tuple(rules), tables["sources"], characters, tables["settings"], tables["tense"],
    )  # fmt: skip


_COMMON_WORD = r"(?P<word>[^\W\d_]{2,}+(?!\d))"
"""A word, tried before the shapes to save time: no shape begins with two letters and no digit."""
_BEFORE_A_SHAPE = "(?=[\\w'’‘])"
"""Shapes begin with a digit, a letter or an apostrophe; to know it saves trying them everywhere."""
_CONTEXTS = ("after", "not_after", "before", "not_before", "behind", "ahead")


def _items(pattern: str, macros: dict[str, str]) -> list[tuple[str, str, str]]:
    """A pattern as (kind, what, field) triples, its macros put in."""
    items: list[tuple[str, str, str]] = []
    for match in _ITEM.finditer(pattern):
        if match["macro"]:
            if match["macro"] not in macros:
                raise ValueError(f"there is no pattern {{{match['macro']}}}")
            items += [("sign", "(", ""), *_items(macros[match["macro"]], macros), ("sign", ")", "")]
        elif match["class"]:
            items.append(("class", match["class"], match["name"] or match["class"].partition("!")[0]))
        elif match["sign"]:
            items.append(("sign", match["sign"], ""))
        else:
            items.append(("word", match[0], ""))
    return items


def _compile_rule(
    order: int, rule: Fields, items: list[tuple[str, str, str]], macros: dict[str, str],
    characters: dict[frozenset[str], str],
) -> Rule:  # fmt: skip
    names: list[str] = []
    body = ""
    for kind, what, name in items:
        if kind == "sign":
            body += "(?:" if what == "(" else what
        elif kind == "class":
            body += f"({_one_of(what, characters)})"
            names.append(f"{what.partition('!')[0]}:{name}")
        else:
            body += _one_of(f"={what}", characters)
    before = after = ""
    for key in _CONTEXTS[:4]:
        if key in rule:
            classes = [
                what if kind == "class" else f"={what}"
                for kind, what, _ in _items(rule[key], macros)
                if kind != "sign"
            ]
            one = "[" + "".join(_one_of(c, characters)[1:-1] for c in classes) + "]"
            match key:
                case "after":
                    before += f"(?<={one})"
                case "not_after":
                    before += f"(?<!{one})"
                case "before":
                    after += f"(?={one})"
                case _:
                    after += f"(?!{one})"
    for key, look in (("behind", "(?<="), ("ahead", "(?=")):
        if key in rule:
            around = _unnamed(_items(rule[key], macros), characters)
            if key == "behind":
                before += f"{look}{around})"
            else:
                after += f"{look}{around})"
    return Rule(
        rule["name"], order, rule["read"], rule.get("type", "DATE"), rule["field"],
        rule["source"], rule.get("given", {}),
        tuple(names),
        re.compile(f"{before}(?:{body}){after}", re.DOTALL), re.compile(f"(?:{body})", re.DOTALL),
        Context(re.compile(before, re.DOTALL), re.compile(after, re.DOTALL))
        if "behind" in rule or "ahead" in rule else None,
        frozenset(_needs(items, characters)), bool(rule.get("only_given")),
    )  # fmt: skip


def _unnamed(items: list[tuple[str, str, str]], characters: dict[frozenset[str], str]) -> str:
    """The regular expression of a pattern whose parts nobody asks for."""
    return "".join(
        ("(?:" if what == "(" else what)
        if kind == "sign"
        else _one_of(what if kind == "class" else f"={what}", characters)
        for kind, what, _ in items
    )


def _one_of(name: str, characters: dict[frozenset[str], str]) -> str:
    return "[" + "".join(re.escape(char) for char in sorted(_characters_of(name, characters))) + "]"


def _characters_of(name: str, characters: dict[frozenset[str], str]) -> set[str]:
    """The characters of all tokens that can be of a class, or of one and not of another (`a!b`)."""
    wanted, _, unwanted = name.partition("!")
    found = {
        char for classes, char in characters.items() if wanted in classes and unwanted not in classes
    }
    if not found:
        raise ValueError(f"there is no class or word {name}")
    return found


def _needs(items: list[tuple[str, str, str]], characters: dict[frozenset[str], str]) -> set[str]:
    """The characters of the most particular item that a pattern cannot do without.

    Of a sequence the item with the fewest characters counts, of alternatives all of theirs together.
    """
    everything = set(characters.values())
    position = 0

    def alternatives() -> set[str]:
        nonlocal position
        needed: set[str] = set()
        branch = everything
        while position < len(items) and items[position][:2] != ("sign", ")"):
            kind, what, _ = items[position]
            position += 1
            if (kind, what) == ("sign", "|"):
                needed |= branch
                branch = everything
                continue
            if (kind, what) == ("sign", "("):
                found = alternatives()
                position += 1
            else:
                found = _characters_of(what if kind == "class" else f"={what}", characters)
            if position < len(items) and items[position][:2] == ("sign", "?"):
                position += 1
            elif len(found) < len(branch):
                branch = found
        return needed | branch

    return alternatives()
