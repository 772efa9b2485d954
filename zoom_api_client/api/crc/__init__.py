"""The operations of crc, a module each."""
