"""`python -m zoom_api_client.testing`: serve an embedded Zoom until interrupted, and print what it is asked."""

from __future__ import annotations

import argparse

from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.server import EmbeddedZoom


class _Speaking(Responder):
    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        answer = super().answer(request)
        print(self.exchanges.pop(), flush=True)
        return answer


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m zoom_api_client.testing", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; any free one by default")
    parser.add_argument("--seed", type=int, default=0, help="other seeds give other data")
    parser.add_argument("--lenient", action="store_true", help="take what Zoom ignores: unknown names, and null")
    chosen = parser.parse_args(arguments)
    zoom = EmbeddedZoom(_Speaking(seed=chosen.seed, lenient=chosen.lenient), port=chosen.port)
    print(f"Zoom answers at {zoom.base_url} (stop with Ctrl-C)", flush=True)
    try:
        zoom.serve()
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()
