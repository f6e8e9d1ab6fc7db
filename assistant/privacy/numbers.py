"""Numbers that name a person, a firm or an account. python-stdnum checks their keys.

A number whose key is wrong is hidden all the same where the words before it say what it is:
a mistyped IBAN is still somebody's. Alone, it must be right: prices and quantities are no SIREN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.privacy.types import Found, Kind
from assistant.privacy.view import View

BEFORE = 40  # characters before a number in which its name is looked for

_APART = r"(?<![\w.,/-])"
_END = r"(?![\w]|[.,/-]\d)"
_SIREN = r"\d{3}[ .]?\d{3}[ .]?\d{3}"
_MONEY = re.compile(r" ?(?:€|\$|£|euros?\b|eur\b|keur?\b|dollars?\b|millions?\b|%)")
# Characters of an IBAN by country (ISO 13616, IBAN registry): the single euro payments area.
_IBAN_LENGTHS = {
    "ad": 24, "at": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24, "de": 22, "dk": 18,
    "ee": 20, "es": 24, "fi": 18, "fr": 27, "gb": 22, "gi": 23, "gr": 27, "hr": 21, "hu": 28,
    "ie": 22, "is": 26, "it": 27, "li": 21, "lt": 20, "lu": 20, "lv": 21, "mc": 27, "mt": 31,
    "nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "se": 24, "si": 19, "sk": 24, "sm": 27,
    "va": 22,
}  # fmt: skip
_IBAN = re.compile(
    rf"(?<![\w])(?:{'|'.join(_IBAN_LENGTHS)})\d{{2}}(?:[ -]?[a-z0-9]){{11,27}}", re.ASCII
)
_FRENCH_IBAN = re.compile(r"(?:fr|mc)\d{12}[a-z0-9]{11}\d{2}")
_EU_VAT = r"(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[0-9A-Z]{8,12}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a kind of number is written, the words that announce it, and its check."""

    kind: Kind
    written: re.Pattern[str]
    announced: re.Pattern[str]
    check: Callable[[str], bool]  # of the number without its separators, in capitals


def find_numbers(view: View) -> Iterator[Found]:
    """Account, card, company, tax and social security numbers, and number plates.

    The surest kind first; what overlaps is told apart by `find`.
    """
    yield from _ibans(view)
    for shape in _SHAPES:
        for match in shape.written.finditer(view.cased):
            key = _compact(match[0])
            if _MONEY.match(view.folded, match.end()):
                continue
            if _announced(shape.announced, view, match.start()) or shape.check(key):
                yield Found(shape.kind, match.start(), match.end(), key)


def _ibans(view: View) -> Iterator[Found]:
    """The IBANs: as many characters as their country has, whatever words come next."""
    for match in _IBAN.finditer(view.folded):
        places = [i for i in range(*match.span()) if view.folded[i].isalnum()]
        length = _IBAN_LENGTHS[match[0][:2]]
        if len(places) < length:
            continue
        end = places[length - 1] + 1
        key = _compact(view.folded[match.start() : end])
        if end < len(view.folded) and view.folded[end].isalnum():
            continue
        said = _announced(_SAID_IBAN, view, match.start()) and sum(map(str.isdigit, key)) > 9
        if said or _FRENCH_IBAN.fullmatch(key.lower()) or _is_iban(key):
            yield Found("IBAN", match.start(), end, key)


def _announced(words: re.Pattern[str], view: View, start: int) -> bool:
    """Whether the words shortly before a place say what follows."""
    return bool(words.search(view.folded, max(0, start - BEFORE), start))


def _compact(number: str) -> str:
    """A number without its separators, in capitals."""
    return re.sub(r"[ ./-]", "", number).upper()


def _is_iban(number: str) -> bool:
    from stdnum import iban

    return iban.is_valid(number)


def _is_siren(number: str) -> bool:
    from stdnum.fr import siren

    return siren.is_valid(number)


def _is_siret(number: str) -> bool:
    from stdnum.fr import siret

    return siret.is_valid(number)


def _is_french_vat(number: str) -> bool:
    from stdnum.fr import tva

    return tva.is_valid(number)


def _is_eu_vat(number: str) -> bool:
    from stdnum.eu import vat

    return vat.is_valid(number)


def _is_nir(number: str) -> bool:
    from stdnum.fr import nir

    return len(number) == 15 and nir.is_valid(number)


def _is_card(number: str) -> bool:
    from stdnum import luhn

    return luhn.is_valid(number)


def _never(number: str) -> bool:
    return False


def _always(number: str) -> bool:
    return True


def _shape(kind: Kind, written: str, announced: str, check: Callable[[str], bool]) -> _Shape:
    """A shape; what is written stands apart from other numbers."""
    return _Shape(
        kind,
        re.compile(f"{_APART}(?:{written}){_END}", re.ASCII),
        re.compile(rf"\b(?:{announced})"),
        check,
    )


_SAID_IBAN = re.compile(r"\b(?:iban|rib|compte)\b")
_PLATE = r"[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}"
_SHAPES = (
    _shape("TVA", r"(?i:fr) ?[0-9A-Za-z]{2} ?\d{3}[ .]?\d{3}[ .]?\d{3}", "tva|vat", _is_french_vat),
    _shape("TVA", _EU_VAT, "tva|vat", _is_eu_vat),
    _shape(
        "NIR",
        r"[12] ?\d\d ?[0-9]\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?\d\d)?",
        "securite sociale|secu|nir",
        _is_nir,
    ),
    _shape(
        "CARTE",
        r"[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -]?)\d{6}\2\d{5}",
        "carte|cb|visa|mastercard|amex|card",
        _is_card,
    ),
    _shape("SIRET", rf"{_SIREN}[ .]?\d{{5}}", "siret", _is_siret),
    _shape("SIREN", _SIREN, "siren|rcs|immatricule", _never),
    _shape("SIREN", rf"(?<!\d ){_SIREN}(?! \d)", "siren|rcs|immatricule", _is_siren),
    _shape("PLAQUE", _PLATE, "immatricul|plaque", _always),
    _shape("PLAQUE", r"(?i:[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2})", "immatricul|plaque", _never),
)
