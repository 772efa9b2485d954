"""The client at work, without an account: `python -m zoom_api_client.cli.tour`.

An embedded Zoom answers on loopback from the contract, and judges every request by it. All actions and triggers of the
list of modules run in its order, then one operation of every other product: blocking first, then the same awaited.
"""
