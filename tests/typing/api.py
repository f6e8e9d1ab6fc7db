"""The public API as a user writes it. mypy reads this file; nothing runs it.

A line that stops type-checking breaks somebody's code. `type: ignore` marks what must be refused:
mypy complains when it no longer is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

import numpy as np
from langchain_core.documents import Document
from langchain_core.runnables import Runnable

from retrieval import (
    KINDS,
    MAX_K,
    AppError,
    Candidate,
    DocumentRow,
    Encoder,
    EncoderError,
    Filters,
    Hit,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
    Kind,
    Manifest,
    Passage,
    Ranking,
    Reason,
    Retriever,
    Scope,
    Signals,
    UsageError,
    Weights,
    in_force,
    load_weights,
    open_encoder,
)
from retrieval.langchain import MainteLexRetriever, to_document


def opens(path: Path) -> Retriever:
    """Open an index, by text or by path, with the default or another encoder and weights."""
    assert_type(Retriever.open("var/index").manifest, Manifest)
    Retriever.open(path, encoder="/models/camembert", weights=load_weights())
    Retriever.open(path, "/models/camembert")  # type: ignore[call-arg]  # encoder goes by name
    return Retriever.open(path)


def searches(retriever: Retriever) -> None:
    """Search, with and without options."""
    only = Filters(kinds=frozenset({"statute"}), clauses=frozenset({"prix"}))
    hits = retriever.search("clause pénale", k=3, filters=only, as_of=date(2015, 1, 1))
    assert_type(hits, list[Hit])
    assert_type(hits[0].passage, Passage)
    assert_type(hits[0].reasons, tuple[Reason, ...])
    assert_type((hits[0].score, hits[0].rank), tuple[float, int])
    retriever.search("clause pénale", MAX_K)
    retriever.search("clause pénale", kk=3)  # type: ignore[call-arg]
    retriever.search("clause pénale", 3, only)  # type: ignore[call-arg]  # filters go by name
    retriever.search("clause pénale", as_of="2015-01-01")  # type: ignore[arg-type]
    Filters(kind=frozenset({"statute"}))  # type: ignore[call-arg]
    hits[0].rank = 2  # type: ignore[misc]  # frozen


def reads(passage: Passage) -> None:
    """Read what a passage holds."""
    assert_type(passage.kind, Kind)
    assert_type(KINDS, tuple[Kind, ...])
    assert_type(passage.in_force_until, date | None)
    assert_type((passage.url, passage.page), tuple[str | None, int | None])
    assert_type(in_force(passage, None), bool)


def ranks(retriever: Retriever) -> None:
    """Rank the documents and judge whether the base answers."""
    ranking = retriever.rank("Puis-je résilier ?")
    assert_type(ranking, Ranking)
    assert_type(ranking.candidates, tuple[Candidate, ...])
    assert_type(ranking.scope, Scope)
    assert_type(ranking.scope.probability < retriever.weights.threshold, bool)
    assert_type(retriever.weights, Weights)
    assert_type(retriever.signals("Puis-je résilier ?"), Signals)


def looks_up(retriever: Retriever) -> None:
    """Look passages and documents up."""
    assert_type(retriever.passage("kb:law/c-civ-1231-5"), Passage | None)
    assert_type(retriever.document("kb:contract/prix"), list[Passage])
    assert_type(retriever.documents(), list[DocumentRow])
    assert_type(retriever.named("art. 1231-5"), list[Passage])
    assert_type(retriever.asked(), list[str])


class Own:
    """An encoder of one's own needs no base class."""

    name, dimension, fingerprint = "own", 4, "1"

    def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """Nothing but zeros."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


def encodes() -> None:
    """Open an encoder, or pass one's own."""
    encoders: list[Encoder] = [open_encoder(), open_encoder("/models/camembert"), Own()]
    encoders.append("camembert")  # type: ignore[arg-type]


def fails(path: Path) -> str:
    """Every error is an `AppError`, with its problem and its remedy."""
    try:
        opens(path)
    except (IndexMissingError, IndexMismatchError, IndexCorruptError) as error:
        return f"{error.problem} {error.fix}"
    except (IndexUnreachableError, EncoderError) as error:
        return error.problem
    except UsageError as error:
        assert_type(error.exit_code, int)
        app: AppError = error
        return str(app)
    return ""


async def chains(retriever: Retriever) -> None:
    """The same in LangChain."""
    chained = MainteLexRetriever(retriever=retriever, k=3, filters={"kinds": ["clause"]})
    runnable: Runnable[str, list[Document]] = chained
    MainteLexRetriever.open("var/index", k=3, filters=Filters(), as_of="2015-01-01")
    assert_type(chained.invoke("prix", k=2, as_of=date(2015, 1, 1)), list[Document])
    assert_type(await chained.ainvoke("prix", filters={"themes": ("prix",)}), list[Document])
    assert_type(runnable.batch(["prix", "panne"], k=2), list[list[Document]])
    assert_type(to_document(retriever.search("prix")[0]), Document)
    MainteLexRetriever(retriever=retriever, kk=3)  # type: ignore[call-arg]
    MainteLexRetriever(k=3)  # type: ignore[call-arg]
    chained.invoke("prix", k="3")  # type: ignore[arg-type]
    await chained.ainvoke("prix", filters=["clause"])  # type: ignore[arg-type]
