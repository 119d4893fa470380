import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query_language import MAX_DEPTH, MAX_LENGTH, MAX_SLOP, MAX_WORDS, parse, parse_plain, storable
from search.tree import All, Node, Phrase
from tests.search.query_notation import top

ANYTHING = st.text(
    st.characters(codec=None, exclude_categories=())
    | st.sampled_from("\"“”«»'()+-*?؟~:.…،\u200f\x00")
    | st.sampled_from("اأونليسك2021 "),
    max_size=200,
)
_FIELDS = ("وزير:", "دولة:", "عنوان:", "من:", "إلى:", "تاريخ:", "source:")
_OPERATORS = ("و", "أو", "ليس", "وليس", "AND", "OR", "NOT")
_WORDS = ("كيري", "روما", "2021", "28", "حزيران", " ", " ", " ", " ", " ")
SIGNS = st.lists(
    st.sampled_from((*_FIELDS, *_OPERATORS, *_WORDS, *'"«»“()+-*?~،:\u200f', "..", '"~3', "»~٢١")),
    max_size=40,
).map("".join)


def tree(query: str) -> str:
    return top(parse(query).root)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("بلينكن روما", "بلينكن روما"),
        ('"هذا الوضع"', "«هذا الوضع»"),
        ("“هذا الوضع”", "«هذا الوضع»"),
        ("”هذا الوضع“", "«هذا الوضع»"),  # the wrong way round, as the press has it
        ("“هذا الوضع“", "«هذا الوضع»"),
        ('“هذا الوضع"', "«هذا الوضع»"),  # mixed
        ("«هذا الوضع»", "«هذا الوضع»"),
        ("»هذا الوضع«", "«هذا الوضع»"),
        ("„هذا الوضع“", "«هذا الوضع»"),
        ("‹هذا الوضع›", "«هذا الوضع»"),
        ("＂هذا الوضع＂", "«هذا الوضع»"),
        ("‘هذا الوضع’", "«هذا الوضع»"),
        ("'هذا الوضع'", "«هذا الوضع»"),
        ('«هذا الوضع"', "«هذا الوضع»"),  # a keyboard without »
        ('""هذا الوضع""', "«هذا الوضع»"),  # doubled, as spreadsheets write them
        ('" هذا الوضع "', "«هذا الوضع»"),
        ("«قال “هذا” الوضع» روما", "«قال هذا الوضع» روما"),  # a quotation in a quotation
        ('روما "هذا الوضع" 2021', "روما «هذا الوضع» 2021"),
        ('"داعش"', "«داعش»"),  # as it is spelled
        ('"روما أو -واشنطن*"', "«روما او واشنطن»"),  # nothing inside is an operator
        ('"هذا الوضع', "هذا الوضع"),  # no partner
        ("Côte d’Ivoire l'Europe", "Côte d Ivoire l Europe"),  # apostrophes
        ('""', ""),
        ("!!! …", ""),
        ("", ""),
    ],
)
def test_words_and_phrases(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("+روما -داعش", "+روما -داعش"),
        ("＋روما －داعش −واشنطن ‐بروكسل", "+روما -داعش -واشنطن -بروكسل"),
        ('-"هذا الوضع" +"في روما"', "-«هذا الوضع» «في روما»"),  # a phrase is never let go anyway
        ("-دولة:تركيا", "-country=تركيا"),
        ("-(كيري أو بلينكن)", "-{كيري | بلينكن}"),
        ("-(كيري بلينكن)", "-{كيري & بلينكن}"),
        ("+(كيري بلينكن)", "+كيري +بلينكن"),
        ("-تحال*", "-تحال*"),
        ("(-كيري)", "-كيري"),
        ("كوفيد-19", "كوفيد 19"),  # a dash inside a word
        ("+كوفيد-19", "+كوفيد +19"),
        ("-كوفيد-19", "-«كوفيد 19»"),  # what is excluded in one piece stands side by side
        ("روما - واشنطن", "روما واشنطن"),  # a dash between spaces
        ("روما -", "روما"),
        ("روما- واشنطن", "روما واشنطن"),
        ("--روما", "روما"),
        ("2021 –بينما —أعلنت", "2021 بينما أعلنت"),  # long dashes are punctuation
        ("\u200f-روما", "-روما"),  # a direction mark, as pasted from a right-to-left page
        ('-"روما', "روما"),  # a sign before a mark without a partner
        ("-(روما", "روما"),
    ],
)
def test_signs(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"كيري" أو "بلينكن"', "{«كيري» | «بلينكن»}"),
        ('"كيري" او "بلينكن"', "{«كيري» | «بلينكن»}"),
        ('"كيري" أَوْ "بلينكن"', "{«كيري» | «بلينكن»}"),
        ('"كيري" OR "بلينكن"', "{«كيري» | «بلينكن»}"),
        ('"كيري" و "بلينكن"', "«كيري» «بلينكن»"),
        ('"كيري" و"بلينكن"', "«كيري» «بلينكن»"),  # Arabic joins it to what follows
        ('"كيري" AND "بلينكن"', "«كيري» «بلينكن»"),
        ('"كيري" ليس "بلينكن"', "«كيري» -«بلينكن»"),
        ('"كيري" وليس "بلينكن"', "«كيري» -«بلينكن»"),
        ('"كيري" و ليس "بلينكن"', "«كيري» -«بلينكن»"),
        ('"كيري" NOT "بلينكن"', "«كيري» -«بلينكن»"),
        ('"كيري" AND NOT "بلينكن"', "«كيري» -«بلينكن»"),
        ('"كيري" أو ليس "بلينكن"', "{«كيري» | -«بلينكن»}"),
        ("دولة:تركيا أو دولة:مصر", "{country=تركيا | country=مصر}"),
        ("(كيري بلينكن) أو (تيلرسون)", "{{كيري & بلينكن} | تيلرسون}"),
        ("تحال* أو +روما", "{تحال* | +روما}"),
        # not, and, or
        ('"ا" أو "ب" و "ج" ليس "د"', "{«ا» | {«ب» & «ج» & -«د»}}"),
        ('"ا" و "ب" أو "ج"', "{{«ا» & «ب»} | «ج»}"),
        ('("ا" أو "ب") و "ج"', "{«ا» | «ب»} «ج»"),
        # neighbours without an operator are all wanted
        ('روما "كيري" أو "بلينكن" داعش', "روما {«كيري» | «بلينكن»} داعش"),
        ('"ا" "ب" أو "ج"', "«ا» {«ب» | «ج»}"),
        # between two explicit terms only
        ("كيري أو بلينكن", "كيري أو بلينكن"),
        ('"كيري" أو بلينكن', "«كيري» أو بلينكن"),
        ('كيري أو "بلينكن"', "كيري أو «بلينكن»"),
        ('أو "كيري" و', "أو «كيري» و"),
        ('ليس "كيري"', "ليس «كيري»"),
        ('NOT "كيري"', "NOT «كيري»"),
        # but nothing else than a field is a field
        ("ليس دولة:تركيا", "-country=تركيا"),
        ("NOT country:تركيا", "-country=تركيا"),
        ("كيري ليس دولة:تركيا", "كيري -country=تركيا"),
        ("كيري AND NOT country:تركيا", "كيري -country=تركيا"),
        ("كيري وليس عنوان:روما بلينكن", "كيري -title[روما] بلينكن"),
        ("كيري أو دولة:تركيا", "كيري أو country=تركيا"),
        ("ليس دولة:تركيا أو دولة:مصر", "{-country=تركيا | country=مصر}"),
        ('"كيري" or "بلينكن" not "روما"', "«كيري» or «بلينكن» not «روما»"),  # capitals only
        ('"كيري" أو أو "بلينكن"', "«كيري» أو أو «بلينكن»"),
        ('"كيري" ليس ليس "بلينكن"', "«كيري» ليس ليس «بلينكن»"),
        ('"كيري" أو، "بلينكن"', "«كيري» أو «بلينكن»"),
        ('"كيري" أو () "بلينكن"', "{«كيري» | «بلينكن»}"),  # an empty parenthesis is nothing
    ],
)
def test_operators(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("(كيري أو بلينكن)", "{كيري | بلينكن}"),
        ("(كيري OR بلينكن) روما", "{كيري | بلينكن} روما"),
        ("(كيري ليس بلينكن)", "{كيري & -بلينكن}"),
        ("（كيري أو بلينكن）", "{كيري | بلينكن}"),
        ("(وزير الخارجية أو بلينكن)", "{{وزير & الخارجية} | بلينكن}"),  # neighbouring words are one term
        ("((كيري أو بلينكن) و روما)", "{{كيري | بلينكن} & روما}"),
        ("تونس (وات) - أعلن", "تونس وات أعلن"),  # a pasted headline
        ('(تونس "وات")', "تونس «وات»"),
        ("(تونس (كيري أو بلينكن))", "تونس {كيري | بلينكن}"),
        ('(روما "كيري" أو "بلينكن")', "{روما & {«كيري» | «بلينكن»}}"),
        ("(أو كيري)", "أو كيري"),
        ("(ليس كيري)", "ليس كيري"),
        ("()", ""),
        ("((( كيري", "كيري"),
        ("1) كيري", "1 كيري"),
        ("(كيري أو بلينكن", "كيري أو بلينكن"),
        (")كيري أو بلينكن(", "كيري أو بلينكن"),
        ("كيري(أو)بلينكن", "كيري أو بلينكن"),
    ],
)
def test_parentheses(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected", "remarks"),
    [
        ("تحال*", "تحال*", 0),
        ("Blin*", "blin*", 0),
        ("تحال＊ تحال٭ تحال**", "تحال* تحال* تحال*", 0),
        ("مؤسس*", "موسس*", 0),  # folded
        ("كوفيد-تحال*", "كوفيد تحال*", 0),
        ("ا* b*", "ا b", 1),
        ("تحال*؟", "تحال*", 0),  # a question about it
        ("تحال*28", "تحال 28", 0),  # two words meet there
        ("* ** كلمة * *", "كلمة", 0),
    ],
)
def test_stars_at_the_end(query: str, expected: str, remarks: int) -> None:
    assert tree(query) == expected
    assert len(parse(query).remarks) == remarks


@pytest.mark.parametrize(
    ("query", "expected", "remarks"),
    [
        ("م*ر", "م*ر", 0),
        ("كل*مة *كلمة *كلم*", "كل*مه *كلمه *كلم*", 0),  # folded
        ("*ستان Bl*ken", "*ستان bl*ken", 0),
        ("بلينك?ن بلينك؟ن بلينك？ن", "بلينك?ن بلينك?ن بلينك?ن", 0),
        ("?لينكن تيل??سون", "?لينكن تيل??سون", 0),
        ("م٭ر م＊ر", "م*ر م*ر", 0),
        ("مُ*ـدّ?ـة", "م*د?ه", 0),  # vowel signs and tatweel count for nothing
        ("تحال?*", "تحال?*", 0),  # at least one more letter
        ("م**ر م*?*ر م?*?ر", "م*ر م?*ر م??*ر", 0),
        ("م*ر؟ م*ر?!", "م*ر م*ر", 0),
        ("بلينكن? بلينكن؟؟؟ ؟ ?", "بلينكن بلينكن", 0),  # questions
        ("م*ر*28", "م*ر 28", 0),
        ("1?3 20*", "1?3 20*", 0),
        ("كوفيد-ت*ف", "كوفيد ت*ف", 0),
        ("*ر", "ر", 1),
        ("?ر ا?", "ر ا", 1),
        ("ء*ر", "ر", 1),  # a bare hamza is folded away
        ("-م*ر +م*ر", "-م*ر م*ر", 0),  # never let go anyway
        ("-*ستان +?لينكن", "-*ستان ?لينكن", 0),
        ("عنوان:م*ر عنوان:*ستان", "title[م*ر] title[*ستان]", 0),
        ("عنوان:(م*ر أو روما)", "title[{م*ر | روما}]", 0),
        ("م*ر أو *ستان", "{م*ر | *ستان}", 0),
        ("(م*ر أو روما)", "{م*ر | روما}", 0),
        ('"م*ر"', "«م ر»", 0),  # nothing inside marks is a sign
        ("قائل:بلين?ن", "speaker=بلين?ن", 0),  # a name
    ],
)
def test_signs_for_letters(query: str, expected: str, remarks: int) -> None:
    assert tree(query) == expected
    assert len(parse(query).remarks) == remarks


def test_a_pattern_that_the_bound_cuts_is_words() -> None:
    query = "كلمة " * (MAX_WORDS - 1)
    assert tree(query + "م*ر").endswith(" م")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"التحالف داعش"~5', "«التحالف داعش»~5"),
        ("«التحالف داعش»~5 روما", "«التحالف داعش»~5 روما"),
        ("“التحالف داعش”~٥", "«التحالف داعش»~5"),
        ("‘التحالف داعش’~۵", "«التحالف داعش»~5"),
        ('"التحالف داعش"～5', "«التحالف داعش»~5"),
        ('"التحالف داعش"~05،', "«التحالف داعش»~5"),
        ('-"التحالف داعش"~5', "-«التحالف داعش»~5"),
        ('عنوان:"التحالف داعش"~5', "title[«التحالف داعش»~5]"),
        ('"ا ب"~2 أو "ج د"~3', "{«ا ب»~2 | «ج د»~3}"),
        ('("ا ب"~2"ج د")', "«ا ب»~2 «ج د»"),
        (f'"ا ب"~{MAX_SLOP}', f"«ا ب»~{MAX_SLOP}"),
        ('"ا ب"~0', "«ا ب»"),
        ('"داعش"~5', "«داعش»"),  # nothing to stand between
        # no sign
        ('"التحالف داعش"~', "«التحالف داعش»"),
        ('"التحالف داعش" ~5', "«التحالف داعش» 5"),
        ('"التحالف داعش"~ 5', "«التحالف داعش» 5"),
        ('"التحالف داعش"~5أيام', "«التحالف داعش» 5 أيام"),
        ('"التحالف داعش~5"', "«التحالف داعش 5»"),
        ("التحالف~5", "التحالف 5"),
        ('قائل:"التحالف داعش"~5', "speaker=التحالف داعش"),  # a name
    ],
)
def test_words_between_the_words_of_a_phrase(query: str, expected: str) -> None:
    assert tree(query) == expected
    assert parse(query).remarks == ()


@pytest.mark.parametrize("number", [str(MAX_SLOP + 1), "٩٩٩", "9" * 900])
def test_more_words_between_than_may_be_are_bounded_and_said_so(number: str) -> None:
    query = f'"ا ب"~{number}'
    assert tree(query) == f"«ا ب»~{MAX_SLOP}"
    with translation.override("en"):
        (remark,) = parse(query).remarks
    assert str(MAX_SLOP) in remark


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("وزير:بلينكن", "minister=بلينكن"),
        ("قائل:بلينكن", "speaker=بلينكن"),
        ("دولة:تركيا", "country=تركيا"),
        ("مصدر:إيلاف", "source=إيلاف"),
        ("اجتماع:روما", "meeting=روما"),
        ("عنوان:روما", "title[روما]"),
        ("minister:a speaker:b country:c source:d meeting:e title:f",
         "minister=a speaker=b country=c source=d meeting=e title[f]"),
        ("Minister:a COUNTRY:c", "minister=a country=c"),
        ("وَزير：بلينكن دوله:تركيا إجتماع:روما", "minister=بلينكن country=تركيا meeting=روما"),
        ("وزير: بلينكن", "minister=بلينكن"),
        ('مصدر:"الشرق الأوسط"', "source=الشرق الأوسط"),
        ("مصدر: «الشرق الأوسط»", "source=الشرق الأوسط"),
        ("دولة:(البوسنة والهرسك)", "country=البوسنة والهرسك"),
        ("دولة:(تركيا أو مصر)", "{country=تركيا | country=مصر}"),
        ('مصدر:("الشرق الأوسط" أو إيلاف)', "{source=الشرق الأوسط | source=إيلاف}"),
        ("قائل:mevlut-cavusoglu،", "speaker=mevlut-cavusoglu"),
        ("عنوان:(روما أو واشنطن)", "title[{روما | واشنطن}]"),
        ("عنوان:(روما 2021)", "title[{روما & 2021}]"),
        ('عنوان:"مؤتمر روما"', "title[«موتمر روما»]"),
        ("عنوان:تحال*", "title[تحال*]"),
        ("عنوان:(دولة:تركيا)", "title[{دولة & تركيا}]"),  # a title has no fields
        # no field
        ("وزير :بلينكن", "وزير بلينكن"),  # a space before the colon
        ("وزير الخارجية: كلمة", "وزير الخارجية كلمة"),
        ("كلمة: بلينكن 10:30", "كلمة بلينكن 10 30"),
        ("وزير:", "وزير"),
        ("وزير: ()", "وزير"),
        ("وزير: دولة:تركيا", "وزير country=تركيا"),
        ("وزير: -بلينكن", "وزير -بلينكن"),
        ("(وزير:) بلينكن", "وزير بلينكن"),
        ("-من:روما", "من روما"),
    ],
)  # fmt: skip
def test_fields(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("من:2017 إلى:2021", "[2017-01-01..] [..2021-12-31]"),
        ("من:2021-06 الى:٢٠٢١/٠٦/٢٨", "[2021-06-01..] [..2021-06-28]"),
        ("from:2017 TO:2021", "[2017-01-01..] [..2021-12-31]"),
        ("تاريخ:2017..2021", "[2017-01-01..2021-12-31]"),
        ("تاريخ:2021..2017", "[2017-01-01..2021-12-31]"),
        ("date:2021 روما", "[2021-01-01..2021-12-31] روما"),
        ('تاريخ:"حزيران 2021"', "[2021-06-01..2021-06-30]"),
        ("تاريخ:حزيران/يونيو 2021 روما", "[2021-06-01..2021-06-30] روما"),
        ("من:نوفمبر (تشرين الثاني) 2014 روما", "[2014-11-01..] روما"),
        ("تاريخ: .. 2021", "[..2021-12-31]"),
        ("تاريخ:(2017 أو 2021)", "{[2017-01-01..2017-12-31] | [2021-01-01..2021-12-31]}"),
        ('-تاريخ:2021 "روما"', "-[2021-01-01..2021-12-31] «روما»"),
        ("من:2021، روما", "[2021-01-01..] روما"),
    ],
)
def test_date_fields(query: str, expected: str) -> None:
    assert tree(query) == expected


@pytest.mark.parametrize(
    ("query", "expected", "quoted"),
    [
        ("من:روما", "من روما", "“روما”"),
        ("من:31/2/2021", "من 31 2 2021", "“31/2/2021”"),
        ("من:10000", "من 10000", "“10000”"),
        ("إلى:0000", "إلى 0000", "“0000”"),
        ("من:2017..2021", "من 2017 2021", "“2017..2021”"),
        ('من:"بعد غد"', "من «بعد غد»", "“بعد غد”"),
        ("من:(روما أو 2021)", "من {روما | 2021}", "“روما”"),
        ("من:حزيران روما", "من حزيران روما", "“حزيران”"),
    ],
)
def test_what_is_no_date_is_words_and_said_so(query: str, expected: str, quoted: str) -> None:
    assert tree(query) == expected
    with translation.override("en"):
        (remark,) = parse(query).remarks
    assert quoted in remark


def test_a_range_written_backwards_is_turned_and_said_so() -> None:
    assert len(parse("تاريخ:2021..2017").remarks) == 1


def test_a_subject_is_remarked_on_once() -> None:
    assert len(parse("من:روما إلى:واشنطن ا* ب*").remarks) == 2


@pytest.mark.parametrize(
    "query",
    ["كلمة " * (MAX_WORDS + 1), "-".join(["كلمة"] * (MAX_WORDS + 1)), "ا" * (MAX_LENGTH + 1)],
)
def test_long_query_is_shortened_and_says_so(query: str) -> None:
    parsed = parse(query)
    assert parsed.shortened
    assert len(parsed.root.children) == min(len(query.replace("-", " ").split()), MAX_WORDS)


def test_long_phrase_keeps_its_first_words() -> None:
    (phrase,) = parse('"' + "كلمة " * (MAX_WORDS + 9) + '"').root.children
    assert isinstance(phrase, Phrase)
    assert len(phrase.terms) == MAX_WORDS


def test_parentheses_around_what_is_cut_still_count() -> None:
    (node,) = parse("(كيري أو " + "روما " * MAX_WORDS + ")").root.children
    assert not isinstance(node, All)


def test_a_word_that_the_bound_cuts_is_left_out() -> None:
    parsed = parse("روما " + "ب" * MAX_LENGTH)
    assert top(parsed.root) == "روما"
    assert parsed.shortened


def test_a_query_within_the_bounds_is_not_shortened() -> None:
    assert not parse("كلمة " * MAX_WORDS).shortened
    assert not parse("ا" * MAX_LENGTH).shortened


def test_parentheses_too_deep_do_not_count_and_say_so() -> None:
    deepest = parse("(" * MAX_DEPTH + "كيري أو بلينكن" + ")" * MAX_DEPTH)
    assert (top(deepest.root), deepest.remarks) == ("{كيري | بلينكن}", ())
    deeper = parse("(" * 300 + "كيري أو بلينكن" + ")" * 300)
    assert top(deeper.root) == "{كيري | بلينكن}"
    assert len(deeper.remarks) == 1


def test_every_word_knows_its_place_in_the_query() -> None:
    query = "عنوان:روما -(داعش أو تحال*)"
    (titled, _excluded) = parse(query).root.children
    word = titled.child  # type: ignore[union-attr]
    assert query[word.term.start : word.term.end] == "روما"


def test_plain_text_has_words_only() -> None:
    parsed = parse_plain('-روما "كيري"~5 OR دولة:تركيا تحال* م?ر (من:2021)')
    assert top(parsed.root) == "روما كيري 5 OR دولة تركيا تحال م ر من 2021"
    assert not parsed.shortened
    assert parse_plain("كلمة " * (MAX_WORDS + 1)).shortened


def height(node: Node) -> int:
    children = getattr(node, "children", None) or [child for child in [getattr(node, "child", None)] if child]
    return 1 + max(map(height, children), default=0)


@given(ANYTHING | SIGNS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_query(query: str) -> None:
    parsed = parse(query)
    assert height(parsed.root) <= 4 * MAX_DEPTH
    assert len(parsed.remarks) <= 5
    assert all(parsed.remarks)


@given(ANYTHING | SIGNS)
@settings(max_examples=200, deadline=None)
def test_any_text_is_plain_text(query: str) -> None:
    assert len(parse_plain(query).root.children) <= MAX_WORDS


def test_what_no_database_takes_becomes_space() -> None:
    assert storable("a\ud800b\x00c") == "a b c"
