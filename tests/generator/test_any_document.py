"""Any document builds into code that is as it says and passes mypy --strict, or is refused with the place."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.generator.any_document import documents
from tests.generator.mutations import Mutation
from tests.generator.raw_examples import example
from tests.generator.territory import GOOD, RIGHT, put_through

TOKEN = {"name": "next_page_token", "in": "query", "schema": {"type": "string"}}
NULLABLE = {"type": "string", "nullable": True}


def body_of(**fields: Any) -> dict[str, Any]:
    """Return a body with these fields."""
    return {"content": {"application/json": {"schema": {"type": "object", "properties": fields}}}}


TWINS = body_of(**{name: {"type": "string"} for name in ("🎉", "会议", "²", "³", "$ref", "ref")})


def draw(number: int, of: int) -> list[dict[str, Any]]:
    """Return so many documents, which a number decides. A build of many takes as long as of one."""
    drawn: list[dict[str, Any]] = []

    @seed(of)
    @settings(max_examples=number, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(documents())
    def keep(document: dict[str, Any]) -> None:
        drawn.append(document)

    keep()
    return drawn


def check(drawn: list[dict[str, Any]], folder: Path) -> None:
    """Build documents, each as a product of its own, and judge what came of each."""
    made = [Mutation(str(number), "endpoints", json.dumps(each).encode()) for number, each in enumerate(drawn)]
    outcomes = put_through(made, folder)
    bad = [
        f"{each.verdict}: {each.evidence}\n{document}"
        for each, document in zip(outcomes, drawn, strict=True)
        if each.verdict not in GOOD
    ]
    assert not bad, "\n\n".join(bad)
    built = [f"m{number:04}" for number, each in enumerate(outcomes) if each.verdict == RIGHT]
    print(
        len(built),
        "built, the others refused:",
        *(each.evidence for each in outcomes if each.verdict != RIGHT),
        sep="\n",
    )
    assert len(built) > len(drawn) / 3
    check_types(folder / "judged", built)


def check_types(folder: Path, products: list[str]) -> None:
    """Let mypy judge the code of products."""
    packages = [
        f"zoom_api_client.{part}.{product}"
        for product in products
        for part in ("api", "models")
        if (folder / "zoom_api_client" / part / product).is_dir()
    ]
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", f"--config-file={os.devnull}"]
    command += ["--cache-dir", str(folder / "cache"), *(word for each in packages for word in ("-p", each))]
    environment = {**os.environ, "MYPYPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_documents_build_or_are_refused_by_name(tmp_path: Path) -> None:
    """Thirty, always the same."""
    check(draw(30, of=1), tmp_path)


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ({"/a": {"get": {"operationId": "²"}, "post": {"operationId": "\x89"}}}, ""),
        ({"/a": {"get": {"operationId": "class"}, "post": {"operationId": "0"}}}, ""),
        ({"/a": {"post": {"requestBody": body_of(list={"type": "array", "items": NULLABLE})}}}, ""),
        (
            {"/a": {"get": {"parameters": [TOKEN]}}},
            "m0000/endpoints.json#/paths/~1a/get: get_it has pages, and answers",
        ),
        ({"/a": {"post": {"requestBody": TWINS}}}, "m0000/endpoints.json#/paths/~1a/post: Unable to process"),
    ],
    ids=[
        "names without a word",
        "names that Python has",
        "lists with None in them",
        "pages of nothing",
        "fields that the parser cannot tell apart",
    ],
)
def test_faults_that_documents_showed(tmp_path: Path, paths: dict[str, Any], told: str) -> None:
    """The first three made code that is none, the others were told without the place."""
    for item in paths.values():
        for operation in item.values():
            operation |= {"summary": "Get it", "responses": {"204": {"description": "Gone."}}}
    document = {"openapi": "3.0.0", "info": {"title": "Things"}, "paths": paths}
    [outcome] = put_through([Mutation("shown", "endpoints", json.dumps(document).encode())], tmp_path)
    assert outcome.verdict in GOOD
    assert outcome.evidence.startswith(told)
    assert bool(told) is (outcome.verdict != RIGHT)


@pytest.mark.parametrize(
    "inner",
    [
        {"allOf": [{"allOf": [{"type": "object", "properties": {"size": {"type": "integer"}}}]}]},
        {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
    ],
    ids=["composed", "listed"],
)
@pytest.mark.parametrize("depth", range(8))
def test_judge_cuts_an_example_where_it_may_be_empty(inner: dict[str, Any], depth: int) -> None:
    """A text in the place of an object or a number that lay deep was taken for a fault of the generator."""
    schema = inner
    for _ in range(depth):
        schema = {"type": "object", "properties": {"part": schema}}
    assert "text" not in json.dumps(example(schema, {}))


@pytest.mark.soak
@pytest.mark.parametrize("of", range(2, 7))
def test_many_documents_build_or_are_refused_by_name(tmp_path: Path, of: int) -> None:
    """Five hundred in all."""
    check(draw(100, of), tmp_path)
