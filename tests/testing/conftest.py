collect_ignore = ["stranger"]  # a project of its own, which test_stranger.py runs where it is a stranger
