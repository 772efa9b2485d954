"""Redis servers of the tests' own, and a host name that leads from one to another."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Self

import pytest


@contextmanager
def redis_server(place: Path, *options: str) -> Iterator[int]:
    """Start a redis-server on a free loopback port, and kill it in the end."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("there is no redis-server on this machine (apt-get install redis-server)")
    port = _free_port()
    place.mkdir()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(place), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.kill()


@contextmanager
def encrypted_redis(place: Path, **certificate: Any) -> Iterator[tuple[int, Path]]:
    """Start a redis-server that speaks TLS alone; yields its port, and the file of the authority it is trusted by."""
    import trustme

    authority, place = trustme.CA(), place.absolute()
    place.mkdir()
    key, trusted = place / "key.pem", place / "authority.pem"
    authority.issue_cert("127.0.0.1", **certificate).private_key_and_cert_chain_pem.write_to_path(str(key))
    authority.cert_pem.write_to_path(str(trusted))
    files = ("--tls-cert-file", str(key), "--tls-key-file", str(key), "--tls-ca-cert-file", str(trusted))
    port = _free_port()
    with redis_server(place / "data", "--tls-port", str(port), "--tls-auth-clients", "no", *files):
        yield port, trusted


@contextmanager
def watched_redis(place: Path) -> Iterator[tuple[str, int]]:
    """Start a primary, its replica and a Sentinel; yields the URL, and the port of the primary."""
    place.mkdir()
    with redis_server(place / "replica") as replica, redis_server(place / "primary") as primary:
        _ask(replica, "REPLICAOF", "127.0.0.1", primary)
        while _ask(replica, "INFO", "replication")["master_link_status"] != "up":
            time.sleep(0.05)
        port, settings = _free_port(), place / "sentinel.conf"
        settings.write_text(
            f"port {port}\nbind 127.0.0.1\ndir {place}\nsentinel monitor mymaster 127.0.0.1 {primary} 1\n"
            "sentinel down-after-milliseconds mymaster 500\nsentinel failover-timeout mymaster 2000\n"
        )
        with subprocess.Popen(["redis-server", str(settings), "--sentinel"], stdout=subprocess.DEVNULL) as sentinel:
            try:
                wait_for(port)
                while _ask(port, "INFO", "sentinel")["master0"]["slaves"] != 1:
                    time.sleep(0.05)
                yield f"redis+sentinel://127.0.0.1:1,127.0.0.1:{port}/mymaster/0", primary
            finally:
                sentinel.kill()


def _ask(port: int, *command: object) -> Any:
    import redis

    with redis.Redis(port=port) as client:
        return client.execute_command(*command)


class MortalRedis:
    """A Redis that has every change on its disk, and is killed and started anew where it was."""

    def __init__(self, place: Path) -> None:
        self._place, self._port = place, _free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        if shutil.which("redis-server") is None:
            pytest.skip("there is no redis-server on this machine (apt-get install redis-server)")
        place.mkdir()

    def start(self) -> None:
        """Start it, with what is on the disk."""
        where = ("--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(self._place))
        command = ["redis-server", *where, "--save", "", "--appendonly", "yes", "--appendfsync", "always"]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self._port)

    def kill(self) -> None:
        """Kill it."""
        self._server.kill()
        self._server.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _free_port() -> int:
    while True:  # a node of a cluster listens 10,000 ports above its own too
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        if port < 55_000:
            return port


def wait_for(port: int) -> None:
    """Wait until a server listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("redis-server did not start within 10 s")


class Forwarder:
    """Leads connections to a port, as a name does: connections that are open stay where they are."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for one, other in ((client, server), (server, client)):
                Thread(target=_copy, args=(one, other), daemon=True).start()


def _copy(one: socket.socket, other: socket.socket) -> None:
    try:
        while part := one.recv(65536):
            other.sendall(part)
    except OSError:
        pass
    for each in (one, other):
        each.close()
