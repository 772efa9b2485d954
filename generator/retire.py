"""Take overlay actions out that Zoom made unnecessary, and bring back those that are needed again.

What is taken out of `faults.yaml` is kept in `faults.yaml.retired` beside it, which no build reads: Zoom may go back.
"""

from pathlib import Path

import attrs

from generator import overlay, overlay_text, sub_accounts
from generator.documents import KINDS, Documents
from generator.faults import read

RETIRED = ".retired"


@attrs.frozen
class Correction:
    """An action that went or came: the file and the line, what it corrects, and the symptom and the evidence."""

    file: str
    line: int
    target: str
    description: str


def retire(product: str, before: Path, after: Path, overlays: Path) -> list[Correction]:
    """Take out the actions on a product that changed something in the documents `before` and change nothing `after`."""
    return _move(product, after, before, overlays, "", RETIRED)


def restore(product: str, before: Path, after: Path, overlays: Path) -> list[Correction]:
    """Bring back the actions that were taken out and would change something `after`, and nothing in what was before."""
    return _move(product, before, after, overlays, RETIRED, "")


def _move(product: str, idle_in: Path, of_use_in: Path, overlays: Path, here: str, there: str) -> list[Correction]:
    """Move the actions that are idle in one state, and of use in the other, from one kind of file to the other."""
    idle, useful = raw_documents(idle_in / product), raw_documents(of_use_in / product)
    moved = []
    for path in overlay.files(overlays / product, here):
        correction = overlay.load(path)
        kind = Path(str(correction.get("extends"))).stem
        if kind in idle and kind in useful:
            found = set(overlay.idle(idle[kind], correction)) - set(overlay.idle(useful[kind], correction))
            moved += corrections(path, sorted(found))
            _hand_over(path, path.with_name(path.name.removesuffix(RETIRED) + there), sorted(found))
    return moved


def _hand_over(path: Path, target: Path, indexes: list[int]) -> None:
    if indexes:
        texts = overlay_text.texts(path)
        overlay_text.put_in(target, overlay.load(path), [texts[index] for index in indexes])
        overlay_text.take_out(path, indexes)


def corrections(path: Path, indexes: list[int]) -> list[Correction]:
    """Return actions of a file as a report tells them."""
    begins, actions = overlay_text.starts(path), overlay.load(path)["actions"]
    place = f"{path.parent.name}/{path.name.removesuffix(RETIRED)}"
    return [
        Correction(place, begins[index] + 1, actions[index]["target"], actions[index].get("description", ""))
        for index in indexes
    ]


def raw_documents(folder: Path) -> Documents:
    """Return the documents of a product as Zoom has them."""
    raw = {kind: read(path) for kind in KINDS if (path := folder / f"{kind}.json").exists()}
    if "endpoints" in raw and "master" in raw:
        raw["endpoints"] = sub_accounts.merge(raw["endpoints"], raw["master"])
    return raw
