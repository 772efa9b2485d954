"""`python -m tests.cli.pictures`: take the pictures of the documentation, of commands in a terminal."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from tests.cli.running import SCRIPT
from tests.cli.simulated import simulating
from tests.cli.terminal import run

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
COLUMNS = 96
COMMANDS = {
    "help": "--help",
    "list": "meetings list me",
    "operation": "api users get-user --help",
    "search": "api search call queue members",
    "dry-run": "meetings create me --topic Standup --duration 30 --settings.auto-recording cloud --dry-run",
    "doctor": "doctor",
}


def take(name: str, line: str, env: dict[str, str]) -> None:
    """Run a command in a terminal, and keep what stands there as a picture."""
    words = ["api", "search", line.removeprefix("api search ")] if "search" in line else line.split()
    seen = run([str(SCRIPT), *words], env, columns=COLUMNS)
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    shown = f'api search "{words[-1]}"' if "search" in line else line
    console.print(Text(f"$ zoom-api {shown}", style="bold"))
    console.print(Text.from_ansi(seen.out))
    PICTURES.mkdir(exist_ok=True)
    text = console.export_svg(title=f"zoom-api {words[0]}", unique_id=f"zoom-api-{name}")
    (PICTURES / f"{name}.svg").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Take all pictures."""
    with TemporaryDirectory() as home, simulating() as zoom:
        zoom.begin()
        env = {
            "HOME": home,
            "XDG_STATE_HOME": f"{home}/state",
            "ZOOM_ACCESS_TOKEN": zoom.give_token(),
            "ZOOM_BASE_URL": zoom.base_url,
        }
        for name, line in COMMANDS.items():
            take(name, line, env)


if __name__ == "__main__":
    main()
