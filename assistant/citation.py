"""A numbered source of an answer: what composing, checking and showing an answer share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["verifie", "reajuste", "non_verifie"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of an answer. `quote` stands verbatim in the stored passage.

    `check` tells how the words that the answer puts between quotation marks were found in the
    passage: as written ("verifie"), close to it and put right ("reajuste"), or not at all
    ("non_verifie": never shown).
    """

    n: int  # the marker [n], from 1 in order of appearance
    passage_id: str
    kind: str
    title: str
    reference: str
    url: str | None
    quote: str
    page: int | None = None
    check: Check = "verifie"
