"""A headless Chromium, asked over its DevTools protocol what a page shows, and told what to press."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx
from websockets.sync.client import ClientConnection, connect

FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_PATIENCE = 60


@attrs.define
class Page:
    """A page in the browser."""

    socket: ClientConnection
    sent: int = 0
    problems: list[str] = attrs.field(factory=list)

    def evaluate(self, script: str) -> Any:
        """Return what a script comes to."""
        said = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def text(self, selector: str) -> str:
        """Return what is read in an element."""
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''"))

    def until(self, script: str) -> None:
        """Wait until a script comes to something true."""
        end = time.monotonic() + _PATIENCE
        while not self.evaluate(script):
            assert time.monotonic() < end, f"{script} never came: {self.text('body')}"
            time.sleep(0.05)

    def listen(self) -> None:
        """Note from now on what the page complains about."""
        for domain in ("Runtime", "Log", "Page"):
            self._call(f"{domain}.enable")

    def open(self, url: str) -> None:
        """Go to a page."""
        self._call("Page.navigate", url=url)

    def _call(self, method: str, **parameters: Any) -> Any:
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=_PATIENCE))
            if message.get("id") == self.sent:
                return message["result"]
            if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"):
                self.problems.append(json.dumps(message["params"]))


@contextmanager
def browsing(profile: Path, width: int = 1200) -> Iterator[Page]:
    """Start a browser with an empty page, from `with` to its end."""
    assert FOUND
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--window-size={width},900"]
    command = [FOUND, *options, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = _port(profile / "DevToolsActivePort")
        with httpx.Client(trust_env=False) as client:
            listed = client.get(f"http://127.0.0.1:{port}/json").json()
        address = next(each["webSocketDebuggerUrl"] for each in listed if each["type"] == "page")
        with connect(address, proxy=None, max_size=None) as socket:
            page = Page(socket)
            page.listen()
            yield page
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def _port(file: Path) -> int:
    end = time.monotonic() + _PATIENCE
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < end, "the browser does not start"
        time.sleep(0.05)
    return int(file.read_text().split()[0])
