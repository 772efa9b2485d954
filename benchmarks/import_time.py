"""Measure what importing costs, against `import httpx`: in fresh interpreters, without the interpreter's own start."""

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.figure import Figure, count, ratio, seconds
from benchmarks.rounds import fresh, interleave

ROUNDS = 21
PACKAGE_BUDGET, CLIENT_BUDGET = 0.15, 1.3

STATEMENTS = {
    "import httpx": "import httpx",
    "httpx.Client()": "import httpx; httpx.Client()",
    "import zoom_api_client": "import zoom_api_client",
    "import Zoom": "from zoom_api_client import Zoom",
    'Zoom("x")': "from zoom_api_client import Zoom; Zoom('x')",
}
HTTPX, HTTPX_CLIENT, PACKAGE, NAME, CLIENT = STATEMENTS
CLOCK = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"
MODULES = "import sys; {}; print(sum(name.partition('.')[0] == 'zoom_api_client' for name in sys.modules))"


def run() -> Iterator[Figure]:
    """Measure the package, which is lazy, and the client, which is what it is imported for."""
    measures: dict[str, Callable[[], float]] = {
        name: partial(_seconds, statement) for name, statement in STATEMENTS.items()
    }
    taken = interleave(measures, ROUNDS)
    yield seconds(HTTPX, taken[HTTPX])
    yield ratio(f"{PACKAGE} / {HTTPX}", taken[PACKAGE].over(taken[HTTPX]), PACKAGE_BUDGET)
    yield ratio(f"{NAME} / {HTTPX}", taken[NAME].over(taken[HTTPX]))
    yield ratio(f"{CLIENT} / {HTTPX_CLIENT}", taken[CLIENT].over(taken[HTTPX_CLIENT]), CLIENT_BUDGET)
    yield count(f"modules of ours that {CLIENT} has loaded", fresh("-c", MODULES.format(STATEMENTS[CLIENT]))[0])


def _seconds(statement: str) -> float:
    (taken,) = fresh("-c", CLOCK.format(statement))
    return float(taken)
