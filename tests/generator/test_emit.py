"""The generated code is public: it must not change, or get uglier, without being seen."""

import difflib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

GOLDEN = Path(__file__).parent / "golden"
BUILT = GOLDEN / "built"
UPDATE = os.environ.get("UPDATE_GOLDEN")
PRODUCTS = sorted(path.name for path in (GOLDEN / "documents").iterdir())


@pytest.fixture(scope="module")
def built(new_project: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All that is written of the golden documents, which stand there as Zoom writes them."""
    project = new_project(tmp_path_factory.mktemp("golden") / "project")
    for path in (GOLDEN / "documents").glob("*/*.yaml"):
        product = path.parent.name
        if path.name == "overlay.yaml":
            (project.layout.overlays / product).mkdir()
            shutil.copy(path, project.layout.overlays / product)
        else:
            project.publish(product, YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    project.build()
    texts = {place: body.decode() for place, body in project.written().items() if "_sync" not in place}
    if UPDATE:
        shutil.rmtree(BUILT, ignore_errors=True)
        for place, text in texts.items():
            (BUILT / place).parent.mkdir(parents=True, exist_ok=True)
            (BUILT / place).write_text(text, encoding="utf-8")
    return texts


def of(product: str, place: str) -> bool:
    """Return whether a file belongs to a product; the indexes and the packages' own modules belong to none."""
    named = {product, product.replace("-", "_"), f"{product.replace('-', '_')}.json"}
    return bool(named & set(Path(place).parts))


@pytest.mark.parametrize("product", [*PRODUCTS, "all products"])
def test_generated_code_is_the_golden_code(built: dict[str, str], product: str) -> None:
    """What is built of the golden documents is, byte by byte, what is in `golden/built`.

    A change that is meant is taken over by `UPDATE_GOLDEN=1 pytest tests/generator/test_emit.py`, and read as a diff.
    """
    kept = {path.relative_to(BUILT).as_posix(): path.read_text("utf-8") for path in BUILT.rglob("*") if path.is_file()}

    def belongs(place: str) -> bool:
        return of(product, place) if product in PRODUCTS else not any(of(each, place) for each in PRODUCTS)

    wanted, given = ({place: each[place] for place in sorted(each) if belongs(place)} for each in (kept, built))
    changes = [
        line
        for place in sorted(wanted | given)
        for line in difflib.unified_diff(
            wanted.get(place, "").splitlines(), given.get(place, "").splitlines(), f"golden/{place}", place, lineterm=""
        )
    ]
    assert not changes, "\n".join(changes)
    assert wanted == given
    assert wanted


def test_no_prose_of_zoom_comes_back(built: dict[str, str]) -> None:
    """None of the sentences in the golden documents is in the code; those of our overlays are."""
    everything = "".join(built.values())
    for prose in ("Creates an order", "The buyer", "How many", "Thanks", "Stored", "Triggered when"):
        assert prose not in everything
    assert "Order something." in built["zoom_api_client/api/orders/create_order.py"]


def test_golden_files_are_short(built: dict[str, str]) -> None:
    """A golden file that nobody would read guards nothing."""
    assert all(text.count("\n") <= 80 for place, text in built.items() if place.endswith(".py"))


THING = {"type": "object", "properties": {"a": {"type": "string"}}}
FOUND = {"200": {"description": "It.", "content": {"application/json": {"schema": THING}}}}


def one(project: Any, **operation: Any) -> str:
    """Return the code of an operation."""
    order = {"summary": "Get an order", "operationId": "order", "responses": FOUND, **operation}
    project.publish("shop", {"info": {}, "paths": {"/orders/{id}": {"get": order}}})
    project.build()
    return str((project.layout.package / "api/shop/get_order.py").read_text())


@pytest.mark.parametrize("name", ["request", "client", "body", "OPERATION", "from"])
def test_parameter_may_be_called_like_what_the_code_calls(project: Any, name: str) -> None:
    """A parameter may be called like anything in the module: what is sent is the same."""
    parameters = [{"name": "id", "in": "path", "required": True}, {"name": name, "in": "query", "required": True}]
    body = {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}}}
    module: dict[str, Any] = {"__name__": "zoom_api_client.api.shop.get_order"}
    exec(compile(one(project, parameters=parameters, requestBody=body), "get_order.py", "exec"), module)  # noqa: S102
    [argument] = [each for each in module["request"].__annotations__ if each not in ("id", "body", "return")]
    sent = module["request"]("7", body=["b"], **{argument: "q"})
    assert (sent.path, sent.query, sent.body) == ("/orders/7", ((name, "q"),), ["b"])


@pytest.mark.parametrize(
    ("schema", "said", "argument"),
    [
        (THING, {}, "body: GetOrderBody | Unset = UNSET"),
        (THING, {"required": True}, "body: GetOrderBody)"),
        ({**THING, "required": ["a"]}, {}, "body: GetOrderBody)"),
        ({"type": "array", "items": {"type": "string"}}, {}, "body: list[str])"),
    ],
)
def test_body_with_required_fields_is_required(
    project: Any, schema: dict[str, Any], said: dict[str, Any], argument: str
) -> None:
    """Zoom never says that a body is required: one with required fields is, and so is a list."""
    body = {"content": {"application/json": {"schema": schema}}, **said}
    path = [{"name": "id", "in": "path", "required": True}]
    assert f"def request(id: Any, *, {argument}" in one(project, parameters=path, requestBody=body)


def test_two_parameters_have_two_names(project: Any) -> None:
    """Parameters that Python would spell alike, in the path and in the query, are two."""
    query = [{"name": name, "in": "query"} for name in ("id", "ID")]
    code = one(project, parameters=[{"name": "id", "in": "path", "required": True}, *query])
    assert "def request(id: Any, *, id_: " in code
    assert 'OPERATION.request({"id": id}, query={"id": id_, "ID": id__})' in code


def test_zooms_words_do_not_end_a_docstring(project: Any) -> None:
    """Quotes and backslashes in names of Zoom's, and in texts of ours, do not break the code."""
    nasty = {"type": "string", "default": '""" \\', "enum": ['""" \\', "'\\n", "é"]}
    parameters = [{"name": "id", "in": "path", "required": True}, {"name": "q", "in": "query", "schema": nasty}]
    ours = {"summary": 'Gets """it""" \\d.', "description": 'As "id"'}
    project.correct("shop", {"target": "$.paths.*.get", "update": ours})
    code = one(project, parameters=parameters)
    compile(code, "get_order.py", "exec")
    assert "é" in code


def test_product_without_models_is_built(project: Any) -> None:
    """A product whose operations neither send nor answer anything is built like any other."""
    gone = {"204": {"description": "Done."}}
    code = one(project, parameters=[{"name": "id", "in": "path", "required": True}], responses=gone)
    assert "def request(id: Any) -> Request[None]:" in code
