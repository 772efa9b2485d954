"""The asynchronous half of the client, from which the blocking half, `_sync`, is derived."""
