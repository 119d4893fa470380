"""Dates as the Arabic press writes them for all its readers: both names of the month.

The month's names live in the catalog: «حزيران/يونيو» in Arabic, “June” in English.
"""

from datetime import date

from django.utils.translation import pgettext, pgettext_lazy

MONTHS = (
    pgettext_lazy("month of a date", "January"),
    pgettext_lazy("month of a date", "February"),
    pgettext_lazy("month of a date", "March"),
    pgettext_lazy("month of a date", "April"),
    pgettext_lazy("month of a date", "May"),
    pgettext_lazy("month of a date", "June"),
    pgettext_lazy("month of a date", "July"),
    pgettext_lazy("month of a date", "August"),
    pgettext_lazy("month of a date", "September"),
    pgettext_lazy("month of a date", "October"),
    pgettext_lazy("month of a date", "November"),
    pgettext_lazy("month of a date", "December"),
)


def date_in_words(day: date, precision: str = "day") -> str:
    """The date in the active language; ``precision`` is day, month or year."""
    month = MONTHS[day.month - 1]
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return pgettext("month and year", "%(month)s %(year)s") % {"month": month, "year": day.year}
    return pgettext("whole date", "%(day)s %(month)s %(year)s") % {
        "day": day.day,
        "month": month,
        "year": day.year,
    }


def range_in_words(first: date, last: date) -> str:
    """Both ends of a stretch of days, what they share written once."""
    if first == last:
        return date_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return pgettext("days of one month", "%(first)s–%(last)s %(month)s %(year)s") % {
            "first": first.day,
            "last": last.day,
            "month": MONTHS[last.month - 1],
            "year": last.year,
        }
    return pgettext("from date to date", "%(first)s to %(last)s") % {
        "first": date_in_words(first),
        "last": date_in_words(last),
    }


def machine_date(day: date, precision: str = "day") -> str:
    """The value of a ``datetime`` attribute: no more exact than what is known."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
