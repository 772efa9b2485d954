"""The engine against a dict: whatever is called in whatever order, it holds what a dict would hold."""

from typing import Any

import attrs
from hypothesis import settings, strategies
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from tests.simulator.calling import Calling

TEXTS = strategies.text(alphabet="abcXYZ 0-9é", min_size=1, max_size=12).filter(str.strip)


@attrs.frozen
class Kind:
    """A resource: where it is created and listed, where one of it is, and the fields that a caller may write."""

    collection: str
    item: str
    items: str
    id: str
    fields: tuple[str, ...]
    more: dict[str, Any] = attrs.field(factory=dict, hash=False)


KINDS = (
    Kind("/groups", "/groups/{}", "groups", "id", ("name",)),
    Kind("/users/me/meetings", "/meetings/{}", "meetings", "id", ("topic", "agenda")),
    Kind("/users/jane/meetings", "/meetings/{}", "meetings", "id", ("topic", "agenda")),
    Kind("/tracking_fields", "/tracking_fields/{}", "tracking_fields", "id", ("field",)),
    Kind("/divisions", "/divisions/{}", "divisions", "division_id", ("division_name", "division_description")),
    Kind("/im/groups", "/im/groups/{}", "groups", "id", ("name",), {"type": "normal"}),
)


class Against(RuleBasedStateMachine):
    """Calls, and the same done to dicts."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self.zoom = Calling()
        self.zoom.simulator.seed({"users": [{"id": "jane", "email": "jane@example.com"}]})
        self.model: dict[Kind, dict[str, dict[str, str]]] = {kind: {} for kind in KINDS}

    @rule(target=rows, kind=strategies.sampled_from(KINDS), text=TEXTS)
    def create(self, kind: Kind, text: str) -> tuple[Kind, str]:
        """Create a row."""
        fields = dict.fromkeys(kind.fields, text)
        created = self.zoom.post(kind.collection, {**fields, **kind.more})
        row_id = str(created[kind.id])
        assert row_id not in self.model[kind]
        self.model[kind][row_id] = fields
        return kind, row_id

    @rule(row=rows, text=TEXTS, which=strategies.integers(0, 1))
    def change(self, row: tuple[Kind, str], text: str, which: int) -> None:
        """Change one field."""
        kind, row_id = row
        field = kind.fields[which % len(kind.fields)]
        answer = self.zoom.answer("PATCH", kind.item.format(row_id), {field: text})
        assert (answer.status < 300) is (row_id in self.model[kind])
        if row_id in self.model[kind]:
            self.model[kind][row_id] = {**self.model[kind][row_id], field: text}

    @rule(row=rows)
    def delete(self, row: tuple[Kind, str]) -> None:
        """Delete a row, also one that is gone."""
        kind, row_id = row
        answer = self.zoom.answer("DELETE", kind.item.format(row_id))
        assert (answer.status < 300) is (row_id in self.model[kind])
        self.model[kind].pop(row_id, None)

    @rule(row=rows)
    def read(self, row: tuple[Kind, str]) -> None:
        """Read a row."""
        kind, row_id = row
        known = self.model[kind].get(row_id)
        answer = self.zoom.answer("GET", kind.item.format(row_id))
        assert (answer.status == 200) is (known is not None)
        if known is not None:
            shown = self.zoom.get(kind.item.format(row_id))
            assert {name: shown[name] for name in known} == known

    @rule()
    def dump_and_load(self) -> None:
        """Go on in another simulator."""
        other = Calling()
        other.simulator.load(self.zoom.simulator.dump())
        self.zoom = other

    @invariant()
    def lists_are_the_same(self) -> None:
        """Every list has what the dict has, in its order."""
        for kind, known in self.model.items():
            page = self.zoom.get(kind.collection)
            assert [str(each[kind.id]) for each in page[kind.items]] == list(known)
            assert [each.get(kind.fields[0]) for each in page[kind.items]] == [
                each[kind.fields[0]] for each in known.values()
            ]
        assert not self.zoom.simulator.violations


Against.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
TestAgainstDict = Against.TestCase
