"""Mapping one article: claims hang together, point into the text, and rest on nothing but the article."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.articles import Article, read
from kg.language.lexicon import load_lexicon
from kg.language.tokens import fold_text, split_sentences, tokenize
from kg.mappers import map_article
from kg.mappers.claims import ArticleClaims
from kg.resources import folder

SEEDS = [r.article for r in read([Path(str(folder("seeds") / "articles"))]) if r.article]


def claims(text: str, **fields: Any) -> ArticleClaims:
    """Return what a text states."""
    return map_article(Article(text=text, file="a.txt", **{"published": "2024-05-08", **fields}), load_lexicon())


@pytest.fixture(scope="module", params=SEEDS, ids=lambda article: article.file)
def sample(request: pytest.FixtureRequest) -> tuple[Article, ArticleClaims]:
    return request.param, map_article(request.param, load_lexicon())


def test_every_sample_states_a_person_and_a_main_event(sample: tuple[Article, ArticleClaims]) -> None:
    _, stated = sample
    assert stated.people
    assert any(event.main for event in stated.events)


def test_every_claim_points_to_words_of_its_article(sample: tuple[Article, ArticleClaims]) -> None:
    article, stated = sample
    spans = [claim.span for claim in stated.people]
    spans += [claim.span for claim in stated.offices]
    spans += [claim.span for claim in stated.agreements]
    spans += [unread.span for unread in stated.unread]
    spans += [span for event in stated.events for span in (*event.spans, *event.premises)]
    assert all(0 <= start < end <= len(article.text) for start, end in spans)
    assert all(article.text[start:end].strip() for start, end in spans)


def test_every_event_has_a_sentence_that_states_it(sample: tuple[Article, ArticleClaims]) -> None:
    assert [event for event in sample[1].events if not event.spans] == []


def test_references_between_claims_exist(sample: tuple[Article, ArticleClaims]) -> None:
    _, stated = sample
    refs = {office.person for office in stated.offices} | {ref for e in stated.events for _, ref in e.people}
    assert all(0 <= ref < len(stated.people) for ref in refs)
    assert all(0 <= ref < len(stated.agreements) for e in stated.events for ref in e.agreements)


def test_a_person_is_claimed_once_and_by_names_that_are_printed(sample: tuple[Article, ArticleClaims]) -> None:
    article, stated = sample
    keys = [person.key for person in stated.people if person.key]
    assert len(keys) == len(set(keys))
    printed = " ".join(fold_text(article.text).split())
    for person in stated.people:
        assert fold_text(person.name) in printed
        assert all(" ".join(fold_text(form).split()) in printed for form in person.forms)


def test_kinds_and_bodies_are_those_of_the_vocabulary(sample: tuple[Article, ArticleClaims]) -> None:
    lexicon = load_lexicon()
    tops = {code for code, kind in lexicon.event_kinds.items() if kind.broader is None}
    for event in sample[1].events:
        assert event.top in tops
        assert event.kind in lexicon.event_kinds
        assert event.status in ("occurred", "planned")
        assert list(event.parties) == sorted(set(event.parties))
    for agreement in sample[1].agreements:
        assert agreement.kind in lexicon.agreement_kinds
        assert agreement.stage in ("announced", "signed", "ratified", "in-force", "cited")


def test_a_date_that_the_text_does_not_give_whole_names_its_rule(sample: tuple[Article, ArticleClaims]) -> None:
    for event in sample[1].events:
        assert event.rule != "stated"
        assert event.date or not event.rule


def test_mapping_twice_gives_the_same_claims(sample: tuple[Article, ArticleClaims]) -> None:
    assert map_article(sample[0], load_lexicon()) == sample[1]


def test_the_sample_with_a_misprint_names_the_man_as_printed() -> None:
    (article,) = [a for a in SEEDS if a.file.startswith("wang-yi-in-hanoi")]
    names = {person.name: person.key for person in map_article(article, load_lexicon()).people}
    assert names["Vo Van Thang"] is None
    assert names["Wang Yi"] == "wang-yi"


def test_an_article_without_a_date_leaves_relative_dates_open() -> None:
    stated = map_article(
        Article(text="Foreign Minister Wang Yi met Penny Wong in Beijing on Monday.", file="a.txt"), load_lexicon()
    )
    assert stated.published is None
    assert [event.date for event in stated.events if event.top == "meeting"] == [None]


def test_the_day_of_the_news_dates_an_article_that_has_no_date() -> None:
    stated = map_article(
        Article(text="On February 8, 2021, Xi Jinping spoke by phone with Nguyen Phu Trong.", file="a.txt"),
        load_lexicon(),
    )
    assert (stated.published, stated.published_rule) == ("2021-02-08", "day-of-the-news")


@pytest.mark.parametrize(
    ("fields", "home"),
    [
        ({"publisher": "President of Russia (kremlin.ru)"}, "RU"),
        ({"dateline": "Hanoi"}, "VN"),
        ({"dateline": "Hà Nội"}, "VN"),
        ({"url": "https://www.gov.uk/news"}, "GB"),
        ({"url": "https://pmd.gov.lk/news"}, "LK"),
        ({"url": "https://example.org/news"}, None),
        ({}, None),
    ],
)
def test_an_article_speaks_for_the_country_of_its_publisher_dateline_or_address(
    fields: dict[str, str], home: str | None
) -> None:
    assert claims("The weather was fine.", **fields).home == home


def test_the_bare_president_is_the_one_of_the_publisher() -> None:
    stated = claims(
        "The President met the Ambassador of Nepal, Purna Thapaliya, on Wednesday.", publisher="Presidency, Sri Lanka"
    )
    assert [event.parties for event in stated.events if event.top == "meeting"] == [("LK", "NP")]


def test_what_betrays_an_event_and_cannot_be_read_is_listed() -> None:
    stated = claims("Talks were held. The weather was fine.")
    assert stated.events == ()
    assert [stated_text(unread.span) for unread in stated.unread] == ["Talks were held."]
    assert all(unread.reason for unread in stated.unread)


def test_what_only_goes_on_about_an_event_is_not_listed_as_unread() -> None:
    stated = claims("The King of Norway met the Emir of Qatar in Oslo. The meeting was fruitful. A visit to boot.")
    assert [event.top for event in stated.events] == ["meeting"]
    assert [unread.kind for unread in stated.unread] == ["visit"]


def stated_text(span: tuple[int, int], text: str = "Talks were held. The weather was fine.") -> str:
    return text[slice(*span)]


# -- tokens and sentences ---------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    parts = split_sentences(text, tokens, load_lexicon().abbreviations)
    return [text[tokens.starts[first] : tokens.end(last - 1)] for first, last in parts]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Smith met Dr. Ng on Dec. 1 in Washington.",
        "The U.S. Ambassador left.",
        "H.E. Mr. J. K. Silva spoke.",
        "The loan of 3.5 million was paid.",
    ],
)
def test_a_full_stop_after_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_end_at_stops_and_blank_lines() -> None:
    assert sentences('He left. "We agree." She stayed!\n\nA headline\n\nNext') == [
        "He left.",
        '"We agree."',
        "She stayed!",
        "A headline",
        "Next",
    ]


@pytest.mark.parametrize("text", ["Võ Văn Thưởng’s “İstanbul” – ß", "越南 Ǆ ﬁ", "A\u00adB", "\U0001f600 Ⅷ"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold_text(text)) == len(text)


def test_tokens_stand_where_they_were_printed() -> None:
    text = "H.E. Jean-Baptiste N'Guessan’s visit, 2021—2022 (U.S.)."
    tokens = tokenize(text)
    assert [text[start : tokens.end(i)] for i, start in enumerate(tokens.starts)] == tokens.words
    assert re.sub(r"\s", "", text) == "".join(tokens.words)


# -- hostile texts ----------------------------------------------------------------------------------------------


def steps(text: str) -> int:
    """Return how many lines of the program run to map a text."""
    count = 0

    def line(*_: object) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        claims(text)
    finally:
        sys.settrace(before)
    return count


def each(text: str) -> Callable[[int], str]:
    """Return what makes n sentences out of one, with a name of its own in each in the place of X."""
    return lambda n: " ".join(
        text.replace("X", f"Am{'aeiou'[k % 5]}r{'i' * (k // 5 % 9)}l{'o' * (k // 45)}") for k in range(n)
    )


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(each("President X Kofi and"), id="names"),
        pytest.param(each("President X Kofi of Ghana met Minister X Ndiaye of Togo."), id="pairs"),
        pytest.param(each("Kofi X Ama left. President Ama stayed. Kofi slept."), id="shared-names"),
        pytest.param(each("Ghana and Togo signed the X Trade Agreement."), id="agreements"),
        pytest.param(each("X Kofi, of Ohio, to be Ambassador to Ghana.\n\n"), id="nominations"),
        pytest.param(each("Xi Jinping met Joe Biden."), id="one-meeting"),
        pytest.param(each("PRESIDENT OF CHINA XI JINPING MET PRESIDENT"), id="capitals"),
        pytest.param(each("visit to China and"), id="visits"),
        pytest.param(each("met with"), id="verbs"),
        pytest.param(each("President of the"), id="titles"),
        pytest.param(each("His Excellency Dr."), id="honorifics"),
        pytest.param(each("A."), id="initials"),
        pytest.param(each("on May 5 and " * 8), id="dates"),
        pytest.param(each("President ("), id="brackets"),
        pytest.param(each("| Xi Jinping | President | China | 5 May 2021 |\n"), id="table"),
    ],
)
def test_four_times_a_hostile_text_is_about_four_times_the_work(
    made: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.mappers.event._MOST_EVENTS", 50)
    monkeypatch.setattr("kg.mappers.person._MANY", 50)
    claims(made(3) + " President Ama Kofi.")  # what is made ready once
    assert steps(made(480)) < 8 * steps(made(120))


def test_two_thousand_names_in_one_sentence_are_people() -> None:
    assert (
        len(claims(each("President X Kofi and")(2000) + " many met.").people) > 1990
    )  # a few are cut in two where the sentence is


def test_events_without_end_are_left_unread_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.mappers.event._MOST_EVENTS", 50)
    stated = claims(each("President X Kofi of Togo visited Ghana.")(70))
    assert len(stated.events) == 50
    assert [unread.reason for unread in stated.unread] == ["the article tells more events than are read of one"] * 20


def test_phrases_without_end_are_left_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.mappers.event._MOST_READ", 30)
    stated = claims("Xi Jinping met Joe Biden. " * 50)
    assert (len(stated.events), len(stated.events[0].spans), len(stated.unread)) == (1, 30, 20)
