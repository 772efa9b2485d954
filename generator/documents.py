"""The documents of a product as the build reads them: with what only master accounts have, and corrected by overlays.

All their faults are reported at once: unreadable documents, overlays that correct nothing, unsupported operations.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from generator import overlay, sub_accounts
from generator.faults import BuildFault, Fault, pointer, read, refuse_if
from generator.homes import key_of
from generator.references import inline
from generator.shape import misfits, too_deep, unwritable
from generator.unsupported import find_unsupported

KINDS = ("endpoints", "webhooks", "master")

Documents = dict[str, dict[str, Any]]

_NOTHING: Documents = {"endpoints": {"info": {}, "paths": {}}, "webhooks": {"info": {}, "webhooks": {}}, "master": {}}


def products(openapi: Path) -> list[str]:
    """Return the products that have a document."""
    return sorted({path.parent.name for kind in KINDS for path in openapi.glob(f"*/{kind}.json")})


def load_documents(product: str, openapi: Path, overlays: Path, elsewhere: Collection[str] = ()) -> Documents:
    """Return the documents of a product by kind, corrected; a kind without a document is empty.

    What another product has now (`elsewhere`) is left out.
    """
    raw = {kind: read(path) for kind in KINDS if (path := openapi / product / f"{kind}.json").exists()}
    refuse_if(_faults(product, raw, well_formed=False))
    whole = _NOTHING | raw
    whole["endpoints"] = sub_accounts.merge(whole["endpoints"], whole["master"])
    whole = _overlay(product, whole, overlays)
    refuse_if(_faults(product, whole, well_formed=True))
    return {kind: _without(document, elsewhere) for kind, document in whole.items()}


def _without(document: dict[str, Any], elsewhere: Collection[str]) -> dict[str, Any]:
    kept = dict(document)
    for items in {"paths", "webhooks"} & document.keys():
        kept[items] = {
            name: {method: each for method, each in item.items() if key_of(method, name) not in elsewhere}
            for name, item in document[items].items()
        }
    return kept


def _faults(product: str, documents: Documents, *, well_formed: bool) -> Iterator[Fault]:
    """Yield what is wrong with documents, and if they are `well_formed`, what they have that the client cannot do."""
    for kind, document in documents.items():
        if kind == "master" and well_formed:
            continue  # its operations stand in `endpoints` by now
        items = "webhooks" if kind == "webhooks" else "paths"
        found = [*too_deep(document)] or [*misfits(inline(document)), *unwritable(document)]
        if document and not isinstance(document.get(items), dict):
            found.append(((items,), "is not there: fetch the document anew"))
        if well_formed and not found:
            found = list(find_unsupported(document))
        for place, reason in found:
            yield Fault(f"{product}/{kind}.json", pointer(place), reason)


def _overlay(product: str, documents: Documents, overlays: Path) -> Documents:
    changed = dict(documents)
    faults: list[Fault] = []
    for path in overlay.files(overlays / product):
        try:
            correction = overlay.load(path)
            extended = Path(str(correction.get("extends")))
            if extended.parent.name != product or documents.get(extended.stem) in (None, _NOTHING.get(extended.stem)):
                raise overlay.OverlayError(f"{product}/{path.name} extends {extended}, which is not there")
            changed[extended.stem] = overlay.apply(changed[extended.stem], correction)
        except overlay.OverlayError as error:
            faults += [Fault(f"overlays/{product}/{path.name}", "", reason) for reason in error.reasons]
    if faults:
        raise BuildFault(*faults)
    return changed
