"""Passages, wordings and the lexical index, in one SQLite file.

Lexical search runs on FTS5 (Okapi BM25) over stems made by `retrieval.analysis`, one table a
field, so that a short question is not drowned by a long text. The file is written once, by
the builder, and then only read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from retrieval.analysis import stems
from retrieval.errors import IndexCorruptError
from retrieval.references import reference_keys
from retrieval.types import Passage, Wording

FIELDS = ("question", "variants", "title", "text")
_QUOTED = str.maketrans({"-": "_", '"': "", "\0": ""})  # what would end a quoted term of FTS5
MAX_TERMS = 64  # of one query: bounds the cost of a hostile question

_SCHEMA = """
CREATE TABLE documents(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL,
    asked INTEGER NOT NULL);
CREATE TABLE passages(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL,
    kind TEXT NOT NULL, theme TEXT, title TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE wordings(number INTEGER PRIMARY KEY, document INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE reference_keys(key TEXT NOT NULL, passage INTEGER NOT NULL);
CREATE INDEX passages_document ON passages(document);
CREATE INDEX wordings_document ON wordings(document);
CREATE INDEX reference_keys_key ON reference_keys(key);
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the index. `asked` says that people's wordings lead to it."""

    number: int  # from 1, in order of id
    id: str
    kind: str
    title: str
    asked: bool


def write_store(path: Path, passages: Sequence[Passage], wordings: Sequence[Wording]) -> None:
    """Write a new file with the passages, the wordings and the lexical index over both.

    Args:
        path: a file that does not exist yet.
        passages: sorted by id; ids unique.
        wordings: the first of a document is its own question.
    """
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        for field in FIELDS:
            connection.execute(
                f"CREATE VIRTUAL TABLE fts_{field} USING"
                " fts5(terms, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
            )
        numbers = _write_documents(connection, passages, wordings)
        _write_passages(connection, passages, numbers)
        _write_wordings(connection, wordings, numbers)
        connection.commit()
        connection.execute("PRAGMA synchronous=FULL")
    finally:
        connection.close()


def _write_documents(
    connection: sqlite3.Connection, passages: Sequence[Passage], wordings: Sequence[Wording]
) -> dict[str, int]:
    """Write the documents; their numbers by id."""
    asked = {wording.document_id for wording in wordings}
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.document_id, passage)
    numbers = {document: number for number, document in enumerate(sorted(first), start=1)}
    connection.executemany(
        "INSERT INTO documents VALUES (?,?,?,?,?)",
        [(n, d, first[d].kind, first[d].title, d in asked) for d, n in numbers.items()],
    )
    return numbers


def _write_passages(
    connection: sqlite3.Connection, passages: Sequence[Passage], numbers: dict[str, int]
) -> None:
    """Write the passages with their title and text fields and their references."""
    for number, passage in enumerate(passages, start=1):
        connection.execute(
            "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?)",
            (number, passage.id, numbers[passage.document_id], passage.kind, passage.theme,
             passage.title, passage.text, _pack(passage)),
        )  # fmt: skip
        heading = " ".join((passage.title, *passage.heading_path, passage.reference))
        for field, text in (("title", heading), ("text", passage.text)):
            _index(connection, field, number, text)
        own = f"{passage.reference} {passage.meta.get('keys', '')}"
        connection.executemany(
            "INSERT INTO reference_keys VALUES (?,?)",
            [(key, number) for key in reference_keys(own)],
        )


def _write_wordings(
    connection: sqlite3.Connection, wordings: Sequence[Wording], numbers: dict[str, int]
) -> None:
    """Write the wordings, and per document the question and the variants fields."""
    grouped: dict[int, list[str]] = {}
    for number, wording in enumerate(wordings, start=1):
        document = numbers[wording.document_id]
        grouped.setdefault(document, []).append(wording.text)
        connection.execute("INSERT INTO wordings VALUES (?,?,?)", (number, document, wording.text))
    for document, texts in grouped.items():
        _index(connection, "question", document, texts[0])
        _index(connection, "variants", document, "\n".join(texts[1:]))


def _index(connection: sqlite3.Connection, field: str, number: int, text: str) -> None:
    """Put the stems of a text into a field's table."""
    terms = " ".join(stem.replace("-", "_") for stem in stems(text))
    connection.execute(f"INSERT INTO fts_{field}(rowid, terms) VALUES (?,?)", (number, terms))


def _pack(passage: Passage) -> str:
    """The rest of a passage, as JSON."""
    return json.dumps(
        {
            "heading_path": passage.heading_path,
            "reference": passage.reference,
            "url": passage.url,
            "page": passage.page,
            "in_force_since": _iso(passage.in_force_since),
            "in_force_until": _iso(passage.in_force_until),
            "reviewed_on": _iso(passage.reviewed_on),
            "reviewed_by": passage.reviewed_by,
            "meta": dict(passage.meta),
        },
        ensure_ascii=False,
    )


def _iso(day: date | None) -> str | None:
    """A date as text."""
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    """A date from text."""
    return date.fromisoformat(text) if text else None


class Store:
    """A written store, opened for reading; threads take turns on its one connection.

    Args:
        path: the file that `write_store` wrote.

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
        rows = self._select("SELECT number, id, kind, title, asked FROM documents ORDER BY number")
        self.documents = [
            DocumentRow(number, name, kind, title, bool(asked))
            for number, name, kind, title, asked in rows
        ]
        self.passage_ids = [
            row[0] for row in self._select("SELECT id FROM passages ORDER BY number")
        ]
        self._number = {identifier: n for n, identifier in enumerate(self.passage_ids, start=1)}

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, read to the last before another thread's query starts."""
        try:
            with self._turn:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._corrupt(error) from error

    def _corrupt(self, error: sqlite3.Error) -> IndexCorruptError:
        """What to say of a file that SQLite refuses."""
        return IndexCorruptError(
            f"Les passages de {self._path} sont illisibles : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )

    def lexical(self, field: str, terms: Iterable[str], limit: int) -> list[tuple[int, float]]:
        """(row number, BM25) of the best rows of a field, best first; ties by row number.

        Args:
            field: one of `FIELDS`; question and variants number documents, the others passages.
            terms: stems, joined by OR; those past `MAX_TERMS` are left out.
        """
        wanted = list(dict.fromkeys(terms))[:MAX_TERMS]
        if not wanted:
            return []
        query = " OR ".join(f'"{term.translate(_QUOTED)}"' for term in wanted)
        rows = self._select(
            f"SELECT rowid, -bm25(fts_{field}) AS score FROM fts_{field}"
            f" WHERE fts_{field} MATCH ? ORDER BY bm25(fts_{field}), rowid LIMIT ?",
            (query, limit),
        )
        return [(int(number), float(score)) for number, score in rows]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these row numbers, in the order asked for."""
        marks = ",".join("?" * len(numbers))
        rows = self._select(
            "SELECT p.number, p.id, d.id, p.kind, p.theme, p.title, p.text, p.body"
            f" FROM passages p JOIN documents d ON d.number = p.document WHERE p.number IN ({marks})",
            list(numbers),
        )
        found = {int(row[0]): _unpack(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def number(self, passage_id: str) -> int | None:
        """The row number of a passage, or None."""
        return self._number.get(passage_id)

    def of_document(self, document: int) -> list[int]:
        """Row numbers of a document's passages, in order."""
        rows = self._select(
            "SELECT number FROM passages WHERE document = ? ORDER BY number", (document,)
        )
        return [int(row[0]) for row in rows]

    def document_of_wordings(self) -> list[int]:
        """The document number of every wording, by row number less one."""
        rows = self._select("SELECT document FROM wordings ORDER BY number")
        return [int(row[0]) for row in rows]

    def wording(self, number: int) -> str:
        """The text of a wording."""
        return str(self._select("SELECT text FROM wordings WHERE number = ?", (number,))[0][0])

    def by_reference(self, key: str) -> list[int]:
        """Row numbers of the passages that a reference key names."""
        rows = self._select(
            "SELECT passage FROM reference_keys WHERE key = ? ORDER BY passage LIMIT 50", (key,)
        )
        return [int(row[0]) for row in rows]

    def all_passages(self) -> Iterator[Passage]:
        """Every passage, in order of row number."""
        rows = self._select(
            "SELECT p.number, p.id, d.id, p.kind, p.theme, p.title, p.text, p.body"
            " FROM passages p JOIN documents d ON d.number = p.document ORDER BY p.number"
        )
        return (_unpack(row) for row in rows)


def _unpack(row: Sequence[str]) -> Passage:
    """A passage from its row."""
    body = json.loads(row[7])
    return Passage(
        id=row[1],
        document_id=row[2],
        kind=row[3],  # type: ignore[arg-type]  # written from a Kind
        theme=row[4],
        title=row[5],
        text=row[6],
        heading_path=tuple(body["heading_path"]),
        reference=body["reference"],
        url=body["url"],
        page=body["page"],
        in_force_since=_day(body["in_force_since"]),
        in_force_until=_day(body["in_force_until"]),
        reviewed_on=_day(body["reviewed_on"]),
        reviewed_by=body["reviewed_by"],
        meta=body["meta"],
    )
