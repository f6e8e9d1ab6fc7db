"""When a contract was concluded, as a message tells it: a day, a month, a year, before, since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

REFORM = date(2016, 10, 1)  # Ordonnance n° 2016-131 takes effect
OLDEST = 1950  # years before are no contract's date


@dataclass(frozen=True, slots=True)
class Span:
    """The days among which a contract was concluded. One day when the date is known."""

    first: date
    last: date

    @property
    def before_reform(self) -> bool | None:
        """Whether all of it lies before the reform of contract law; None when it spans it."""
        if self.last < REFORM:
            return True
        return False if self.first >= REFORM else None


@dataclass(frozen=True, slots=True)
class Dated:
    """The days told, and where they stand in the text."""

    span: Span
    start: int
    end: int


def dated(flat: str) -> Dated | None:
    """When a text says that its contract was concluded; None when it does not.

    Args:
        flat: folded, apostrophes as spaces.
    """
    for match in (*_DATED.finditer(flat), *_ANCHOR.finditer(flat)):
        if _OTHER_PAPER.search(match[0]) or _OTHER_PAPER.search(flat[: match.start()][-25:]):
            continue
        if span := _span(match):
            return Dated(span, match.start(), match.end())
    return None


def _span(match: re.Match[str]) -> Span | None:
    """The days that a date written in words or figures stands for, whole or in part."""
    year = int(match["year"] or match["year2"] or match["year3"])
    year += 2000 if year < 50 else 1900 if year < 100 else 0
    month = _MONTHS.get(match["month"] or "", 0) or int(match["month2"] or 0)
    day = int(match["day"] or match["day2"] or match["day3"] or 0)
    try:
        first = date(year, month or 1, day or 1)
        last = first if day else _end(year, month)
    except ValueError:
        return None
    if first.year < OLDEST or first > date.today():
        return None
    bound = match["bound"] or ""
    if bound in _BEFORE:
        return Span(date(OLDEST, 1, 1), first - timedelta(days=1))
    if bound in _AFTER and not _CUSTOM.match(match[0]):
        return Span(first if day or bound in _FROM else last + timedelta(days=1), date.today())
    return Span(first, last)


def _end(year: int, month: int) -> date:
    """The last day of a month, or of a year when the month is 0."""
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return following - timedelta(days=1)


_MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_BEFORE = frozenset({"avant", "before"})
_FROM = frozenset({"depuis", "since", "a partir"})
_AFTER = _FROM | {"apres", "after"}
_NAMES = "|".join(_MONTHS)
_DATE = (
    rf"(?:(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s)?(?P<month>{_NAMES})\s"
    r"(?:(?P<day3>\d{1,2})(?:st|nd|rd|th)?,?\s)?(?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})[/.-](?P<month2>\d{1,2})[/.-](?P<year2>\d{4}|\d{2})"
    r"|(?P<year3>(?:19|20)\d{2}))\b"
)
_PAPER = (
    r"contrats?|abonnements?|bail|accord|convention|location|maintenance|infogerance|contract|agreement"
    r"|lease|subscription"
)
_SIGNED = (
    r"signee?s?|conclue?s?|souscri(?:te?s?|vions)|date|abonnee?s?|engagee?s?|signed|concluded|dated"
    r"|entered into"
)
_LINK = (
    r"(?P<bound>avant|depuis|apres|a partir|before|since|after)?\s?(?:de |du |des |en |le |la |l |au"
    r"|in |on |from |of |the |debut |fin |courant |fevrier )*"
)
_ANCHOR = re.compile(
    rf"\b(?:(?:{_PAPER})\b[^.?!;,\d]{{0,30}}?|(?:{_SIGNED})\b[^.?!;\d]{{0,20}}?"
    rf"|(?:clients?|sous contrat)\b[^.?!;,\d]{{0,20}}?(?=depuis))\s?{_LINK}{_DATE}"
)
# "En mars 2023, nous avons signé un contrat…": the date comes first.
_DATED = re.compile(
    rf"\b{_LINK}{_DATE},?\s(?:(?:nous|on|j|je|ma|notre|i|we|societe|entreprise|it)\s){{0,3}}"
    rf"(?:(?:avons|a|ai|avions|avait|avais|suis|sommes|me|have|had)\s){{0,3}}(?:{_SIGNED})\s"
    rf"(?:[a-z']+\s){{0,2}}?(?:{_PAPER})\b"
)
# Papers other than the contract, and what happens under it: their date is not the contract's.
_OTHER_PAPER = re.compile(
    r"\b(?:pv|proces verbal|fiche|bon|avenant|rapport|attestation|lettre|courrier|mail|courriel"
    r"|facture|incident|panne|resili\w*|termin\w*|renouvel\w*|reconduit\w*|renew\w*|fini\w*"
    r"|expir\w*|jusqu|echeance|prend fin|invoice|letter|report)\b"
)
_CUSTOM = re.compile(r"clients?\b|sous contrat\b")  # "clients depuis 2013": since then, not after
