"""An answer made again from the same generation, and held to the one that was kept."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.assistant import Assistant, Conversation
from assistant.answering.types import Answer, Turn
from assistant.provenance.record import Record
from assistant.provenance.trace import Trace, trace_of
from retrieval import Retriever


@dataclass(frozen=True, slots=True)
class Again:
    """What came of making an answer again."""

    differences: tuple[str, ...]  # in French; none when it is identical
    text_compared: bool  # False for a model's text, which is not written again

    @property
    def identical(self) -> bool:
        """Whether nothing differs of what was compared."""
        return not self.differences


def make_again(record: Record, retriever: Retriever) -> Again:
    """Make a kept answer again, without a language model, and compare.

    Of a model's answer the search alone is compared: a model never writes twice the same.

    Args:
        retriever: over the generation of the record.
    """
    now = trace_of(record.answer, retriever, record.before)
    found = list(_search_differences(record.trace, now))
    wrote = record.answer.mode == "generative" or "model" in record.answer.provenance
    if not wrote:
        conversation = Conversation(tuple(Turn(question) for question in record.before))
        answer = Assistant(retriever).answer(
            record.answer.question, conversation=conversation, as_of=record.answer.as_of
        )
        found += _answer_differences(record.answer, answer)
    return Again(tuple(found), text_compared=not wrote)


def _search_differences(kept: Trace, now: Trace) -> list[str]:
    """What differs of what the search saw."""
    named = {
        "la génération de l'index": (kept.generation, now.generation),
        "l'empreinte de la base": (kept.kb_hash, now.kb_hash),
        "l'encodeur": (kept.encoder, now.encoder),
        "les poids": (kept.weights, now.weights),
        "la version de MainteLex": (kept.software, now.software),
        "la question telle que cherchée": (kept.query, now.query),
        "les lectures de mots": (kept.readings, now.readings),
        "la probabilité d'une réponse": (kept.scope, now.scope),
        "les documents classés": (
            [row.document_id for row in kept.ranked],
            [row.document_id for row in now.ranked],
        ),
    }
    return [name for name, (before, after) in named.items() if before != after]


def _answer_differences(kept: Answer, now: Answer) -> list[str]:
    """What differs of two answers; the time they took does not count."""
    named = {
        "le statut": (kept.status, now.status),
        "le texte": (kept.text, now.text),
        "les citations": (
            [(c.n, c.passage_id, c.quote) for c in kept.citations],
            [(c.n, c.passage_id, c.quote) for c in now.citations],
        ),
        "la confiance": (kept.confidence, now.confidence),
        "les questions voisines": (kept.alternatives, now.alternatives),
        "les faits compris": (kept.facts, now.facts),
        "les faits demandés": (kept.quick_replies, now.quick_replies),
    }
    return [name for name, (before, after) in named.items() if before != after]
