"""What is found in a text, and what a tag stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from retrieval.errors import AppError

Kind = Literal[
    "PERSONNE",
    "SOCIETE",
    "NOM",  # of a person or a firm: nothing tells which
    "COURRIEL",
    "TELEPHONE",
    "IBAN",
    "SIREN",
    "SIRET",
    "TVA",
    "CARTE",
    "NIR",  # social security number
    "ADRESSE",
    "REFERENCE",  # of a contract, a customer, an invoice, a ticket, a machine
    "IP",
    "PLAQUE",
    "SITE",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: frozenset[Kind] = frozenset({"PERSONNE", "SOCIETE", "NOM"})


class PseudonymsError(AppError):
    """A table of pseudonyms that cannot be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that tells who a text speaks of."""

    kind: Kind
    start: int  # in characters of the text
    end: int
    key: str  # what the spellings of one entity share: "jean dupont", "+33199001234"


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something of a conversation, and how it was written."""

    kind: Kind
    number: int  # from 1, by kind, in order of appearance
    forms: tuple[str, ...]  # as written, in order of appearance: "Jean Dupont", "dupont"
    keys: tuple[str, ...]
