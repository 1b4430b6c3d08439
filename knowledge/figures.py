"""How a figure is said: the number in the format of its country, the unit in the language of the reader."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from pydantic import Field

from knowledge.models import Model

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from knowledge.models import DatedValue, Fact


class UnitWords(Model):
    """One language in `units.yaml`: plural forms per amount, phrases per period, the form of a range, currency signs."""

    amounts: dict[str, dict[str, str]]
    periods: dict[str, str]
    between: str
    signs: dict[str, str] = Field(default_factory=dict)


Units = dict[str, UnitWords]


def is_known_unit(unit: str, words: UnitWords) -> bool:
    """Whether `unit` can be said: `rule`, `text`, a currency or an amount of units.yaml, with or without a period."""
    amount, _, period = unit.partition("/")
    amount_known = unit in {"rule", "text"} or _is_currency(amount) or amount in words.amounts
    return amount_known and (not period or period in words.periods)


def say_value(value: DatedValue, fact: Fact, words: UnitWords, language: str, number_locale: str) -> str:
    """One dated value in words, such as `₡373 092,30 al mes` or `2 años`."""
    if not fact.is_number:
        return value.value or ""
    return _say_amount(value.amount, fact.unit, words, language, number_locale)


def say_range(values: Iterable[DatedValue], fact: Fact, words: UnitWords, language: str, number_locale: str) -> str:
    """The span of the values of several regions, for a person whose region is not known."""
    amounts = sorted({value.amount for value in values})
    if len(amounts) == 1:
        return _say_amount(amounts[0], fact.unit, words, language, number_locale)
    bare, _, period = fact.unit.partition("/")
    low, high = (_say_amount(amount, bare, words, language, number_locale) for amount in (amounts[0], amounts[-1]))
    said = words.between.format(low=low, high=high)
    return f"{said} {words.periods[period]}" if period else said


def _say_amount(amount: Decimal, unit: str, words: UnitWords, language: str, number_locale: str) -> str:
    name, _, period = unit.partition("/")
    if _is_currency(name):
        said = _money(amount, name, words.signs.get(name), number_locale)
    else:
        forms = words.amounts[name]
        form = forms.get(_plural(language)(amount), forms["other"])
        said = form.format(n=format_decimal(amount, locale=number_locale))
    return f"{said} {words.periods[period]}" if period else said


def _money(amount: Decimal, currency: str, sign: str | None, number_locale: str) -> str:
    pattern = _pattern(number_locale, sign, whole=amount == amount.to_integral_value())
    return format_currency(amount, currency, format=pattern, locale=number_locale, currency_digits=False)


@cache
def _pattern(number_locale: str, sign: str | None, *, whole: bool) -> str:
    """The locale's pattern for money, without cents for whole amounts, with our own sign where the locale's is ambiguous."""
    pattern: str = Locale.parse(number_locale).currency_formats["standard"].pattern
    pattern = pattern.replace(".00", "") if whole else pattern
    return pattern.replace("¤", f"'{sign}'") if sign else pattern


@cache
def _plural(language: str) -> Callable[[Decimal], str]:
    rule: Callable[[Decimal], str] = Locale.parse(language).plural_form
    return rule


def _is_currency(name: str) -> bool:
    return len(name) == 3 and name.isupper()


def say_date(day: dt.date, language: str) -> str:
    """A short date such as `22 nov 2026`."""
    return format_date(day, "d MMM y", locale=language)
