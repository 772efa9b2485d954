"""The operations of video-sdk, a module each."""
