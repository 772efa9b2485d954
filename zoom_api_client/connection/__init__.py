"""Ways to a token: which app asks, for whom, and where its tokens are kept. Give one to `Zoom` or `AsyncZoom`.

    from zoom_api_client.connection import ServerToServer

    connection = ServerToServer(account_id, client_id, client_secret)

Methods that ask Zoom block. In an event loop: `await asyncio.to_thread(connection.exchange, code)`, or
`anyio.to_thread.run_sync`.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.connection.base import Connection, Options
    from zoom_api_client.connection.device import DeviceCode, DeviceFlow
    from zoom_api_client.connection.environment import from_env
    from zoom_api_client.connection.oauth import Chatbot, ServerToServer
    from zoom_api_client.connection.static import BareToken, VideoSDK
    from zoom_api_client.connection.stores.base import MemoryStore
    from zoom_api_client.connection.stores.file import FileStore
    from zoom_api_client.connection.stores.store import Store
    from zoom_api_client.connection.token import Token
    from zoom_api_client.connection.user_oauth import UserOAuth
    from zoom_api_client.errors import AuthorizationFailed, ConsentNeeded

_HOMES = {
    "AuthorizationFailed": "oauth_errors",
    "BareToken": "static",
    "Chatbot": "oauth",
    "Connection": "base",
    "ConsentNeeded": "oauth_errors",
    "DeviceCode": "device",
    "DeviceFlow": "device",
    "FileStore": "stores.file",
    "MemoryStore": "stores.base",
    "Options": "base",
    "ServerToServer": "oauth",
    "Store": "stores.store",
    "Token": "token",
    "UserOAuth": "user_oauth",
    "VideoSDK": "static",
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
    __getattr__, __dir__ = lazy.names(__name__, _HOMES)
