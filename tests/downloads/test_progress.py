"""The bar, and that nobody pays for it who does not draw it."""

import io
import subprocess
import sys

from rich.console import Console

from zoom_api_client.downloads import bar


def test_bar_shows_how_far_it_is() -> None:
    """A description of a user's is text, not markup."""
    console = Console(file=io.StringIO(), force_terminal=True, width=120)
    with bar("[b]talk", console=console) as progress:
        progress(0, None)
        progress(500_000, 1_000_000)
        progress(1_000_000, 1_000_000)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[b]talk" in shown
    assert "1.0/1.0 MB" in shown


def test_downloads_do_not_need_rich() -> None:
    """It is an extra."""
    code = "import sys; sys.modules['rich'] = None; from zoom_api_client.downloads import bar"
    code += "; import zoom_api_client._sync.downloads.download"
    subprocess.run([sys.executable, "-c", code], check=True)
