"""The vectors that PostgreSQL serves, compared there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.conditions import Condition
from retrieval.connections import GRAPH_WIDTH
from retrieval.encoders.base import Vectors
from retrieval.tables import EXACT_UP_TO

Mask = npt.NDArray[np.bool_]
Ask = Callable[[str, Sequence[object]], list[Any]]  # the rows of a query


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
