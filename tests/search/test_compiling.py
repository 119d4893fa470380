from whoosh.query import Phrase, Term

from search.compiling import ALIAS_WEIGHT, MAX_PHRASES, Alias, compile_tree, word_runs
from search.query_language import parse


def compiled(query: str, *, aliases=(), stop_words=()):
    root = parse(query).root
    runs = list(word_runs(root))
    return compile_tree(root, aliases={runs[0]: list(aliases)} if runs else {}, stop_words=set(stop_words))


def test_word_is_looked_for_in_three_layers() -> None:
    (clause,) = compiled("للتحالف")
    assert [(way.fieldname, way.text, way.boost) for way in clause.ways] == [
        ("stem", "تحالف", 1.0),
        ("surface", "للتحالف", 0.4),
        ("title", "تحالف", 0.5),
    ]


def test_phrase_is_looked_for_as_it_is_spelled() -> None:
    (clause,) = compiled("«للتحالف الدوليّ»")
    assert clause.ways == [Phrase("surface", ["للتحالف", "الدولي"])]
    assert clause.required


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    assert [clause.label for clause in compiled("في روما", stop_words={"في"})] == ["روما"]
    assert [clause.label for clause in compiled("في", stop_words={"في"})] == ["في"]
    assert [clause.label for clause in compiled("في «من روما»", stop_words={"في", "من"})] == ["«من روما»"]


def test_repeated_word_is_one_clause() -> None:
    assert len(compiled("روما روما رُوما")) == 1


def test_other_spellings_stand_beside_a_word_on_the_surface_alone() -> None:
    clause, _other = compiled("بلينكن روما", aliases=[Alias(0, 1, (("بلينكين",),))])
    others = [way for way in clause.ways if way.boost == ALIAS_WEIGHT]
    assert Term("surface", "بلينكين", boost=ALIAS_WEIGHT) in others
    assert Term("surface", "وبلينكين", boost=ALIAS_WEIGHT) in others
    assert {way.fieldname for way in others} == {"surface"}


def test_short_spelling_takes_only_the_conjunction() -> None:
    (clause,) = compiled("ماس", aliases=[Alias(0, 1, (("هاس",),))])
    assert [way.text for way in clause.ways if way.boost == ALIAS_WEIGHT] == ["هاس", "وهاس"]


def test_name_of_several_words_is_replaced_by_its_other_spellings() -> None:
    first, second = compiled("أنطوني بلنكن", aliases=[Alias(0, 2, (("انتوني", "بلينكن"),))])
    phrase = Phrase("surface", ["انتوني", "بلينكن"], boost=ALIAS_WEIGHT)
    assert phrase in first.ways
    assert phrase in second.ways


def test_spellings_are_exchanged_inside_a_phrase() -> None:
    aliases = [Alias(0, 1, (("ب",),)), Alias(2, 4, (("ج", "د", "ه"),))]
    (clause,) = compiled("«ا و ح ط»", aliases=aliases)
    assert [" ".join(way.words) for way in clause.ways] == ["ا و ح ط", "ا و ج د ه", "ب و ح ط", "ب و ج د ه"]


def test_phrases_are_bounded() -> None:
    many = tuple((f"س{number}",) for number in range(24))
    (clause,) = compiled("«ا ب ج د»", aliases=[Alias(place, place + 1, many) for place in range(4)])
    assert len(clause.ways) <= MAX_PHRASES
