import re
from typing import Any

import jsonschema_rs
import pytest

from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Schema
from zoom_api_client.testing.sample import Unsatisfiable, sample

SEEDS = range(20)


def schemas_of(schema: Schema) -> list[Schema]:
    """Return a schema and all that are inside of it."""
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    inner += [schema["items"]] if "items" in schema else []
    return [schema, *(each for part in inner for each in schemas_of(part))]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 5, "maximum": 7},
        {"type": "integer", "exclusiveMinimum": 5, "maximum": 6},
        {"type": "integer", "format": "int64", "minimum": 10**15},
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "number", "format": "double", "minimum": 0.25, "maximum": 0.75},
        {"type": "string", "maxLength": 3},
        {"type": "string", "minLength": 50, "maxLength": 60},
        {"type": "string", "format": "email", "maxLength": 64},
        {"type": "string", "enum": ["much too long", "fits"], "maxLength": 5},
        {"type": "integer", "enum": ["7", 7]},
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 2, "maxItems": 2},
        {"type": "array", "items": {"type": "string"}, "minItems": 30},
        {"type": "array", "items": {"type": "string"}, "maxItems": 0},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"anyOf": [{"type": "null"}, {"type": "string", "format": "date-time"}]},
        {"type": ["null", "string"]},
        {},
    ],
    ids=str,
)
def test_no_sample_oversteps_a_limit(schema: Schema) -> None:
    """Each kind of limit is met by chance most of the time; with twenty seeds it is not."""
    for seed in SEEDS:
        for full in (True, False):
            jsonschema_rs.validate(schema, sample(schema, seed=seed, name="value", full=full), validate_formats=True)


def test_every_pattern_of_the_documents_can_be_satisfied() -> None:
    """Patterns are met by a small stock of texts: a new one in a document must be noticed here, not by a user."""
    met = set()
    for product in contract.products():
        documents = {each.document for each in contract.operations(product).values()}
        documents |= {each.document for each in contract.events(product).values()}
        for schemas in (document.schemas for document in documents):
            for schema in (part for each in schemas.values() for part in schemas_of(each) if "pattern" in part):
                for seed in SEEDS:
                    assert re.search(schema["pattern"], sample(schema, seed=seed, name="value"))
                met.add(schema["pattern"])
    assert len(met) >= 8


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"type": "string", "enum": ["queue"], "maxLength": 3},
        {"type": "array", "items": {"enum": [1, 2]}, "minItems": 3, "uniqueItems": True},
        {"type": "string", "pattern": "^never seen before$"},
    ],
    ids=str,
)
def test_schema_that_nothing_fits_is_named(schema: Schema) -> None:
    """A fault of the contract must not become an invalid answer; the message says at which field."""
    with pytest.raises(Unsatisfiable, match=r"meeting\.value"):
        sample({"type": "object", "properties": {"value": schema}}, name="meeting")


def test_minimal_sample_has_only_what_is_required() -> None:
    """The smallest answer that Zoom may give is the one that finds code which trusts optional fields."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["b"]}
    assert sample(schema, full=False).keys() == {"b"}
    assert sample(schema).keys() == {"a", "b"}


def test_same_seed_gives_the_same_data_and_another_gives_other() -> None:
    """A test that fails once must fail again, in every process."""
    operation = contract.operation("meetings", "get_meeting")
    schema, schemas = operation.answers[200]["application/json"], operation.document.schemas

    def made(seed: int) -> Any:
        return sample(schema, seed=seed, name="answer", schemas=schemas)

    assert made(1) == made(1) != made(2)
    assert sample({"type": "string"}, seed=7, name="account_id") == "Vijs7hCGANQdOSxSwjoY-w"


def test_new_field_moves_no_other_value() -> None:
    """When Zoom adds a field, the snapshots of our users' tests should change by that field only."""
    known = {"id": {"type": "string"}, "topic": {"type": "string"}}
    before = {"type": "object", "properties": known}
    after = {"type": "object", "properties": {"host": {"type": "string"}, **known}}
    assert sample(before, seed=3, name="m").items() <= sample(after, seed=3, name="m").items()


@pytest.mark.parametrize(
    ("name", "schema", "looks_like"),
    [
        ("id", {"type": "integer", "format": "int64"}, r"8\d{10}|9\d{10}"),
        ("meeting_id", {"type": "string"}, r"\d{11}"),
        ("uuid", {"type": "string"}, r"[A-Za-z0-9+/]{22}=="),
        ("user_id", {"type": "string"}, r"[A-Za-z0-9_-]{22}"),
        ("host_email", {"type": "string"}, r"[a-z.]+\d+@example\.com"),
        ("start_time", {"type": "string"}, r"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ|2027-.*Z"),
        ("from", {"type": "string", "format": "date"}, r"202\d-\d\d-\d\d"),
        ("join_url", {"type": "string"}, r"https://zoom\.us/j/\d{11}\?pwd=\S+"),
        ("start_url", {"type": "string"}, r"https://zoom\.us/s/\d{11}\?zak=\S+"),
        ("download_url", {"type": "string"}, r"https://zoom\.us/rec/download/\S+"),
        ("pic_url", {"type": "string"}, r"https://example\.com/\S+"),
        ("recording_start", {"type": "string"}, r"202\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
        ("jitter", {"type": "string"}, r"\d+ ms"),
        ("next_page_token", {"type": "string"}, r""),
        ("event_ts", {"type": "integer", "format": "int64"}, r"17\d{11}|18\d{11}"),
        ("phone_number", {"type": "string"}, r"\+12055550\d{3}"),
        ("display_name", {"type": "string"}, r"\w+ \w+"),
        ("timezone", {"type": "string"}, r"UTC|\w+/\w+"),
    ],
)
def test_value_looks_like_what_the_field_is(name: str, schema: Schema, looks_like: str) -> None:
    """People read these values in their test output: an id must look like an id."""
    for seed in SEEDS:
        assert re.fullmatch(looks_like, str(sample(schema, seed=seed, name=name)))


def test_uuids_come_with_slashes_where_they_hurt() -> None:
    """Code that forgets to encode a UUID twice works until the first one that begins with a slash."""
    uuids = [sample({"type": "string"}, seed=seed, name="uuid") for seed in range(60)]
    assert any(uuid.startswith("/") for uuid in uuids)
    assert any("//" in uuid[1:] for uuid in uuids)
    assert any("//" not in uuid and not uuid.startswith("/") for uuid in uuids)


def test_what_ends_does_so_after_it_starts() -> None:
    """Durations computed from a sample must not be negative."""
    times = {"type": "string", "format": "date-time"}
    schema = {"type": "object", "properties": {"start_time": times, "end_time": times}}
    for seed in SEEDS:
        made = sample(schema, seed=seed, name="meeting")
        assert made["start_time"] < made["end_time"]


def test_lists_within_long_lists_stay_short() -> None:
    """A page of 300 items, each with 300 items of its own, would be nobody's example."""
    inner = {"type": "array", "items": {"type": "integer"}}
    made = sample({"type": "array", "items": {"type": "object", "properties": {"parts": inner}}}, items=300)
    assert (len(made), len(made[0]["parts"])) == (300, 2)


def test_sample_of_an_enumeration_is_not_unfinished_unless_there_is_nothing_else() -> None:
    """A recording that is made up should be there to be downloaded; Zoom's have the status processing at first."""
    made = {sample({"type": "string", "enum": ["", "processing", "completed"]}, seed=seed) for seed in range(50)}
    assert made == {"completed"}
    assert sample({"type": "string", "enum": ["processing"]}, seed=0) == "processing"
