"""Filling the tables of a new generation in PostgreSQL, within the builder's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ingest.content import Content, Embedded, embedded_text, text_hash
from ingest.wire import int_bytes, vector_bytes
from retrieval.connections import storable
from retrieval.fields import Fields
from retrieval.lexical import postings
from retrieval.matcher import ARRAYS, Matcher
from retrieval.outline import ARRAYS as OUTLINE
from retrieval.outline import Outline
from retrieval.schema import document_numbers, store_rows
from retrieval.tables import COLUMNS, GRAPH, INDEXES, TABLES, array_parts, kind_for, schema_of

if TYPE_CHECKING:
    from psycopg import Connection


def fill(
    connection: Connection[Any],
    generation: str,
    content: Content,
    embedded: Embedded,
    matcher: Matcher,
    fields: Fields | None = None,
) -> dict[str, str]:
    """Create the schema of a generation and fill it. Gives the kind of vector index by what it holds.

    Args:
        connection: in a transaction; pgvector installed.
        fields: of the passages, worked out when None.
    """
    vectors = embedded.passages
    kind = kind_for(*vectors.shape)
    connection.execute(f'CREATE SCHEMA "{schema_of(generation)}"')
    enter(connection, generation)
    connection.execute(TABLES.format(vector=f"vector({vectors.shape[1]})"))
    for table, rows in store_rows(content.passages, content.wordings, content.lexicon, fields):
        if table.startswith("fts_"):
            _copy_binary(connection, "postings", _posting_rows(table.removeprefix("fts_"), rows))
        else:
            _copy(connection, table, rows)
    _copy_binary(connection, "vectors", _vector_rows(content, embedded))
    _copy_binary(connection, "arrays", _array_rows(_arrays(content, embedded, matcher)))
    connection.execute(INDEXES + (GRAPH if kind == "hnsw" else ""))
    connection.execute("ANALYZE " + ", ".join(COLUMNS))
    return {"passages": kind}


def enter(connection: Connection[Any], generation: str) -> None:
    """Look for tables in the schema of a generation, and for pgvector where it is, until the end of
    the transaction."""
    connection.execute(
        "SELECT set_config('search_path', %s || quote_ident(n.nspname), true) FROM pg_extension e"
        " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'",
        (f'"{schema_of(generation)}", ',),
    )


def _copy(connection: Connection[Any], table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Copy rows into a table that this transaction created."""
    command = f"COPY {table} ({COLUMNS[table]}) FROM STDIN WITH (FREEZE)"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row([storable(value) for value in row])


def _copy_binary(
    connection: Connection[Any], table: str, rows: Iterable[tuple[bytes, ...]]
) -> None:
    """Copy rows whose fields are written as PostgreSQL sends them."""
    command = f"COPY {table} ({COLUMNS[table]}) FROM STDIN WITH (FORMAT binary, FREEZE)"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _posting_rows(field: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[bytes, ...]]:
    """Rows of the postings of a field."""
    for one in postings((number, terms) for number, terms in rows):
        yield field.encode(), one.term.encode(), one.rows.tobytes(), one.impacts.tobytes()


def _vector_rows(content: Content, embedded: Embedded) -> Iterator[tuple[bytes, ...]]:
    """Rows of the vectors, with the content hash by which they are known again."""
    pairs = zip(content.passages, embedded.passages, strict=True)
    for number, (passage, vector) in enumerate(pairs, start=1):
        known = bytes.fromhex(text_hash(embedded_text(passage)))
        yield int_bytes(number), known, vector_bytes(vector)


def _arrays(content: Content, embedded: Embedded, matcher: Matcher) -> dict[str, npt.NDArray[Any]]:
    """What readers hold in memory, by name."""
    numbers, outline = document_numbers(content.passages), Outline.of(embedded.wordings)
    return {
        "wordings": embedded.wordings,
        "declined": embedded.declined,
        "wording-documents": np.array([numbers[w.document_id] for w in content.wordings], np.int64),
        "passage-documents": np.array([numbers[p.document_id] for p in content.passages], np.int64),
        **{f"outline-{name}": getattr(outline, name) for name in OUTLINE},
        **{f"matcher-{name}": getattr(matcher, name) for name in ARRAYS},
    }


def _array_rows(arrays: Mapping[str, npt.NDArray[Any]]) -> Iterator[tuple[bytes, ...]]:
    """Rows of the stored arrays."""
    for name, values in arrays.items():
        for part, data in enumerate(array_parts(values)):
            yield name.encode(), int_bytes(part), data
