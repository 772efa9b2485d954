"""The names of generated classes and operations say what they are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

LOCKS = sorted((Path(__file__).parents[2] / "openapi").glob("*/names.json"))
# Zoom numbers these itself: the servers of SIP phones, and Amazon's S3.
NUMBERED_BY_ZOOM = {"Server2", "Server3", "S3", "AddStorageLocationS3", "ChangeStorageLocationDetailS3"}


def locked(*kinds: str) -> Iterator[str]:
    """Yield the names of some kinds, of all products."""
    for path in LOCKS:
        lock = json.loads(path.read_text(encoding="utf-8"))
        for kind in kinds:
            names = lock[kind]
            yield from names.values() if kind == "operations" else names


def test_no_class_is_told_from_another_by_a_counter() -> None:
    """`Settings2` says nothing; its place tells what it belongs to."""
    names = {name for name in locked("models", "event_models") if name[-1].isdigit()}
    assert names == NUMBERED_BY_ZOOM


def test_number_belongs_to_its_letters() -> None:
    """H.323 is `h323` everywhere: not `h_323` in one place and `H323` in the next."""
    split = [name for name in locked("operations") if re.search(r"(^|_)[a-z]_\d", name)]
    assert [name for name in locked("operations") if re.search(r"_\d+$", name)] == split == []
