"""Every way of asking the LangChain retriever, and the options to ask with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from langchain_core.documents import Document

from retrieval import Filters
from retrieval.langchain import MainteLexRetriever

OLD, NEW = "kb:law/c-civ-ancien-1152", "kb:law/c-civ-1231-5"
PENALTY = "le juge peut-il réduire une peine excessive ou dérisoire ?"
STATUTES = Filters(kinds=frozenset({"statute"}))
LAW_OF_2015: dict[str, Any] = {"k": 50, "filters": STATUTES, "as_of": date(2015, 1, 1)}


def once(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `invoke`."""
    return chained.invoke(question, **options)


def in_a_loop(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `ainvoke`."""
    return asyncio.run(chained.ainvoke(question, **options))


def in_a_batch(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `batch`."""
    return chained.batch([question], **options)[0]


def in_an_async_batch(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `abatch`."""
    return asyncio.run(chained.abatch([question], **options))[0]


def bound(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `bind`, as a chain holds its options."""
    return chained.bind(**options).invoke(question)


def streamed(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `stream`, which gives them in one piece."""
    return next(iter(chained.stream(question, **options)))


def constructed(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of a retriever made with the options."""
    return MainteLexRetriever(retriever=chained.retriever, **options).invoke(question)


Way = Callable[..., list[Document]]
PER_CALL: list[Way] = [once, in_a_loop, in_a_batch, in_an_async_batch, bound, streamed]
WAYS = [*PER_CALL, constructed]
