"""The extractive answer: reviewed text, section by section, with its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.cite import Sources
from assistant.answering.types import Language, Part
from retrieval import Candidate, Passage, Retriever

REFORM = date(2016, 10, 1)
CLOSE = 0.20  # probability from which a second question is told too: one chance in five
CLAUSE_PARAGRAPHS = 4

_TITLES = {
    "reponse-courte": "",
    "explication": "Explication",
    "en-pratique": "En pratique",
    "limites": "Limites",
}
_ORDER = tuple(_TITLES)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents that answer a question."""

    first: Candidate
    close: Candidate | None  # a second one, nearly as likely
    clause: Candidate | None  # the clause of the model that goes with them


def choose(candidates: Sequence[Candidate], retriever: Retriever) -> Chosen:
    """Which documents answer, from candidates ranked best first."""
    first, *others = candidates
    close = next((c for c in others[:1] if c.probability >= CLOSE), None)
    clauses = [c for c in candidates if is_clause(c.document_id)]
    linked = _linked_clauses(retriever, first)
    likely = [c for c in clauses[:3] if c in candidates[:8]]
    clause = next((c for c in likely if c.document_id in linked), None)
    clause = clause or (likely[0] if likely else None)
    if clause and clause.document_id in (first.document_id, close.document_id if close else ""):
        clause = None
    return Chosen(first, close, clause)


def is_clause(document_id: str) -> bool:
    """Whether a document is a clause or an annex of the model contract."""
    return document_id.startswith("kb:contract/")


def compose(
    chosen: Chosen,
    retriever: Retriever,
    language: Language,
    as_of: date | None,
    named: Sequence[Passage] = (),
) -> tuple[list[Part], Sources]:
    """The parts of an answer and their sources.

    Args:
        named: passages whose reference the question names; told when no other part cites them.
    """
    sources = Sources(retriever.passage)
    parts: list[Part] = []
    if is_clause(chosen.first.document_id):
        parts += _clause_parts(retriever, sources, chosen.first, lead=True)
    else:
        parts += _question_parts(retriever, sources, chosen.first, language)
    if chosen.close:
        parts += _close_parts(retriever, sources, chosen.close)
    if chosen.clause:
        parts += _clause_parts(retriever, sources, chosen.clause, lead=False)
    cited = {citation.passage_id for citation in sources.citations}
    parts += named_parts([p for p in named if p.id not in cited], sources)
    parts += _old_law(retriever, sources, as_of)
    return parts, sources


def _linked_clauses(retriever: Retriever, candidate: Candidate) -> set[str]:
    """Documents of the clauses that a question names."""
    passages = retriever.document(candidate.document_id)
    names = passages[0].meta.get("clauses") if passages else None
    return {f"kb:contract/{name}" for name in names} if isinstance(names, list) else set()


def _sections(retriever: Retriever, document_id: str) -> dict[str, Passage]:
    """A document's passages by section."""
    return {p.id.partition("#")[2]: p for p in retriever.document(document_id)}


def _question_parts(
    retriever: Retriever, sources: Sources, candidate: Candidate, language: Language
) -> list[Part]:
    """The sections of a question, the short answer first."""
    sections = _sections(retriever, candidate.document_id)
    parts = []
    short = sections.get("reponse-courte")
    english = short.meta.get("reponse_courte_en") if short else None
    if language == "en" and short and english:
        marker = sources.marker(short, short.text)
        parts.append(Part("", f"{str(english).strip()} {marker}"))
        parts.append(Part("", "*The reviewed French answer and its sources follow.*"))
    for name in _ORDER:
        if name in sections:
            passage = sections[name]
            parts.append(Part(_TITLES[name], sources.marked(_markdown(passage), passage)))
    return parts


def _markdown(passage: Passage) -> str:
    """The Markdown that a passage was read from."""
    return str(passage.meta.get("markdown") or passage.text)


def _close_parts(retriever: Retriever, sources: Sources, candidate: Candidate) -> list[Part]:
    """The short answer of a second question that may be the one meant."""
    if is_clause(candidate.document_id):
        return _clause_parts(retriever, sources, candidate, lead=False)
    short = _sections(retriever, candidate.document_id).get("reponse-courte")
    if short is None:
        return []
    lead = "Votre question peut aussi se lire ainsi."
    return [Part(f"À rapprocher : {candidate.title}",
                 f"{lead} {sources.marked(_markdown(short), short)}")]  # fmt: skip


def _clause_parts(
    retriever: Retriever, sources: Sources, candidate: Candidate, *, lead: bool
) -> list[Part]:
    """What the model contract says, and with `lead` why it says so."""
    sections = _sections(retriever, candidate.document_id)
    clause = sections.get("clause")
    if clause is None:
        return []
    paragraphs = [p for p in re.split(r"\n\s*\n", _markdown(clause)) if p.strip()]
    kept = paragraphs if lead else paragraphs[:CLAUSE_PARAGRAPHS]
    text = sources.marked("\n\n".join(kept), clause)
    title = f"Ce que prévoit le modèle : {clause.reference.partition(', ')[2]}"
    if len(kept) < len(paragraphs):
        text += f"\n\n*Extrait ; la clause compte {len(paragraphs)} paragraphes.*"
    if clause.meta.get("options"):
        text += "\n\n*Rédaction avec les options par défaut du modèle ; d'autres options existent.*"
    parts = [Part("" if lead else title, f"**{title}**\n\n{text}" if lead else text)]
    note = sections.get("note")
    if lead and note:
        parts.append(Part("Pourquoi cette clause", sources.marked(_markdown(note), note)))
    return parts


def named_parts(named: Sequence[Passage], sources: Sources) -> list[Part]:
    """The texts and decisions that a question names, told from the base."""
    lines = [
        f"- **{p.reference}** : {' '.join(p.text.split())} {sources.marker(p, p.text)}"
        for p in named
    ]
    return [Part("Les références que vous citez", "\n".join(lines))] if lines else []


def _old_law(retriever: Retriever, sources: Sources, as_of: date | None) -> list[Part]:
    """For a contract concluded before the reform: the old articles behind those cited."""
    if as_of is None or as_of >= REFORM:
        return []
    lines = []
    for citation in list(sources.citations):
        passage = retriever.passage(citation.passage_id)
        replaced = passage.meta.get("replaces") if passage else None
        for old in replaced if isinstance(replaced, list) else []:
            former = retriever.passage(f"kb:law/{old}")
            if former:
                marker = sources.marker(former, former.text)
                lines.append(
                    f"- {citation.reference} : avant la réforme, {former.reference} {marker}."
                )
    lead = (
        "Votre contrat a été conclu avant le 1er octobre 2016 : l'ancien droit des contrats lui reste"
        " en principe applicable, et la réponse ci-dessus est celle du droit actuel."
    )
    reform = retriever.passage("kb:law/ordonnance-2016-131")
    if reform:
        lead += f" {sources.marker(reform, reform.text)}"
    return [Part("Contrat antérieur à la réforme", "\n".join([lead, "", *dict.fromkeys(lines)]))]
