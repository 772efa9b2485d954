import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import zoom_api_client

PACKAGE = Path(zoom_api_client.__file__).parent


def ran(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in an interpreter of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_library_does_not_need_the_extra() -> None:
    """Who installs the plain library has no validator, and must not need one."""
    done = ran("import sys, zoom_api_client; assert not {'jsonschema_rs', 'rich', 'pytest'} & sys.modules.keys()")
    assert done.returncode == 0, done.stderr


def test_nothing_of_the_library_imports_the_kit() -> None:
    """An import that only runs in some branch would be found by a user without the extra; the command may need it."""
    imports = re.compile(r"^\s*(from|import) zoom_api_client\.testing\b", re.MULTILINE)
    files = [each for each in PACKAGE.rglob("*.py") if each.relative_to(PACKAGE).parts[0] not in ("testing", "cli")]
    assert len(files) > 1000
    assert not [each for each in files if imports.search(each.read_text(encoding="utf-8"))]


def test_missing_extra_is_named() -> None:
    """`No module named jsonschema_rs` does not say what to install."""
    done = ran("import sys; sys.modules['jsonschema_rs'] = None; from zoom_api_client.testing import Responder")
    assert 'pip install "zoom-api-client[testing]"' in done.stderr


def test_extra_installs_only_what_the_kit_imports() -> None:
    """Each library costs an installation, and httpx loads rich wherever it lies: 50 ms of every test session."""
    wanted = [each for each in requires("zoom-api-client") or () if re.search(r"extra == .testing.", each)]
    names = {re.split(r"[>=<!; \[]", each)[0].replace("-", ".") for each in wanted}
    assert len(names) > 4
    names -= {"websockets"}  # uvicorn loads it, where the simulator tells of events by WebSocket
    text = "\n".join(each.read_text(encoding="utf-8") for each in (PACKAGE / "testing").rglob("*.py"))
    assert not {name for name in names if not re.search(rf"^ *(from|import) {name}\b", text, re.MULTILINE)}


def test_kit_loads_without_reading_a_contract() -> None:
    """A test session that imports the kit and does not use it should not pay for 4 MB of JSON."""
    code = (
        "from zoom_api_client.testing import contract, Responder; Responder(); "
        "assert contract.operations.cache_info().currsize == 0; contract.operation('users', 'get_user'); "
        "assert contract.operations.cache_info().currsize == 1"
    )
    done = ran(code)
    assert done.returncode == 0, done.stderr
