"""Spellings of one word that no stem joins.

A row names a stem (what ``LightStemmer`` leaves of a folded word) and the stem that stands for it.
Foreign names that reached the Arabic press by two roads, and the two schools of writing a hamza.
"""

SPELLINGS = {
    "اميرك": "امريك",  # أميركا، الأميركي (Levant) = أمريكا، الأمريكي
    "انكلتر": "انجلتر",  # إنكلترا = إنجلترا = إنغلترا
    "انغلتر": "انجلتر",
    "انكليز": "انجليز",
    "انغليز": "انجليز",
    "جوجل": "غوغل",
    "قوقل": "غوغل",
    "كوكل": "غوغل",
    "انترنيت": "انترنت",
    "تليفزيون": "تلفزيون",
    "تليفون": "تلفون",
    "دمقراط": "ديمقراط",
    "ديموقراط": "ديمقراط",
    "دمقرط": "ديمقراط",
    "مسيول": "مسوول",  # مسئول = مسؤول
    "شيون": "شوون",  # شئون = شؤون
    "استرال": "اوسترال",  # أستراليا = أوستراليا
    "يوغوسلاف": "يوغسلاف",
    "هولاند": "هولند",
    "بروكسيل": "بروكسل",
    "ملش": "ميليش",  # ملشيات = مليشيات = ميليشيات
    "مليش": "ميليش",
}


def joined_spelling(stem: str) -> str:
    """The stem that stands for every spelling of ``stem``; ``stem`` itself when it has one spelling."""
    return SPELLINGS.get(stem, stem)
