"""An extraction small enough to reason about, for tests of what is done with its results.

It reads lines: ``# headline``, ``outlet: name``, ``date: ISO``, ``meeting: key``, ``-- furniture``; any
other line is a paragraph, in which ``قال NAME: «words»`` is a quotation and a word of ``COUNTRIES`` a
country. A name after ``من`` is known by that key; «مصدر» is unnamed; words that end in ؟ are unsure.
"""

import re
from datetime import date
from types import SimpleNamespace

from django.contrib.auth import get_user_model

from archive.extraction.facts import (
    Attribution,
    Cue,
    Dateline,
    Evidence,
    Extraction,
    FoundCountry,
    FoundEvent,
    FoundOutlet,
    FoundQuotation,
    FoundSpeaker,
    Furniture,
    Headline,
    Mention,
    Paragraph,
    Span,
)
from archive.importing.loader import read_file, store_file
from archive.importing.registry import Registry
from archive.models import Article, Country, Meeting, Speaker

TEXT = """# عنوان المقالة
outlet: صحيفة الاختبار
date: 2021-06-28
meeting: rome-2021
-- الرئيسية
قال أنتوني بلينكن: «هذا الوضع ببساطة لا يمكن الدفاع عنه» في إيطاليا.
وفي إيطاليا أيضا، قال جون سميث: «التحالف مستمر في عمله حتى النهاية» ثم زار تركيا.
"""

CORRECTED_TEXT = """# عنوان المقالة
outlet: صحيفة الاختبار
date: 2021-06-28
قال أنتوني بلينكن: «هذا الوضع ببساطة لا يمكن الدفاع عنه» في إيطاليا.
ثم قال جون سميث: «هل التحالف مستمر في عمله حتى النهاية؟» وزار تركيا.
"""

COUNTRIES = {"إيطاليا": "IT", "تركيا": "TR", "أطلانطس": "XX"}
QUOTATION = re.compile(r"(قال|كتب) ([^:«»]+): «([^»]+)»")
KNOWN = {"أنتوني بلينكن": "blinken", "بلينكن": "blinken"}


def extract(text, knowledge=None):
    lines = {kind: [] for kind in ("#", "outlet:", "date:", "meeting:", "--", "")}
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        kind = next((kind for kind in lines if kind and body.startswith(kind)), "")
        if body:
            words = body[len(kind) :].strip()
            begin = start + line.index(words)
            lines[kind].append(Span(words, begin, begin + len(words)))
        start += len(line)
    quotations, speakers = _quotations(lines[""])
    dated, outlets, events = lines["date:"], lines["outlet:"], lines["meeting:"]
    return Extraction(
        headline=next((Headline(s.text, s.start, s.end, "explicit") for s in lines["#"]), None),
        deck=None,
        standfirst=None,
        sections=(),
        body=tuple(Paragraph(s.start, s.end, number) for number, s in enumerate(lines[""])),
        furniture=tuple(Furniture(s.start, s.end, "nav") for s in lines["--"]),
        dateline=Dateline(
            None,
            None,
            date.fromisoformat(dated[0].text) if dated else None,
            "explicit" if dated else "none",
            0.9 if dated else 0.0,
            tuple(dated[:1]),
        ),
        outlet=FoundOutlet(outlets[0].text, None, outlets[0], 0.8) if outlets else None,
        cited_sources=(),
        event=FoundEvent("ministerial", events[0].text, None, None, None, 0.9, (events[0],))
        if events
        else None,
        speakers=tuple(speakers),
        quotations=tuple(quotations),
        scare_quotes=(),
        countries=tuple(_countries(lines[""])),
        organisations=(),
        diagnostics=(),
    )


def _quotations(paragraphs):
    quotations, speakers, last = [], {}, None
    for number, paragraph in enumerate(paragraphs):
        for match in QUOTATION.finditer(paragraph.text):
            verb, name, words = match.groups()
            start, surface = paragraph.start + match.start(3), paragraph.start + match.start(2)
            kind = "anonymous" if name == "مصدر" else "person"
            mention = Mention(name, surface, surface + len(name), "full")
            speakers.setdefault(
                name,
                FoundSpeaker(name, KNOWN.get(name), kind, name, "", "", None, None, (mention,), (name,)),
            )
            cue = Cue(verb, verb, paragraph.start + match.start(1), paragraph.start + match.end(1))
            unsure = words.endswith("؟")
            quotations.append(
                FoundQuotation(
                    id=f"q{len(quotations)}",
                    kind="indirect" if verb == "كتب" else "direct",
                    form="full",
                    text=words,
                    start=start,
                    end=start + len(words),
                    cue=cue,
                    attribution=Attribution(
                        name, Span(name, surface, surface + len(name)), "named", 0.4 if unsure else 0.95
                    ),
                    parent=None,
                    continues=last,
                    via=(),
                    paragraph=number,
                    needs_review=unsure,
                    reasons=("unsure",) if unsure else (),
                )
            )
            last = quotations[-1].id
    return quotations, speakers.values()


def _countries(paragraphs):
    for name, code in COUNTRIES.items():
        proofs = tuple(
            Evidence(name, paragraph.start + match.start(), paragraph.start + match.end(), "name")
            for paragraph in paragraphs
            for match in re.finditer(name, paragraph.text)
        )
        if proofs:
            yield FoundCountry(code, "primary" if len(proofs) > 1 else "mentioned", proofs)


def make_world(monkeypatch):
    """Two countries, a meeting and a speaker; the importer then uses this extraction."""
    monkeypatch.setattr("archive.importing.loader.extract", extract)
    monkeypatch.setattr("archive.corrections.withdrawing.extract", extract)
    day = date(2021, 6, 28)
    meeting = Meeting.objects.create(
        key="rome-2021",
        kind="ministerial",
        name_ar="اجتماع روما",
        short_name_ar="روما 2021",
        starts_on=day,
        ends_on=day,
    )
    return SimpleNamespace(
        italy=Country.objects.create(code="IT", name_ar="إيطاليا", name_en="Italy"),
        turkey=Country.objects.create(code="TR", name_ar="تركيا", name_en="Turkey"),
        meeting=meeting,
        blinken=Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن"),
    )


def load_text(folder, content, name="a.txt", registry=None):
    """Write a file (text in UTF-8, bytes as they are) and import it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_path(path, registry)


def load_path(path, registry=None):
    """Import one file."""
    file = read_file(path=path, knowledge=None)
    return store_file(file=file, knowledge=None, registry=registry or Registry())


def make_article(monkeypatch, folder):
    """An imported article, the rows that its corrections may name, and a curator."""
    world = make_world(monkeypatch)
    article = load_text(folder, CORRECTED_TEXT).article
    world.article = article
    world.smith = Speaker.objects.get(name_ar="جون سميث")
    world.curator = get_user_model().objects.create(username="curator")
    world.stored = lambda: Article.objects.get(pk=article.pk)
    world.origin = lambda field: article.origins.get(field=field)
    return world
