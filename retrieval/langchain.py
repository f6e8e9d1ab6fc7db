"""The retriever as a LangChain retriever: the only module of the package that imports LangChain.

retriever = MainteLexRetriever.open("var/index", k=4)
documents = retriever.invoke("clause pénale", k=2, filters={"kinds": ["statute"]})
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun as AsyncRun
from langchain_core.callbacks import CallbackManagerForRetrieverRun as Run
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig
from pydantic import ConfigDict, PlainValidator

from retrieval.errors import UsageError
from retrieval.retriever import MAX_K, Retriever
from retrieval.types import KINDS, Filters, Hit

FiltersLike = Filters | Mapping[str, Collection[str]]
"""A `Filters`, or a plain mapping of its field names to lists of values."""
Day = date | str
"""A day, or its text: "2015-01-01"."""

_FILTERS = tuple(field.name for field in fields(Filters))
_PER_CALL = ("k", "filters", "as_of")
_SOURCE = "markdown"  # of the passage's `meta`: its text once more, with the marks of citations


def read_k(value: Any) -> int:
    """A number of hits.

    Raises:
        UsageError: it is no whole number from 1 to `MAX_K`.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_K:
        raise UsageError(
            f"k doit être un entier compris entre 1 et {MAX_K} ; reçu : {value!r}.",
            fix="Corrigez k.",
        )
    return value


def read_filters(value: Any) -> Filters | None:
    """Filters from a `Filters`, a mapping of its field names, or None.

    Raises:
        UsageError: a name or a kind is unknown, or a field holds something else than texts.
    """
    if isinstance(value, Mapping):
        _refuse_unknown("Filtre inconnu", value, _FILTERS)
        value = Filters(**{str(name): _texts(name, given) for name, given in value.items()})
    if value is None:
        return None
    if not isinstance(value, Filters):
        raise UsageError(
            f"filters attend un Filters ou un dictionnaire ; reçu : {value!r}.",
            fix='Exemple : filters={"kinds": ["clause"]}.',
        )
    _refuse_unknown("Genre inconnu", value.kinds, KINDS)
    return value


def read_day(value: Any) -> date | None:
    """A day from a date, its ISO text, or None.

    Raises:
        UsageError: it is neither; a time of day is refused too, for law changes at midnight.
    """
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = value
    if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
        return day
    raise UsageError(f"as_of attend un jour ; reçu : {value!r}.", fix="Écrivez AAAA-MM-JJ.")


class MainteLexRetriever(BaseRetriever):
    """Finds passages for a LangChain chain. Frozen; safe to share between threads.

    `invoke`, `ainvoke`, `batch`, `abatch`, `stream` and `bind` all take `k`, `filters` and `as_of`,
    which replace those given here for that call; None keeps them.

    Attributes:
        retriever: an open index.
        k: passages a question, 1 to `MAX_K`.
        filters: which passages may be returned; docs/filtres.md says how they combine.
        as_of: statutes not in force on that day are left out; today when None.

    Raises:
        pydantic.ValidationError: a field is unknown or absent.
        UsageError: a value is out of range or a filter unknown.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid", frozen=True)

    retriever: Retriever
    k: Annotated[int, PlainValidator(read_k)] = 8
    filters: Annotated[FiltersLike | None, PlainValidator(read_filters)] = None
    as_of: Annotated[Day | None, PlainValidator(read_day)] = None

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        encoder: str = "",
        k: int = 8,
        filters: FiltersLike | None = None,
        as_of: Day | None = None,
    ) -> MainteLexRetriever:
        """The retriever over an index; `path`, `encoder` and errors as in `Retriever.open`."""
        opened = Retriever.open(path, encoder=encoder)
        return cls(retriever=opened, k=k, filters=filters, as_of=as_of)

    def invoke(
        self,
        input: str,
        config: RunnableConfig | None = None,
        *,
        k: int | None = None,
        filters: FiltersLike | None = None,
        as_of: Day | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        """The k best passages, best first.

        Raises:
            UsageError: a field is misspelt, or its value out of range.
        """
        _refuse_unknown("Option inconnue", kwargs.keys() - {"run_id"}, _PER_CALL)
        return super().invoke(input, config, k=k, filters=filters, as_of=as_of, **kwargs)

    async def ainvoke(
        self,
        input: str,
        config: RunnableConfig | None = None,
        *,
        k: int | None = None,
        filters: FiltersLike | None = None,
        as_of: Day | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        """The same, searched in a thread: the event loop goes on.

        Raises:
            UsageError: a field is misspelt, or its value out of range.
        """
        _refuse_unknown("Option inconnue", kwargs.keys() - {"run_id"}, _PER_CALL)
        return await super().ainvoke(input, config, k=k, filters=filters, as_of=as_of, **kwargs)

    # Both methods declare the fields: BaseRetriever drops, silently, what the first does not.
    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: Run,
        k: int | None = None,
        filters: FiltersLike | None = None,
        as_of: Day | None = None,
    ) -> list[Document]:
        return self._documents(query, k, filters, as_of)

    async def _aget_relevant_documents(
        self,
        query: str,
        *,
        run_manager: AsyncRun,
        k: int | None = None,
        filters: FiltersLike | None = None,
        as_of: Day | None = None,
    ) -> list[Document]:
        return await asyncio.to_thread(self._documents, query, k, filters, as_of)

    def _documents(
        self, query: str, k: int | None, filters: FiltersLike | None, as_of: Day | None
    ) -> list[Document]:
        """The hits of a search, as documents; None stands for the retriever's own field."""
        hits = self.retriever.search(
            query,
            self.k if k is None else read_k(k),
            filters=read_filters(self.filters if filters is None else filters),
            as_of=read_day(self.as_of if as_of is None else as_of),
        )
        return [to_document(hit) for hit in hits]


def to_document(hit: Hit) -> Document:
    """A hit as a LangChain document: the passage's id and text, the rest as JSON values.

    Dates are ISO texts. The metadata is a copy: changing it changes nothing in the index.
    """
    passage = hit.passage
    metadata = {
        "document_id": passage.document_id,
        "source": passage.source,
        "kind": passage.kind,
        "title": passage.title,
        "heading_path": list(passage.heading_path),
        "reference": passage.reference,
        "url": passage.url,
        "page": passage.page,
        "theme": passage.theme,
        "in_force_since": _iso(passage.in_force_since),
        "in_force_until": _iso(passage.in_force_until),
        "reviewed_on": _iso(passage.reviewed_on),
        "reviewed_by": passage.reviewed_by,
        "score": hit.score,
        "rank": hit.rank,
        "meta": {name: deepcopy(value) for name, value in passage.meta.items() if name != _SOURCE},
        "reasons": [
            {"leg": reason.leg, "value": reason.value, "detail": reason.detail}
            for reason in hit.reasons
        ],
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)


def _iso(day: date | None) -> str | None:
    """A day as text."""
    return day.isoformat() if day else None


def _refuse_unknown(problem: str, given: Iterable[object], known: Collection[str]) -> None:
    """Refuse names that are not known, naming both."""
    unknown = sorted(str(name) for name in given if name not in known)
    if unknown:
        raise UsageError(f"{problem} : {', '.join(unknown)}.", fix=f"Connus : {', '.join(known)}.")


def _texts(name: object, given: object) -> frozenset[str]:
    """The values of a filter. A lone text is refused: it would be read letter by letter."""
    if isinstance(given, Collection) and not isinstance(given, str | bytes | Mapping):
        values = list(given)
        if all(isinstance(value, str) for value in values):
            return frozenset(values)
    raise UsageError(
        f"Le filtre {name} attend une liste de textes ; reçu : {given!r}.",
        fix=f'Exemple : filters={{"{name}": ["…"]}}.',
    )
