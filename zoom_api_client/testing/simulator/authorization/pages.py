"""The pages that a browser sees: consent, a device's code, and what went wrong. Plain HTML, no script."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from zoom_api_client.testing.exchange import OutgoingAnswer

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem }}
button, input {{ font: inherit; padding: .4rem 1rem; margin: .2rem 0 }}</style>
<h1>{title}</h1>
{content}
</html>
"""


def show(title: str, content: str, status: int = 200) -> OutgoingAnswer:
    """Return a page. `content` is HTML."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    return OutgoingAnswer(status, headers, _PAGE.format(title=escape(title), content=content).encode())


def tell(title: str, text: str, status: int = 200) -> OutgoingAnswer:
    """Return a page of one paragraph."""
    return show(title, f"<p>{escape(text)}</p>", status)


def ask_consent(kept: Mapping[str, str], app: str, user_id: str, scopes: str) -> OutgoingAnswer:
    """Return the form that asks a user for consent; `kept` is what comes back with the answer."""
    content = (
        f"<p>The app <b>{escape(app)}</b> asks for {escape(scopes)}.</p>"
        f'<form method="post">{_keep(kept)}'
        f'<p><label>User who consents <input name="user_id" value="{escape(user_id)}"></label></p>'
        f"<p>{_button('allow', 'Allow')} {_button('deny', 'Deny')}</p></form>"
    )
    return show("Allow this app?", content)


def ask_code(user_code: str, user_id: str) -> OutgoingAnswer:
    """Return the form that asks for the code that a device shows."""
    content = (
        '<form method="post">'
        f'<p><label>Code <input name="user_code" value="{escape(user_code)}"></label></p>'
        f'<p><label>User who consents <input name="user_id" value="{escape(user_id)}"></label></p>'
        f"<p>{_button('allow', 'Allow')} {_button('deny', 'Deny')}</p></form>"
    )
    return show("Connect a device", content)


def _keep(kept: Mapping[str, str]) -> str:
    fields = (f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in kept.items())
    return "".join(fields)


def _button(decision: str, label: str) -> str:
    return f'<button name="decision" value="{decision}">{label}</button>'
