"""The help page: the rules of the query language, each with examples that can be run.

What every example finds and misses is a test (``tests/search/test_help.py``), over the articles in
``fixtures/seeds``.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.query_language import MAX_DEPTH, MAX_LENGTH, MAX_WORDS, SHORTEST_PREFIX

_Sentence = str | Promise


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it ``finds`` and, if it is there to show it, what it ``misses``.

    ``english`` is the same question as the English page asks it, where that differs.
    """

    query: str
    finds: _Sentence
    misses: _Sentence = ""
    english: str = ""
    exact: bool = False

    @property
    def written(self) -> str:
        """The query in the language of the page."""
        return self.english if self.english and get_language() == "en" else self.query

    @property
    def address(self) -> str:
        parameters = {"q": self.written} | ({"exact": "1"} if self.exact else {})
        return f"{reverse('search')}?{urlencode(parameters)}"


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    label: _Sentence
    sentences: tuple[_Sentence, ...]
    examples: tuple[Example, ...]


RULES = (
    Rule(
        "words",
        _("Plain words"),
        (
            _(
                "Every word must stand in the article, in any order. If no article has them all, those with "
                "the most come, and the page says which words it left out."
            ),
            _(
                "Spelling does not get in the way: hamza, final ya, ta marbuta, vowel signs and tatweel "
                "count for nothing, and eastern digits equal western ones."
            ),
        ),
        (
            Example(
                "بلينكن روما", _("articles with both"), _("those with one of the two only"), "Blinken Rome"
            ),
            Example("القاره ٤٣٦", _("«القارة» and «436» as well")),
            Example("شكري", _("Shoukry, the minister"), _("«وشكر», which only looks like it")),
        ),
    ),
    Rule(
        "names",
        _("Names"),
        (
            _(
                "A minister's name finds every spelling that the press uses for it, in Latin letters too. A "
                "title alone means whoever held the office when the article appeared, and a year also the "
                "articles of that year."
            ),
        ),
        (
            Example("بلينكين", _("«بلينكن» as well, and the other way round")),
            Example("Tillerson", _("«تيلرسون»")),
            Example(
                "وزير الخارجية الأميركي 2017",
                _("the minister of that year"),
                _("articles of another year"),
            ),
            Example("Rome 2021", _("«روما», around that meeting")),
            Example("حزيران 2022", _("«يونيو» and «جوان» as well")),
        ),
    ),
    Rule(
        "phrases",
        _("A phrase"),
        (
            _(
                "Words between quotation marks of any kind must stand side by side and in this order. Inside "
                "them no sign means anything."
            ),
            _(
                "The sign ~ and a number right after the closing mark let as many other words stand between "
                "them in all, at most twenty, within a paragraph."
            ),
        ),
        (
            Example("«هذا الوضع ببساطة»", _("these three words, side by side")),
            Example(
                "“ببساطة الوضع هذا”",
                _("these words in this order alone (in no article)"),
                _("the same words in another order"),
            ),
            Example('"هذا ببساطة"~1', _("«هذا الوضع ببساطة»: one word between the two")),
            Example(
                "«تحرير الأراضي»~٢",
                _("«تحرير جميع الأراضي» as well"),
                _("the two words farther apart"),
                '"تحرير الأراضي"~2',
            ),
        ),
    ),
    Rule(
        "signs",
        _("With and without"),
        (
            _(
                "A plus sign before a word: it is never left out. A minus sign: articles without it. Either "
                "stands right before its word, phrase, field or parenthesis."
            ),
        ),
        (
            Example("داعش -بلينكن", _("articles on Daesh without Blinken"), english="Daesh -Blinken"),
            Example(
                "+تيلرسون روما",
                _("Tillerson, with Rome or without"),
                _("Rome without Tillerson"),
                "+Tillerson Rome",
            ),
            Example("فرانس-برس", _("both words: a dash inside a word excludes nothing")),
        ),
    ),
    Rule(
        "operators",
        _("And, or, not"),
        (
            _(
                "Between two phrases, fields or parentheses, “و” or AND wants both, “أو” or OR one of them, "
                "“ليس” or NOT the first without the second; the English ones in capitals. “ليس” binds "
                "closest, then “و”, then “أو”."
            ),
            _("Before a field “ليس” and NOT exclude by themselves too."),
            _("Anywhere else they are words like any other."),
        ),
        (
            Example('"تيلرسون" أو "شكري"', _("either of them"), english='"Tillerson" OR "Shoukry"'),
            Example(
                '"داعش" ليس "بلينكن"',
                _("the first without the second"),
                _("articles with both"),
                '"Daesh" NOT "Blinken"',
            ),
            Example(
                "داعش ليس قائل:بلينكن",
                _("articles on Daesh that do not quote Blinken"),
                _("those that do"),
                "Daesh NOT speaker:Blinken",
            ),
            Example(
                "بلينكن أو روما",
                _("«أو» without marks is a word: articles with both"),
                _("those with one of the two only"),
            ),
        ),
    ),
    Rule(
        "parentheses",
        _("Parentheses"),
        (
            _(
                "Parentheses keep together what belongs together; in them operators join words without "
                "marks. Parentheses around plain words mean nothing."
            ),
        ),
        (
            Example(
                "(تيلرسون أو بلينكن) بروكسل",
                _("Brussels with either of them"),
                _("either of them without Brussels"),
                "(Tillerson OR Blinken) بروكسل",
            ),
            Example(
                "داعش -(روما أو تيلرسون)", _("Daesh without either"), english="Daesh -(Rome OR Tillerson)"
            ),
        ),
    ),
    Rule(
        "prefixes",
        _("Beginnings"),
        (_("A star after two letters or more stands for any ending."),),
        (
            Example("ستولت*", _("Stoltenberg, however it ends")),
            Example("إفريق*", _("«إفريقيا», «أفريقيا»")),
            Example("رسون*", _("words that begin so (in no article)"), _("«تيلرسون»")),
        ),
    ),
    Rule(
        "patterns",
        _("Missing letters"),
        (
            _(
                "Elsewhere in a word of two letters or more a star stands for any letters or none, and a "
                "question mark for one letter. At the end of a word a question mark only asks."
            ),
        ),
        (
            Example("*رسون", _("words that end so: «تيلرسون», «بيدرسون»")),
            Example("بل*ن", _("«بلينكن» and «بلينكين»")),
            Example("بلين?ن", _("«بلينكن»"), _("«بلينكين», which has a letter more")),
        ),
    ),
    Rule(
        "fields",
        _("Fields"),
        (
            _(
                "A name and a colon, without a space before it, look in one place. A value of several words "
                "stands between quotation marks, several values in parentheses."
            ),
        ),
        (
            Example("وزير:بلينكن", _("articles that quote or name the minister"), english="minister:Blinken"),
            Example("قائل:تيلرسون", _("articles that quote him"), english="speaker:Tillerson"),
            Example(
                "قائل:ستولتنبرغ", _("articles that quote him (there is none)"), _("one that names him only")
            ),
            Example("دولة:تركيا", _("about the country, or mentioning it"), english="country:Turkey"),
            Example("دولة:(النيجر أو مصر)", _("either country"), english="country:(Niger OR Egypt)"),
            Example("مصدر:إيلاف", _("published by the outlet"), english="source:Elaph"),
            Example('اجتماع:"روما 2021"', _("on the meeting"), english='meeting:"Rome 2021"'),
            Example(
                "عنوان:روما",
                _("with the word in the title"),
                _("with the word in the text only"),
                "title:روما",
            ),
        ),
    ),
    Rule(
        "dates",
        _("Dates"),
        (
            _(
                "“من:” or from: begins with a day, “إلى:” or to: ends with one, “تاريخ:” or date: takes a "
                "month, a year or a range. Digits of any kind, months by any of their names; the day before "
                "the month, the year with four digits. Undated articles are left out, and counted."
            ),
        ),
        (
            Example(
                "داعش من:6/2021", _("since June 2021"), _("what was published before"), "Daesh from:2021-06"
            ),
            Example("من:1/3/2021 إلى:٢٧/٦/٢٠٢١", _("between two days"), english="from:1/3/2021 to:27/6/2021"),
            Example("تاريخ:2017..2020", _("between two years"), english="date:2017..2020"),
            Example("تاريخ:آذار/مارس 2021", _("one month"), english="date:March 2021"),
            Example("داعش من:روما", _("three words: Rome is not a date")),
        ),
    ),
    Rule(
        "exact",
        _("Exact match"),
        (_("With this box ticked, words are found only as they are spelled."),),
        (Example("بلينكين", _("the name in this spelling"), _("«بلينكن»"), exact=True),),
    ),
    Rule(
        "matches",
        _("How a result matched"),
        (
            _(
                "Under each result stands the loosest match that one of your words needed. “Matched as "
                "spelled”: as you wrote it, vowel signs and tatweel apart. “In another spelling”: a hamza, a "
                "last letter or the kind of digits differs. “In another form”: with another beginning or "
                "ending. “Under another name”: another name of the same person, place or month. “By the "
                "nearest spelling”: no article has the word, and this is the nearest to it."
            ),
        ),
        (
            Example("القارة", _("as spelled")),
            Example("القاره", _("in another spelling")),
            Example("قارتنا", _("in another form")),
        ),
    ),
)


def search_help(request: HttpRequest) -> HttpResponse:
    bounds = {"words": MAX_WORDS, "characters": MAX_LENGTH, "depth": MAX_DEPTH, "letters": SHORTEST_PREFIX}
    return render(request, "search/help.html", {"rules": RULES, "bounds": bounds})
