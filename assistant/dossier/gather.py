"""From answers to a dossier: each source with the version of the text that was relied on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answering.types import Answer, Citation
from assistant.dossier.types import Dossier, DossierError, Entry, Quote
from assistant.dossier.words import day_of, safe_line, safe_text
from retrieval import Passage, Retriever

MAX_ENTRIES = 200
KINDS = {
    "statute": "Loi",
    "decision": "Décision",
    "agreement": "Convention collective",
    "clause": "Clause du modèle de contrat",
    "question": "Fiche MainteLex",
    "document": "Votre document",
}
CHECKS = {"verifie": "vérifiée", "reajuste": "réajustée", "non_verifie": "non vérifiée"}
LAW = "kb:law/"  # ids of the texts and decisions that the base sums up
_STATUS = {
    "answered": "Réponse donnée",
    "needs_review": "Réponse à confirmer par un juriste",
    "declined": "Question déclinée",
}
_STANDING = {"nuancée": "décision nuancée depuis", "dépassée": "décision dépassée depuis"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, as a door has them."""

    answer: Answer
    id: str = ""  # of the answer, when it is kept
    facts: tuple[str, ...] = ()  # what the user told, beside the facts of the answer


def dossier_of(
    exchanges: Sequence[Exchange],
    retriever: Retriever,
    made_at: datetime,
    *,
    software: str = "",
    reviewer: str = "",
) -> Dossier:
    """The dossier of a conversation.

    Args:
        exchanges: in order of the conversation; 1 to `MAX_ENTRIES`.
        retriever: holds the passages cited; one that it lacks is told as such.
        made_at: the date of the dossier.
        software: version of MainteLex.
        reviewer: who read it over, if anybody did.

    Raises:
        DossierError: there is no exchange, or too many.
    """
    if not 1 <= len(exchanges) <= MAX_ENTRIES:
        raise DossierError(
            f"Un dossier tient de 1 à {MAX_ENTRIES} réponses ; reçu : {len(exchanges)}.",
            fix="Donnez les réponses d'une conversation.",
        )
    answers = [exchange.answer for exchange in exchanges]
    return Dossier(
        entries=tuple(_entry(exchange, retriever) for exchange in exchanges),
        made_at=made_at,
        generations=_each(answer.index for answer in answers),
        kb_hash=retriever.manifest.kb_hash,
        models=_each(str(a.provenance["model"]) for a in answers if a.provenance.get("model")),
        prompts=_each(prompt for answer in answers for prompt in _prompts(answer)),
        reviewer=safe_line(reviewer),
        software=software,
    )


def _entry(exchange: Exchange, retriever: Retriever) -> Entry:
    """A question and its answer, ready to be printed."""
    answer = exchange.answer
    told = any("conclu" in fact for fact in answer.facts)
    dated = [f"Date du contrat : {day_of(answer.as_of)}"] if answer.as_of and not told else []
    return Entry(
        id=exchange.id,
        question=safe_line(answer.question),
        facts=(*dated, *(_opened(fact) for fact in (*answer.facts, *exchange.facts))),
        status=f"{_STATUS[answer.status]} ({safe_line(answer.reason)})",
        parts=tuple((safe_line(p.title), safe_text(p.markdown)) for p in answer.parts),
        notice=safe_line(answer.notice),
        quotes=tuple(_quote(c, retriever.passage(c.passage_id)) for c in answer.citations),
    )


def _opened(fact: str) -> str:
    """A fact on one line that opens with a capital."""
    line = safe_line(fact)
    return line[:1].upper() + line[1:]


def _quote(citation: Citation, passage: Passage | None) -> Quote:
    """A source with its version."""
    page = f", p. {citation.page}" if citation.page and citation.kind != "document" else ""
    return Quote(
        n=citation.n,
        reference=safe_line(citation.reference or citation.title) + page,
        kind=KINDS.get(citation.kind, "Source"),
        text=safe_line(citation.quote).removeprefix("- "),
        url=_address(citation.url),
        version=_version(citation, passage),
        reviewed=_reviewed(passage),
        check=CHECKS[citation.check],
    )


def _version(citation: Citation, passage: Passage | None) -> str:
    """Which version of a source was relied on."""
    if citation.kind == "document":
        return "document de l'utilisateur"
    if passage is None:
        return "version introuvable : ce texte n'est plus dans la base"
    since, until = passage.in_force_since, passage.in_force_until
    if citation.kind == "decision":
        standing = _STANDING.get(str(passage.meta.get("standing")), "")
        return ", ".join(filter(None, (f"du {day_of(since)}" if since else "", standing)))
    if citation.kind != "statute":
        return ""
    begun = f"en vigueur depuis le {day_of(since)}" if since else "entrée en vigueur non renseignée"
    return f"{begun}, jusqu'au {day_of(until)}" if until else begun


def _reviewed(passage: Passage | None) -> str:
    """When a passage of the base was last read over, and by whom."""
    if passage is None or passage.reviewed_on is None:
        return ""
    by = f" par {safe_line(passage.reviewed_by)}" if passage.reviewed_by else ""
    summed_up = "résumé " if passage.id.startswith(LAW) else ""  # no words of the text itself
    return f"{summed_up}relu le {day_of(passage.reviewed_on)}{by}"


def _address(url: str | None) -> str:
    """A public address; nothing else."""
    return url if url and url.startswith(("https://", "http://")) and url.isprintable() else ""


def _prompts(answer: Answer) -> list[str]:
    """The prompts that were sent to a model, with their versions."""
    told = answer.provenance.get("prompts")
    return [f"{n} (version {v})" for n, v in told.items()] if isinstance(told, dict) else []


def _each(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once, in order."""
    return tuple(dict.fromkeys(names))
