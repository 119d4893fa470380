"""The curated data that ships with the project, and how it enters a database that curators edit."""

from archive.reference.files import ReferenceDataError
from archive.reference.merging import Counts, load_reference

__all__ = ["Counts", "ReferenceDataError", "load_reference"]
