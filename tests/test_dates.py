"""Dates in running text: what is read, by which rule, and what is left unread."""

import doctest
import time
from itertools import pairwise

import pytest

from kg.edtf import bounds
from kg.language import dates
from kg.language.dates import compatible, find_dates, overlay, parse_day
from kg.language.tokens import fold_text

WEDNESDAY = "2024-05-08"


def values(text: str, anchor: str | None = WEDNESDAY) -> list[str]:
    """Return the dates read in a text."""
    return [when.value for when in find_dates(fold_text(text), anchor)]


def rule(text: str, anchor: str | None = WEDNESDAY) -> str:
    """Return the rule by which the only date of a text was read."""
    (when,) = find_dates(fold_text(text), anchor)
    return when.rule


def test_the_examples_of_docstrings_hold() -> None:
    assert doctest.testmod(dates).failed == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 8 February 2021", "2021-02-08"),
        ("on February 8, 2021", "2021-02-08"),
        ("on Feb. 8, 2021", "2021-02-08"),
        ("on February 8th 2021", "2021-02-08"),
        ("the 8th of February 2021", "2021-02-08"),
        ("dated 2021-02-08", "2021-02-08"),
        ("on Sept. 3, 2023", "2023-09-03"),
        ("in December 2023", "2023-12"),
        ("dated 2023-12", "2023-12"),
        ("in late October 2022", "2022-10"),
        ("since 1995", "1995"),
        ("on 29 February 2024", "2024-02-29"),
        ("on May 1, 2024", "2024-05-01"),
    ],
)
def test_a_whole_date_is_read_as_stated_without_an_anchor(text: str, value: str) -> None:
    assert values(text, None) == [value]
    assert rule(text, None) == "stated"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on April 22-23, 2024", "2024-04-22/2024-04-23"),
        ("from 5 to 10 May 2024", "2024-05-05/2024-05-10"),
        ("from April 30 to May 3, 2024", "2024-04-30/2024-05-03"),
        ("from 30 April to 3 May 2024", "2024-04-30/2024-05-03"),
        ("from December 30 to January 2, 2024", "2023-12-30/2024-01-02"),
        ("on May 5 and 6, 2024", "2024-05-05/2024-05-06"),
        ("on 28–29 February 2024", "2024-02-28/2024-02-29"),
    ],
)
def test_a_span_keeps_both_ends(text: str, value: str) -> None:
    assert values(text, None) == [value]


def test_a_span_over_the_year_end_is_placed_by_the_publication() -> None:
    assert values("visited from December 30 to January 2", "2024-01-10") == ["2023-12-30/2024-01-02"]


def test_two_days_with_days_between_them_are_no_span() -> None:
    assert values("on May 5 and 9, 2024") == ["2024-05-05"]


def test_a_span_that_runs_backwards_keeps_its_first_day_only() -> None:
    assert values("on May 9-5, 2024") == ["2024-05-09"]


@pytest.mark.parametrize(
    "text",
    [
        "on Monday",
        "today",
        "yesterday",
        "last week",
        "on May 8",
        "on 8 May",
        "earlier this month",
        "last year",
        "last March",
    ],
)
def test_without_an_anchor_nothing_is_guessed(text: str) -> None:
    assert values(text, None) == []


@pytest.mark.parametrize("anchor", ["2024", "2024-05"])
def test_an_anchor_without_a_day_places_no_weekday(anchor: str) -> None:
    assert values("on Monday", anchor) == []


@pytest.mark.parametrize(
    "text",
    [
        "on 30 February 2024",
        "on February 29, 2023",
        "on 31 April 2024",
        "on February 30",
        "dated 2023-13-45",
        "article 4, paragraph 12",
        "3.4 million people",
        "a march of 2,000 people",
    ],
)
def test_an_impossible_or_absent_date_stays_unread(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the parties may meet",
        "may 5 percent of the quota",
        "Theresa May spoke",
        "they march for peace",
        "an august assembly",
        "Prime Minister May and others",
    ],
)
def test_words_that_look_like_months_are_no_dates(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value", "by"),
    [
        ("on Monday", "2024-05-06", "weekday-before-publication"),
        ("on Wednesday", "2024-05-08", "weekday-before-publication"),
        ("last Wednesday", "2024-05-01", "weekday-before-publication"),
        ("on Thursday", "2024-05-02", "weekday-before-publication"),
        ("will meet on Thursday", "2024-05-09", "weekday-after-publication"),
        ("next Monday", "2024-05-13", "weekday-after-publication"),
        ("today", "2024-05-08", "day-of-publication"),
        ("this morning", "2024-05-08", "day-of-publication"),
        ("last night", "2024-05-07", "day-of-publication"),
        ("yesterday", "2024-05-07", "day-of-publication"),
        ("tomorrow", "2024-05-09", "day-of-publication"),
        ("last week", "2024-04-29/2024-05-05", "week-of-publication"),
        ("this week", "2024-05-06/2024-05-12", "week-of-publication"),
        ("next weekend", "2024-05-18/2024-05-19", "week-of-publication"),
        ("earlier this month", "2024-05", "month-of-publication"),
        ("last month", "2024-04", "month-of-publication"),
        ("last year", "2023", "year-of-publication"),
        ("in March", "2024-03", "month-before-publication"),
        ("in November", "2023-11", "month-before-publication"),
        ("last May", "2023-05", "month-before-publication"),
        ("in December last year", "2023-12", "year-of-publication"),
        ("on May 6", "2024-05-06", "year-of-publication"),
        ("on 6 May", "2024-05-06", "year-of-publication"),
        ("on December 30", "2023-12-30", "year-of-publication"),
    ],
)
def test_a_relative_date_says_by_which_rule_it_was_read(text: str, value: str, by: str) -> None:
    assert values(text) == [value]
    assert rule(text) == by


@pytest.mark.parametrize(("text", "value"), [("today (08)", "2024-05-08"), ("this morning (7)", "2024-05-07")])
def test_a_day_in_brackets_is_the_day(text: str, value: str) -> None:
    assert values(text) == [value]


def test_a_day_in_brackets_may_lie_in_the_month_before() -> None:
    assert values("yesterday (31)", "2025-08-01") == ["2025-07-31"]


def test_yesterday_of_the_first_of_march_is_the_leap_day() -> None:
    assert values("yesterday", "2024-03-01") == ["2024-02-29"]
    assert values("yesterday", "2023-03-01") == ["2023-02-28"]


def test_the_leap_day_without_a_year_is_put_in_a_leap_year() -> None:
    assert values("on February 29", "2024-03-05") == ["2024-02-29"]
    assert values("on February 29", "2022-03-05") == []


def test_last_month_in_january_is_december() -> None:
    assert values("last month", "2024-01-15") == ["2023-12"]


def test_a_plan_looks_ahead_and_a_report_looks_back() -> None:
    assert values("will be held on January 10", "2023-12-20") == ["2024-01-10"]
    assert values("was held on December 28", "2024-01-03") == ["2023-12-28"]


def test_a_year_after_a_list_belongs_to_all_days_of_the_list() -> None:
    assert values("of January 11 and November 26, 2021", "2022-02-26") == ["2021-01-11", "2021-11-26"]
    assert values("of November 9, 2020, January 11 and November 26, 2021", "2022-02-26") == [
        "2020-11-09",
        "2021-01-11",
        "2021-11-26",
    ]


def test_positions_are_those_of_the_words_and_the_offset_is_added() -> None:
    text = fold_text("They met on Monday and on May 7, 2024.")
    found = find_dates(text, WEDNESDAY, 100)
    assert [text[when.start - 100 : when.end - 100] for when in found] == ["on monday", "may 7, 2024"]


def test_dates_come_in_order_and_never_overlap() -> None:
    found = find_dates(fold_text("On Tuesday, May 7, 2024, in May 2024, last week and in 2023 they met."), WEDNESDAY)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [when.value for when in found] == ["2024-05-07", "2024-05", "2024-04-29/2024-05-05", "2023"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-02-08", "2021-02-08", "2021-02-08"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-12-30/2024-01-02", "2023-12-30", "2024-01-02"),
        ("2023-11/2024", "2023-11-01", "2024-12-31"),
    ],
)
def test_bounds_are_the_first_and_last_day_meant(value: str, first: str, last: str) -> None:
    assert bounds(value) == (first, last)


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        ("2023-12-12", "2023", True),
        ("2023-12-12", "2023-11", False),
        ("2023-12-10/2023-12-13", "2023-12-12", True),
        ("2023-12-10/2023-12-13", "2023-12-14", False),
        ("2023-12-31", "2024", False),
        (None, "2024", True),
        (None, None, True),
    ],
)
def test_values_are_compatible_where_their_days_overlap(one: str | None, other: str | None, may_be_one: bool) -> None:
    assert compatible(one, other) is compatible(other, one) is may_be_one


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("2023-12", "2023-12-12", "2023-12-12"),
        ("2023", "2023-12", "2023-12"),
        ("2023-12-10/2023-12-13", "2023-12", "2023-12-10/2023-12-13"),
        ("2023-12-10/2023-12-13", "2023-12-12", "2023-12-12"),
        (None, "2024", "2024"),
        ("2024", None, "2024"),
        (None, None, None),
    ],
)
def test_the_more_precise_value_is_kept_whichever_comes_first(
    one: str | None, other: str | None, kept: str | None
) -> None:
    assert overlay(one, other) == overlay(other, one) == kept


def test_only_a_whole_and_possible_date_is_a_day() -> None:
    assert parse_day("2024-02-30") is None
    assert parse_day("2024-02") is None
    assert str(parse_day("2024-02-29")) == "2024-02-29"


def test_a_line_of_digits_is_read_in_no_time() -> None:
    assert seconds("1" * 100_000) < 1


def test_a_line_of_ten_thousand_dates_is_read_in_no_time() -> None:
    assert seconds("may 1 " * 10_000) < 1


def seconds(text: str) -> float:
    """Return how long the dates of a text take to read, in processor time: other work does not count."""
    started = time.process_time()
    find_dates(text, WEDNESDAY)
    return time.process_time() - started
