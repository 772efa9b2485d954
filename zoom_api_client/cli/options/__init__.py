"""Turns the arguments of a method or an operation into the options of a command."""
