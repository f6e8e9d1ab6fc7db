"""Every way of asking the LangChain retriever, and the options to ask with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar

from langchain_core.documents import Document

from retrieval import Filters
from retrieval.langchain import MainteLexRetriever

Made = TypeVar("Made")
OLD, NEW = "kb:law/c-civ-ancien-1152", "kb:law/c-civ-1231-5"
PENALTY = "le juge peut-il réduire une peine excessive ou dérisoire ?"
STATUTES = Filters(kinds=frozenset({"statute"}))
LAW_OF_2015: dict[str, Any] = {"k": 50, "filters": STATUTES, "as_of": date(2015, 1, 1)}


def alone(asked: Coroutine[Any, Any, Made]) -> Made:
    """What a coroutine gives in a loop of its own: a browser test may hold this thread's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


def once(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `invoke`."""
    return chained.invoke(question, **options)


def in_a_loop(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `ainvoke`."""
    return alone(chained.ainvoke(question, **options))


def in_a_batch(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `batch`."""
    return chained.batch([question], **options)[0]


def in_an_async_batch(chained: MainteLexRetriever, question: str, **options: Any) -> list[Document]:
    """The documents of `abatch`."""
    return alone(chained.abatch([question], **options))[0]


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
