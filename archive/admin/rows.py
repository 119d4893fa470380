"""The rows of a related table on the page of what they belong to."""

from archive.admin.access import ReadOnly


class CompactRows:
    """For a tabular inline: no caption above each row, and no empty rows below."""

    classes = ("without-captions",)
    extra = 0

    class Media:
        css = {"all": ("css/admin.css",)}


class ReadOnlyRows(ReadOnly, CompactRows):
    """For a tabular inline whose rows are only read."""

    can_delete = False
