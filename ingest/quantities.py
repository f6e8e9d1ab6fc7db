"""Numbers, dates, amounts and references in French prose, written one way.

"trente jours" and "30 jours", "un an" and "12 mois", "1er octobre 2016" and "2016-10-01" come out
equal. A number spelled out counts only with a unit: « les deux parties » states nothing to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.analysis import fold, normalise

_MONTHS = (
    ("janvier", "janv"), ("fevrier", "fevr"), ("mars",), ("avril", "avr"), ("mai",), ("juin",),
    ("juillet", "juill"), ("aout",), ("septembre", "sept"), ("octobre", "oct"),
    ("novembre", "nov"), ("decembre", "dec"),
)  # fmt: skip
_MONTH_OF = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names}
_VALUES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "centaine": 100, "millier": 1000,
}  # fmt: skip
# A unit of a number, and what one of it is worth in the unit that stands for it.
_UNITS = {
    "an": ("mois", 12), "ans": ("mois", 12), "annee": ("mois", 12), "annees": ("mois", 12),
    "mois": ("mois", 1), "trimestre": ("mois", 3), "trimestres": ("mois", 3),
    "semestre": ("mois", 6), "semestres": ("mois", 6), "semaine": ("jour", 7),
    "semaines": ("jour", 7), "jour": ("jour", 1), "jours": ("jour", 1), "heure": ("heure", 1),
    "heures": ("heure", 1), "h": ("heure", 1), "minute": ("minute", 1), "minutes": ("minute", 1),
    "min": ("minute", 1), "euro": ("euro", 1), "euros": ("euro", 1), "€": ("euro", 1),
    "%": ("%", 1), "pour cent": ("%", 1), "pourcent": ("%", 1), "fois": ("fois", 1),
    "point": ("point", 1), "points": ("point", 1), "salarie": ("salarié", 1),
    "salaries": ("salarié", 1),
}  # fmt: skip

_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_ONE = "(?:" + "|".join(sorted(_VALUES, key=len, reverse=True)) + ")"
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_IDIOM = frozenset({"fois", "point", "jour", "salarié", "euro"})  # « un jour », « une fois »
_SCALE = {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_SCALED = re.compile(r"\s(millions?|milliards?)\b(?:\sd')?")
# « trois fois le taux » measures, « payer deux fois » doesn't.
_AFTER = re.compile(
    rf"\s?(?:(?:de|d'|[a-z]+(?:s|x))\s)?({_UNIT})(?![a-z])(?:(?<!fois)|(?=\s(?:l|plus)))"
)
_ARTICLE = re.compile(
    r"\b(?:art\.|articles?|n°)\s(?:(?:[lrd]\.?\s?)?\d[\d-]*(?:,\s|\s(?:et|ou|a)\s))*$"
)
_RANGE = re.compile(r",?\s(?:a|ou|et|puis|au lieu de)\s$|-$")
_TOKEN = re.compile(
    rf"""(?P<iso>(?<![\w-])\d{{4}}-\d\d-\d\d(?![\w-]))
    |(?P<date>\b(?:1er|\d{{1,2}})\s{_MONTH}(?:\s\d{{4}}\b)?)
    |(?P<month>\b{_MONTH}\s\d{{4}}\b)
    |(?P<reference>(?<![\w.-])(?:[lrd]\.?\s?)?\d+(?:[-./]\d+)+[a-z]{{0,2}}\b)
    |(?P<number>(?<![\w.-])(?:\d{{1,3}}(?:\s\d{{3}})+|\d+)(?:,\d+)?(?![\d]))
    |(?P<words>(?<![\w-]){_ONE}(?:(?:[ -]et)?[ -]{_ONE})*(?![\w-]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or reference, normalised."""

    kind: str  # "date", "month", "reference" or "number"
    value: str  # "2016-10-01", "10-01", "2016-10", "1231-5", "30"
    text: str  # as written, folded
    unit: str = ""  # "jour", "mois", "euro", "%"…; empty when none
    bare: str = ""  # the number before its unit was converted: "1" of "un an"
    worth: float = 1  # what the unit as written is worth: 12 of "an"


@dataclass(frozen=True, slots=True)
class Known:
    """What texts contain, taken together."""

    numbers: frozenset[tuple[str, str]]  # (value, unit)
    values: frozenset[str]  # bare numbers, references, years of dates
    dates: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Known:
        """The quantities of texts."""
        found = [quantity for text in texts for quantity in quantities(text)]
        dates = {q.value for q in found if q.kind in ("date", "month")}
        values = {q.bare or q.value for q in found if q.kind in ("reference", "number")}
        return cls(
            frozenset((q.value, q.unit) for q in found if q.kind == "number"),
            frozenset(values | {v.lstrip("lrd") for v in values} | {v[:4] for v in dates}),
            frozenset(dates),
        )

    def __or__(self, other: Known) -> Known:
        """What either contains."""
        return Known(
            self.numbers | other.numbers, self.values | other.values, self.dates | other.dates
        )

    def has(self, quantity: Quantity) -> bool:
        """Whether a quantity stands here: same value, and same unit when both have one."""
        if quantity.kind in ("date", "month"):
            return any(
                d.startswith(quantity.value) or d.endswith(quantity.value) for d in self.dates
            )
        if quantity.kind == "reference" or not quantity.unit:
            return quantity.value in self.values
        return (quantity.value, quantity.unit) in self.numbers or (
            quantity.bare,
            "",
        ) in self.numbers


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order."""
    folded = fold(normalise(text))
    found: list[Quantity] = []
    following: tuple[int, str, float] | None = None  # of the next number: its start, unit and worth
    for token in reversed(list(_TOKEN.finditer(folded))):
        quantity = _quantity(folded, token, following)
        following = (token.start(), quantity.unit, quantity.worth) if quantity else None
        if quantity:
            found.append(quantity)
    return found[::-1]


def _quantity(
    folded: str, token: re.Match[str], following: tuple[int, str, float] | None
) -> Quantity | None:
    """The quantity of a token, None for a number spelled out that measures nothing."""
    kind, text = str(token.lastgroup), token[0]
    if kind in ("iso", "date", "month"):
        return _dated(kind, text)
    if kind == "reference" or (
        kind == "number" and _ARTICLE.search(folded[max(0, token.start() - 80) : token.start()])
    ):
        return Quantity("reference", re.sub(r"(?<=^[lrd])\.?\s?", "", text), text)
    number, end = _number(text), token.end()
    if scaled := _SCALED.match(folded, end):
        number, end = number * _SCALE[scaled[1]], scaled.end()
    unit, worth, end = _unit(folded, end, following)
    if kind == "words" and (not unit or (number == 1 and unit in _IDIOM)):
        return None
    shown = folded[token.start() : end].strip()
    return Quantity("number", _written(number * worth), shown, unit, _written(number), worth)


def _dated(kind: str, text: str) -> Quantity | None:
    """A day or a month in ISO form, None for a day that doesn't exist."""
    if kind == "iso":
        return Quantity("date", text, text)
    parts = text.replace(".", "").split()
    if kind == "month":
        return Quantity("month", f"{parts[1]}-{_MONTH_OF[parts[0]]:02}", text)
    day, month = int(parts[0].removesuffix("er")), _MONTH_OF[parts[1]]
    year = parts[2] + "-" if len(parts) == 3 else ""
    return Quantity("date", f"{year}{month:02}-{day:02}", text)


def _unit(
    folded: str, end: int, following: tuple[int, str, float] | None
) -> tuple[str, float, int]:
    """The unit after a number, its worth and its end; a range lends its own to its first number."""
    if after := _AFTER.match(folded, end):
        return *_UNITS[after[1]], after.end()
    if following and _RANGE.fullmatch(folded[end : following[0]]):
        return following[1], following[2], end
    return "", 1, end


def _number(text: str) -> float:
    """The value of a number in digits or in words."""
    if text[0].isdigit():
        return float(re.sub(r"\s", "", text).replace(",", "."))
    total, current = 0, 0
    for word in re.split(r"[ -]", text):
        value = _VALUES.get(word, 0)
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100 or (value == 20 and current == 4):
            current = max(current, 1) * value
        else:
            current += value
    return float(total + current)


def _written(number: float) -> str:
    """A number without useless decimals."""
    return f"{number:g}" if number < 1e6 else str(int(number))
