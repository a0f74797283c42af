"""The structure of the source: long files, classes with many methods, circles of imports, names defined twice.

Everything is read from the source with `ast`; no module of the project is imported. Names of modules are
dotted, `annotations.model.span`; a class or function is `module:name`. `python -m tests.structure [FOLDER]`
prints it.
"""

import ast
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

MOST_LINES = 400
MOST_METHODS = 20
_TYPE_NAME = re.compile(r"[A-Z]\w*[a-z]\w*")
"""The form of the names of types, which constants and type variables do not have."""
_OF_TEXTUAL = ("on_", "action_", "watch_")
"""The beginnings of the names of methods that Textual calls."""


@dataclass(frozen=True)
class Module:
    """One source file."""

    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def lines(self) -> int:
        return len(self.source.splitlines())

    @cached_property
    def imported(self) -> dict[str, str]:
        """The full dotted name for each name that is imported anywhere in the file."""
        names: dict[str, str] = {}
        for origin, bound in self._imports():
            names[bound] = origin
        return names

    def _imports(self) -> Iterator[tuple[str, str]]:
        """Each import of the file: the dotted name of what is imported, and the name to which it is bound."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, alias.asname or alias.name
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                for alias in node.names:
                    yield f"{origin}.{alias.name}", alias.asname or alias.name

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        up = node.level - self.is_package
        package = package[: len(package) - up]
        return ".".join([*package, *([node.module] if node.module else [])])

    @property
    def origins(self) -> set[str]:
        """Everything that is imported: modules, and names in modules."""
        return {origin for origin, _ in self._imports()}

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        return {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}

    @property
    def definitions(self) -> set[str]:
        """The public classes, named types and functions at the top of the file."""
        names = set()
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign):
                targets = {target.id for target in node.targets if isinstance(target, ast.Name)}
                names.update(name for name in targets if _TYPE_NAME.fullmatch(name))
        return {name for name in names if not name.startswith("_")}


@dataclass(frozen=True)
class Source:
    """The modules of a project."""

    modules: Mapping[str, Module] = field(default_factory=dict)

    def long_files(self) -> dict[str, int]:
        """The modules with too many lines, and their numbers of lines."""
        return {name: module.lines for name, module in self.modules.items() if module.lines > MOST_LINES}

    def wide_classes(self) -> dict[str, int]:
        """The classes with too many public methods, and the number of their methods with inherited ones."""
        wide = {}
        for module in self.modules.values():
            for name in module.classes:
                methods = self.public_methods(module, name)
                if len(methods) > MOST_METHODS:
                    wide[f"{module.name}:{name}"] = len(methods)
        return wide

    def public_methods(self, module: Module, class_name: str) -> set[str]:
        """The public methods and properties of a class, including those of our own base classes.

        Methods of a base class that is a `Protocol` do not count, nor do methods that Textual calls. A
        function that is assigned to a name in the body of a class counts as a method.
        """
        node = module.classes[class_name]
        methods = {
            item.name
            for item in node.body
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
            and not item.name.startswith(("_", *_OF_TEXTUAL))
        }
        methods |= _assigned_methods(node)
        for base in _bases(node):
            found = self._class_named(module, base)
            if found is not None and not self._is_protocol(*found):
                methods |= self.public_methods(*found)
        outside = self._bases_outside(module, class_name)
        return {name for name in methods if not any(_textual_has(base, name) for base in outside)}

    def open_ended_classes(self) -> list[str]:
        """The classes with `__getattr__` or `__getattribute__`, whose methods cannot be counted."""
        return [
            f"{module.name}:{node.name}"
            for module in self.modules.values()
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef)
            and any(
                isinstance(item, ast.FunctionDef) and item.name in ("__getattr__", "__getattribute__")
                for item in node.body
            )
        ]

    def circles(self) -> list[tuple[str, ...]]:
        """The groups of modules that import one another, directly or indirectly, also inside functions."""
        graph = {name: self._modules_imported(module) for name, module in self.modules.items()}
        return sorted(group for group in _strong_components(graph) if len(group) > 1)

    def arrows(self) -> dict[tuple[str, str], int]:
        """The pairs of rooms in which the first imports the second, and the number of imports of modules.

        A room is a package directly in `annotations` or `tui`.
        """
        found: dict[tuple[str, str], int] = {}
        for module in self.modules.values():
            for imported in self._modules_imported(module):
                rooms = (self._room(module.name), self._room(imported))
                if all(rooms) and rooms[0] != rooms[1]:
                    found[rooms] = found.get(rooms, 0) + 1
        return dict(sorted(found.items()))

    def room_circles(self) -> list[tuple[str, ...]]:
        """The groups of rooms that import one another, directly or indirectly."""
        graph: dict[str, set[str]] = {}
        for origin, aim in self.arrows():
            graph.setdefault(origin, set()).add(aim)
            graph.setdefault(aim, set())
        return sorted(group for group in _strong_components(graph) if len(group) > 1)

    def _room(self, name: str) -> str:
        room = ".".join(name.split(".")[:2])
        is_package = room in self.modules and self.modules[room].is_package
        return room if is_package and "." in room else ""

    def doubled_names(self) -> dict[str, list[str]]:
        """The names of public classes and functions that more than one module defines, with these modules."""
        places: dict[str, list[str]] = {}
        for module in self.modules.values():
            for name in module.definitions:
                places.setdefault(name, []).append(module.name)
        return {name: sorted(found) for name, found in sorted(places.items()) if len(found) > 1}

    def _modules_imported(self, module: Module) -> set[str]:
        found: set[str] = set()
        for origin in module.origins:
            known = next((part for part in _upwards(origin) if part in self.modules), None)
            if known is None:
                continue
            # An import of a module also imports the packages around it, except those that contain the
            # importing module.
            found.update(
                part
                for part in _upwards(known)
                if part in self.modules and not f"{module.name}.".startswith(f"{part}.")
            )
            if known != module.name:
                found.add(known)
        return found

    def _class_named(self, module: Module, name: str) -> tuple[Module, str] | None:
        """The module and the class of the project that a name in a module means; `None` if there is no such class."""
        if name in module.classes:
            return module, name
        head, _, rest = name.partition(".")
        dotted = module.imported.get(name) or ".".join(
            part for part in (module.imported.get(head, head), rest) if part
        )
        place, _, last = dotted.rpartition(".")
        there = self.modules.get(place)
        if there is None or there is module:
            return None
        return self._class_named(there, last)

    def _is_protocol(self, module: Module, class_name: str) -> bool:
        return "Protocol" in {base.rpartition(".")[2] for base in _bases(module.classes[class_name])}

    def _bases_outside(self, module: Module, class_name: str) -> set[str]:
        """The dotted names of the classes of other projects from which a class inherits."""
        outside = set()
        for base in _bases(module.classes[class_name]):
            found = self._class_named(module, base)
            if found is not None:
                outside |= self._bases_outside(*found)
            elif base in module.imported:
                outside.add(module.imported[base])
        return outside


def read_source(root: Path, packages: Iterable[str] = ("annotations", "tui")) -> Source:
    """The modules of packages in a folder."""
    modules = {}
    for package in packages:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            modules[name] = Module(name, file.read_text("utf-8"), is_package)
    return Source(modules)


def source_of(**files: str) -> Source:
    """A project with these modules; `__` in a name stands for a dot, and `__init__` makes a package."""
    modules = {}
    for key, source in files.items():
        is_package = key.endswith("__init__")
        name = key.removesuffix("__init__").replace("__", ".").strip(".")
        modules[name] = Module(name, source, is_package)
    return Source(modules)


def _bases(node: ast.ClassDef) -> list[str]:
    """The names of base classes, without what follows them in square brackets."""
    plain = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return [ast.unparse(base) for base in plain]


def _assigned_methods(node: ast.ClassDef) -> set[str]:
    """The public names in the body of a class to which a function made elsewhere is assigned."""
    names: set[str] = set()
    for item in node.body:
        if not isinstance(item, ast.Assign):
            continue
        value = item.value
        made = isinstance(value, ast.Lambda | ast.Call | ast.Attribute)
        if made or (isinstance(value, ast.Name) and not value.id.isupper()):
            targets = (target.id for target in item.targets if isinstance(target, ast.Name))
            names.update(name for name in targets if not (name.startswith("_") or name.isupper()))
    return names


def _upwards(name: str) -> Iterator[str]:
    """A dotted name and the packages around it, the innermost first."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def _textual_has(base: str, name: str) -> bool:
    """Whether a class of Textual has an attribute with this name, so that a method with the name overrides it."""
    if not base.startswith("textual."):
        return False
    module, _, class_name = base.rpartition(".")
    return hasattr(getattr(importlib.import_module(module), class_name), name)


def _strong_components(graph: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The strongly connected components: groups of nodes of which each can be reached from each other
    (Tarjan 1972).
    """
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups = []

    def visit(node: str) -> None:
        numbers[node] = lowest[node] = len(numbers)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in numbers:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], numbers[other])
        if lowest[node] == numbers[node]:
            place = stack.index(node)
            groups.append(tuple(sorted(stack[place:])))
            del stack[place:]

    for node in sorted(graph):
        if node not in numbers:
            visit(node)
    return groups


def _print_structure(source: Source) -> None:
    """Print the rooms with their imports, the circles, the longest files and the classes with the most methods."""
    rooms: dict[str, list[Module]] = {}
    for name, module in source.modules.items():
        rooms.setdefault(source._room(name) or name.split(".")[0], []).append(module)
    for room, modules in sorted(rooms.items()):
        aims = [aim for origin, aim in source.arrows() if origin == room]
        lines = sum(module.lines for module in modules)
        print(f"{room:<24} {len(modules):>3} modules {lines:>6} lines -> {', '.join(aims)}")
    print("circles of modules:", source.circles() or "none")
    print("circles of rooms:", source.room_circles() or "none")
    longest = sorted(source.modules.values(), key=lambda module: -module.lines)[:5]
    print("longest files:", ", ".join(f"{module.name} {module.lines}" for module in longest))
    classes = [
        (len(source.public_methods(module, name)), f"{module.name}:{name}")
        for module in source.modules.values()
        for name in module.classes
    ]
    print("widest classes:", ", ".join(f"{name} {number}" for number, name in sorted(classes)[:-6:-1]))


if __name__ == "__main__":
    _print_structure(read_source(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
