"""The JSON that the command line prints, and the batches that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.answering import Answer, Answers, Conversation
from retrieval import Hit
from retrieval.errors import UsageError

KEPT_CONVERSATIONS = 10_000  # conversations of one batch held in memory


def answer_object(identifier: str, answer: Answer) -> dict[str, Any]:
    """An answer as the documented object, with what a language model did of it where one is set."""
    return {
        "id": identifier,
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "language": answer.language,
        "citations": [asdict(citation) for citation in answer.citations],
        "alternatives": [asdict(alternative) for alternative in answer.alternatives],
        "mode": answer.mode,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "index": answer.index,
        "timings_ms": dict(answer.timings_ms),
        "facts": list(answer.facts),
        "quick_replies": [asdict(fact) for fact in answer.quick_replies],
        **_model_part(answer),
    }


def _model_part(answer: Answer) -> dict[str, Any]:
    """The model's part in an answer: what the user is told, what was taken out, how it was made."""
    if "model" not in answer.provenance:
        return {}
    return {
        "notice": answer.notice,
        "removed": [asdict(removal) for removal in answer.removed],
        "provenance": dict(answer.provenance),
    }


def hits_object(identifier: str, question: str, hits: list[Hit], index: str) -> dict[str, Any]:
    """Hits as one object."""
    return {
        "id": identifier,
        "question": question,
        "index": index,
        "hits": [
            {
                "rank": hit.rank,
                "score": round(hit.score, 4),
                "passage_id": hit.passage.id,
                "kind": hit.passage.kind,
                "title": hit.passage.title,
                "reference": hit.passage.reference,
                "url": hit.passage.url,
                "page": hit.passage.page,
                "text": hit.passage.text,
                "reasons": [asdict(reason) for reason in hit.reasons],
            }
            for hit in hits
        ],
    }


def batch_rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a batch, checked.

    Raises:
        UsageError: a line is not an object with `id` and `question`; its number is told.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(
                f"Ligne {number} : JSON incorrect ({error}).", fix="Un objet par ligne."
            ) from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
            raise UsageError(
                f"Ligne {number} : il manque « id » ou « question ».",
                fix='Attendu : {"id": "q1", "question": "…"}.',
            )
        yield row


def answer_batch(assistant: Answers, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer object a row, in order; rows of one conversation are its turns."""
    conversations: dict[str, Conversation] = {}
    for row in batch_rows(lines):
        name = str(row["conversation"]) if row.get("conversation") is not None else None
        before = conversations.get(name, Conversation()) if name else Conversation()
        answer = assistant.answer(row["question"], conversation=before, as_of=_as_of(row))
        if name:
            if len(conversations) >= KEPT_CONVERSATIONS:
                conversations.pop(next(iter(conversations)))
            conversations[name] = before.after(row["question"], answer)
        yield answer_object(row["id"], answer)


def _as_of(row: dict[str, Any]) -> date | None:
    """The date of a row."""
    text = row.get("as_of")
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise UsageError(
            f"{row['id']} : date incorrecte {text!r}.", fix="Écrivez AAAA-MM-JJ."
        ) from error
