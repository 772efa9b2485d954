"""The examples of frameworks take an event as they stand on their pages, and refuse a forged one."""

import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import anyio
import django.conf
import httpx
import pytest
from django.test import Client as DjangoClient
from werkzeug.test import Client as WerkzeugClient

from tests.page_examples import of_pages
from zoom_api_client.testing import SignedEvent, zoom_event

SECRET = "secret of the app's page"
URLS = "urls_of_the_example"
Program = dict[str, Any]


def fastapi(program: Program, address: str, event: SignedEvent) -> int:
    """Return the status that the FastAPI application answers."""

    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(program["app"])
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.post(address, content=event.body, headers=dict(event.headers))
        await program["receiver"].stop_here()
        return answer

    return anyio.run(post).status_code


def flask(program: Program, address: str, event: SignedEvent) -> int:
    """Return the status that the Flask application answers."""
    return WerkzeugClient(program["app"]).post(address, data=event.body, headers=dict(event.headers)).status_code


def django_view(program: Program, address: str, event: SignedEvent) -> int:
    """Return the status that the view answers, with Django's check of forms on."""
    sys.modules[URLS] = module = ModuleType(URLS)
    vars(module).update(program)
    if not django.conf.settings.configured:
        django.conf.settings.configure(ROOT_URLCONF=URLS, ALLOWED_HOSTS=["*"])
        django.setup()
    client = DjangoClient(enforce_csrf_checks=True)
    path = urlsplit(address).path
    return client.post(path, event.body, "application/json", headers=dict(event.headers)).status_code


def aws_lambda(program: Program, address: str, event: SignedEvent) -> int:
    """Return the status that the function answers; its address is the gateway's."""
    request = {"httpMethod": "POST", "headers": dict(event.headers), "body": event.body.decode()}
    status: int = program["handler"](request)["statusCode"]
    return status


@pytest.mark.parametrize(
    ("page", "sign_of_it", "post"),
    [
        ("frameworks", "from fastapi", fastapi),
        ("frameworks", "from flask", flask),
        ("frameworks", "from django", django_view),
        ("aws-lambda", "on_start", aws_lambda),
    ],
)
def test_example_takes_what_is_signed_and_nothing_else(
    page: str,
    sign_of_it: str,
    post: Callable[[Program, str, SignedEvent], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An application that is put together from the page works, at the address that the page says."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    [example] = [each for each in of_pages() if f"/{page}-" in each.place and sign_of_it in each.code]
    (tmp_path / "program.py").write_text(example.program, encoding="utf-8")
    program = runpy.run_path(str(tmp_path / "program.py"))
    address = next(iter(re.findall(r"# (https://app\.example\.com/zoom/?)", example.code)), "")
    event = zoom_event("meeting.started", secret_token=SECRET, topic="Standup")
    assert post(program, address, event.forged()) == 401
    assert post(program, address, event) == 200
    program["receiver"].close()
