"""Build one product: its contract, its code, and its part of what all products share."""

import json
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import Any

import attrs

from generator import resources
from generator.contract import Contract, contract
from generator.emit import emit
from generator.faults import BuildFault, Fault
from generator.lock import Names
from generator.sub_accounts import Scopes
from generator.verify import verify

CONTRACTS = Path("testing") / "contracts"


@attrs.frozen
class Built:
    """One product, built: its part of the indexes, the lock file's text, and what became of names since.

    `gone` names are new among those that Zoom's documents have no more; `moved` has sentences on models that split;
    `remembering` is the number of operations that the simulator remembers.
    """

    product: str
    operations: list[dict[str, Any]]
    events: dict[str, list[str]]
    event_aliases: dict[str, str]
    known_from: dict[str, str]
    event_scopes: dict[str, Scopes]
    sub_accounts: dict[str, Scopes]
    requires: dict[str, list[str]]
    choices: dict[str, dict[str, list[Any]]]
    names: str
    gone: list[str]
    moved: list[str]
    remembering: int


def build_product(
    product: str, openapi: Path, overlays: Path, package: Path, elsewhere: Collection[str] = ()
) -> Built | tuple[Fault, ...]:
    """Write the code of one product below `package`, or return every reason why it cannot be written."""
    try:
        return _build(product, openapi, overlays, package, elsewhere)
    except BuildFault as fault:
        return fault.faults
    except Exception as error:  # a fault of the generator: it costs this product, and no other
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"the generator fails ({type(error).__name__}: {error}, {Path(where.filename).name}:{where.lineno})"
        return (Fault(product, "", reason),)


def _build(product: str, openapi: Path, overlays: Path, package: Path, elsewhere: Collection[str]) -> Built:
    made = contract(product, openapi, overlays, elsewhere)
    locked = Names.load(openapi / product / "names.json")
    written = emit(made, package)
    verify(made, written, package, locked)
    names = made.names.add_gone(locked)
    (package / CONTRACTS).mkdir(parents=True, exist_ok=True)
    (package / CONTRACTS / f"{made.package}.json").write_text(_dump_contract(made), encoding="utf-8")
    webhooks = made.events["webhooks"]
    return Built(
        product=product,
        operations=[view.facts for view in written],
        events={event: [made.package, each["schema"]["$ref"].rpartition("/")[2]] for event, each in webhooks.items()},
        event_aliases={
            alias: event for event, each in webhooks.items() for alias in each["x-zoom"].get("also-named", ())
        },
        known_from={
            event: each["x-zoom"]["known-from"] for event, each in webhooks.items() if "known-from" in each["x-zoom"]
        },
        event_scopes={
            event: each["x-zoom"]["scopes"] for event, each in webhooks.items() if "scopes" in each["x-zoom"]
        },
        sub_accounts={f"{made.package}.{name}": scopes for name, scopes in made.sub_accounts.items()},
        requires={f"{made.package}.{name}": each for name, each in made.requires.items()},
        choices={f"{made.package}.{name}": each for name, each in made.choices.items()},
        names=names.dump(),
        gone=[_full(made.package, name) for name in names.gone if name not in locked.gone],
        moved=list(made.names.moved(locked, made.package)),
        remembering=resources.remembering(made.endpoints),
    )


def _full(package: str, name: str) -> str:
    """Spell a name with the product's: `users.get_user(page_size)`, `models.users.User`."""
    part, dot, rest = name.partition(".")
    return f"{part}.{package}.{rest}" if dot else f"{package}.{name}"


def _dump_contract(made: Contract) -> str:
    """Write a contract with a line for each path, event and schema, so that a change shows as its lines."""
    parts = []
    for kind, document in (("endpoints", made.endpoints), ("events", made.events)):
        what = "paths" if kind == "endpoints" else "webhooks"
        parts.append(
            f'"{kind}":{{"openapi":"{document["openapi"]}","info":{_compact(document["info"])},\n'
            f'"{what}":{lines(document[what])},\n'
            f'"components":{{"schemas":{lines(document["components"]["schemas"])}}}}}'
        )
    return "{" + ",\n".join(parts) + "}\n"


def lines(entries: dict[str, Any]) -> str:
    """Write an object of JSON with a line for each member."""
    return "{" + ",".join(f"\n{_compact(key)}:{_compact(entries[key])}" for key in sorted(entries)) + "}"


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
