"""Articles to measure with: as the corpus has them, then recombined; the same at every run."""

import gzip
import json

import pytest
from django.conf import settings

from benchmarks.articles import CorpusError, make_articles, pieces

SEEDS = settings.FIXTURES_DIR / "seeds"
BODIES = ["قال الوزير كلمة.", "وصل الوفد إلى روما.\nثم غادرها.", "اجتمع التحالف في بغداد."]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl.gz"
    rows = [{"id": str(place), "body": body} for place, body in enumerate(BODIES)]
    rows[0] |= {"title": "عنوان", "date": "2017-01-20T21:43:00+01:00", "source": "الخليج", "url": "u"}
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def test_the_corpus_comes_first_and_whole(corpus):
    articles, origin = make_articles([corpus], SEEDS, 3)
    assert sorted(article.body.replace("\n\n", "\n") for article in articles) == sorted(BODIES)
    assert (origin.whole, origin.recombined) == (3, 0)


def test_beyond_its_size_articles_are_made_of_its_paragraphs(corpus):
    articles, origin = make_articles([corpus], SEEDS, 10)
    paragraphs = {piece for body in BODIES for piece in pieces(body)}
    made = [article.body.split("\n\n") for article in articles][3:]
    assert len(made) == 7
    assert all(set(body) <= paragraphs for body in made)
    assert origin.recombined == 7


def test_a_second_run_makes_the_same(corpus):
    first, second = (list(make_articles([corpus], SEEDS, 8)[0]) for _run in range(2))
    assert first == second


def test_what_the_corpus_gives_is_kept(corpus):
    articles, _origin = make_articles([corpus], SEEDS, 3)
    (article,) = (article for article in articles if article.title == "عنوان")
    assert article.date == "2017-01-20"


def test_what_is_missing_is_drawn(corpus):
    articles, _origin = make_articles([corpus], SEEDS, 40)
    articles = list(articles)
    assert all(article.title and article.date and article.source for article in articles)
    assert {len(article.speakers) for article in articles} >= {0, 1, 2}


def test_the_same_fields_are_drawn_whatever_another_article_has(corpus, tmp_path):
    other = tmp_path / "other.jsonl"
    rows = [json.loads(line) for line in gzip.decompress(corpus.read_bytes()).decode().splitlines()]
    other.write_text("".join(json.dumps({**row, "date": "2020-01-01"}) + "\n" for row in rows))
    known, dated = (list(make_articles([path], SEEDS, 3)[0]) for path in (corpus, other))
    assert [article.speakers for article in known] == [article.speakers for article in dated]


def test_quotations_are_paragraphs_said_by_speakers_of_the_article(corpus):
    articles, _origin = make_articles([corpus], SEEDS, 40)
    said = [(article, quotation) for article in articles for quotation in article.quotations]
    assert said
    for article, quotation in said:
        assert quotation.text in article.body
        assert quotation.speaker in article.speakers
    assert [quotation.key for _article, quotation in said] == list(range(1, len(said) + 1))


def test_without_a_corpus_the_seeds_are_it():
    articles, origin = make_articles([], SEEDS, 30)
    assert len(list(articles)) == 30
    assert origin.recombined == 30 - origin.whole > 0


def test_a_long_paragraph_is_cut_at_ends_of_sentences():
    sentence = " ".join(["كلمة"] * 40) + "."
    assert pieces(" ".join([sentence] * 4)) == [f"{sentence} {sentence}"] * 2


@pytest.mark.parametrize("content", ["", "[]\n", "not json\n", '{"id": "1"}\n', '{"body": 1}\n'])
def test_a_corpus_that_is_none_is_named(tmp_path, content):
    path = tmp_path / "corpus.jsonl"
    path.write_text(content)
    with pytest.raises(CorpusError):
        make_articles([path], SEEDS, 1)
