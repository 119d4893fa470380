import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.arabic.normalize import fold
from archive.arabic.own_letters import OWN_ARTICLE, OWN_ENDING
from archive.arabic.protected import ORDINARY, protected_words
from archive.arabic.stem import ARTICLES, SUFFIXES, LightStemmer
from tests.arabic.conftest import COUNTS

NAMES = (
    "سامح شكري",
    "ريكس تيلرسون",
    "أنتوني بلينكن",
    "مصطفى الكاظمي",
    "محمد بن سلمان",
    "جون كيري",
    "علي السوداني",
)
STEMMER = LightStemmer(protected=protected_words(NAMES, nationalities=("السودان", "سوداني")), counts=COUNTS)
# What the list alone does, when no name is known.
NAMELESS = LightStemmer(counts=COUNTS)


def stem(word: str) -> str:
    return STEMMER.stem(fold(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        # the article and what is joined before it
        ("التحالف", "تحالف"),
        ("للتحالف", "تحالف"),
        ("والتحالف", "تحالف"),
        ("فالتحالف", "تحالف"),
        ("بالتحالف", "تحالف"),
        ("كالتحالف", "تحالف"),
        ("وبالتحالف", "تحالف"),
        ("فبالتحالف", "تحالف"),
        ("وكالتحالف", "تحالف"),
        ("وللتحالف", "تحالف"),
        ("فللتحالف", "تحالف"),
        # after لل the ل may be the word's own
        ("للبنان", "لبنان"),
        ("واللبنانيين", "لبنان"),
        ("للجنة", "لجن"),
        ("للندن", "لندن"),
        ("للدول", "دول"),
        ("للحق", "حق"),
        # الألسنة and الألغاز leave the article of السنة and الغاز
        ("السنة", "سن"),
        ("الغاز", "غاز"),
        ("الألوان", "الوان"),
        # و ف before attested words
        ("وأكد", "اكد"),
        ("وقتل", "قتل"),
        ("وشكر", "شكر"),
        ("فقال", "قال"),
        # and و, no other letter, before a word that no list has
        ("وزنجباريون", "زنجبار"),
        ("فزنجباريون", "فزنجبار"),
        ("بزنجباريين", "بزنجبار"),
        # ب ك ل and their pairs before attested words only
        ("بروما", "روم"),
        ("لسوريا", "سور"),
        ("ولإيطاليا", "ايطال"),
        ("وبسوريا", "سور"),
        ("كوزير", "وزير"),
        ("بسبب", "سبب"),
        # the future س before ي ت ن
        ("سيعقد", "يعقد"),
        ("وسيكون", "يكون"),
        ("سنواصل", "نواصل"),
        ("سيناء", "سين"),
        ("سيارة", "سيار"),
        ("سياسة", "سياس"),
        # pronouns after attested words; ت before them is ة
        ("مجلسهم", "مجلس"),
        ("وتصريحاتهما", "تصريح"),
        ("بلدانكم", "بلد"),
        ("مواقفنا", "مواقف"),
        ("وزارتها", "وزار"),
        ("مدينتهم", "مدين"),
        ("حياته", "حيا"),
        ("بيته", "بيت"),  # no بية
        ("المساهم", "مساهم"),
        ("مساهم", "مساهم"),  # not مسا + هم: there is المساهم
        ("محاكم", "محاكم"),
        ("فرنسا", "فرنس"),
        # suffixes, one after the other
        ("بلدها", "بلد"),
        ("انتخابات", "انتخاب"),
        ("عراقيون", "عراق"),
        ("مقاتلين", "مقاتل"),
        ("إرهابية", "ارهاب"),
        ("دولة", "دول"),
        ("دولي", "دول"),
        ("قائماً", "قايم"),
        ("تصريحاته", "تصريح"),
    ],
)
def test_rule(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    "words",
    [
        ("سوريا", "سورية", "السوري", "السورية", "السوريين", "وسوريا", "لسوريا"),
        ("أمريكا", "أميركا", "الأمريكي", "الأميركي", "الامريكية", "أميركيين"),
        ("ألمانيا", "المانيا", "الألماني", "وألمانيا", "للألمان"),  # ال is the word's own
        ("إيطاليا", "ايطاليا", "الإيطالي", "إيطالية"),
        ("القارة", "القاره", "قارة"),
        ("بُلدان", "بلدان", "البلد"),
        ("التزام", "الالتزام", "والتزام", "التزامات"),
        ("لبنان", "لبناني", "اللبنانية", "ولبنان"),
        ("قانون", "القانون", "قانونية"),
        ("وزير", "الوزير", "للوزير", "ووزير", "ووزيره", "وبوزير"),
        ("وكالة", "الوكالة", "للوكالات", "وكالتها"),
        ("والد", "والدي", "الوالد", "ووالده"),  # not the article before دي
        ("كاليفورنيا", "بكاليفورنيا", "وكاليفورنيا"),
        ("التحالف", "للتحالف", "والتحالف", "تحالفهم", "وبالتحالف"),
        ("الدولة", "دولته", "ودولتهم", "بدولتنا", "دولتها"),
        ("يقول", "سيقول", "وسيقول"),
        ("الكاظمي", "كاظمي", "للكاظمي", "والكاظمي"),
        ("مسؤول", "مسئول", "المسؤولين", "المسئولون"),
        ("السودان", "سوداني", "السوداني", "السودانية"),  # a surname that is a nationality is stemmed
    ],
)
def test_forms_of_one_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("word", "unlike"),
    [
        ("شكري", "وشكر"),  # a surname is not «and he thanked»
        ("شكري", "شكرا"),
        ("لبنان", "لبن"),  # the country is not milk
        ("وزير", "زير"),  # و is the word's own
        ("المانيا", "ماني"),
        ("والدة", "دين"),
        ("بحرين", "بحر"),
        ("رومانيا", "روما"),
        ("تأمين", "تام"),
        ("كيري", "كير"),
    ],
)
def test_different_words_have_different_stems(word: str, unlike: str) -> None:
    assert stem(word) != stem(unlike)


@pytest.mark.parametrize("particle", ["", "و", "ب", "ل", "ك", "ف", "ول", "وب"])
@pytest.mark.parametrize(
    "word",
    [
        "وزير",
        "واشنطن",
        "وكالة",
        "فلسطين",
        "فريق",
        "فرنسا",
        "باريس",
        "بغداد",
        "بيروت",
        "كندا",
        "كتاب",
        "كرواتيا",
        "لبنان",
        "لندن",
        "ليبيا",
        "ألمانيا",
        "بلينكن",
        "كيري",
    ],
)
def test_first_letter_that_looks_like_a_particle_stays(word: str, particle: str) -> None:
    assert stem(particle + word) == stem(word)
    assert stem(word)[0] == fold(word)[0]


@pytest.mark.parametrize("word", ["وزير", "واشنطن", "بلينكن", "كيري", "لبنان", "فلسطين", "باريس", "بوريل"])
def test_first_letter_stays_when_no_name_is_known(word: str) -> None:
    assert NAMELESS.stem(fold(word))[0] == fold(word)[0]


@pytest.mark.parametrize(
    ("word", "expected"), [("كيري", "كير"), ("بيري", "بير")]
)  # يرى takes the future س: a verb, and no ب or ك stands before a verb
def test_no_preposition_before_a_verb(word: str, expected: str) -> None:
    assert NAMELESS.stem(word) == expected


@pytest.mark.parametrize("word", ["والله", "بالله"])
def test_name_of_god_is_not_the_article_before_a_pronoun(word: str) -> None:
    assert NAMELESS.stem(word) == NAMELESS.stem("الله") != NAMELESS.stem("له")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("شكري", "شكري"),
        ("تيلرسون", "تيلرسون"),  # ون stays
        ("وبلينكن", "بلينكن"),
        ("لبلينكن", "بلينكن"),
        ("ولبلينكن", "بلينكن"),
        ("وشكري", "شكري"),
        ("سلمان", "سلمان"),
        ("للكاظمي", "كاظمي"),
    ],
)
def test_words_of_names_are_never_stemmed(word: str, name: str) -> None:
    assert stem(word) == name
    assert STEMMER.is_protected(fold(word))


def test_short_name_is_not_recognised_behind_a_preposition() -> None:
    stemmer = LightStemmer(protected={"بن"})
    assert stemmer.stem("لبن") == "لبن"


def test_titles_and_nationalities_inside_names_are_not_protected() -> None:
    protected = protected_words(("الملك عبدالله الثاني", "محمد شياع السوداني"), nationalities=("سوداني",))
    assert protected == {"عبدالله", "محمد", "شياع"}
    assert fold("الملك") in ORDINARY


@pytest.mark.parametrize("word", ["436", "blinken", "nato", "é", "привет"])
def test_words_of_other_scripts_stay(word: str) -> None:
    assert STEMMER.stem(word) == word


@pytest.mark.parametrize("table", [OWN_ARTICLE, OWN_ENDING])
def test_tables_hold_folded_words(table: frozenset[str]) -> None:
    assert all(fold(word) == word for word in table)


def test_longer_article_groups_come_before_shorter_ones_that_they_end_with() -> None:
    seen: list[str] = []
    for affix in ARTICLES:
        assert not any(affix.letters.startswith(earlier) for earlier in seen)
        seen.append(affix.letters)


@settings(max_examples=50)
@given(st.text(st.sampled_from("ابتوفلكسينهم"), min_size=1, max_size=12))
def test_stem_is_never_empty_nor_longer(word: str) -> None:
    assert 0 < len(STEMMER.stem(word)) <= len(word)


@settings(max_examples=50)
@given(st.text(st.sampled_from("ابتوفلكسينهم"), min_size=1, max_size=12))
def test_no_suffix_is_left_that_a_rule_would_cut(word: str) -> None:
    rest = NAMELESS.without_suffixes(word)
    assert NAMELESS.without_suffixes(rest) == rest
    assert rest.endswith(("ان", "ون", "ين")) or not any(
        rest.endswith(suffix) and len(rest) - len(suffix) >= left for suffix, left in SUFFIXES
    )
