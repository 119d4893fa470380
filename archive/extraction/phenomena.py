"""Short texts, each with one phenomenon of Arabic press style, and what must be found in it.

A case is an object with ``text``, ``quotes`` (``kind``, ``text``, ``speaker``; the speaker ``joint`` is one
group that stands for two), ``not_quotes`` and, where they are judged, ``speaker_iso``, ``cluster`` (how many
speakers there are), ``date``, ``place``, ``outlet``, ``headline``, ``countries``, ``not_countries``. What a
case does not list is not judged.
"""

from collections.abc import Mapping
from typing import Any

from archive.extraction.scoring import LOOSE, agreement, alike

Case = Mapping[str, Any]
Document = Mapping[str, Any]


def phenomenon_problems(case: Case, printed: Document) -> list[str]:
    """What the printed extraction of the case's text lacks or has too much; empty if it is right."""
    direct = [quote["text"] for quote in printed["quotes"] if quote["kind"] == "direct"]
    return [
        *_quotation_problems(case, printed),
        *_fact_problems(case, printed),
        *(f"quoted {text}" for text in case.get("not_quotes", ()) if text in direct),
    ]


def _quotation_problems(case: Case, printed: Document) -> list[str]:
    found = []
    speakers = {speaker["id"]: speaker for speaker in printed["speakers"]}
    for wanted in case["quotes"]:
        start = case["text"].index(wanted["text"])
        place = {"start": start, "end": start + len(wanted["text"])}
        same_kind = [quote for quote in printed["quotes"] if quote["kind"] == wanted["kind"]]
        best = max(same_kind, key=lambda quote: agreement(quote, place), default=None)
        if best is None or agreement(best, place) < LOOSE:
            found.append(f"missed {wanted['text']}")
            continue
        speaker = speakers.get(best["speaker"]["id"])
        if wanted["speaker"] == "joint":
            right = speaker is not None and speaker["type"] == "group"
        else:
            names = [speaker["name_ar"], *speaker["variants"]] if speaker else []
            right = any(alike(name, wanted["speaker"]) for name in names)
        if not right:
            found.append(f"speaker {best['speaker']['name_ar']} for {wanted['speaker']}")
        if case.get("speaker_iso") and (speaker is None or speaker["country"] != case["speaker_iso"]):
            found.append(f"speaker's country {speaker and speaker['country']}")
    if "cluster" in case and len({quote["speaker"]["id"] for quote in printed["quotes"]}) != case["cluster"]:
        found.append("one speaker taken for several")
    return found


def _fact_problems(case: Case, printed: Document) -> list[str]:
    facts = {
        "date": printed["dateline"]["date"],
        "place": printed["dateline"]["place"],
        "outlet": printed["outlet"] and printed["outlet"]["name"],
        "headline": printed["headline"] and printed["headline"]["text"],
    }
    found = [f"{key} {value}" for key, value in facts.items() if key in case and case[key] != value]
    countries = {item["iso2"] for item in printed["countries"] if item["salience"] != "incidental"}
    found += [f"no {code}" for code in case.get("countries", []) if code not in countries]
    return found + [f"wrongly {code}" for code in case.get("not_countries", []) if code in countries]
