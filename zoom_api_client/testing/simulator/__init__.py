"""A Zoom that remembers: what is created in it is listed, read, changed, counted and deleted.

    simulator = Simulator()
    simulator.seed("users: [{email: jane@example.com, meetings: [{topic: Standup}]}]")
    simulator.clock.advance(3600)

Importing this loads nothing: each name is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.testing.simulator.clock import Clock
    from zoom_api_client.testing.simulator.simulator import Simulator

__all__ = ["Clock", "Simulator"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(__name__, {"Clock": "clock", "Simulator": "simulator"})
