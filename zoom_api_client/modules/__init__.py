"""The named modules, thin: which operation a method is, and what the operation cannot say."""
