"""Closed classes of small words, folded: prepositions, relatives, subordinators, negations.

Source: any grammar of modern standard Arabic; nouns used as prepositions in the press (خلال، عقب) are
listed with them.
"""

from archive.arabic.normalize import fold


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, folded: how this package writes its lists."""
    return frozenset(map(fold, text.split()))


PREPOSITIONS = word_set(
    "في من إلى على عن مع بين لدى لدن خلال أثناء بعد قبل قبيل عبر ضد أمام حول بشأن عقب فور عند ضمن "
    "وسط نحو تجاه حيال إزاء بمناسبة ردا تعليقا حسب بحسب وفق ل ب ك"
)
# Nouns that put the name after them into another's role: the one met, the one accompanied.
COMPANY = word_set(
    "لقاء لقائه لقائها لقائهما برفقة بحضور بمشاركة برئاسة بقيادة اجتماع اجتماعه اجتماعها مباحثات "
    "محادثات زيارة"
)
RELATIVES = word_set("الذي التي الذين اللذان اللذين اللتان اللتين والذي والتي والذين")
# Pronouns that stand for somebody named before, forms of address with a pronoun among them.
RESUMPTIVES = word_set(
    "فيه فيها فيهم له لها به بها خلاله خلالها عليه عليها "
    "سموه سموها معاليه معاليها سعادته سعادتها فخامته جلالته دولته"
)
SUBORDINATORS = word_set("فيما بينما كما حين لكن حيث إذ")
NEGATIONS = word_set("لم لن لا كي لكي حتى أن ما ألا سوف قبل بعدما منذ ريثما بأن")
AUXILIARIES = word_set("كان وكان كانت وكانت كما وقد فقد قد لكن فيما بينما أن أما")
# Words before the comma or the verb of a sentence that only pass the turn on (من جهته، بدوره).
TURNS = word_set(
    "بدوره بدورها بدورهم جهته جهتها جهتهم جانبه جانبها جانبهم ناحيته ناحيتها ناحيتهم المقابل السياق"
)
# Verbs of action that open a news sentence before their subject.
ACTIONS = word_set(
    "ترأس افتتح شارك حضر وصل غادر التقى اجتمع بحث أجرى عقد زار تلقى استقبل ناقش استعرض ألقى دعا "
    "طالب حث رحب أشاد شكر وقع أصدر بدأ يشارك مثل ترأست افتتحت شاركت حضرت وصلت غادرت التقت اجتمعت "
    "بحثت أجرت عقدت زارت تلقت استقبلت ناقشت استعرضت ألقت دعت طالبت حثت رحبت أشادت شكرت وقعت أصدرت "
    "بدأت مثلت"
)
