"""What is kept: the tables of the archive, one subject a module."""

from archive.models.articles import Article, ArticleCountry, FieldOrigin, Original, Revision
from archive.models.changes import Change
from archive.models.corrections import Correction
from archive.models.figures import Figure
from archive.models.imports import ImportedFile, ImportRun
from archive.models.lexicon import DatedEvent, LexiconEntry, ReferenceRecord
from archive.models.meetings import Meeting, MeetingVariant
from archive.models.places import Country
from archive.models.quotations import Quotation
from archive.models.sources import Source, SourceVariant
from archive.models.speakers import NameVariant, Speaker, TermOfOffice
from archive.models.stamps import Stamp
from archive.models.statements import Statement

__all__ = [
    "Article",
    "ArticleCountry",
    "Change",
    "Correction",
    "Country",
    "DatedEvent",
    "FieldOrigin",
    "Figure",
    "ImportRun",
    "ImportedFile",
    "LexiconEntry",
    "Meeting",
    "MeetingVariant",
    "NameVariant",
    "Original",
    "Quotation",
    "ReferenceRecord",
    "Revision",
    "Source",
    "SourceVariant",
    "Speaker",
    "Stamp",
    "Statement",
    "TermOfOffice",
]
