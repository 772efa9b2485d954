"""The house: an import goes downwards only, type-only ones included; no circles between rooms, none between modules."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "zoom_api_client"
GENERATED = ("api", "models", "events")
"""One package each here: within them a product imports what it is made of."""


@cache
def modules() -> dict[str, Path]:
    """Return the file of every module that is written by hand, and of the packages of generated ones."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name.count(".") < 2 or name.split(".")[1] not in GENERATED:
            found[name] = path
    return found


def home(name: str) -> str | None:
    """Return the module that a dotted name stands for, or stands in; None for what is not ours."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name or None


def imported(module: str) -> Iterator[str]:
    """Yield the modules that a module imports, wherever in it: in functions, for types only, or lazily by a name."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    constants = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "lazy.names":
            homes = ast.literal_eval(constants.get(ast.unparse(node.args[1]), node.args[1]))
            yield from (f"{module}.{place or name}" for name, place in homes.items())
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            # What data names (the class of an event in `registry.json`) is not an import: the code does not know it.
            yield from (each.value for each in node.args if isinstance(each, ast.Constant))


@cache
def arrows() -> dict[str, set[str]]:
    """Return for each module those of ours that it imports."""
    found: dict[str, set[str]] = {}
    for module in modules():
        homes = {home(each) for each in imported(module) if each.startswith("zoom_api_client")}
        found[module] = {each for each in homes if each and each != module}
    return found


def lazy_maps() -> dict[str, set[str]]:
    """Return what the faces of packages load when a name is first used: a face may name what stands in its room."""
    return {name: targets for name, targets in arrows().items() if modules()[name].name == "__init__.py"}


def room(module: str) -> str:
    """Return the room that a module lies in."""
    return module.partition(".")[2].partition(".")[0]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return what reaches itself, as groups: the strongly connected parts of more than one."""
    reach: dict[str, set[str]] = {}
    for start in graph:
        seen, todo = set[str](), [start]
        while todo:
            for each in graph.get(todo.pop(), ()):
                if each not in seen:
                    seen.add(each)
                    todo.append(each)
        reach[start] = seen
    groups = {tuple(sorted(each for each in reach[name] if name in reach.get(each, ()))) for name in graph}
    return sorted(list(group) for group in groups if len(group) > 1)


def test_imports_go_downwards_only() -> None:
    """import-linter reads the layers from pyproject.toml, and names the rule that an arrow breaks."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parent,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_do_not_import_each_other_in_a_circle() -> None:
    """Whoever wants to understand one room reads those below it, and no other."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for module, targets in arrows().items():
        rooms[room(module)] |= {room(each) for each in targets} - {room(module)}
    rooms.pop("", None)  # the face of the package names all
    assert circles(rooms) == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    """What low modules need of high ones is a protocol beside them; only faces of packages name what is behind them."""
    graph = {name: targets - lazy_maps().keys() for name, targets in arrows().items() if name not in lazy_maps()}
    assert circles(graph) == []


@pytest.mark.parametrize("package", sorted(name for name, path in modules().items() if path.name == "__init__.py"))
def test_faces_of_packages_name_what_stands_in_or_below_them(package: str) -> None:
    """A lazy map is an import that happens later: it goes down as others do."""
    if package == "zoom_api_client":
        return
    order = layers()
    floor = order[room(package)]
    above = [each for each in arrows()[package] if room(each) != room(package) and order.get(room(each), 0) >= floor]
    assert above == []


def layers() -> dict[str, int]:
    """Return the floor of each room, by the contract in pyproject.toml."""
    contracts = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    floors = reversed(contracts["contracts"][0]["layers"])
    return {each.strip(" ()"): number for number, floor in enumerate(floors) for each in re.split("[|:]", floor)}


def test_every_room_has_its_floor() -> None:
    """A new room must be put into the contract."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert rooms - {"__init__", "__main__", "__pycache__", "_version"} == layers().keys()


def test_no_room_imports_the_face_of_the_package() -> None:
    """The face names all rooms: whoever imports it imports everything above. The command is a user of it."""
    rooms = {room(name) for name, targets in arrows().items() if "zoom_api_client" in targets}
    assert rooms <= {"cli"}


@pytest.mark.parametrize(
    ("library", "places"),
    [("httpx", {"transport/http.py"}), ("redis", {"storage/redis_pool.py"}), ("platformdirs", {"storage/url.py"})],
)
def test_a_library_is_imported_in_one_place(library: str, places: set[str]) -> None:
    """It can then be set up, and replaced, there."""
    found = {
        modules()[name].relative_to(PACKAGE).as_posix()
        for name in modules()
        if any(each.partition(".")[0] == library for each in imported(name))
    }
    assert {each for each in found if not each.startswith("testing/")} == places


def test_hosts_of_zoom_are_named_in_one_place() -> None:
    """Who decides where a token may go must not forget a cloud."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("zoom.us", "zoomgov.com", ".zoom.us", ".zoomgov.com")
    }
    assert found == {"transport/hosts.py"}


def test_private_names_are_used() -> None:
    """A private name is for its own module alone: one that stands there only once is dead."""
    dead = [
        f"{module}.{name}"
        for module, path in modules().items()
        for name in private_names(path)
        if len(re.findall(rf"\b{name}\b", path.read_text(encoding="utf-8"))) == 1
    ]
    assert dead == []


def private_names(path: Path) -> Iterator[str]:
    """Yield the private names that a module defines at its top, but for what a decorator registers elsewhere."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.decorator_list:
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            within = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            names = [each.id for each in within if isinstance(each.ctx, ast.Store)]
        yield from (name for name in names if name.startswith("_") and not name.startswith("__"))
