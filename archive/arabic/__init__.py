"""The Arabic language as the archive needs it: pure functions over text, standard library only."""
