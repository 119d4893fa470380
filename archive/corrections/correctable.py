"""What can be corrected, in the order in which corrections are applied."""

# A corrected title wins over the one that its headline gives.
FIELDS = (
    "headline",
    "title",
    "source",
    "published_on",
    "date_precision",
    "dateline_place",
    "meeting",
    "url",
    "language",
)
QUOTATION_FIELDS = ("speaker", "kind", "review", "alone")
# The columns of a quotation that each of them sets beside its review.
SET_BY = {
    "speaker": (
        "speaker_id",
        "term_id",
        "resolution",
        "confidence",
        "reasons",
        "surface_start",
        "surface_end",
    ),
    "kind": ("kind",),
    "review": (),
    "alone": ("alone",),
}
JUDGED_COLUMNS = ("review", *(name for names in SET_BY.values() for name in names))
