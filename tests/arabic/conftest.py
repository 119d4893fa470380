"""The word list as it is shipped."""

import gzip
from pathlib import Path

from archive.arabic.word_list import read_word_list

LIST = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "words.txt.gz"
COUNTS = read_word_list(gzip.decompress(LIST.read_bytes()).decode())
