"""A Zoom that remembers: what is created in it is listed, read, changed, counted and deleted.

    simulator = Simulator()
    simulator.seed("users: [{email: jane@example.com, meetings: [{topic: Standup}]}]")
    simulator.clock.advance(3600)

    with serve_in_thread(simulator) as served:  # over HTTP, for programs of any language
        print(served.base_url)

Importing this loads nothing: each name is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.testing.simulator.asgi import app
    from zoom_api_client.testing.simulator.authorization.apps import App
    from zoom_api_client.testing.simulator.clock import Clock
    from zoom_api_client.testing.simulator.serving import Addresses, Ports, serve, serve_in_thread
    from zoom_api_client.testing.simulator.simulator import Simulator

__all__ = ["Addresses", "App", "Clock", "Ports", "Simulator", "app", "serve", "serve_in_thread"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            "Addresses": "serving",
            "App": "authorization.apps",
            "Clock": "clock",
            "Ports": "serving",
            "Simulator": "simulator",
            "app": "asgi",
            "serve": "serving",
            "serve_in_thread": "serving",
        },
    )
