"""What the stock openapi-python-client generates of our corrected document of meetings: a peer of the client here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from zoom_api_client.testing import contract

PACKAGE = "stock_client"


def generate(scratch: Path) -> None:
    """Generate the package into a directory, with the stock templates; what they cannot do is left out."""
    document, config = scratch / "document.json", scratch / "config.json"
    document.write_text(json.dumps(_document()), encoding="utf-8")
    config.write_text(json.dumps({"post_hooks": [], "literal_enums": True}), encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", str(document), "--config", str(config), "--output-path", str(scratch / PACKAGE)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the stock generator failed: {(done.stdout + done.stderr)[-2000:]}")


def _document() -> dict[str, Any]:
    operations = contract.operations("meetings").values()
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(each.path, {})[each.method.lower()] = each.facts
    return {
        "openapi": "3.1.0",
        "info": {"title": "Zoom", "version": "2"},
        "paths": paths,
        "components": {"schemas": next(iter(operations)).document.schemas},
    }
