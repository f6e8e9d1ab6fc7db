"""What a dossier is made of, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from retrieval.errors import AppError

NOTICE = (
    "Ce dossier contient une information juridique, non un conseil : il ne remplace pas l'avis d'un"
    " avocat sur votre situation. Les réponses sont automatiques. Les textes et décisions y sont"
    " résumés par MainteLex ; seul le texte officiel, à l'adresse donnée, fait foi."
)


class DossierError(AppError):
    """A dossier that cannot be made or written."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A source of an answer, with the words relied on."""

    n: int  # the marker [n]
    reference: str
    kind: str  # in French: « Loi », « Décision »…
    text: str  # verbatim from the stored passage
    url: str  # "" where there is none
    version: str  # « en vigueur depuis le 1er octobre 2016 »
    reviewed: str  # « relu le 24 novembre 2026 par … »; "" when unknown
    check: str  # « vérifiée », « réajustée », « non vérifiée »


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the conversation, its answer and its sources."""

    id: str  # of the answer, when it is kept; else ""
    question: str
    facts: tuple[str, ...]
    status: str  # in French
    parts: tuple[tuple[str, str], ...]  # title, Markdown with [n] markers
    notice: str  # what the user was told of a model's part; "" without a model
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A conversation, ready to be printed."""

    entries: tuple[Entry, ...]
    made_at: datetime
    generations: tuple[str, ...]  # of the index, of all answers
    kb_hash: str  # SHA-256 of the knowledge base that the sources were read in
    models: tuple[str, ...]  # language models that had a part; none without
    prompts: tuple[str, ...]  # « reponse (version 3) »
    reviewer: str  # who read it over; "" when nobody did
    software: str  # version of MainteLex
    notice: str = NOTICE
