"""The tables of a generation in PostgreSQL: the same rows as in `retrieval.schema`.

Each generation has a schema of its own. Rows of one are never mixed with another's, its graph of
vectors holds its passages alone, and dropping it gives the disk back at once. PostgreSQL creates
schemas and tables within a transaction like any row: nobody sees one before it is whole.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

PART = 16 * 1024 * 1024  # bytes of an array in one row: PostgreSQL takes no field of over 1 GiB
EXACT_UP_TO = 20_000  # vectors: comparing them all takes under 20 ms there
GRAPH_DIMENSIONS = 2_000  # of the widest vectors that pgvector makes a graph of
SCHEMA = "maintelex_index"  # holds the list of generations
GENERATIONS = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.generations(
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    generation text NOT NULL UNIQUE,
    manifest text NOT NULL);
"""

# Dates are text, as in SQLite: conditions compare them as such, whatever the database's collation.
TABLES = """
CREATE TABLE documents(
    number int NOT NULL, id text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL,
    title text NOT NULL, asked int NOT NULL);
CREATE TABLE document_clauses(clause text COLLATE "C" NOT NULL, document int NOT NULL);
CREATE TABLE passages(
    number int NOT NULL, id text COLLATE "C" NOT NULL, document int NOT NULL,
    kind text COLLATE "C" NOT NULL, theme text COLLATE "C", source text COLLATE "C" NOT NULL,
    audience text COLLATE "C", since text COLLATE "C", until text COLLATE "C",
    title text NOT NULL, text text NOT NULL, body text NOT NULL,
    french tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.french', left(title || ' ' || text, 100000))) STORED);
CREATE TABLE reference_keys(key text COLLATE "C" NOT NULL, passage int NOT NULL);
CREATE TABLE wordings(number int NOT NULL, document int NOT NULL, text text NOT NULL);
CREATE TABLE vocabulary(word text COLLATE "C" NOT NULL, count int NOT NULL);
CREATE TABLE lexicon(phrase text COLLATE "C" NOT NULL, preferred text NOT NULL);
CREATE TABLE postings(
    field text COLLATE "C" NOT NULL, term text COLLATE "C" NOT NULL,
    rows bytea NOT NULL, impacts bytea NOT NULL);
CREATE TABLE vectors(number int NOT NULL, hash bytea NOT NULL, embedding {vector} NOT NULL);
CREATE TABLE arrays(name text NOT NULL, part int NOT NULL, data bytea NOT NULL);
ALTER TABLE vectors ALTER embedding SET STORAGE MAIN;
ALTER TABLE arrays ALTER data SET STORAGE EXTERNAL;
"""

# Made after the rows. Hash indexes: a text that is only looked up as a whole may be of any length.
INDEXES = """
ALTER TABLE documents ADD PRIMARY KEY (number);
ALTER TABLE passages ADD PRIMARY KEY (number);
ALTER TABLE vectors ADD PRIMARY KEY (number);
ALTER TABLE wordings ADD PRIMARY KEY (number);
ALTER TABLE arrays ADD PRIMARY KEY (name, part);
CREATE INDEX ON documents USING hash (id);
CREATE INDEX ON passages USING hash (id);
CREATE INDEX ON passages (document);
CREATE INDEX ON passages (kind);
CREATE INDEX ON passages (since, until)
    WHERE kind = 'statute' AND (since IS NOT NULL OR until IS NOT NULL);
CREATE INDEX ON passages USING gin (french);
CREATE INDEX ON document_clauses USING hash (clause);
CREATE INDEX ON reference_keys USING hash (key);
CREATE INDEX ON postings USING hash (term);
"""
# The links and the width are those of `retrieval.vectors`.
GRAPH = """
SET LOCAL maintenance_work_mem = '512MB';
CREATE INDEX ON vectors USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 80);
"""
COLUMNS = {
    "documents": "number, id, kind, title, asked",
    "document_clauses": "clause, document",
    "passages": "number, id, document, kind, theme, source, audience, since, until, title, text, body",
    "reference_keys": "key, passage",
    "wordings": "number, document, text",
    "vocabulary": "word, count",
    "lexicon": "phrase, preferred",
    "postings": "field, term, rows, impacts",
    "vectors": "number, hash, embedding",
    "arrays": "name, part, data",
}  # of each table, in the order of its rows


def schema_of(generation: str) -> str:
    """The schema that holds a generation."""
    return f"{SCHEMA}_{generation}"


def kind_for(rows: int, dimension: int) -> Literal["flat", "hnsw"]:
    """The kind of index that so many vectors get: none, or a graph."""
    return "flat" if rows <= EXACT_UP_TO or dimension > GRAPH_DIMENSIONS else "hnsw"


def array_parts(values: npt.NDArray[Any]) -> Iterator[bytes]:
    """An array as the bytes of rows, in order."""
    file = io.BytesIO()
    np.save(file, values, allow_pickle=False)
    file.seek(0)
    while part := file.read(PART):
        yield part


def array_from(parts: Iterable[bytes]) -> npt.NDArray[Any]:
    """The array that `array_parts` cut.

    Raises:
        ValueError: a part is missing.
    """
    try:
        made: npt.NDArray[Any] = np.load(io.BytesIO(b"".join(parts)), allow_pickle=False)
    except EOFError as error:
        raise ValueError(str(error)) from error
    return made
