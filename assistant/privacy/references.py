"""Numbers of contracts, customers, invoices, tickets and machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.types import Found
from assistant.privacy.view import View
from assistant.privacy.vocabulary import KEPT

_NOUN = (
    r"(?:contrats?|factures?|devis|commandes?|bdc|dossiers?|clients?|abonnements?|abonnes?|tickets?"
    r"|incidents?|demandes?|comptes?|adherents?|polices?|sinistres?|avoirs?|bail|serie|matricule"
    r"|intervention|bon|marches?|avenants?|licences?|contract|invoice|customer|order|policy|serial)"
)
_OF = r"(?:\s(?:de |d'|du )?(?:commande|assurance|client|abonne|serie|maintenance|intervention))?"
_MARK = r"(?:n ?°|nos?\b\.?|num\b\.?|numeros?\b|ref\b\.?|references?\b|code\b|identifiant\b|id\b|number\b|#)"
_VALUE = r"(?P<value>(?!(?:de|du|des|en|le|la|les|a|au|un|et|par|sur|ce|no|num|ref|id|mai|juin|mars|aout)\b)[a-z]{1,4} \d{4,20}\b|[a-z0-9][a-z0-9/_.-]{2,40}+)"
_LINK = r"\s?(?::|est|c'est|is|=)?\s?"
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"\b{_NOUN}\b{_OF}\s?[,(:]?\s?{_MARK}{_LINK}{_VALUE}",
        rf"(?<!\w){_MARK}\s?(?:de |du |d')?{_NOUN}\b{_OF}{_LINK}{_VALUE}",
        rf"(?<!\w)ref(?:erence)?s?\b\s?\.?\s?:\s?{_VALUE}",
        rf"\breferences?\s{_VALUE}",
        rf"\b(?:ticket|sinistre)s?\s{_VALUE}",
    )
)
# Without "n°", the number must look like one: "facture FA-2024-00123".
_LOOSE = re.compile(rf"\b{_NOUN}\b{_OF}\s?:?\s?{_VALUE}", re.ASCII)
_MIXED = re.compile(r"(?=.*[a-z/-])(?=.*\d{3}).{5,}")
_NO_REFERENCE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"  # dates
    r"|\d{2}-\d{2}\.\d{3}"  # decisions
    r"|[lrd]\.?\d{3,4}-\d.*"  # articles
    r"|(?:19|20)\d{2}|\d{1,3}|[\d.]*\d{3}(?:euros?|eur|e|h|j)",  # years, ranks, amounts
)
_AFTER = re.compile(
    r" ?(?:€|euros?\b|eur\b|%|ht\b|ttc\b|postes?\b|heures?\b|jours?\b|mois\b|ans\b)"
)


def find_references(view: View) -> Iterator[Found]:
    """The references that a noun and "n°" announce, and those that look like nothing else."""
    for pattern in _PATTERNS:
        yield from _read(pattern, view, loose=False)
    yield from _read(_LOOSE, view, loose=True)


def _read(pattern: re.Pattern[str], view: View, *, loose: bool) -> Iterator[Found]:
    """The references that a pattern finds."""
    for match in pattern.finditer(view.folded):
        value = match["value"].rstrip("/_.-")
        start = match.start("value")
        end = start + len(value)
        if loose and not _MIXED.fullmatch(value):
            continue
        if _is_reference(value) and not _AFTER.match(view.folded, end):
            yield Found("REFERENCE", start, end, re.sub(r"[^a-z0-9]", "", value))


def _is_reference(value: str) -> bool:
    """Whether a value may be a reference: four characters, three digits, no date, no article."""
    digits = sum(map(str.isdigit, value))
    known = value in KEPT
    return len(value) >= 4 and digits >= 3 and not known and not _NO_REFERENCE.fullmatch(value)
