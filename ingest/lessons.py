"""What the default encoder learns from: the knowledge base, and articles of law if given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from ingest.code_passages import document_passages
from ingest.passages import kb_wordings
from ingest.readers.files import load
from ingest.readers.kb import read_kb
from ingest.train import Lessons
from ingest.types import Limits

ARTICLES = 20_000  # drawn from the codes: more change nothing
SEED = 20261124
TOLD = 400  # characters of an article that its headings are matched with
SHORTEST = 80  # characters of an article that says something of its own


def lessons(kb: Path, corpus: Path | None = None) -> Lessons:
    """The lessons of a knowledge base, and of a folder of codes of law.

    Raises:
        KnowledgeBaseError: the knowledge base lacks a field.
    """
    base = read_kb(kb)
    asked = kb_wordings(base)
    declined = [
        (text, f"declined:{kind}") for kind, texts in base.out_of_scope.items() for text in texts
    ]
    return Lessons(
        [*(wording.text for wording in asked), *(text for text, _ in declined)],
        [*(wording.document_id for wording in asked), *(label for _, label in declined)],
        _drawn(corpus) if corpus else (),
    )


def _drawn(corpus: Path) -> list[tuple[str, str]]:
    """Pairs drawn from the articles of a folder, the same each time."""
    found = sorted(set(_pairs(corpus)))
    return random.Random(SEED).sample(found, min(ARTICLES, len(found)))


def _pairs(corpus: Path) -> Iterator[tuple[str, str]]:
    """(headings, beginning of the text) of the articles that have both."""
    for document in load([corpus], Limits()).documents:
        for passage in document_passages(document):
            headings = " ".join(passage.heading_path[-2:])
            if headings and len(passage.text) >= SHORTEST:
                yield headings, passage.text[:TOLD]
