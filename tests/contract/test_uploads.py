"""What is uploaded is sent as a file."""

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

FORM = "multipart/form-data"
NAMES = {"file", "files", "pic_file", "flow_file"}


def parts_named_file() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part of a form that is named as files are, with its schema."""
    for path in sorted((resources.files("zoom_api_client.testing") / "contracts").iterdir(), key=str):
        document = json.loads(path.read_text(encoding="utf-8"))["endpoints"]
        for place, item in document["paths"].items():
            for method, operation in item.items():
                content = operation.get("requestBody", {}).get("content", {})
                if FORM in content:
                    name = content[FORM]["schema"]["$ref"].rpartition("/")[2]
                    properties = document["components"]["schemas"][name]["properties"]
                    yield from ((f"{method} {place}", properties[part]) for part in NAMES & properties.keys())


def test_part_named_file_is_sent_as_a_file() -> None:
    """Zoom forgets to say so here and there, also when a product gets another name: an overlay has to correct it."""
    found = list(parts_named_file())
    assert len(found) > 20
    assert [where for where, schema in found if schema.get("items", schema).get("format") != "binary"] == []
