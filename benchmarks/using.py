"""Use operations for the first time, in a process that has done nothing but make a client: run by `first_use`.

Reads a line for each use, a JSON list of operations, and prints a line for each: how many modules were there before,
how many are there now, and the seconds in between. Where there are several uses, each has a fork of this process.
"""

import json
import os
import sys
import time
from importlib import import_module
from typing import Any

from zoom_api_client import Zoom


def use(zoom: Zoom, operations: list[dict[str, Any]]) -> dict[str, float]:
    """Reach operations, make their requests, and decode their answers."""
    before = ours()
    start = time.process_time()
    for each in operations:
        _use(zoom, each)
    return {"seconds": time.process_time() - start, "before": before, "after": ours()}


def _use(zoom: Zoom, given: dict[str, Any]) -> None:
    results: Any = import_module("zoom_api_client.transport.results")
    operation = getattr(getattr(zoom.api, given["product"]), given["name"]).operation
    if "body" in given:
        body = given["body"]
        if given["model"]:
            body = getattr(import_module(operation.models), given["model"]).from_dict(body)
        operation.request(given["path"], body=body)
    else:
        operation.request(given["path"])
    headers = {"content-type": "application/json"} if given["answer"] else {}
    answer = results.Response(given["status"], headers, given["answer"].encode())
    assert results.find_failure(answer, operation) is None
    results.read(answer, operation)


def ours() -> int:
    """Count the modules of ours that are loaded."""
    return sum(name.partition(".")[0] == "zoom_api_client" for name in sys.modules)


def main() -> None:
    """Make a client, then use what is asked for."""
    uses = [json.loads(line) for line in sys.stdin]
    zoom = Zoom("x")
    for each in uses:
        if len(uses) == 1 or os.fork() == 0:
            print(json.dumps(use(zoom, each)), flush=True)
            os._exit(0)
        if os.wait()[1]:
            sys.exit(f"failed: {[operation['name'] for operation in each]}")


if __name__ == "__main__":
    main()
