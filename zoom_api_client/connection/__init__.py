"""Ways to a token: which app asks, for whom, and where its tokens are kept. Give one to `Zoom` or `AsyncZoom`.

    from zoom_api_client.connection import ServerToServer

    connection = ServerToServer(account_id, client_id, client_secret)

A method that asks Zoom has a twin for event loops, its name with an `a` before: `exchange` and `aexchange`.
"""

from typing import TYPE_CHECKING

from zoom_api_client import _lazy

if TYPE_CHECKING:
    from zoom_api_client.connection.base import Connection, Options
    from zoom_api_client.connection.device import DeviceCode, DeviceFlow
    from zoom_api_client.connection.environment import from_env
    from zoom_api_client.connection.file_store import FileStore
    from zoom_api_client.connection.fixed import BareToken, VideoSDK
    from zoom_api_client.connection.oauth import Chatbot, ServerToServer
    from zoom_api_client.connection.stores import MemoryStore, Store
    from zoom_api_client.connection.token import Token
    from zoom_api_client.connection.user import UserOAuth
    from zoom_api_client.errors import AuthorizationFailed, ConsentNeeded

_HOMES = {
    "AuthorizationFailed": "refusals",
    "BareToken": "fixed",
    "Chatbot": "oauth",
    "Connection": "base",
    "ConsentNeeded": "refusals",
    "DeviceCode": "device",
    "DeviceFlow": "device",
    "FileStore": "file_store",
    "MemoryStore": "stores",
    "Options": "base",
    "ServerToServer": "oauth",
    "Store": "stores",
    "Token": "token",
    "UserOAuth": "user",
    "VideoSDK": "fixed",
    "from_env": "environment",
}
__all__ = [
    "AuthorizationFailed",
    "BareToken",
    "Chatbot",
    "Connection",
    "ConsentNeeded",
    "DeviceCode",
    "DeviceFlow",
    "FileStore",
    "MemoryStore",
    "Options",
    "ServerToServer",
    "Store",
    "Token",
    "UserOAuth",
    "VideoSDK",
    "from_env",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = _lazy.names(__name__, _HOMES)
