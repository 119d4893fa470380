"""Text in, facts out: pure, without Django and without I/O. What it knows comes in as ``Knowledge``."""
