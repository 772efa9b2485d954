"""Draw the way from Zoom's documents to the code, and many machines, into docs/drawings."""

from collections.abc import Mapping
from pathlib import Path

from generator.site.svg import Arrow, Box, draw

FOLDER = Path("docs") / "drawings"
# Each arrow of the pipeline: the module that does it, and the steps that it takes in this order.
DISTIL = ("fetch", ("fetch", "distil"))
CONTRACT = ("contract", ("overlay", "normalise", "hoist", "names", "lock"))
EMIT = ("product", ("paging", "parse", "emit", "verify"))
KEYS = ("zoom:{inbox}:", "zoom:token:", "zoom:quota:", "zoom:throttle:")


def write(root: Path) -> None:
    """Write the drawings."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings().items():
        (root / FOLDER / name).write_text(drawing, encoding="utf-8")


def drawings() -> Mapping[str, str]:
    """Return each drawing by the name of its file."""
    return {"machines.svg": machines(), "pipeline.svg": pipeline()}


def pipeline() -> str:
    """Draw the way from Zoom's documents to the generated code."""
    parts: list[Box | Arrow] = [
        Box(10, 40, 150, 50, "Zoom's documents"),
        Arrow((160, 65), (270, 65), (" · ".join(DISTIL[1]),)),
        Box(270, 40, 100, 50, "openapi/", ("facts",)),
        Arrow((370, 65), (650, 65), (" · ".join(CONTRACT[1]),)),
        Box(385, 110, 130, 50, "overlays/", ("corrections",)),
        Arrow((450, 110), (450, 72)),
        Box(650, 40, 110, 50, "contract"),
        Arrow((705, 90), (705, 200), EMIT[1]),
        Box(600, 200, 210, 50, "zoom_api_client/", ("api · models · events",)),
        Arrow((650, 90), (500, 200)),
        Box(380, 200, 190, 50, "testing/contracts", ("for mock and reference",)),
    ]
    return draw(820, 260, "From Zoom's documents to the code", parts)


def machines() -> str:
    """Draw many machines with one Redis: two that receive, one that handles events and calls Zoom."""
    parts: list[Box | Arrow] = [
        Box(10, 80, 90, 60, "Zoom"),
        Arrow((100, 95), (190, 95), ("webhooks",)),
        Box(190, 80, 90, 60, "proxy"),
        Arrow((280, 95), (350, 45)),
        Arrow((280, 115), (350, 137)),
        Box(350, 10, 260, 55, "machine A", ("receiver.asgi(work=False)",)),
        Box(350, 110, 260, 55, "machine B", ("receiver.asgi(work=False)",)),
        Arrow((610, 40), (700, 85)),
        Arrow((610, 137), (700, 120)),
        Box(700, 45, 180, 120, "Redis", KEYS),
        Arrow((750, 165), (750, 240), ("events",)),
        Arrow((830, 240), (830, 165), ("tokens, counts",)),
        Box(660, 240, 260, 60, "machine C", ("receiver.start(), Zoom(…)",)),
        Arrow((660, 270), (55, 140), ("calls",)),
    ]
    return draw(960, 310, "Many machines share one Redis", parts)
