"""From the arguments of a method or an operation to the options of a command."""
