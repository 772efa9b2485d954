"""Where state is kept: SQLite files and Redis, for tokens, quotas, rate limits and the inbox alike."""
