"""The legs that PostgreSQL serves: postings, remembered once read, and vectors, compared there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.conditions import Condition
from retrieval.connections import GRAPH_WIDTH
from retrieval.encoders.base import Vectors
from retrieval.lexical import Postings
from retrieval.tables import EXACT_UP_TO

Mask = npt.NDArray[np.bool_]
Ask = Callable[[str, Sequence[object]], list[Any]]  # the rows of a query
REMEMBERED = 64 * 1024 * 1024  # bytes of postings held in memory
_NONE = np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32)


class RemotePostings:
    """The postings of a generation. People use the same words: a term is asked for once.

    Safe to share between threads: a generation never changes, so that two that ask at once get the
    same.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask, self._held = ask, dict[tuple[str, str], Postings]()
        self._bytes = 0

    def of(self, field: str, terms: Sequence[str]) -> list[Postings]:
        """The postings of some terms in a field, in order of term; none of a term without rows.

        Raises:
            ValueError: they are not what was written.
        """
        found = {term: self._held.get((field, term)) for term in terms}
        missing = [term for term, held in found.items() if held is None]
        read = self._read(field, missing) if missing else {}
        known = (found[term] or read[term] for term in sorted(found))
        return [one for one in known if len(one.rows)]

    def _read(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """Postings from the database, an empty one for a term that no row has."""
        rows = self._ask(
            "SELECT term, rows, impacts FROM postings WHERE field = %s AND term = ANY(%s)",
            [field, list(terms)],
        )
        read = {term: Postings(term, *_NONE) for term in terms}
        for term, held, impacts in rows:
            read[term] = Postings(
                term, np.frombuffer(held, np.uint32), np.frombuffer(impacts, np.float32)
            )
        for term, one in read.items():
            self._remember(field, term, one)
        return read

    def _remember(self, field: str, term: str, one: Postings) -> None:
        """Hold postings in memory, within bounds."""
        if self._bytes > REMEMBERED:
            self._held.clear()
            self._bytes = 0
        self._held[field, term] = one
        self._bytes += 500 + one.rows.nbytes + one.impacts.nbytes


class RemoteVectors:
    """The vectors of a generation's passages, compared by pgvector.

    Args:
        ask: asks the database.
        schema: where pgvector is, quoted.
        size: how many passages there are.
        graph: whether they have an HNSW graph.
    """

    def __init__(self, ask: Ask, schema: str, size: int, *, graph: bool) -> None:
        self._ask, self._schema, self._size, self._graph = ask, schema, size, graph

    def search(
        self, vector: Vectors, k: int, where: Condition | None = None, mask: Mask | None = None
    ) -> list[tuple[int, float]]:
        """(number, inner product) of the nearest passages, best first; ties by number; never short.

        A condition is checked here, on more neighbours than were asked for, when it refuses few
        passages. Of one that leaves few, all are compared; and so they are when the graph, which
        knows of no condition, gave too few.

        Args:
            where: which passages may be returned; all when None.
            mask: (passages + 1,) the same, number by number.
        """
        size = self._size if mask is None else int(mask.sum())
        k, refused = min(k, size), self._size - size
        if k <= 0:
            return []
        wide = min(k + refused, GRAPH_WIDTH)
        if wide == k + refused or (self._graph and size > EXACT_UP_TO):
            near = self._compare(vector, wide, None, graph=self._graph)
            found = [row for row in near if mask is None or mask[row[0]]][:k]
            if len(found) == k:
                return found
        return self._compare(vector, k, where, graph=False)

    def _compare(
        self, vector: Vectors, k: int, where: Condition | None, *, graph: bool
    ) -> list[tuple[int, float]]:
        """The passages nearest to a vector, among all of them or those that the graph gives."""
        distance = f"v.embedding OPERATOR({self._schema}.<#>) %s::{self._schema}.vector"
        tie = ""
        if not graph:  # another expression than the graph's, which is then not used
            distance, tie = f"({distance}) + 0", ", number"
        query = f"SELECT v.number, {distance} AS distance FROM vectors v"
        values: list[object] = ["[" + ",".join(map(repr, vector.tolist())) + "]"]
        if where:
            query += f" JOIN passages p ON p.number = v.number WHERE {marked(where)}"
            values += where.values
        rows = self._ask(f"{query} ORDER BY distance{tie} LIMIT %s", [*values, k])
        found = [(int(number), -float(distance)) for number, distance in rows]
        return sorted(found, key=lambda row: (-row[1], row[0]))


def marked(where: Condition) -> str:
    """A condition with the marks of psycopg."""
    return where.sql.replace("%", "%%").replace("?", "%s")
