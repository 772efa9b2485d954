"""Judge everything that is sent, and what we say of operations, by Zoom's own documents; needs these alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from tests.referee import planted, sending
from tests.referee.documents import PLACE, Declared, Index, read
from tests.referee.raw_excuses import EXCUSES
from tests.referee.raw_judge import Fault, judge_facts, judge_request
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing.exchange import IncomingRequest


@attrs.define
class Verdict:
    """What was found: how many requests were judged, the faults, and the excuses that were needed."""

    requests: int = 0
    faults: list[str] = attrs.field(factory=list)
    excused: set[str] = attrs.field(factory=set)

    def add(self, found: Iterable[Fault], excuses: Mapping[str, str]) -> None:
        """Take faults in; one whose place has an excuse is excused."""
        for each in found:
            place = f"{each.operation} {each.place}"
            if place in excuses:
                self.excused.add(place)
            elif str(each) not in self.faults:
                self.faults.append(str(each))


def judge(
    documents: Sequence[Path], operations: Sequence[Operation[Any]], excuses: Mapping[str, str] = EXCUSES
) -> Verdict:
    """Judge the demo, and each operation: that a document has it, what we say of it, and what is sent for it."""
    index, verdict = Index(read(documents)), Verdict()
    by_shape = {_shape(each.method, each.path): each for each in index.operations}
    pairs = [(each, by_shape.get(_shape(each.method, each.path))) for each in operations]
    known = [(ours, declared) for ours, declared in pairs if declared]
    verdict.add(
        (Fault(str(ours), "path", f"no document has {ours.method} {ours.path}") for ours, at in pairs if not at), {}
    )
    for ours, declared in known:
        verdict.add(judge_facts(declared, ours), excuses)
    for request in _requests(known):
        verdict.requests += 1
        verdict.add(judge_request(index, request), excuses)
    missing = set(by_shape.values()) - {declared for _, declared in known}
    verdict.faults += [f"{each} is in a document, and not among our operations" for each in missing]
    blind = planted.unseen(index, lambda ours: by_shape[_shape(ours.method, ours.path)])
    verdict.faults += [f"not seen, though planted: {each}" for each in blind]
    verdict.faults += [f"nothing needs this excuse: {each}" for each in excuses.keys() - verdict.excused]
    return verdict


def _requests(known: Sequence[tuple[Operation[Any], Declared]]) -> Iterator[IncomingRequest]:
    yield from sending.by_demo()
    yield from sending.by_operations([ours for ours, _ in known])
    for ours, declared in known:
        yield from sending.by_identifiers(ours, declared)


def _shape(method: str, path: str) -> tuple[str, str]:
    """Return what tells an operation from all others: its path without the names of its parameters."""
    return method, PLACE.sub("{}", path)
