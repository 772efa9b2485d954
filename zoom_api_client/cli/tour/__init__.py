"""The client at work, without an account: `python -m zoom_api_client.cli.tour`.

A simulated Zoom answers on loopback, judges every request by the contract, and remembers: what is created is seen
again. All actions and triggers of the list of modules run in its order, then one operation of every other product:
blocking first, then the same awaited.
"""
