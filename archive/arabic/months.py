"""Month names of the Gregorian calendar in the families that the Arabic press uses, those of the Islamic
calendar, and weekdays.

Families: the Levant and Iraq (كانون الثاني), Egypt, the Gulf and Sudan (يناير), Tunisia and Algeria
(جانفي), Morocco and Mauritania (غشت، شتنبر). Names are written as printed and compared folded.
"""

from archive.arabic.normalize import match_key

_MONTHS = {
    1: ("كانون الثاني", "كانون ثاني", "يناير", "جانفي"),
    2: ("شباط", "فبراير", "فيفري"),
    3: ("آذار", "مارس"),
    4: ("نيسان", "أبريل", "إبريل", "أفريل"),
    5: ("أيار", "مايو", "ماي"),
    6: ("حزيران", "يونيو", "يونيه", "جوان"),
    7: ("تموز", "يوليو", "يوليه", "جويلية", "يوليوز"),
    8: ("آب", "أغسطس", "أوت", "غشت"),
    9: ("أيلول", "سبتمبر", "شتنبر"),
    10: ("تشرين الأول", "تشرين أول", "أكتوبر"),
    11: ("تشرين الثاني", "تشرين ثاني", "نوفمبر", "نونبر"),
    12: ("كانون الأول", "كانون أول", "ديسمبر", "دجنبر"),
}
# Names that are also ordinary words or people: a month only beside a day or a year.
AMBIGUOUS = frozenset({"ماي", "مارس", "مايو", "اب", "اوت", "جوان"})
# Of these, the ones that are something else in most texts, even in those that name the month otherwise:
# Theresa May, «father», «sheltered» (آوت), Juan. Written alone, مارس and مايو are mostly the months.
RARELY_MONTHS = frozenset({"ماي", "اب", "اوت", "جوان"})

# Monday is 0, as in datetime.date.weekday().
_WEEKDAYS = {
    0: ("الاثنين", "الإثنين"),
    1: ("الثلاثاء", "الثلثاء"),
    2: ("الأربعاء", "الاربعا"),
    3: ("الخميس",),
    4: ("الجمعة",),
    5: ("السبت",),
    6: ("الأحد",),
}

_HIJRI = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الثاني",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "جمادى الثانية",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذي القعدة",
    "ذو الحجة",
    "ذي الحجة",
)

MONTHS: dict[str, int] = {match_key(name): number for number, names in _MONTHS.items() for name in names}
WEEKDAYS: dict[str, int] = {match_key(name): number for number, names in _WEEKDAYS.items() for name in names}
HIJRI_MONTHS = frozenset(match_key(name) for name in _HIJRI)
