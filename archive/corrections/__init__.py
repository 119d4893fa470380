"""What curators correct: written once, kept through every import and every re-extraction.

A correction is a row of its own beside the value that it sets, tied to the quotation's row where it is
of a quotation; an anchor (the words and their surroundings) finds the quotation again when that row is
gone. ``making`` writes corrections, ``reapplying`` sets their values again after the importer has
written new text or new facts, ``withdrawing`` takes them back. What cannot be placed any more is in
conflict, never dropped. Each function is one transaction.
"""

from archive.corrections.correctable import FIELDS, QUOTATION_FIELDS
from archive.corrections.making import correct_country, correct_fields, correct_quotation
from archive.corrections.reapplying import reapply_corrections
from archive.corrections.withdrawing import withdraw_correction

__all__ = [
    "FIELDS",
    "QUOTATION_FIELDS",
    "correct_country",
    "correct_fields",
    "correct_quotation",
    "reapply_corrections",
    "withdraw_correction",
]
