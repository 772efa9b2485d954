"""Name the field that was missing when an attribute was read from `UNSET`.

`UNSET` is one object, so that `is UNSET` can be asked, and does not know where it came from. The bytecode of the line
that fails does: `meeting.settings.host_video` loads `meeting`, then its `settings`, and fails at `host_video`.
"""

from __future__ import annotations

import dis
from types import FrameType
from typing import Any

_ITERATES = ("GET_ITER", "UNPACK_SEQUENCE")
_CONSTANT = ("LOAD_CONST", "LOAD_SMALL_INT")
_WHY = "is UNSET (not given, or not in what Zoom sent), so it has no"


def explain(name: str, frame: FrameType) -> str:
    """Return the message for an attribute that code in a frame wants of `UNSET`."""
    if name.startswith("_"):
        return f"UNSET has no attribute {name!r}"
    *before, last = _done(frame)
    known = last.argval == name  # as `getattr` has it, which tells nothing of what was read before
    return f"{_describe(before if known else [], frame)} {_WHY} {name!r}: ask `is UNSET`"


def explain_items(frame: FrameType) -> str:
    """Return the message for code in a frame that goes through `UNSET`, or wants an item of it."""
    *before, last = _done(frame)
    if last.opname not in _ITERATES:  # where any other index begins cannot be told
        before = before[:-1] if before and before[-1].opname in _CONSTANT else []
    return f"{_describe(before, frame)} {_WHY} items: ask `is UNSET`, or write `… or []`"


def _done(frame: FrameType) -> list[dis.Instruction]:
    """Return the instructions of the code of a frame up to the one that fails."""
    return [each for each in dis.get_instructions(frame.f_code) if each.offset <= frame.f_lasti]


def _describe(before: list[dis.Instruction], frame: FrameType) -> str:
    """Say what was read before: `Meeting.settings`, the name of a variable, or that it is not known."""
    chain = _chain(before)
    if len(chain) < 2:
        return chain[0] if chain and chain[0] else "the value"
    variable, *path, field = chain
    owner = frame.f_locals.get(variable, frame.f_globals.get(variable))
    for each in path:
        owner = _read(owner, each)
    return f"{type(owner).__name__}.{field}" if hasattr(type(owner), "_wires") else field


def _chain(before: list[dis.Instruction]) -> list[str]:
    """Return the variable ("" if it is none) and the attributes that were loaded last."""
    path: list[str] = []
    while before and before[-1].opname == "LOAD_ATTR":
        path.insert(0, str(before.pop().argval))
    said = before[-1].argval if before and before[-1].opname.startswith("LOAD_") else ""
    last = said[-1] if isinstance(said, tuple) else said  # Python 3.13 loads two variables at once
    return [last if isinstance(last, str) else "", *path]


def _read(owner: Any, name: str) -> Any:
    """Return what an object holds under a name, without running any code of its own."""
    wires: dict[str, str] = getattr(type(owner), "_wires", {})
    return getattr(owner, "__dict__", {}).get(wires.get(name, name))
