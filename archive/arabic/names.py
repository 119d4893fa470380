"""What holds a personal name together, and the words at which it ends.

Folded words only. The lists are general knowledge of names in the Arabic press: Arabic chains of
ancestors (بن، أبو، آل) and the particles of transcribed European, Turkish and Asian names.
"""

import re

from archive.arabic.clitics import ARTICLE, CONJUNCTIONS, readings
from archive.arabic.given_names import GIVEN_NAMES
from archive.arabic.particles import COMPANY, word_set

# Forms of address with a pronoun: they stand for somebody named before.
ADDRESSED = word_set(
    "سموه سموها معاليه معاليها سعادته سعادتها فخامته فخامتها جلالته جلالتها دولته دولتها سيادته سيادتها "
    "سماحته فضيلته غبطته قداسته نيافته حضرته"
)

# A particle takes the next word with it and is never the end of a name.
PARTICLES = word_set(
    "بن ابن بنت أبو أبي أبا أم آل عبد ولد بو ذو سيف نور دي دو دا ديل دل دير دن دين فان فون لا لو "
    "ماك سان سانت أوف تير تن الـ"
) | {"ال"}

# Words that are not part of a name and often follow one.
ENDINGS = (
    word_set(
        "في من إلى على عن مع بعد قبل خلال أثناء عقب لدى أمام بين عبر ضمن ضد حول بشأن وسط منذ حتى عند "
        "تحت فوق نحو لكن أن إن أنه إنه أنها إنها أنهم إنهم بأن بأنه لأن كان كانت قد لقد سوف لم لن لا "
        "ليس ما هو هي هم هذا هذه ذلك تلك الذي التي الذين اللذان اللذين حيث إذ كما فيما بينما عندما حين "
        "حينما لدن ثم أو أم بل كل بعض غير اليوم أمس غدا مساء صباح ظهر فجر يوم الاثنين الثلاثاء "
        "الأربعاء الخميس الجمعة السبت الأحد الإثنين اجتماع الاجتماع اجتماعا مؤتمر المؤتمر مؤتمرا جلسة "
        "الجلسة كلمة الكلمة بيان البيان تصريح تصريحات التصريحات خطاب لقاء اللقاء مباحثات محادثات زيارة "
        "جولة رسالة رسائل تغريدة مقابلة حوار وفد الوفد أعمال فعاليات قوله قولها قولهم تأكيده تأكيدها "
        "أهمية ضرورة دعم الدعم استمرار التزام التزامه التزامها حرص حرصه موقف المواقف جهود الجهود دور "
        "الدور وزير وزيرة وزراء الوزير الوزيرة نظيره نظيرته نظيرها رئيس الرئيس رئيسة نائب المتحدث "
        "المبعوث السفير سفير عددا عدد عدة مجموعة سلسلة ضرورة أهمية مرارا أيضا كذلك مجددا سابقا لاحقا "
        "حاليا رسميا شخصيا هاتفيا بدوره بدورها ضيفا مشاركة المشاركة رئاسة ورشة تعليقا ردا وذلك وهو وهي "
        "فقال فقد وقد طلب طلبت رفض رفضت عدم "
        "ترأس افتتح شارك حضر وصل غادر التقى اجتمع بحث أجرى عقد زار تلقى استقبل ناقش "
        "استعرض ألقى ترأست افتتحت شاركت وصلت التقت اجتمعت بحثت أجرت عقدت زارت تلقت استقبلت ناقشت "
        "استعرضت ألقت دعا دعت طالب طالبت حث حثت رحب رحبت أشاد أشادت شكر شكرت وقع وقعت أصدر أصدرت بدأ "
        "بدأت سيشارك يشارك تشارك يترأس سيترأس يزور سيزور يصل سيصل يعقد يبحث الجديد الجديدة السابق "
        "السابقة الراحل بدون دون عبارة حسبما وفيما مزاعم أنباء تقارير هناك هنا نحن أنا أنتم الآن بما مما "
        "عما فيما ربما كلما طالما أي أية شكره شكرها امتنانه أمله أملها أسفه قلقه قلقها ثقته ثقتها رغبته "
        "استعداده اسمه اسمها هويته هويتها اسمهم هويتهم فيه فيها به بها له لها لهم عليه عليها عنه عنها "
        "عنهم إليه إليها منه منها معه معها مضيفا مؤكدا قائلا قائلة لذلك لكنه لكنها لكنهم سوى وإن وأن وفق "
        "وفقا حسب بحسب نقلا قيام رحيل مقتل اغتيال اعتقال الأسبق ذاته ذاتها نفسه نفسها نفسهم أنفسهم المقبل "
        "المقبلة الماضي الماضية آنذاك "
    )
    | ADDRESSED
    | COMPANY
)

# After these a name goes on, whatever else the next word means (عبد الله بن سلطان).
_ANCESTRY = word_set("بن ابن بنت أبو آل")
_LONGEST = 6
_LONGEST_PLAIN = 4


_TANWIN = "\u064b"
# A participle in the accusative says how something was said (مبتسما، ساخرا).
_MANNER = re.compile(r"م[^اوي]\w{2,}ا|\wا\w{2}ا")
# استعجل، استنكرت: a verb of the tenth form; تمديد, تقليص: a noun of the second.
_DERIVED = re.compile(r"است[^اوي]\w{2}ت?|ت[^اوي][^اوي]ي[^اوي]")


def is_ordinary(key: str, text: str) -> bool:
    """Whether a word's form shows that it is no name: سريعاً، مبتسما، لموقعنا."""
    if _TANWIN in text or key in ADDRESSED:
        return True
    if key[:1] in "لب" and len(key) > 5 and key.endswith(("ها", "هم", "نا")):
        return True
    return bool(_MANNER.fullmatch(key) or (_DERIVED.fullmatch(key) and key not in GIVEN_NAMES))


_DAYS = word_set("اليوم أمس الغد السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة")


def _ends(keys: list[str], index: int) -> bool:
    """Whether a word ends the name before it; صباح is a name unless a day follows, and أم ليث one."""
    if index == 0 and keys[0] in PARTICLES:
        return len(keys) < 2 or keys[1] in ENDINGS
    if keys[index] == "صباح" and index + 1 < len(keys) and keys[index + 1] not in _DAYS:
        return False
    return keys[index] in ENDINGS


def name_length(keys: list[str], breaks: frozenset[str] = frozenset()) -> int:
    """How many of ``keys`` (the folded words after a title, up to the next punctuation) are a name.

    ``breaks`` are further words at which a name ends (reporting verbs, titles). A name has at most four
    plain words; particles are not counted. A word with a joined preposition and article (للصحافيين)
    ends it, and a trailing particle is given back.
    """
    used = plain = 0
    for index, key in enumerate(keys[: _LONGEST + 2]):
        descends = index > 0 and keys[index - 1] in _ANCESTRY
        ends = _ends(keys, index) or (key in breaks and not descends)
        if ends or (not key[:1].isalpha() and index == 0):
            break
        if key.isdecimal() or plain >= _LONGEST_PLAIN or used >= _LONGEST:
            break
        if index and any(
            proclitics and word.startswith(ARTICLE) and len(word) > 4 for proclitics, word in readings(key)
        ):
            break
        if index and any(word in breaks for before, word in readings(key)[1:] if before in CONJUNCTIONS):
            break
        used += 1
        if key not in PARTICLES and not (index and keys[index - 1] in PARTICLES):
            plain += 1
    while used and keys[used - 1] in PARTICLES:
        used -= 1
    return used
