"""Postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.types import Found
from assistant.privacy.view import View

_PLAIN_STREET = (
    r"rue|avenue|av\.?|ave|boulevard|bd\.?|blvd|bld|allees?|impasse|quai|faubourg|fbg|sentier|ruelle"
    r"|esplanade|promenade|rond-point|venelle|montee|lotissement|hameau|residence"
)
# Words of everyday too: "12 cours de formation", "mise en place".
_OTHER_STREET = r"place|pl\.?|cours|route|rte|chemin|ch\.|passage|voie|square|cite|parc|villa|clos"
_NUMBER = r"(?<![\w.,/-])\d{1,4}(?:\s?(?:bis|ter|quater|[a-d])\b)?\s?,?\s?"
_ZONE = r"(?:\b(?:z\.?a\.?c?\.?|z\.?i\.?|zone (?:artisanale|industrielle|d'activites?))\s[^\n\d]{1,60}+)?"
_WORD = r"[^\W_][\w'.-]{0,30}+"
_POSTCODE = r"(?:f-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\b"
_LINK = r"(?:de|du|des|d'|l'|la|le|les|sur|sous|en|lez|aux?)"
_CAPITALS = rf"[A-Z][\w'-]{{1,30}}+(?:[ -](?:{_LINK}[ -]){{0,2}}[A-Z][\w'-]{{0,30}}+){{0,4}}"
_CITY = (
    rf"(?:{_CAPITALS}|[a-z][\w'-]{{1,30}}+)(?: cedex)?(?:(?<=[Cc][Ee][Dd][Ee][Xx]) \d{{1,2}}\b)?"
)
_TO_CITY = rf"(?:[ ,]{{1,2}}{_WORD}){{1,8}}?[ ,\n-]{{1,3}}(?i:{_POSTCODE})[ ,]{{1,2}}{_CITY}"
_SMALL_NAME = rf"(?:\s{_LINK}){{0,2}}\s?[^\W\d_][\w'-]{{1,30}}+"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:{_ZONE}){_NUMBER}(?i:{_PLAIN_STREET}|{_OTHER_STREET})\b\.?{_TO_CITY}",
        rf"{_NUMBER}(?i:{_PLAIN_STREET}|{_OTHER_STREET})\b\.?(?:\s{_LINK}){{0,2}}\s?{_CAPITALS}",
        rf"{_NUMBER}(?i:{_PLAIN_STREET})\b\.?(?i:{_SMALL_NAME})",
        rf"\b(?i:rue|avenue|boulevard|impasse|allee)\b(?:\s{_LINK}){{0,2}}\s?{_CAPITALS}",
        rf"(?<![\w.,/-])(?i:{_POSTCODE})\s(?!(?i:euros?|eur|ht|ttc)\b){_CAPITALS}",
    )
)


def find_addresses(view: View) -> Iterator[Found]:
    """Streets with their number, postcodes with their city; the most complete first.

    A city alone is no address: courts are named by theirs.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(view.cased):
            key = " ".join(re.findall(r"[^\W_]+", view.folded[match.start() : match.end()]))
            yield Found("ADRESSE", *match.span(), key)
