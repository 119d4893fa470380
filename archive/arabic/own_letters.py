"""Words whose first or last letters look like an affix and are their own, where no word list shows it.

Folded words (``archive.arabic.normalize.fold``), compared when the suffixes are gone. What takes an
article, a preposition or an ending is shown by the list itself (``archive.arabic.word_list``) and has no
place here: names that take none, numerals, and plurals whose ending no other ending follows.
"""


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The letters ال (or وال، بال، كال، فال) belong to the word: الله, بالتيمور, فالنسيا.
OWN_ARTICLE = _table("الله الان الياس اليوت اليزابيث بالتيمور بالستي باليست فالكون فالنسي فاليري كالح والتز")

# The last letters ان، ون، ين belong to the word: نيسان, مليون, عشرين, ملايين.
OWN_ENDING = _table(
    """
    نيسان حزيران شعبان كانون تشرين مليون بليون تريليون ملايين عشرين ثلاثين اربعين خمسين سبعين ثمانين تسعين
    ميادين قوانين موازين براهين عناوين بساتين دواوين شياطين سلاطين مساكين برلين هارون تلفون تليفون
    زيتون صابون مسكين تدخين تسكين تقنين تلحين تلوين تضمين تمكين تدشين تدوين تهاون طيران طغيان غفران عرفان
    برهان بركان مضمون شيون
    """
)
