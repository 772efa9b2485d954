"""The commands, a module for each command of the tree; each has `command`."""
