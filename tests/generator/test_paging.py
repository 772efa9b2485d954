"""How a list is paged is read from the contract, and what cannot be told stops the build."""

import re
from typing import Any

import pytest

from generator.verify import BuildFault

TEXT = {"type": "string"}
THINGS = {"type": "array", "items": {"type": "object", "properties": {"id": TEXT}}}
NAMES = {"type": "array", "items": TEXT}


def built(
    project: Any,
    answer: dict[str, Any],
    *query: str,
    body: dict[str, Any] | None = None,
    method: str = "get",
    **sized: Any,
) -> str:
    """Return the code of an operation that answers with these fields and takes these parameters."""
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer", **sized}} for name in query]
    content = {"application/json": {"schema": {"type": "object", "properties": answer}}}
    operation: dict[str, Any] = {
        "summary": "List things",
        "operationId": "things",
        "parameters": parameters,
        "responses": {"200": {"description": "Found.", "content": content}},
    }
    if body:
        schema = {"type": "object", "properties": body}
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    project.publish("shop", {"info": {}, "paths": {"/things": {"post" if body else method: operation}}})
    project.build()
    return str((project.layout.package / "api/shop/list_things.py").read_text())


def paging(code: str) -> str:
    """Return what the operation's module says of its pages, on one line."""
    found = re.search(r"paged=Paging\((.*?)\),\n\)", code, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


@pytest.mark.parametrize(
    ("answer", "query", "said"),
    [
        ({"things": THINGS}, ("next_page_token",), 'turned_by=("next_page_token",), items=("things",)'),
        ({"things": THINGS, "tags": NAMES}, ("pageToken",), 'turned_by=("pageToken",), items=("things",)'),
        ({"names": NAMES}, ("page_number",), 'turned_by=("page_number",), items=("names",)'),
        ({"Resources": THINGS}, ("startIndex",), 'turned_by=("startIndex",), items=("Resources",)'),
        (
            {"things": THINGS},
            ("page_number", "next_page_token"),
            'turned_by=("next_page_token", "page_number"), items=("things",)',
        ),
        (
            {"tags": NAMES, "past": {"type": "object", "properties": {"things": THINGS, "next_page_token": TEXT}}},
            ("next_page_token",),
            'turned_by=("next_page_token",), items=("past.things",)',
        ),
    ],
)
def test_items_are_the_only_list_of_a_page(
    project: Any, answer: dict[str, Any], query: tuple[str, ...], said: str
) -> None:
    """Of lists of objects and of texts it is the one of objects; where the token lies deeper, the one beside it."""
    assert paging(built(project, answer, *query)) == said


def test_request_names_the_types_of_page_and_item(project: Any) -> None:
    """Everything that a type checker knows of a list comes from there."""
    code = built(project, {"things": THINGS}, "next_page_token")
    assert "-> PagedRequest[ThingList, Thing]:" in code
    assert "-> PagedRequest[ThingList, str]:" in built(project, {"names": NAMES}, "next_page_token")


def test_sizes_of_a_page_are_what_the_contract_allows(project: Any) -> None:
    """A size that Zoom does not name is not made up."""
    query = ("next_page_token", "page_size")
    assert paging(built(project, {"things": THINGS}, *query)).endswith('items=("things",), size="page_size"')
    code = built(project, {"things": THINGS}, *query, minimum=20, maximum=100)
    assert paging(code).endswith('size="page_size", smallest=20, largest=100')


def test_token_in_a_body_is_found(project: Any) -> None:
    """A search is a POST; a body with a `page` of its own is not a list."""
    answer = {"things": THINGS, "next_page_token": TEXT}
    assert paging(built(project, answer, body={"next_page_token": TEXT})).endswith("in_body=True")
    assert paging(built(project, {"things": THINGS}, body={"page": TEXT})) == ""


def test_overlay_says_which_of_several_lists_it_is(project: Any) -> None:
    """The build stops until one does."""
    answer = {"things": THINGS, "others": THINGS}
    with pytest.raises(BuildFault, match=r"list_things are in others or things: say in an overlay"):
        built(project, answer, "next_page_token")
    project.correct("shop", {"target": "$.paths['/things'].get", "update": {"x-zoom": {"items": ["others", "things"]}}})
    assert paging(built(project, answer, "next_page_token")).endswith('items=("others", "things")')


@pytest.mark.parametrize(
    ("answer", "query", "items", "fault"),
    [
        ({"id": TEXT}, "next_page_token", "", "are in no list"),
        ({"things": THINGS}, "next_page_token", "thingz", "has no field thingz"),
        ({"things": THINGS, "next_page_token": TEXT}, "status", "", "answers with next_page_token, and no parameter"),
    ],
)
def test_what_cannot_be_told_stops_the_build(
    project: Any, answer: dict[str, Any], query: str, items: str, fault: str
) -> None:
    """A list that is left out would be read to its first page only."""
    if items:
        built(project, answer, query)
        project.correct("shop", {"target": "$.paths['/things'].get", "update": {"x-zoom": {"items": items}}})
    with pytest.raises(BuildFault, match=fault):
        built(project, answer, query)


def test_list_that_zoom_adds_does_not_take_the_place_of_the_items(project: Any) -> None:
    """Which field has the items is in the lock: a second list stopped the build of the whole product."""
    built(project, {"things": THINGS}, "next_page_token")
    code = built(project, {"things": THINGS, "boxes": THINGS}, "next_page_token")
    assert 'items=("things",)' in paging(code)
    assert 'items=("things",)' in paging(built(project, {"things": THINGS, "boxes": THINGS}, "next_page_token"))
    assert 'items=("boxes",)' in paging(built(project, {"boxes": THINGS}, "next_page_token"))


def test_head_of_a_list_has_no_pages(project: Any) -> None:
    """It takes the parameters of the list and answers nothing, which stopped the build."""
    assert not paging(built(project, {"things": THINGS}, "next_page_token", method="head"))


def test_overlay_cannot_name_the_items_of_no_page(project: Any) -> None:
    """Where Zoom's answer became a text, the code had pages of nothing, and could not be imported."""
    project.correct("shop", {"target": "$.paths['/things'].get", "update": {"x-zoom": {"items": "things"}}})
    operation = {
        "summary": "List things",
        "parameters": [{"name": "next_page_token", "in": "query", "schema": TEXT}],
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": TEXT}}}},
    }
    project.publish("shop", {"info": {}, "paths": {"/things": {"get": operation}}})
    with pytest.raises(BuildFault, match="list_things has pages, and answers with no object that could be one"):
        project.build()
