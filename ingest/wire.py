"""Numbers and vectors as PostgreSQL takes them in a binary COPY: without a text of each.

Layouts: `int4recv` in PostgreSQL's src/backend/utils/adt/int.c, `vector_recv` in pgvector's
src/vector.c. Everything is big-endian.
"""

from __future__ import annotations

import struct

import numpy as np

from retrieval.encoders.base import Vectors


def int_bytes(value: int) -> bytes:
    """An int4."""
    return struct.pack(">i", value)


def vector_bytes(vector: Vectors) -> bytes:
    """A vector of pgvector."""
    return struct.pack(">HH", len(vector), 0) + vector.astype(">f4").tobytes()


def vector_of(data: bytes) -> Vectors:
    """The vector that pgvector's `vector_send` gives."""
    return np.frombuffer(data, dtype=">f4", offset=4).astype(np.float32)
