"""What a master account may call for its sub-accounts: part of the product, and nothing twice."""

import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.generator.conftest import Project

MASTER = YAML(typ="safe", pure=True).load("""
info: {}
paths:
  /accounts/{accountId}/things/{id}:
    put:
      summary: Set a thing
      operationId: thingSet
      x-extensions: {x-granular-scopes: ["thing:update:thing:master"]}
      parameters: []
      responses: {"204": {description: Set.}}
  /accounts/{accountId}/plan:
    get:
      summary: Get a plan
      operationId: planGet
      parameters: [{name: accountId, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: None.}}
  /accounts:
    get: {summary: List accounts, operationId: accounts, parameters: [], responses: {"204": {description: None.}}}
""")


@pytest.fixture
def with_master(things: Project) -> Project:
    """The things, and what master accounts have of them."""
    things.publish("things", MASTER, "master")
    return things


def test_operation_is_generated_once(with_master: Project) -> None:
    """One that is the ordinary one under `/accounts/{accountId}` is no other."""
    (built,) = with_master.build()
    rows = {row["module"].rpartition(".")[2]: row for row in built.operations}
    assert sorted(rows) == ["delete_thing", "get_plan", "list_accounts", "set_thing"]
    assert sorted(name for name, row in rows.items() if row.get("master")) == ["get_plan", "list_accounts"]


def test_sub_account_gets_what_it_has(with_master: Project) -> None:
    """The index has what lies below an account, with the scopes that it takes there."""
    with_master.build()
    index = json.loads((with_master.layout.package / "api" / "sub_accounts.json").read_text())
    assert index == {"things.get_plan": {}, "things.set_thing": {"granular": ["thing:update:thing:master"]}}


def test_build_of_another_product_keeps_sub_accounts(with_master: Project) -> None:
    """The index is of all products, also after one alone was built."""
    document: dict[str, Any] = json.loads(json.dumps(MASTER))
    document["paths"] = {"/others": document["paths"].pop("/accounts")}
    with_master.publish("others", document)
    with_master.build()
    before = with_master.written()
    with_master.build("others")
    assert with_master.written() == before


def test_fault_of_a_master_document_can_be_mended(with_master: Project) -> None:
    """Overlays of the endpoints see what only master accounts have."""
    with_master.correct(
        "things", {"target": "$.paths['/accounts/{accountId}/plan'].get", "update": {"x-name": "get_offer"}}
    )
    (built,) = with_master.build()
    assert "zoom_api_client.api.things.get_offer" in [row["module"] for row in built.operations]


def test_reader_is_told_who_may_call(with_master: Project) -> None:
    """The docstring says that it takes a master account."""
    with_master.build()
    text = (with_master.layout.package / "api" / "things" / "get_plan.py").read_text()
    assert "For master accounts only." in text
    assert "master=True" in text
