"""The operations of tasks, a module each."""
