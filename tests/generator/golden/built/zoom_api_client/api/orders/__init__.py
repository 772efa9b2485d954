"""The operations of orders, a module each."""
