"""English numbers written the French way, so that a translation can be held to the same sources."""

from __future__ import annotations

import re

_FRENCH = {
    "one": "un", "two": "deux", "three": "trois", "four": "quatre", "five": "cinq", "six": "six",
    "seven": "sept", "eight": "huit", "nine": "neuf", "ten": "dix", "eleven": "onze",
    "twelve": "douze", "fifteen": "quinze", "eighteen": "dix-huit", "twenty": "vingt",
    "thirty": "trente", "forty": "quarante", "fifty": "cinquante", "sixty": "soixante",
    "ninety": "quatre-vingt-dix", "hundred": "cent", "thousand": "mille",
    "day": "jour", "days": "jours", "week": "semaine", "weeks": "semaines", "month": "mois",
    "months": "mois", "year": "an", "years": "ans", "hour": "heure", "hours": "heures",
    "euro": "euros", "employees": "salariés", "percent": "pour cent", "or": "ou", "to": "à", "an": "a",
    "january": "janvier", "february": "février", "march": "mars", "april": "avril", "may": "may",
    "june": "juin", "july": "juillet", "august": "août", "september": "septembre",
    "october": "octobre", "november": "novembre", "december": "décembre",
}  # fmt: skip
_MAY = re.compile(r"(?<=\d )May\b|\bMay(?= \d{4})")  # the month, not the verb
_FIRST = re.compile(r"\b1st\b|\b1(?= [A-Z][a-z]+ \d{4})")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def in_french(text: str) -> str:
    """An English text whose numbers, units and months are French words and signs."""
    text = _POINT.sub(",", _THOUSANDS.sub(" ", _FIRST.sub("1er", _MAY.sub("mai", text))))
    return re.sub(r"[A-Za-z]+", lambda word: _FRENCH.get(word[0].lower(), word[0]), text)
