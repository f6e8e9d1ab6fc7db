"""The facts that decide: what a question says of the contract, of who asks, and of its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import reduce
from typing import Literal, TypeVar

from assistant.answering.types import Side
from retrieval.analysis import STOP_WORDS, fold, normalise, words

REFORM = date(2016, 10, 1)  # Ordonnance n° 2016-131 takes effect
OLDEST = 1950  # years before are no contract's date
READ = 4_000  # characters of a question in which facts are read

Client = Literal["professionnel", "particulier", "association"]
T = TypeVar("T")


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
class Facts:
    """What is known of a case. None where nothing was said."""

    contract: Span | None = None  # when it was concluded
    renewed: bool | None = None  # whether it was renewed since
    side: Side | None = None  # whose the question is
    client: Client | None = None  # in what capacity the client contracted
    written: bool | None = None  # whether the contract says something on the point

    def over(self, older: Facts) -> Facts:
        """These facts, completed with older ones."""
        told = {f.name: getattr(self, f.name) for f in fields(self)}
        return Facts(**{n: getattr(older, n) if v is None else v for n, v in told.items()})


def read_facts(text: str) -> Facts:
    """The facts that a text states of its author's case; what it only supposes is not read."""
    return _read(_flat(text))[0]


def facts_of(texts: Iterable[str]) -> Facts:
    """The facts that texts state, the last word on each winning.

    Args:
        texts: oldest first.
    """
    return reduce(lambda known, text: read_facts(text).over(known), texts, Facts())


def only_facts(text: str) -> bool:
    """Whether a text states facts and nothing else, like a quick reply."""
    flat = _flat(text)
    facts, spans = _read(flat)
    if facts == Facts() or "?" in flat:
        return False
    for start, end in spans:
        flat = flat[:start] + " " * (end - start) + flat[end:]
    return all(w in STOP_WORDS or w in _EMPTY or w.isdigit() for w in words(flat))


def _flat(text: str) -> str:
    """A text as facts are read in it: folded, apostrophes as spaces."""
    return fold(normalise(text[:READ])).replace("'", " ")


def _read(flat: str) -> tuple[Facts, list[tuple[int, int]]]:
    """The facts of a folded text, and where each was read."""
    spans: list[tuple[int, int]] = []
    contract = _contract(flat, spans)
    facts = Facts(
        contract,
        _first(flat, _RENEWED, spans),
        _side(flat, spans),
        _first(flat, _CLIENT, spans),
        _first(flat, _WRITTEN, spans, supposed=True),
    )
    return facts, spans


def _first(
    flat: str,
    patterns: tuple[tuple[T, re.Pattern[str]], ...],
    spans: list[tuple[int, int]],
    *,
    supposed: bool = False,
) -> T | None:
    """What the first pattern found stands for; with `supposed`, also what is only supposed."""
    for value, pattern in patterns:
        found = pattern.search(flat)
        if found and (supposed or not _supposed(flat, found.start())):
            spans.append(found.span())
            return value
    return None


def _supposed(flat: str, place: int) -> bool:
    """Whether what stands at a place is a supposition: "et si j'étais…"."""
    return bool(
        re.search(
            r"\b(?:si|if|when|quand|lorsque?|qu) (?:le |la |un |the |a |je |nous |j |i |we )?$",
            flat[:place],
        )
    )


def _side(flat: str, spans: list[tuple[int, int]]) -> Side | None:
    """Whose the question is: as it says, else as it speaks of the other side; None when both."""
    declared = _first(flat, _DECLARED, spans)
    if declared:
        return declared
    found: dict[Side, re.Match[str]] = {}
    for side, pattern in _SPOKEN:
        if match := pattern.search(flat):
            found[side] = match
    if len(found) != 1:
        return None
    ((side, match),) = found.items()
    spans.append(match.span())
    return side


def _contract(flat: str, spans: list[tuple[int, int]]) -> Span | None:
    """When the contract was concluded."""
    for match in _ANCHOR.finditer(flat):
        if _OTHER_PAPER.search(match[0]) or _OTHER_PAPER.search(flat[: match.start()][-25:]):
            continue
        if span := _span(match):
            spans.append(match.span())
            return span
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
# Papers other than the contract, and what happens under it: their date is not the contract's.
_OTHER_PAPER = re.compile(
    r"\b(?:pv|proces verbal|fiche|bon|avenant|rapport|attestation|lettre|courrier|mail|courriel"
    r"|facture|incident|panne|resili\w*|termin\w*|renouvel\w*|reconduit\w*|renew\w*|fini\w*"
    r"|expir\w*|jusqu|echeance|prend fin|invoice|letter|report)\b"
)
_CUSTOM = re.compile(r"clients?\b|sous contrat\b")  # "clients depuis 2013": since then, not after
_RENEWED: tuple[tuple[bool, re.Pattern[str]], ...] = (
    (False, re.compile(r"\b(?:jamais|pas|not|never) (?:ete |been )?(?:renouvelee?s?|reconduite?s?|renewed)\b"
                       r"(?: (?:depuis|since))?")),
    (True, re.compile(r"\b(?:a ete|s est|est|ete|vient d etre|was|has been|been) (?:tacitement |automatiquement"
                      r" |automatically )?(?:renouvelee?s?|reconduite?s?|renewed)\b(?: (?:depuis|since))?")),
)  # fmt: skip
_TRADE = (
    r"(?:prestataire|infogerant|mainteneur|depanneur|reparateur|integrateur|ssii|esn|editeur"
    r"|informaticien|technicien|infogerance|provider|supplier|technician|contractor)"
)
_DECLARED: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("prestataire", re.compile(
        rf"\b(?:je suis|nous sommes|on est|j suis|chui|i am|i m|we are)(?: (?!client|et\b|and\b|mo[ni]\b|m[ay]\b|notre|our|avec|with)\w+){{0,3}} {_TRADE}s?\b"
        r"|\b(?:ma|notre) (?:societe|entreprise|boite) (?:de maintenance|de depannage|d infogerance"
        r"|d informatique|de services informatiques|qui (?:repare|maintient|depanne)|repare)")),
    ("client", re.compile(
        r"\b(?:je suis|nous sommes|on est|i am|i m|we are)(?: (?:le|la|les|un|une|des|the|a|an)){0,1}"
        r" (?:client|customer)e?s?\b")),
)  # fmt: skip
_SPOKEN: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("prestataire", re.compile(
        r"\b(?:mon|ma|notre|mes) client(?:e|s|es)?\b|\bun(?:e)? (?:de (?:mes|nos) )?client(?:e|s)? "
        r"(?:ne |n |me |m |nous |refuse|veut|demande|conteste|exige)|\b(?:nos|mes) techniciens\b"
        r"|\b(?:my|our) (?:client|customer)s?\b|\bj interviens chez\b")),
    ("client", re.compile(
        rf"\b(?:mon|ma|notre|nos|mes) (?:ancien |nouveau |futur )?(?!techniciens){_TRADE}s?\b"
        r"|\b(?:mon|notre) (?:ancien )?(?:presta|fournisseur|hotline|support)\b"
        r"|\b(?:my|our) (?:it |support |maintenance |former )*(?:provider|supplier|vendor|technician|company)"
        r"|\b(?:prestataire|mainteneur|informaticien|technicien|depanneur|reparateur|presta)\b"
        r"[^.?!;]{0,40}\b(?:m|me|nous|notre|nos|mon|ma|mes)\b")),
)  # fmt: skip
_CLIENT: tuple[tuple[Client, re.Pattern[str]], ...] = (
    ("particulier", re.compile(
        r"\b(?:suis|client est|client is|agis|contractais|comme|en tant que|am|as)(?: un| une| a| an| bien| simple| de)*"
        r" (?:particuliere?|consommat(?:eur|rice)|consumer|private individual)\b"
        r"|\b(?:suis|am) (?:une? |a )?(?:retraitee?|etudiante?|student|pensioner)\b"
        r"|\bmon client,? (?:un )?particulier\b|\ba titre (?:prive|personnel)\b"
        r"|\b(?:mon|l) (?:ordinateur|ordi|pc) (?:perso\w*|familial)\b")),
    ("association", re.compile(
        r"\b(?:notre|mon|une|l|our|sommes une|suis une) (?:petite )?(?:association|copropriete|syndicat de"
        r" coproprietaires)\b")),
    ("professionnel", re.compile(
        r"\b(?:ma|mon|notre|nos|nous sommes une|my|our) (?:petite |small )?(?:societe|entreprise|pme|tpe|cabinet"
        r"|boutique|salaries|agence|commerce|etude|usine|boite|company|business|firm)\b"
        r"|\b(?:sommes|suis|a titre|as|are|client est|client is)(?: des| un| une| a)? (?:professionn?els?|business(?:es)?)\b"
        r"|\bentre professionnels\b")),
)  # fmt: skip
_WRITTEN: tuple[tuple[bool, re.Pattern[str]], ...] = (
    (False, re.compile(
        r"\b(?:contrat|clause|convention)\b[^.?!;]{0,15}\b(?:n en (?:dit|parle)\b(?: rien| pas)?|ne (?:dit|prevoit"
        r"|precise|mentionne) rien|ne le prevoit pas|est muet|se tait)"
        r"|\bcontract (?:is silent|says nothing)|\b(?:aucune|pas de|sans) clause\b")),
    (True, re.compile(
        r"\b(?:contrat|clause)\b[^.?!;]{0,15}\b(?:le prevoit|prevoit|stipule|dit qu|precise qu|en parle)\b"
        r"|\bcontract (?:says so|provides(?: for it)?|states)\b")),
)  # fmt: skip
# Words that say nothing besides a fact: "le contrat a été conclu", "oui", "en fait".
_EMPTY = frozenset(
    """contrat contract conclu signe conclue oui non yes no bonjour merci fait alors donc was were
    has been have not et mais suis est ete etait ce c""".split()
)
