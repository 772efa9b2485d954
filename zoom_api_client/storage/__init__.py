"""Storage keeps state in files, SQLite and Redis: for tokens, quotas, rate limits and the inbox alike."""
