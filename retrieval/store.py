"""Passages, wordings and the lexical index of a generation, read from its SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from retrieval.conditions import Condition
from retrieval.errors import IndexCorruptError
from retrieval.lexical import HeldPostings, best
from retrieval.schema import DOCUMENT_FIELDS
from retrieval.scored import Scored
from retrieval.types import Passage

MAX_TERMS = 64  # of one query: bounds the cost of a hostile question
PASSAGE_COLUMNS = (
    "p.number, p.id, d.id, p.kind, p.theme, p.source, p.since, p.until, p.title, p.text, p.body"
)
KEPT_CONDITIONS = 16  # conditions whose passages are remembered
MAX_PHRASES = 2_000  # of one question, looked up in the lexicon
REFERENCES = 50  # passages that one reference may name


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the index. `asked` says that people's wordings lead to it."""

    number: int  # from 1, in order of id
    id: str
    kind: str
    title: str
    asked: bool


class Store:
    """A written store, opened for reading; threads take turns on its one connection.

    Args:
        path: the file that `retrieval.schema.write_store` wrote.

    Raises:
        IndexCorruptError: the file is missing, truncated or not a store.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._turn = path, Lock()
        try:
            uri = f"file:{quote(path.as_posix())}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._corrupt(error) from error
        self._check_length()
        rows = self._select("SELECT number, id, kind, title, asked FROM documents ORDER BY number")
        self.documents = [
            DocumentRow(number, name, kind, title, bool(asked))
            for number, name, kind, title, asked in rows
        ]
        self._postings = HeldPostings(self._read_postings)
        self._mask = lru_cache(maxsize=KEPT_CONDITIONS)(self._allowed_mask)
        self.size = int(self._select("SELECT COUNT(*) FROM passages")[0][0])

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, read to the last before another thread's query starts."""
        sent = [_storable(value) for value in values]
        try:
            with self._turn:
                return self._connection.execute(query, sent).fetchall()
        except sqlite3.Error as error:
            raise self._corrupt(error) from error

    def _check_length(self) -> None:
        """Refuse a file shorter than its header says: SQLite notices only when it reads there."""
        pages, size = (self._select(f"PRAGMA {name}")[0][0] for name in ("page_count", "page_size"))
        held = self._path.stat().st_size
        if held < pages * size:
            raise self._corrupt(EOFError(f"{held} octets sur {pages * size}"))

    def _corrupt(self, error: Exception) -> IndexCorruptError:
        """What to say of a file that SQLite refuses."""
        return IndexCorruptError(
            f"Les passages de {self._path} sont illisibles : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )

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
        size = len(self.documents) if field in DOCUMENT_FIELDS else self.size
        try:
            found = self._postings.of(field, wanted)
            return best(found, size, limit, self._mask(where) if where else None)
        except (ValueError, IndexError) as error:  # not what was written
            raise self._corrupt(error) from error

    def _read_postings(self, field: str, terms: Sequence[str]) -> list[Any]:
        """(term, rows, impacts) of those of some terms that a field has."""
        marks = ",".join("?" * len(terms))
        return self._select(
            f"SELECT term, rows, impacts FROM postings WHERE field = ? AND term IN ({marks})",
            (field, *terms),
        )

    def _allowed_mask(self, where: Condition) -> npt.NDArray[np.bool_] | None:
        """(passages + 1,) whether each number is let through; None when all are."""
        numbers = self.allowed(where)
        if len(numbers) == self.size:
            return None
        mask = np.zeros(self.size + 1, dtype=bool)
        mask[numbers] = True
        return mask

    def allowed(self, where: Condition) -> list[int]:
        """Numbers of the passages that a condition lets through, in order."""
        rows = self._select(
            f"SELECT p.number FROM passages p WHERE {where.sql or '1 = 1'} ORDER BY p.number",
            where.values,
        )
        return [int(row[0]) for row in rows]

    def allowed_of(self, numbers: Iterable[int], where: Condition) -> list[int]:
        """Those of some passages that a condition lets through, in their order."""
        mask = self._mask(where) if where else None
        return [number for number in numbers if mask is None or mask[number]]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the order asked for."""
        marks = ",".join("?" * len(numbers))
        rows = self._select(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.number = p.document"
            f" WHERE p.number IN ({marks})",
            list(numbers),
        )
        found = {int(row[0]): unpack(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def number(self, passage_id: str) -> int | None:
        """The number of a passage, or None."""
        rows = self._select("SELECT number FROM passages WHERE id = ?", (passage_id,))
        return int(rows[0][0]) if rows else None

    def of_document(self, document: int) -> list[int]:
        """Numbers of a document's passages, in order."""
        passages, starts = self._by_document
        found: list[int] = passages[starts[document - 1] : starts[document]].tolist()
        return found

    @cached_property
    def _by_document(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Numbers of the passages, document by document, and where each document's start."""
        rows = self._select("SELECT document, number FROM passages ORDER BY document, number")
        pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
        count = np.bincount(pairs[:, 0], minlength=len(self.documents) + 1)
        return pairs[:, 1], np.cumsum(count)

    def document_of_wordings(self) -> list[int]:
        """The document number of every wording, by its own number less one."""
        rows = self._select("SELECT document FROM wordings ORDER BY number")
        return [int(row[0]) for row in rows]

    def all_wordings(self) -> list[str]:
        """The text of every wording, in order of number."""
        return [str(row[0]) for row in self._select("SELECT text FROM wordings ORDER BY number")]

    def by_reference(self, key: str) -> list[int]:
        """Numbers of the passages that a reference key names: the kb's own first, then by number."""
        rows = self._select(
            "SELECT r.passage FROM reference_keys r JOIN passages p ON p.number = r.passage"
            " WHERE r.key = ? ORDER BY p.source <> 'kb', r.passage LIMIT ?",
            (key, REFERENCES),
        )
        return [int(row[0]) for row in rows]

    def vocabulary(self) -> dict[str, int]:
        """How often each word comes in the texts."""
        return dict(self._select("SELECT word, count FROM vocabulary"))

    def knows(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the texts hold."""
        marks = ",".join("?" * len(words))
        rows = self._select(f"SELECT word FROM vocabulary WHERE word IN ({marks})", list(words))
        return {str(row[0]) for row in rows}

    def meanings(self, phrases: Sequence[str]) -> dict[str, str]:
        """The preferred term of the lexicon's phrases among some, each as stems parted by spaces."""
        wanted = list(phrases)[:MAX_PHRASES]
        return {phrase: self._lexicon[phrase] for phrase in wanted if phrase in self._lexicon}

    @cached_property
    def _lexicon(self) -> dict[str, str]:
        """The preferred terms by phrase, read when the first question is."""
        return dict(self._select("SELECT phrase, preferred FROM lexicon"))

    def all_passages(self) -> Iterator[Passage]:
        """Every passage, in order of number."""
        rows = self._select(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.number = p.document"
            " ORDER BY p.number"
        )
        return (unpack(row) for row in rows)


def _storable(value: object) -> object:
    """A value as SQLite takes it: half of a surrogate pair, which no stored text has, is replaced."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return value


def unpack(row: Sequence[Any]) -> Passage:
    """A passage from its row of `PASSAGE_COLUMNS`."""
    body = json.loads(row[10])
    return Passage(
        id=row[1],
        document_id=row[2],
        kind=row[3],
        theme=row[4],
        source=row[5],
        in_force_since=_day(row[6]),
        in_force_until=_day(row[7]),
        title=row[8],
        text=row[9],
        heading_path=tuple(body["heading_path"]),
        reference=body["reference"],
        url=body["url"],
        page=body["page"],
        reviewed_on=_day(body["reviewed_on"]),
        reviewed_by=body["reviewed_by"],
        meta=body["meta"],
    )


def _day(text: str | None) -> date | None:
    """A date from text."""
    return date.fromisoformat(text) if text else None
