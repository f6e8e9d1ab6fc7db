"""A generation kept in PostgreSQL: any number of servers read it while one builds the next.

`ingest.database` writes it. Passages, their vectors and the postings stay there; what a question
is recognised with is read into memory once, when the generation is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.conditions import Condition
from retrieval.connections import Connections
from retrieval.encoders.base import Vectors
from retrieval.errors import IndexCorruptError, IndexMismatchError, IndexMissingError
from retrieval.generation import Manifest, parse_manifest
from retrieval.lexical import HeldPostings, best
from retrieval.matcher import ARRAYS, matcher_from
from retrieval.outline import ARRAYS as OUTLINE
from retrieval.outline import Outline
from retrieval.remote import RemoteVectors, marked
from retrieval.schema import DOCUMENT_FIELDS
from retrieval.scored import Numbers, Scored
from retrieval.store import (
    KEPT_CONDITIONS,
    MAX_TERMS,
    PASSAGE_COLUMNS,
    REFERENCES,
    DocumentRow,
    unpack,
)
from retrieval.tables import SCHEMA, array_from, schema_of
from retrieval.types import Passage


def served(connections: Connections) -> Manifest:
    """What the generation in use is made of: the last one that was built.

    Raises:
        IndexMissingError: none has been built there.
        IndexMismatchError: it was made by another format, or the list is another program's.
        IndexUnreachableError: the server does not answer.
    """
    place = connections.place
    try:
        rows = connections.rows(
            f"SELECT manifest FROM {SCHEMA}.generations ORDER BY number DESC LIMIT 1"
        )
    except IndexMissingError:
        rows = []
    except IndexCorruptError as error:
        raise IndexMismatchError(
            f"La table {SCHEMA}.generations de {place} n'est pas celle de MainteLex.",
            fix="Donnez à MainteLex une base à lui dans MAINTELEX_DATABASE_URL.",
        ) from error
    if not rows:
        raise IndexMissingError(
            f"Il n'y a pas d'index dans {place}.",
            fix="Lancez « maintelex ingest » pour le construire.",
        )
    return parse_manifest(str(rows[0][0]), place)


def current_generation(address: str) -> str:
    """The name of the generation in use.

    Raises:
        AppError: as `served`.
    """
    connections = Connections(address)
    try:
        return served(connections).generation
    finally:
        connections.close()


class Database:
    """The backend of a generation kept in PostgreSQL.

    Made by `Database.open`.
    """

    def __init__(self, connections: Connections, manifest: Manifest) -> None:
        self._rows, self._connections, self.manifest = connections.rows, connections, manifest
        rows = self._rows("SELECT number, id, kind, title, asked FROM documents ORDER BY number")
        self.documents = [
            DocumentRow(number, name, kind, title, bool(asked))
            for number, name, kind, title, asked in rows
        ]
        held = {name: self._array(f"matcher-{name}") for name in ARRAYS}
        self.matcher = matcher_from(held, connections.place)
        self.wording_vectors: Vectors = self._array("wordings")
        self.declined_vectors: Vectors = self._array("declined")
        self.outline = Outline(*(self._array(f"outline-{name}") for name in OUTLINE))
        self.wording_documents: Numbers = self._array("wording-documents")
        self._of_passage: Numbers = self._array("passage-documents")
        self._by_document: Numbers = np.argsort(self._of_passage, kind="stable")
        self._mask = lru_cache(maxsize=KEPT_CONDITIONS)(self._masked)
        self._lexicon = dict(self._rows("SELECT phrase, preferred FROM lexicon"))
        self._postings = HeldPostings(self._read_postings)
        graph = manifest.vectors.get("passages") == "hnsw"
        self._vectors = RemoteVectors(
            self._rows, self._vector_schema(), manifest.passages, graph=graph
        )
        self._check()

    @classmethod
    def open(cls, address: str) -> Database:
        """The generation in use of a database.

        Args:
            address: "postgresql://user:password@host:port/database".

        Raises:
            IndexMissingError: no generation has been built there.
            IndexMismatchError: it was made by another format.
            IndexCorruptError: its parts do not fit together.
            IndexUnreachableError: the server does not answer.
        """
        listed = Connections(address)
        try:
            manifest = served(listed)
        finally:
            listed.close()
        return cls(Connections(address, schema=schema_of(manifest.generation)), manifest)

    def close(self) -> None:
        """Give the connections back."""
        self._connections.close()

    def lexical(
        self, field: str, terms: Iterable[str], limit: int, where: Condition | None = None
    ) -> Scored:
        """(number, BM25) of the best rows of a field, best first; ties by number.

        Args:
            field: one of `retrieval.schema.FIELDS`: numbers are those of documents or of passages.
            terms: stems, joined by OR; those past `MAX_TERMS` are left out.
            where: which passages may be returned; for fields of passages.
        """
        wanted = [term.replace("-", "_") for term in dict.fromkeys(terms)][:MAX_TERMS]
        size = self.manifest.documents if field in DOCUMENT_FIELDS else self.manifest.passages
        try:
            found = self._postings.of(field, wanted)
            return best(found, size, limit, self._mask(where) if where else None)
        except (ValueError, IndexError) as error:  # not what was written
            raise self._corrupt(str(error)) from error

    def _read_postings(self, field: str, terms: Sequence[str]) -> list[Any]:
        """(term, rows, impacts) of those of some terms that a field has."""
        return self._rows(
            "SELECT term, rows, impacts FROM postings WHERE field = %s AND term = ANY(%s)",
            [field, list(terms)],
        )

    def nearest(self, vector: Vectors, k: int, where: Condition | None = None) -> Scored:
        """(number, inner product) of the passages nearest to a vector, best first; ties by number."""
        mask = self._mask(where) if where else None
        return Scored.of(self._vectors.search(vector, k, where, mask))

    def allowed(self, where: Condition) -> list[int]:
        """Numbers of the passages that a condition lets through, in order."""
        rows = self._rows(
            f"SELECT p.number FROM passages p WHERE {marked(where)} ORDER BY p.number",
            where.values,
        )
        return [int(row[0]) for row in rows]

    def allowed_of(self, numbers: Iterable[int], where: Condition) -> list[int]:
        """Those of some passages that a condition lets through, in their order."""
        mask = self._mask(where) if where else None
        return [number for number in numbers if mask is None or mask[number]]

    def _masked(self, where: Condition) -> npt.NDArray[np.bool_] | None:
        """(passages + 1,) whether each number is let through; None when all are."""
        numbers = self.allowed(where)
        if len(numbers) == self.manifest.passages:
            return None
        mask = np.zeros(self.manifest.passages + 1, dtype=bool)
        mask[numbers] = True
        return mask

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the order asked for."""
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.number = p.document"
            " WHERE p.number = ANY(%s)",
            [list(numbers)],
        )
        found = {int(row[0]): unpack(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def number(self, passage_id: str) -> int | None:
        """The number of a passage, or None."""
        rows = self._rows("SELECT number FROM passages WHERE id = %s", [passage_id])
        return int(rows[0][0]) if rows else None

    def of_document(self, document: int) -> list[int]:
        """Numbers of a document's passages, in order."""
        first, last = np.searchsorted(
            self._of_passage, [document, document + 1], sorter=self._by_document
        )
        return [int(place) + 1 for place in self._by_document[first:last]]

    def by_reference(self, key: str) -> list[int]:
        """Numbers of the passages that a reference key names: the kb's own first, then by number."""
        rows = self._rows(
            "SELECT r.passage FROM reference_keys r JOIN passages p ON p.number = r.passage"
            " WHERE r.key = %s ORDER BY p.source <> 'kb', r.passage LIMIT %s",
            [key, REFERENCES],
        )
        return [int(row[0]) for row in rows]

    def vocabulary(self) -> dict[str, int]:
        """How often each word comes in the texts, in order of word: the first of equals is taken."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        """The words, read when the first question is."""
        return dict(self._rows("SELECT word, count FROM vocabulary ORDER BY word"))

    def knows(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the vocabulary holds."""
        return {word for word in words if word in self._vocabulary}

    def meanings(self, phrases: Sequence[str]) -> dict[str, str]:
        """The preferred term of the lexicon's phrases among some, each as stems parted by spaces."""
        return {phrase: self._lexicon[phrase] for phrase in phrases if phrase in self._lexicon}

    def _array(self, name: str) -> npt.NDArray[Any]:
        """An array that the builder stored."""
        rows = self._rows("SELECT data FROM arrays WHERE name = %s ORDER BY part", [name])
        try:
            return array_from(row[0] for row in rows)
        except ValueError as error:
            raise self._corrupt(f"le tableau {name} ne se lit pas ({error})") from error

    def _vector_schema(self) -> str:
        """The schema that pgvector's type and operators are in."""
        rows = self._rows(
            "SELECT quote_ident(n.nspname) FROM pg_extension e"
            " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'"
        )
        if not rows:
            raise self._corrupt("l'extension pgvector n'y est plus")
        return str(rows[0][0])

    def _check(self) -> None:
        """Refuse parts that are not of one generation."""
        made = self.manifest
        kept = (len(self.documents), len(self._of_passage), len(self.wording_documents))
        shapes = (self.wording_vectors.shape, self.declined_vectors.shape)
        told = ((made.wordings, made.dimension), (made.declined, made.dimension))
        whole = kept == (made.documents, made.passages, made.wordings) and shapes == told
        if not whole or not self.outline.fits(self.wording_vectors):
            raise self._corrupt(f"documents, passages, formulations : {kept} ; vecteurs : {shapes}")

    def _corrupt(self, problem: str) -> IndexCorruptError:
        """What to say of parts that do not fit together."""
        return IndexCorruptError(
            f"L'index de {self._connections.place} est abîmé : {problem}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )
