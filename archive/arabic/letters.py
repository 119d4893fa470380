"""The tables of letters, marks and digits that everything else in this package reads.

Sources: The Unicode Standard 15.0, chapter 9.2 (Arabic) and the Arabic, Arabic Supplement, Arabic
Extended-A and Presentation Forms code charts.
"""

import unicodedata

TATWEEL = "\u0640"

# Vowel signs, Quranic annotation and combining hamza or madda: they change no letter's identity.
MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
)
COMBINING = "\u0300-\u036f" + MARKS

# Direction controls and joiners: invisible, and never a boundary between words.
INVISIBLE = "\u00ad\u034f\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"

# Letters of the Arabic script, presentation forms included (text pasted from old PDF files).
ARABIC = (
    "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)

# One letter written in several ways, folded for matching only: hamza seats, the two forms of final
# ya, ta marbuta, and the Persian, Urdu and Kurdish letters that keyboards and PDF files put in the
# place of Arabic ones. A bare hamza is dropped (شيء = شئ is joined by the seat's own row).
FOLDED_LETTERS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ٲ": "ا",
    "ٳ": "ا",
    "ى": "ي",
    "ئ": "ي",
    "ی": "ي",
    "ې": "ي",
    "ێ": "ي",
    "ے": "ي",
    "ؤ": "و",
    "ۆ": "و",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ۃ": "ه",
    "ء": "",
    "ٴ": "",
    "ک": "ك",
    "ڪ": "ك",
    "گ": "غ",
    "ڤ": "ف",
    "پ": "ب",
    "چ": "ج",
    "ژ": "ز",
}

# Signs of the presentation blocks that Unicode gives no decomposition for.
UNDECOMPOSED_FORMS = {
    "\ufd3e": "(",
    "\ufd3f": ")",
    "\ufdfd": "بسم الله الرحمن الرحيم",
    "\ufe73": "",  # the tail of a seen or sad, drawn apart by old fonts
    "\ufeff": "",
}


def is_presentation_form(character: str) -> bool:
    """Whether the character stands in the two presentation blocks (U+FB50-FDFF, U+FE70-FEFF)."""
    return "\ufb50" <= character <= "\ufdff" or "\ufe70" <= character <= "\ufeff"


def plain_digit(character: str) -> str:
    """The western digit of a decimal digit of any script; any other character unchanged."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character
