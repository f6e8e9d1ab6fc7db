"""An answer as a person reads it at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.answering import Answer, Citation

_FRENCH = {
    "facts": "Compris : ",
    "asked": "À préciser", "sources": "Sources", "others": "Questions voisines",
    "review": "À confirmer par un juriste ({reason}).",
    "notice": "Réponse automatique : information juridique, non conseil.",
}  # fmt: skip
_ENGLISH = {
    "facts": "Understood: ",
    "asked": "To be told", "sources": "Sources", "others": "Neighbouring questions",
    "review": "To be confirmed by a lawyer ({reason}).",
    "notice": "Automatic answer: legal information, not advice.",
}  # fmt: skip
_WORDS = {"fr": _FRENCH, "en": _ENGLISH}


def print_answer(answer: Answer) -> None:
    """Print an answer: its notice first, its text, what it asks, its sources, its neighbours."""
    for block in (
        _notices(answer), [answer.text], _asks(answer), _sources(answer), _others(answer),
        [answer.notice], [_WORDS[answer.language]["notice"]],
    ):  # fmt: skip
        lines = [line for line in block if line]
        if lines:
            click.echo("\n".join(lines) + "\n")


def _notices(answer: Answer) -> Iterator[str]:
    """What must be known before the answer is read."""
    words = _WORDS[answer.language]
    if answer.status == "needs_review":
        yield words["review"].format(reason=answer.reason)
    untold = [fact for fact in answer.facts if fact not in answer.text]
    if untold:
        yield words["facts"] + " ; ".join(untold) + "."


def _asks(answer: Answer) -> Iterator[str]:
    """The facts that decide and that nobody gave, with what may be replied."""
    if answer.quick_replies:
        yield _WORDS[answer.language]["asked"]
    for fact in answer.quick_replies:
        yield f"- {fact.asks} {' / '.join(says for _, says in fact.replies)}"


def _sources(answer: Answer) -> Iterator[str]:
    """The sources, one a line: numbers that lead to one document stand together."""
    if answer.citations:
        yield _WORDS[answer.language]["sources"]
    lines: dict[str, list[int]] = {}
    for citation in answer.citations:
        lines.setdefault(_source(citation), []).append(citation.n)
    for line, numbers in lines.items():
        yield "".join(f"[{n}]" for n in numbers) + f" {line}"


def _source(citation: Citation) -> str:
    """A source as it is written, with the page where it has one, and its address."""
    page = f", p. {citation.page}" if citation.page and "p. " not in citation.reference else ""
    address = f" — {citation.url}" if citation.url else ""
    adjusted = " (réajusté)" if citation.check == "reajuste" else ""
    return f"{citation.reference}{page}{adjusted}{address}"


def _others(answer: Answer) -> Iterator[str]:
    """The neighbouring questions."""
    if answer.alternatives:
        yield _WORDS[answer.language]["others"]
    for alternative in answer.alternatives:
        yield f"- {alternative.question}"
