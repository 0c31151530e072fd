"""Dates as the graph holds them: a day, month or year, or an interval of two (EDTF level 0, Library of Congress)."""

from calendar import monthrange


def bounds(value: str) -> tuple[str, str]:
    """Return the first and the last day, ISO, that an EDTF date or interval may mean; strings that compare like dates.

    >>> bounds("2024-02"), bounds("2023"), bounds("2025-07-25/2025-08")
    (('2024-02-01', '2024-02-29'), ('2023-01-01', '2023-12-31'), ('2025-07-25', '2025-08-31'))
    """
    if len(value) == 10:
        return value, value
    first, _, last = value.partition("/")
    return first_day(first), last_day(last or first)


def first_day(value: str) -> str:
    """Return the first day that a day, month or year may mean.

    >>> first_day("2024"), first_day("2024-02"), first_day("2024-02-03")
    ('2024-01-01', '2024-02-01', '2024-02-03')
    """
    return value + "0000-01-01"[len(value) :]


def last_day(value: str) -> str:
    """Return the last day that a day, month or year may mean.

    >>> last_day("2024"), last_day("2023-02"), last_day("2024-02-03")
    ('2024-12-31', '2023-02-28', '2024-02-03')
    """
    if len(value) == 7:
        return f"{value}-{monthrange(int(value[:4]), int(value[5:7]))[1]:02d}"
    return value + "0000-12-31"[len(value) :]
