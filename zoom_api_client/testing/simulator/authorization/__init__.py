"""Authorization as Zoom enforces it: apps, grants, consent, tokens that expire, and who may call what."""

from zoom_api_client.testing.simulator.authorization.apps import App, Apps
from zoom_api_client.testing.simulator.authorization.authorization import Authorization
from zoom_api_client.testing.simulator.authorization.tokens import Grant

__all__ = ["App", "Apps", "Authorization", "Grant"]
