"""All checks of the curators' tables."""

from collections.abc import Iterable, Mapping
from itertools import chain

from archive.extraction.knowledge import Knowledge
from archive.extraction.vocabulary import build_vocabulary
from archive.reference.findings import SEVERITIES, Finding, Known, without_known
from archive.reference.lexicon_checks import check_lexicon
from archive.reference.meeting_checks import check_meetings
from archive.reference.name_checks import check_countries, check_names, check_outlets
from archive.reference.term_checks import check_terms


def check_knowledge(
    knowledge: Knowledge,
    *,
    precision: Mapping[str, str],
    categories: Iterable[str],
    known: Iterable[Known] = (),
) -> list[Finding]:
    """Everything that is wrong or doubtful in the tables and not ``known``, the gravest first.

    ``precision`` says by a term's key how exactly its dates are known; ``categories`` are the lexicon's.
    """
    vocabulary = build_vocabulary(knowledge)
    findings = chain(
        check_terms(knowledge.people, precision, vocabulary),
        check_names(knowledge.people, vocabulary),
        check_countries(knowledge.countries),
        check_outlets(knowledge.outlets),
        check_meetings(knowledge.meetings),
        check_lexicon(knowledge, frozenset(categories)),
    )
    return sorted(
        without_known(findings, known),
        key=lambda finding: (SEVERITIES.index(finding.severity), finding.check, finding.rows),
    )
