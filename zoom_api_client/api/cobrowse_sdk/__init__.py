"""The operations of cobrowse-sdk, a module each."""
