"""`python browser.py ADDRESS`, as `BROWSER` names a browser: it opens a page of the simulator's, and presses Allow."""

import sys
from html.parser import HTMLParser
from urllib.parse import urlencode
from urllib.request import urlopen


class _Form(HTMLParser):
    """Collects what stands in the form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the name and the value of each input."""
        given = dict(attrs)
        if tag == "input":
            self.fields[given["name"] or ""] = given["value"] or ""


def press(decision: str, address: str, **typed: str) -> str:
    """Open a page, type into its form, press a button, and return the page that comes then."""
    with urlopen(address) as page:
        fields = _Form(page.read().decode()).fields
    with urlopen(address, urlencode({**fields, **typed, "decision": decision}).encode()) as answer:
        return str(answer.read().decode())


if __name__ == "__main__":
    press("allow", sys.argv[1])
