"""The operations of scheduler, a module each."""
