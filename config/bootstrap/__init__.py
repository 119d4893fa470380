"""From a fresh clone to a running archive: what the Makefile calls.

Runs on the system's Python with the standard library only, since it makes the environment that
everything else runs in. Its sentences are in English and Arabic because no catalog is compiled yet.
"""
