"""E-mail addresses, telephone numbers, sites and addresses of machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from assistant.privacy.types import Found
from assistant.privacy.view import View
from assistant.privacy.vocabulary import KEPT

# Every quantifier is bounded and starts at the edge of a word: time grows with the text alone.
_PART = r"[a-z0-9][\w+-]{0,40}+"
_LABEL = r"[a-z0-9][a-z0-9-]{0,62}+"
_IN_BRACKETS = r"\s?[\[(]\s?(?:at|arobase|arobas|a|@)\s?[\])]\s?"
_DOT = r"(?:\.|\s?[\[(]\s?(?:dot|point|\.)\s?[\])]\s?|\s(?:point|dot)\s)"
_SPELT_DOT = r"(?:\s?[\[(]\s?(?:dot|point)\s?[\])]\s?|\s(?:point|dot)\s)"
_LOCAL = rf"{_PART}(?:{_DOT}{_PART}){{0,3}}"
_EMAIL = re.compile(
    rf"(?<![\w.+%-])(?:"
    rf"[a-z0-9_][\w.+%-]{{0,63}}+ ?@ ?{_LABEL}(?:\.{_LABEL}){{1,6}}"
    rf"|{_LOCAL}(?:{_IN_BRACKETS}|\s(?:arobase|arobas)\s|\s?@\s?){_LABEL}(?:{_DOT}{_LABEL}){{1,3}}"
    rf"|{_LOCAL}\sat\s{_LABEL}(?:{_SPELT_DOT}{_LABEL}){{1,3}}"
    rf")"
)
_AT_SIGN = re.compile(rf"{_IN_BRACKETS}|\s(?:arobase|arobas|at)\s")
_DOT_SIGN = re.compile(_SPELT_DOT)

_SEPARATOR = r"(?P<s>| - |[ .\-/])"
_PHONE = re.compile(
    rf"(?<![\w.,/+-])(?:"
    rf"(?:(?:\+|00) ?33[ .-]?(?:\(0\) ?)?|0|\(0\) ?)[1-9]{_SEPARATOR}\d\d(?:(?P=s)\d\d){{3}}"
    r"|0[1-9] \d{8}|0[1-9]\d \d{3} \d{4}|0[1-9]\d\d(?:[ .]\d{3}){2}|0[1-9]\d\d(?:[ .]\d\d){3}"
    r"|0 8\d\d(?:[ .]\d{3}){2}|0(?: \d){9}"
    r")(?![\w]|[.,]\d|/\d| ?(?:€|euros?\b))",
    re.ASCII,
)
_FOREIGN_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)(?!33)[1-9]\d{0,2}(?:[ .\-/()]{0,3}\d){6,12}", re.ASCII
)
_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"«»{}|\\^\[\]]{1,2000}")
_SITE = re.compile(
    rf"(?<![\w@.-])(?:www\.{_LABEL}(?:\.{_LABEL}){{1,4}}"
    rf"|(?:{_LABEL}\.){{0,2}}[a-z0-9][a-z0-9-]{{2,62}}\.(?:fr|com|net|org|eu|io|biz|be|ch|lu))"
    r"(?![\w@-])(?:/[^\s<>\"«»{}|\\^\[\]]{0,500})?"
)
_PUBLIC_HOSTS = (
    "gouv.fr", "courdecassation.fr", "conseil-etat.fr", "conseil-constitutionnel.fr", "europa.eu",
    "cnil.fr", "service-public.fr", "inpi.fr", "insee.fr", "bodacc.fr", "infogreffe.fr", "senat.fr",
    "assemblee-nationale.fr", "justice.fr", "urssaf.fr", "asp.net", "vb.net", "ado.net",
)  # fmt: skip
_SOCIAL = frozenset("linkedin facebook instagram twitter youtube tiktok pinterest".split())
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", re.ASCII)
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.ASCII)
_NO_MACHINE = re.compile(
    r"(?:version|article|art|clause|annexe|point|section|chapitre|\bv)\W{0,4}$"
)


def find_contacts(view: View) -> Iterator[Found]:
    """E-mail addresses, sites, telephone numbers and IP addresses, in this order."""
    yield from _emails(view)
    yield from _sites(view)
    yield from _machines(view)
    yield from _phones(view)


def _emails(view: View) -> Iterator[Found]:
    """E-mail addresses, "jean (at) exemple point fr" too. Their key has an @ and dots."""
    for match in _EMAIL.finditer(view.folded):
        plain = _DOT_SIGN.sub(".", _AT_SIGN.sub("@", match[0]))
        yield Found("COURRIEL", *match.span(), re.sub(r"\s", "", plain))


def _sites(view: View) -> Iterator[Found]:
    """Addresses of sites, but those of public bodies and of the brands that everybody uses.

    On a social network the address is somebody's.
    """
    for pattern in (_URL, _SITE):
        for match in pattern.finditer(view.folded):
            shown = match[0].rstrip(".,;:!?)'")
            key = re.sub(r"^(?:https?|ftp)://|/$", "", shown).removeprefix("www.")
            if key and not _is_public(key):
                yield Found("SITE", match.start(), match.start() + len(shown), key)


def _is_public(address: str) -> bool:
    """Whether an address leads to a public body or to the site of a known brand."""
    host = re.split(r"[/?#:]", address, maxsplit=1)[0]
    if any(host == name or host.endswith("." + name) for name in _PUBLIC_HOSTS):
        return True
    labels = host.split(".")
    return len(labels) == 2 and labels[0] in KEPT and labels[0] not in _SOCIAL


def _machines(view: View) -> Iterator[Found]:
    """IP addresses; "version 10.0.1.2" and "article 7.2.1.1" are none."""
    for match in _IPV4.finditer(view.folded):
        before = view.folded[max(0, match.start() - 14) : match.start()]
        if _is_address(IPv4Address, match[0]) and not _NO_MACHINE.search(before):
            yield Found("IP", *match.span(), match[0])
    for match in _IPV6.finditer(view.folded):
        text = match[0]
        whole = "::" in text or text.count(":") == 7
        if whole and any(map(str.isalnum, text)) and _is_address(IPv6Address, text):
            yield Found("IP", *match.span(), text)


def _is_address(kind: type[IPv4Address] | type[IPv6Address], text: str) -> bool:
    """Whether a text is an address of a kind."""
    try:
        kind(text)
    except AddressValueError:
        return False
    return True


def _phones(view: View) -> Iterator[Found]:
    """Telephone numbers: French ones by their shape, foreign ones when they can exist.

    phonenumbers' own search misses "06-12-34-56-78" beside another number, and takes seconds on
    a long list of them; its parser gives the one form that all the spellings share.
    """
    for match in _PHONE.finditer(view.folded):
        yield Found("TELEPHONE", *match.span(), _e164(match[0]) or _digits(match[0]))
    for match in _FOREIGN_PHONE.finditer(view.folded):
        text = match[0]
        while len(_digits(text)) >= 8:
            if number := _e164(text):
                yield Found("TELEPHONE", match.start(), match.start() + len(text), number)
                break
            text = text[: max(map(text.rfind, " .-/("))] if re.search(r".[ .\-/(]", text) else ""


def _digits(text: str) -> str:
    """The digits of a text."""
    return re.sub(r"\D", "", text)


def _e164(text: str) -> str:
    """A telephone number as the network writes it (ITU-T E.164); nothing when it cannot exist."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return ""
    french = number.country_code == 33
    if not (phonenumbers.is_possible_number if french else phonenumbers.is_valid_number)(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
