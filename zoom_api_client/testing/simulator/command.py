"""Serve a Zoom that remembers until interrupted, and print what it is asked."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from zoom_api_client.core import codec
from zoom_api_client.storage import files
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import options
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.options import Option, Options
from zoom_api_client.testing.simulator.serving import Addresses, Ports, serve
from zoom_api_client.testing.simulator.simulator import Simulator

_REMEMBERED = 1000  # requests, for whoever asks what there was


class _Speaking(Simulator):
    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        answer = super().answer(request)
        for each in self.exchanges[-1:]:
            print(each, flush=True)
        del self.exchanges[:-_REMEMBERED]
        return answer


def main(arguments: list[str] | None, program: str) -> None:
    """Serve until interrupted; `program` is how help calls it."""
    parser = argparse.ArgumentParser(prog=program, description=__doc__)
    for each in options.every():
        parser.add_argument(each.flag, help=each.help, dest=each.name, **_kind(each))
    try:
        run(Options(**vars(parser.parse_args(arguments))))
    except (OSError, ValueError) as error:
        parser.error(str(error))


def run(chosen: Options) -> None:
    """Serve until interrupted. Raises `OSError` and `ValueError` for what cannot be served."""
    simulator = _Speaking(
        seed=chosen.seed, lenient=chosen.lenient, open=chosen.open, plan=chosen.plan, consents=chosen.consent
    )
    _prepare(simulator, chosen)
    ports = Ports(chosen.port, chosen.tls, chosen.proxy, chosen.host, chosen.ca_file)
    with _saved(simulator, chosen.state) if chosen.state else nullcontext(), suppress(KeyboardInterrupt):
        asyncio.run(_serve(simulator, ports))
    print("stopped")


def _kind(option: Option) -> dict[str, Any]:
    """Return what argparse is to know of the values of an option."""
    if option.type is bool:
        return {"action": "store_true"}
    known = {"type": option.type, "default": argparse.SUPPRESS, "metavar": option.type.__name__.upper()}
    return {**known, "nargs": "?", "const": 0} if option.has_usual else known


async def _serve(simulator: Simulator, ports: Ports) -> None:
    stopped = _stopped()  # before it says that it answers: it may be stopped then
    async with serve(simulator, ports) as addresses:
        print("\n".join(_introduce(simulator, addresses)), flush=True)
        await stopped.wait()


def _stopped() -> asyncio.Event:
    """Return what SIGTERM sets, by which containers are stopped. Ctrl-C cancels whoever waits for it."""
    stopped = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    return stopped


def _introduce(simulator: Simulator, addresses: Addresses) -> Iterator[str]:
    yield f"Zoom answers at {addresses.base_url} (stop with Ctrl-C)"
    if addresses.tls_url:
        yield f"  with TLS       {addresses.tls_url}"
        yield f"  to trust       SSL_CERT_FILE={addresses.ca_file}"
    if addresses.proxy_url:
        yield f"  as a proxy     HTTPS_PROXY={addresses.proxy_url}"
    yield f"  to look at     {addresses.base_url.removesuffix('v2')}_simulator/"
    yield f"  secret token   {DEFAULT.secret_token}"
    yield f"  account id     {simulator.state.owner.account}"
    yield f"  client id      {DEFAULT.client_id}"
    yield f"  client secret  {DEFAULT.client_secret}"
    yield "For the library and zoom-api:"
    yield f"export {' '.join(_environment(simulator, addresses))}"


def _environment(simulator: Simulator, addresses: Addresses) -> Iterator[str]:
    yield f"ZOOM_BASE_URL={addresses.base_url}"
    yield f"ZOOM_ACCOUNT_ID={simulator.state.owner.account}"
    yield f"ZOOM_CLIENT_ID={DEFAULT.client_id}"
    yield f"ZOOM_CLIENT_SECRET={DEFAULT.client_secret}"


def _prepare(simulator: Simulator, chosen: Options) -> None:
    """Put there what the options name: a state, or else a fixture; and who hears of what happens."""
    if chosen.state and chosen.state.exists():
        _load(simulator, chosen.state)
    elif chosen.fixture:
        simulator.seed(chosen.fixture.read_text(encoding="utf-8"))
    if chosen.webhook and chosen.webhook not in [each.url for each in simulator.events.subscriptions]:
        simulator.events.subscribe(chosen.webhook)


def _load(simulator: Simulator, file: Path) -> None:
    try:
        simulator.load(codec.loads(file.read_bytes()))
    except (ValueError, TypeError) as error:
        raise ValueError(f"{file} is not a state that a simulator wrote: {error}") from None


@contextmanager
def _saved(simulator: Simulator, file: Path) -> Iterator[None]:
    """Write the state to a file at the end. Raises `OSError` for a folder that is not there, before it begins."""
    if not file.parent.is_dir():
        raise OSError(f"the folder of {file} is not there")
    try:
        yield
    finally:
        try:
            files.replace(file, codec.dumps(simulator.dump()), mode=files.SECRET)
        except OSError as error:
            raise OSError(f"the state is not written to {file}, which is as it was: {error}") from error
