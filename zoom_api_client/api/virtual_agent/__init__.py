"""The operations of virtual-agent, a module each."""
