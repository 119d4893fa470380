from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pytest

from search.analysis import terms
from search.compiling import MAX_PHRASES, Clause, Lookup, compile_tree, word_runs
from search.engine.plans import (
    ALIAS_WEIGHT,
    AllPlan,
    AnyPlan,
    DayPlan,
    KeyPlan,
    NotPlan,
    Plan,
    PrefixPlan,
    RunPlan,
    Way,
    WildcardPlan,
    WordPlan,
)
from search.names import Alternative, Name
from search.query_language import parse


def compiled(
    query: str,
    *,
    names: Sequence[Name] = (),
    stop_words: Collection[str] = (),
    keys: Mapping[tuple[str, str], frozenset[str]] | None = None,
    exact: bool = False,
) -> list[Clause]:
    """The clauses of a query; ``names`` are those in its first run of words."""
    root = parse(query).root
    runs = list(word_runs(root))
    lookup = Lookup({runs[0]: names} if runs else {}, set(stop_words), keys or {})
    return compile_tree(root, lookup, exact=exact)


def spelled(ways: Sequence[Way]) -> list[str]:
    return [" ".join(word.surface for word in way.words) for way in ways]


def name(start: int, end: int, *spellings: str) -> Name:
    return Name(start, end, (), tuple(Alternative(tuple(each.split())) for each in spellings))


def word_plan(clause: Clause) -> WordPlan:
    assert isinstance(clause.plan, WordPlan)
    return clause.plan


def run_plan(clause: Clause) -> RunPlan:
    assert isinstance(clause.plan, RunPlan)
    return clause.plan


def in_short(plan: Plan) -> object:
    """A plan as nested tuples that a table can hold."""
    match plan:
        case WordPlan():
            return plan.term.surface + (" in title" if plan.titled else "")
        case RunPlan():
            slop = f"~{plan.slop}" if plan.slop else ""
            return f"«{spelled(plan.ways)[0]}»{slop}" + (" in title" if plan.titled else "")
        case PrefixPlan(letters, titled):
            return f"{letters}*" + (" in title" if titled else "")
        case WildcardPlan(pattern, titled):
            return pattern + (" in title" if titled else "")
        case KeyPlan(field, values):
            return (field, *sorted(values))
        case DayPlan(first, last):
            return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
        case NotPlan(child):
            return "not", in_short(child)
        case AnyPlan(children):
            return "any", *map(in_short, children)
        case AllPlan(children):
            return "all", *map(in_short, children)


KEYS = {("speaker", "بلينكن"): frozenset({"7"}), ("minister", "بلينكن"): frozenset({"7", "8"})}


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        ("للتحالف", "للتحالف"),
        ("«للتحالف الدوليّ»", "«للتحالف الدولي»"),
        ("+روما", "روما"),
        ("-روما", ("not", "روما")),
        ("-«روما اليوم»", ("not", "«روما اليوم»")),
        ("متن*", "متن*"),
        ("أمّ?ه*ن", "ام?ه*ن"),
        ("-م?ن", ("not", "م?ن")),
        ("title:(*تن أو متن)", ("any", "*تن in title", "متن in title")),
        ("«روما اليوم»~3", "«روما اليوم»~3"),
        ("-title:«روما اليوم»~3", ("not", "«روما اليوم»~3 in title")),
        ("title:روما", "روما in title"),
        ("title:«روما اليوم»", "«روما اليوم» in title"),
        ("title:(روما أو متن)", ("any", "روما in title", "متن in title")),
        ("-title:روما", ("not", "روما in title")),
        ("speaker:بلينكن", ("speaker", "7")),
        ("speaker:غائب", "غايب"),  # nobody of that name: its words
        ("minister:بلينكن", ("any", ("speaker", "7", "8"), "«بلينكن»")),  # said by him, or naming him
        ("date:2021-06-28", ("2021-06-28", "2021-06-28")),
        ("from:2021-06-28", ("2021-06-28", "9999-12-31")),
        ("to:2021-06-28", ("0001-01-01", "2021-06-28")),
        ("«روما» أو «متن»", ("any", "«روما»", "«متن»")),
        ("(روما و متن) أو اليوم*", ("any", ("all", "روما", "متن"), "اليوم*")),
    ],
)
def test_every_node_has_its_plan(query: str, plan: object) -> None:
    (clause,) = compiled(query, keys=KEYS)
    assert in_short(clause.plan) == plan


@pytest.mark.parametrize(
    ("query", "required"),
    [
        ("روما", False),
        ("+روما", True),
        ("«روما»", True),
        ("متن*", True),
        ("م*ن", True),
        ("-روما", True),
        ("speaker:بلينكن", True),
        ("title:روما", True),
        ("from:2021", True),
    ],
)
def test_only_a_bare_word_can_be_let_go(query: str, required: bool) -> None:
    (clause,) = compiled(query, keys=KEYS)
    assert clause.required is required


def test_field_that_names_nothing_is_its_words() -> None:
    clauses = compiled("روما speaker:«شيء آخر»")
    assert [(in_short(clause.plan), clause.required) for clause in clauses] == [
        ("روما", False),
        ("شي", False),
        ("اخر", False),
    ]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("رُوما", "رُوما"),
        ("متن*", "متن*"),
        ("مَ؟ن", "مَ?ن"),
        ("«روما اليوم»", "«روما اليوم»"),
        ("«روما اليوم»~2", "«روما اليوم»~2"),
        ("+روما", "روما"),
        ("-روما", ""),
    ],
)
def test_clause_is_labelled_as_it_was_written(query: str, label: str) -> None:
    assert compiled(query)[0].label == label


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    def labels(query: str) -> list[str]:
        return [clause.label for clause in compiled(query, stop_words={"في", "من"})]

    assert labels("في روما") == ["روما"]
    assert labels("في") == ["في"]
    assert labels("في «من روما»") == ["«من روما»"]
    assert labels("+في روما") == ["روما", "في"], "what must be there is no stop word"


def test_stop_words_are_dropped_inside_parentheses_too() -> None:
    (clause,) = compiled("(من روما) أو (في)", stop_words={"في", "من"})
    assert in_short(clause.plan) in (("any", ("all", "روما"), "في"), ("any", ("all", "روما"), ("all", "في")))


def test_stop_words_stay_in_a_phrase() -> None:
    (clause,) = compiled("«في روما»", stop_words={"في"})
    assert in_short(clause.plan) == "«في روما»"


def test_repeated_word_is_one_clause_that_counts_each_time() -> None:
    (clause,) = compiled("روما روما رُوما")
    assert clause.times == 3


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("التحالف في روما", [("تحالف", "في"), ("في", "روما")]),  # stop words stand between words
        ("روما «شيء آخر» التحالف", [("شيء", "اخر")]),  # only neighbours
        ("«روما»", []),
        ("-«شيء آخر»", []),  # what must not be there is not counted for it
    ],
)
def test_neighbouring_words_are_pairs_for_the_second_look(query: str, pairs: list[tuple[str, str]]) -> None:
    stemmed = [tuple(term.stem for term in terms(" ".join(pair))) for pair in pairs]
    found = [pair for clause in compiled(query, stop_words={"في"}) for pair in clause.pairs]
    assert sorted(found) == sorted(stemmed)


def test_each_pair_of_a_repeated_word_is_there_once() -> None:
    found = [pair for clause in compiled("روما متن روما متن") for pair in clause.pairs]
    rome, text = (term.stem for term in terms("روما متن"))
    assert sorted(found) == sorted([(rome, text), (text, rome), (rome, text)])


def test_year_is_also_when_an_article_appeared() -> None:
    (clause,) = compiled("٢٠٢١")
    assert in_short(clause.plan) == ("any", "2021", ("2021-01-01", "2021-12-31"))
    assert not clause.required


@pytest.mark.parametrize("query", ["436", "1899", "20211", "title:2021", "«2021»"])
def test_other_numbers_and_places_are_no_year(query: str) -> None:
    (clause,) = compiled(query)
    assert isinstance(clause.plan, WordPlan | RunPlan)


def test_exact_year_is_only_a_word() -> None:
    (clause,) = compiled("2021", exact=True)
    assert isinstance(clause.plan, WordPlan)


def test_other_spellings_stand_beside_a_word_with_joined_particles() -> None:
    clause, other = compiled("بلينكن روما", names=[name(0, 1, "بلينكين")])
    assert spelled(word_plan(clause).ways)[:2] == ["بلينكين", "وبلينكين"]
    assert "لبلينكين" in spelled(word_plan(clause).ways)
    assert word_plan(clause).weight == ALIAS_WEIGHT
    assert word_plan(other).ways == ()


def test_short_spelling_takes_only_the_conjunction() -> None:
    (clause,) = compiled("ماس", names=[name(0, 1, "هاس")])
    assert spelled(word_plan(clause).ways) == ["هاس", "وهاس"]


def test_latin_spelling_takes_no_particle() -> None:
    (clause,) = compiled("بلينكن", names=[name(0, 1, "blinken")])
    assert spelled(word_plan(clause).ways) == ["blinken"]


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("العراق", {"بالعراق", "والعراق", "للعراق"}),  # ل and the article make لل
        ("الولايات المتحده", {"الولايات المتحده", "بالولايات المتحده", "للولايات المتحده"}),
    ],
)
def test_particles_are_joined_to_the_first_word(spelling: str, expected: set[str]) -> None:
    (clause,) = compiled("بلد", names=[name(0, 1, spelling)])
    assert expected <= set(spelled(word_plan(clause).ways))


def test_name_of_several_words_is_found_by_other_spellings_once_in_all() -> None:
    """Each of its words accepts the other spelling whole, and all of them together count it once."""
    clauses = compiled("أنطوني بلنكن", names=[name(0, 2, "انتوني بلينكن")])
    assert [spelled(word_plan(clause).ways)[0] for clause in clauses] == ["انتوني بلينكن"] * 2
    assert sum(word_plan(clause).weight for clause in clauses) == pytest.approx(ALIAS_WEIGHT)


def test_other_spelling_keeps_its_days() -> None:
    held = Alternative(("بلينكن",), date(2021, 1, 26), None)
    (clause,) = compiled("الوزير", names=[Name(0, 1, (), (held,))])
    way = word_plan(clause).ways[0]
    assert (way.first, way.last) == (date(2021, 1, 26).toordinal(), date.max.toordinal())
    assert way.is_bounded


def test_spelling_without_days_is_not_bounded() -> None:
    (clause,) = compiled("بلينكن", names=[name(0, 1, "بلينكين")])
    assert not word_plan(clause).ways[0].is_bounded


def test_spellings_are_exchanged_inside_a_phrase() -> None:
    (clause,) = compiled("«ا و ح ط»", names=[name(0, 1, "ب"), name(2, 4, "ج د ه")])
    assert spelled(run_plan(clause).ways) == ["ا و ح ط", "ا و ج د ه", "ب و ح ط", "ب و ج د ه"]


def test_days_of_two_names_in_a_phrase_are_those_of_both() -> None:
    one = Name(0, 1, (), (Alternative(("ب",), date(2020, 1, 1), date(2021, 1, 1)),))
    two = Name(1, 2, (), (Alternative(("د",), date(2020, 6, 1), date(2022, 1, 1)),))
    (clause,) = compiled("«ا ج»", names=[one, two])
    both = run_plan(clause).ways[-1]
    assert spelled([both]) == ["ب د"]
    assert (both.first, both.last) == (date(2020, 6, 1).toordinal(), date(2021, 1, 1).toordinal())


@pytest.mark.parametrize(
    ("names", "ways"),
    [
        # a country inside a title
        ([name(0, 3, "س"), name(2, 3, "ل م")], ["ا ب ج د", "ا ب ل م د", "س د"]),
        # a word that begins a longer name
        ([name(0, 3, "س"), name(0, 1, "ص")], ["ا ب ج د", "س د", "ص ب ج د"]),
        # two names that share a word
        ([name(0, 2, "س"), name(1, 3, "ل م")], ["ا ب ج د", "ا ل م د", "س ج د"]),
    ],
)
def test_names_that_overlap_are_not_exchanged_together(names: list[Name], ways: list[str]) -> None:
    (clause,) = compiled("«ا ب ج د»", names=names)
    assert sorted(spelled(run_plan(clause).ways)) == sorted(ways)


def test_phrases_are_bounded() -> None:
    many = [f"س{number}" for number in range(24)]
    (clause,) = compiled("«ا ب ج د»", names=[name(place, place + 1, *many) for place in range(4)])
    assert len(run_plan(clause).ways) <= MAX_PHRASES
    assert spelled(run_plan(clause).ways)[0] == "ا ب ج د"


def test_exact_takes_no_other_spelling() -> None:
    word, phrase = compiled("بلينكن «بلينكن»", names=[name(0, 1, "بلينكين")], exact=True)
    assert word_plan(word).ways == ()
    assert len(run_plan(phrase).ways) == 1


def test_exact_pattern_is_of_letters_as_they_are_written() -> None:
    (clause,) = compiled("أُمـ*ة", exact=True)
    assert in_short(clause.plan) == "أم*ة"
    assert clause.patterns == {"أم*ة"}


def test_spellings_in_a_loose_phrase_are_as_loose() -> None:
    (clause,) = compiled("«ا ب ج»~4", names=[name(0, 1, "د")])
    assert spelled(run_plan(clause).ways)[:2] == ["ا ب ج", "د ب ج"]
    assert run_plan(clause).slop == 4
    assert {(("ا", "ب", "ج"), 4), (("د", "ب", "ج"), 4)} <= clause.loose


def test_exact_spellings_are_clauses_of_their_own() -> None:
    assert len(compiled("القارة القاره", exact=True)) == 2
    assert len(compiled("القارة القاره")) == 1


def test_what_is_marked_is_what_is_looked_for() -> None:
    (word,) = compiled("للتحالف", names=[name(0, 1, "الحلف الدولي")])
    assert word.stems == {"تحالف"}
    assert word.spellings > {("للتحالف",), ("الحلف", "الدولي"), ("والحلف", "الدولي")}
    (phrase,) = compiled("«في روما»")
    assert (phrase.stems, phrase.spellings) == (set(), {("في", "روما")})
    (prefix,) = compiled("متن*")
    assert prefix.prefixes == {"متن"}
    (wildcard,) = compiled("م*ن")
    assert (wildcard.patterns, wildcard.has_words) == ({"م*ن"}, True)
    (loose,) = compiled("«في روما»~2")
    assert (loose.loose, loose.spellings, loose.has_words) == ({(("في", "روما"), 2)}, set(), True)
    (spelled_loosely,) = compiled("«القارة في»~2", exact=True)
    assert spelled_loosely.loose == {(("القارة", "في"), 2)}
    (exact,) = compiled("القارة", exact=True)
    assert (exact.stems, exact.spellings, exact.exact) == (set(), {("القارة",)}, True)


@pytest.mark.parametrize("query", ["-م*ن", "-«في روما»~2", "-متن*"])
def test_what_signs_exclude_is_not_marked(query: str) -> None:
    (clause,) = compiled(query)
    assert (clause.loose, clause.patterns, clause.prefixes, clause.has_words) == (set(), set(), set(), False)


def test_what_must_not_be_there_is_not_marked() -> None:
    (clause,) = compiled("-روما")
    assert (clause.stems, clause.spellings, clause.terms) == (set(), set(), ())
    assert not clause.has_words


def test_word_that_no_list_knows_may_be_misspelled() -> None:
    strange, known = compiled("خزعبلط روما")
    assert word_plan(strange).strange
    assert not word_plan(known).strange
    assert not word_plan(compiled("خزعبلط", exact=True)[0]).strange


def test_word_that_must_not_be_there_stands_for_no_other() -> None:
    (clause,) = compiled("-خزعبلط")
    assert isinstance(clause.plan, NotPlan)
    assert isinstance(clause.plan.child, WordPlan)
    assert not clause.plan.child.strange


def test_runs_are_neighbouring_words_phrases_and_names() -> None:
    root = parse("قال الوزير «في روما»~2 أيضا م*ر -(اليوم أو متن) minister:بلينكن speaker:كيري").root
    assert [" ".join(word.surface for word in run) for run in word_runs(root)] == [
        "قال الوزير",
        "في روما",
        "ايضا",
        "اليوم",
        "متن",
        "بلينكن",
        "كيري",
    ]
