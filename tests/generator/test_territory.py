"""Whatever Zoom may change one day comes out right, or is refused by name: nothing in silence, no traceback."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.distil import distil
from tests.generator.body_dialects import of_bodies, of_documents, of_events
from tests.generator.conftest import ROOT
from tests.generator.mutations import (
    BUILT,
    POST,
    REFUSED,
    THINGS,
    Mutation,
    everywhere,
    mutation,
    of_distilled,
    of_real,
)
from tests.generator.operation_dialects import of_operations, of_parameters
from tests.generator.schema_dialects import of_schemas
from tests.generator.territory import GOOD, LET_PASS, NEEDLESS, WRONG, put_through

LEAST = 400


def changes() -> list[Mutation]:
    """Return every change once, those that are known by name first."""
    found = [*of_schemas(), *of_operations(), *of_parameters(), *of_bodies(), *of_events(), *of_documents()]
    found += [*everywhere(), *of_distilled(distil(THINGS))]
    found += [each for product in ("users", "meetings") for each in of_real(ROOT / "openapi", product, 4)]
    return list({(each.kind, each.distilled, each.body): each for each in reversed(found)}.values())[::-1]


def bad(mutations: Sequence[Mutation], folder: Path) -> list[str]:
    """Return what came out neither right nor refused by name."""
    outcomes = put_through(mutations, folder)
    print(Counter(each.verdict for each in outcomes))
    return [f"{each.name}: {each.verdict}: {each.evidence}" for each in outcomes if each.verdict not in GOOD]


def test_some_single_changes_come_out_right_or_are_refused_by_name(tmp_path: Path) -> None:
    """One in twelve of them."""
    assert bad(changes()[::12], tmp_path) == []


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_all_single_changes_come_out_right_or_are_refused_by_name(tmp_path: Path, part: int) -> None:
    """All of them, in eight builds."""
    assert len(changes()) >= LEAST
    assert bad(changes()[part::8], tmp_path) == []


def test_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    """A wrong expectation, code that lacks something, and a document other than the one built are all found."""
    as_it_is = mutation(("info", "title"), "Things")
    judged = [
        mutation((*POST, "summary"), "Make it", REFUSED),
        mutation((*POST, "summary"), "Make it", BUILT, shows="def unmake"),
        mutation((*POST, "responses"), {}, BUILT),
        as_it_is,
    ]
    assert [each.verdict for each in put_through(judged, tmp_path)] == [LET_PASS, WRONG, NEEDLESS, "built right"]
