"""Files in, articles out: reading, deriving the canonical text, storing it with its facts, reporting."""
