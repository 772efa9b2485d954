"""The operations of ai-companion, a module each."""
