"""A project of a few lines to run the whole generator on, in the folders of the real one."""

import copy
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import api_stub, build, unasync
from generator.__main__ import main
from generator.distil import distil
from generator.fetch import dump
from generator.sources import PLACES, SITE, Source, save

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

CLIENT = '"""`AsyncZoom`: sends. `Zoom` is derived from this file."""\n\n\nclass AsyncZoom:\n    """Sends."""\n'
WRITTEN = (*build.PARTS, build.CONTRACTS, Path(unasync.DERIVED))

Change = Callable[[Any], Any]

# What a product needs to have something of everything that a build may lose.
THINGS = YAML(typ="safe", pure=True).load("""
info: {}
paths:
  /things/{id}:
    put:
      summary: Set a thing
      operationId: thingSet
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
        - {name: dry_run, in: query, schema: {type: string}}
        - {name: X-Id, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema:
        {type: object, properties: {size: {type: object, properties: {width: {type: string}}}}}}}}
      responses:
        "200": {description: Set., content: {application/json: {schema:
          {type: object, properties: {id: {type: string}}}}}}
        "202": {description: Later.}
    delete:
      summary: Delete a thing
      operationId: thingDelete
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: Gone.}}
""")
NOTICES = YAML(typ="safe", pure=True).load("""
info: {}
webhooks:
  thing.set: {post: &event {operationId: x, tags: [], requestBody: {content: {application/json: {schema:
    {type: object, properties: {event: {type: string}}}}}}}}
  thing.gone: {post: *event}
""")

OTHERS = json.loads(json.dumps(THINGS).replace("/things/", "/others/"))


class Project:
    """The folders that `generator.build` works on; documents are given as Zoom writes them, prose and all."""

    def __init__(self, root: Path) -> None:
        self.root, self.layout = root, build.Layout(root)
        if root.exists():
            return
        for folder in (self.layout.openapi, self.layout.overlays, self.layout.package / "_async" / "modules"):
            folder.mkdir(parents=True)
        shutil.copy(ROOT / "pyproject.toml", root)
        (self.layout.package / "_async" / "client.py").write_text(CLIENT)
        for folder in ("", "modules"):
            (self.layout.package / "_async" / folder / "__init__.py").write_text('"""What awaits."""\n')

    def copy(self, root: Path) -> "Project":
        """Return a copy of the project, as it is."""
        shutil.copytree(self.root, root)
        return Project(root)

    def publish(self, product: str, document: dict[str, Any], kind: str = "") -> None:
        """Take a document over, as `fetch` does."""
        kind = kind or ("webhooks" if "webhooks" in document else "endpoints")
        self._write(self.layout.openapi / product / f"{kind}.json", dump(distil(document)))

    def correct(self, product: str, *actions: dict[str, Any], kind: str = "endpoints") -> None:
        """Lay an overlay of these actions over a document."""
        overlay = {
            "overlay": "1.1.0",
            "info": {"title": f"{product}: {kind}", "version": "1"},
            "extends": f"../../openapi/{product}/{kind}.json",
            "actions": [{"description": "it is wrong, look", **action} for action in actions],
        }
        self._write(self.layout.overlays / product / f"{kind}.yaml", json.dumps(overlay))

    def lock(self, product: str, **names: Any) -> None:
        """Leave names behind as an earlier build would."""
        self._write(self.layout.openapi / product / "names.json", json.dumps(names))

    def build(self, *products: str) -> list[build.Built]:
        """Build products, all if none is named."""
        return build.build(self.layout, list(products) or None)

    def written(self) -> dict[str, bytes]:
        """Return all that builds have written, by its place in the project."""
        files = [each for part in WRITTEN for each in (self.layout.package / part).rglob("*") if each.is_file()]
        files += [self.layout.package / api_stub.PLACE, *self.layout.openapi.glob("*/names.json")]
        return {str(each.relative_to(self.root)): each.read_bytes() for each in sorted(files)}

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Monday:
    """A project, and a directory that is laid out like Zoom's site."""

    def __init__(self, project: Project, site: Path) -> None:
        self.project, self.site = project, site
        self.publish("things", THINGS)
        save(self.list_file, [Source("things", "endpoints", f"{SITE}/things/{PLACES['endpoints']}")])
        (project.root / "CHANGELOG.md").write_text("# Changelog\n\n## 2.0\n\nNew.\n\n## 1.0\n\nOld.\n")

    @property
    def list_file(self) -> Path:
        """The list of documents."""
        return self.project.layout.openapi / "sources.toml"

    def publish(self, product: str, document: Any, kind: str = "endpoints") -> None:
        """Put a document on the site."""
        place = self.site / product / PLACES[kind]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(document if isinstance(document, str) else json.dumps(document))

    def update(self, *products: str) -> int:
        """Run the command."""
        root = ["--root", str(self.project.root)]
        return main([*root, "update", "--no-tests", "--from", str(self.site), *products])

    def files(self) -> dict[str, bytes]:
        """Return every file of the project."""
        root = self.project.root
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def text(self, place: str) -> str:
        """Return a file of the project."""
        return (self.project.root / place).read_text()


class InThisProcess:
    """A pool of one: faster for a few lines, and what a test patches is patched in it too."""

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, function: Callable[..., Any], *arguments: Iterable[Any]) -> Iterator[Any]:
        """Do what `ProcessPoolExecutor.map` does."""
        return map(function, *arguments)


@pytest.fixture(autouse=True, scope="session")
def in_this_process() -> Iterator[None]:
    """Products are built one after the other in this process, unless a test starts another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "ProcessPoolExecutor", InThisProcess)
        yield


@pytest.fixture(scope="session")
def new_project() -> type[Project]:
    """What makes an empty project of a folder."""
    return Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def built_things(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a product that has something of everything, built."""
    project = Project(tmp_path_factory.mktemp("built") / "project")
    project.publish("things", THINGS)
    project.publish("things", NOTICES)
    project.build()
    return project


@pytest.fixture
def things(built_things: Project, tmp_path: Path) -> Project:
    """A copy of it, to build on."""
    return built_things.copy(tmp_path / "project")


@pytest.fixture
def monday(things: Project, tmp_path: Path) -> Monday:
    """A project that is up to date."""
    monday = Monday(things, tmp_path / "2026-08")
    assert monday.update() == 0
    return monday


@pytest.fixture
def document() -> dict[str, Any]:
    """Its document, to change."""
    return dict(copy.deepcopy(THINGS))


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str, Change], None]:
    """Change what a stage of the build returns."""

    def after(module: Any, stage: str, changed: Change) -> None:
        real = getattr(module, stage)
        monkeypatch.setattr(module, stage, lambda *given, **options: changed(real(*given, **options)))

    return after
