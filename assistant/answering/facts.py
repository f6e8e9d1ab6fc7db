"""The facts that decide: what a question says of the contract, of who asks, and of its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from typing import Literal, TypeVar

from assistant.answering.dates import REFORM as REFORM
from assistant.answering.dates import Span as Span
from assistant.answering.dates import dated
from assistant.answering.types import Side
from retrieval.analysis import STOP_WORDS, fold, normalise, words

READ = 4_000  # characters of a question in which facts are read

Client = Literal["professionnel", "particulier", "association", "public"]
T = TypeVar("T")


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
    return _read(flat(text))[0]


def facts_of(texts: Iterable[str]) -> Facts:
    """The facts that texts state, the last word on each winning.

    Args:
        texts: oldest first.
    """
    return reduce(lambda known, text: read_facts(text).over(known), texts, Facts())


def only_facts(text: str) -> bool:
    """Whether a text states facts and nothing else, like a quick reply."""
    folded = flat(text)
    facts, spans = _read(folded)
    if facts == Facts() or "?" in folded:
        return False
    for start, end in spans:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return all(w in STOP_WORDS or w in _EMPTY or w.isdigit() for w in words(folded))


def dating(folded: str) -> list[tuple[int, int]]:
    """Where a text tells when the contract was concluded, or that it was not renewed, in order.

    Args:
        folded: a text that `flat` gave.
    """
    spans: list[tuple[int, int]] = []
    if told := dated(folded):
        spans.append((told.start, told.end))
    never = [(value, pattern) for value, pattern in _RENEWED if value is False]
    _first(folded, tuple(never), spans)
    return sorted(spans)


def flat(text: str) -> str:
    """A text as facts are read in it: folded, apostrophes as spaces."""
    return fold(normalise(text[:READ])).replace("'", " ")


def _read(flat: str) -> tuple[Facts, list[tuple[int, int]]]:
    """The facts of a folded text, and where each was read."""
    spans: list[tuple[int, int]] = []
    contract = dated(flat)
    if contract:
        spans.append((contract.start, contract.end))
    renewed = _first(flat, _RENEWED, spans)
    side = _side(flat, spans)
    client = _first(flat, _CLIENT, spans)
    if side is None and client in _CLIENTS and _OF_ONESELF.search(flat[slice(*spans[-1])]):
        side = "client"
    written = _first(flat, _WRITTEN, spans, supposed=True)
    return Facts(contract.span if contract else None, renewed, side, client, written), spans


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
# "Mon technicien d'astreinte": the one who speaks so employs him.
_EMPLOYED = (
    r"technicien\b(?=[^.?!;]{0,60}\b(?:astreinte|payee?|remuneree?|salaire|heures sup\w*|licenci\w+"
    r"|demission\w*|primes?|conges?|temps de travail|chez (?:le|un|mon|notre) client)\b)"
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
        rf"|\b(?:mon|notre) {_EMPLOYED}"
        r"|\bj emploie\b|\bmes salaries techniciens\b"
        r"|\b(?:my|our) (?:client|customer)s?\b|\bj interviens chez\b")),
    ("client", re.compile(
        rf"\b(?:mon|ma|notre|nos|mes) (?:ancien |nouveau |futur )?(?!techniciens|{_EMPLOYED}){_TRADE}s?\b"
        r"|\b(?:mon|notre) (?:ancien )?(?:presta|fournisseur|hotline|support)\b"
        r"|\b(?:my|our) (?:it |support |maintenance |former )*(?:provider|supplier|vendor|technician|company)"
        r"|\b(?:prestataire|mainteneur|informaticien|technicien|depanneur|reparateur|presta)\b"
        r"[^.?!;]{0,40}\b(?:m|me|nous|notre|nos|mon|ma|mes)\b(?! clients?\b)")),
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
    ("public", re.compile(
        r"\b(?:nous sommes|je suis|je travaille (?:pour|dans|a)|notre|la|une|ma|pour|our|we are a) (?:la |une? |le |l )?"
        r"(?:petite )?(?:mairie|commune|collectivite(?: territoriale)?|communaute de communes|intercommunalite"
        r"|etablissement public|hopital public|lycee public|ecole publique|administration|prefecture"
        r"|town hall|public (?:buyer|body|school|hospital))\b|\bmarches? publics?\b|\bacheteur public\b")),
    ("professionnel", re.compile(
        r"\b(?:ma|mon|notre|nos|nous sommes une?|je suis une?|on est une?|my|our|we are an?)"
        r" (?:petite?s? |small )?(?:societe|entreprise|pme|tpe|cabinet"
        r"|boutique|salaries|agence|commerce|etude|usine|boite|company|business|firm|restaurant|garage|hotel"
        r"|startup|start up)\b"
        r"|\b(?:je suis|nous sommes|on est)(?: une?| des)? (?:petits? )?(?:artisan|commercant|kine\w*|dentiste"
        r"|medecin|infirmier|pharmacien|avocat|notaire|architecte|expert comptable|auto entrepreneur|micro"
        r" entrepreneur|independant|freelance|restaurateur|boulanger|coiffeur|opticien|veterinaire)\w*\b"
        r"|\b(?:sommes|suis|a titre|as|are|client est|client is)(?: des| un| une| a)? (?:professionn?els?|business(?:es)?)\b"
        r"|\bentre professionnels\b")),
)  # fmt: skip
_CLIENTS = frozenset({"particulier", "association", "public"})  # no provider is one
_OF_ONESELF = re.compile(r"\b(?:suis|sommes|am|are|mon|notre|our|titre)\b(?! client)")
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
