"""Writing the passages, the wordings and the lexical index into one SQLite file.

Lexical search (`retrieval.lexical`) runs over stems made by `retrieval.analysis`, field by field,
so that a short question is not drowned by a long text. The file is written once, by the builder,
and then only read (`retrieval.store`).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from retrieval.analysis import words
from retrieval.fields import Fields, fields_of, heading, joined_terms, terms
from retrieval.lexical import postings
from retrieval.references import former_key, stored_keys
from retrieval.types import Passage, Wording

# Fields of documents that people ask for, then fields of passages.
DOCUMENT_FIELDS = ("variants", "body")
PASSAGE_FIELDS = ("title", "text", "ngrams")
FIELDS = DOCUMENT_FIELDS + PASSAGE_FIELDS
KNOWN = 3  # wordings that make a word known although no text has it

_SCHEMA = """
CREATE TABLE documents(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL,
    asked INTEGER NOT NULL);
CREATE TABLE passages(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL,
    kind TEXT NOT NULL, theme TEXT, source TEXT NOT NULL, audience TEXT, since TEXT, until TEXT,
    title TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE document_clauses(clause TEXT NOT NULL, document INTEGER NOT NULL);
CREATE TABLE wordings(number INTEGER PRIMARY KEY, document INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE reference_keys(key TEXT NOT NULL, passage INTEGER NOT NULL);
CREATE TABLE vocabulary(word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE postings(field TEXT NOT NULL, term TEXT NOT NULL, rows BLOB NOT NULL, impacts BLOB NOT NULL);
CREATE TABLE lexicon(phrase TEXT PRIMARY KEY, preferred TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX passages_document ON passages(document);
CREATE INDEX passages_dated ON passages(since, until)
    WHERE kind = 'statute' AND (since IS NOT NULL OR until IS NOT NULL);
CREATE INDEX document_clauses_clause ON document_clauses(clause);
CREATE INDEX wordings_document ON wordings(document);
CREATE UNIQUE INDEX postings_term ON postings(field, term);
CREATE INDEX reference_keys_key ON reference_keys(key);
"""


def write_store(
    path: Path,
    passages: Sequence[Passage],
    wordings: Sequence[Wording],
    lexicon: Mapping[str, str] | None = None,
    fields: Fields | None = None,
) -> None:
    """Write a new file with the passages, the wordings and the lexical index over both.

    Args:
        path: a file that does not exist yet.
        passages: sorted by id; ids unique.
        wordings: the first of a document is its own question.
        lexicon: preferred terms by phrase, a phrase being stems parted by spaces.
        fields: the passages' terms, where the builder has them; worked out when None.
    """
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        for table, rows in store_rows(passages, wordings, lexicon or {}, fields):
            _insert(connection, table, rows)
        connection.executescript(_INDEXES)
        connection.commit()
        connection.execute("PRAGMA synchronous=FULL")
    finally:
        connection.close()


def store_rows(
    passages: Sequence[Passage],
    wordings: Sequence[Wording],
    lexicon: Mapping[str, str],
    fields: Fields | None = None,
) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    """The rows of every table, by table, as both stores hold them.

    Rows of "fts_<field>" are (number of the document or passage, terms parted by spaces).
    """
    numbers = document_numbers(passages)
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.document_id, passage)
    asked = {wording.document_id for wording in wordings}
    yield (
        "documents",
        ((n, d, first[d].kind, first[d].title, int(d in asked)) for d, n in numbers.items()),
    )
    yield "document_clauses", _clause_rows(first, numbers)
    yield (
        "passages",
        (_passage_row(n, p, numbers[p.document_id]) for n, p in enumerate(passages, start=1)),
    )
    yield (
        "reference_keys",
        ((key, n) for n, p in enumerate(passages, start=1) for key in _keys(p)),
    )
    yield "wordings", ((n, numbers[w.document_id], w.text) for n, w in enumerate(wordings, start=1))
    fields = fields or fields_of([(heading(passage), passage.text) for passage in passages])
    said = [words(wording.text) for wording in wordings]  # once, for both
    yield "vocabulary", _vocabulary(fields, said).items()
    yield "lexicon", lexicon.items()
    yield "fts_variants", _variant_rows(wordings, said, numbers)
    yield "fts_body", _body_rows(passages, asked, numbers)
    yield "fts_title", enumerate(fields.title, start=1)
    yield "fts_text", enumerate(fields.text, start=1)
    yield "fts_ngrams", enumerate(fields.ngrams, start=1)


def _keys(passage: Passage) -> Iterator[str]:
    """The keys under which a passage is found: its own, and those of the articles it replaced."""
    yield from stored_keys(f"{passage.reference} {passage.meta.get('keys', '')}")
    former = passage.meta.get("former")
    for citation in former if isinstance(former, list) else []:
        yield from (former_key(key) for key in stored_keys(str(citation)))


def document_numbers(passages: Iterable[Passage]) -> dict[str, int]:
    """The number of each document, from 1 in order of id."""
    names = sorted({passage.document_id for passage in passages})
    return {name: number for number, name in enumerate(names, start=1)}


def _variant_rows(
    wordings: Sequence[Wording], said: Sequence[Sequence[str]], numbers: Mapping[str, int]
) -> Iterator[tuple[object, ...]]:
    """(document number, terms) of all the wordings of each document, whose words are in `said`."""
    grouped: dict[str, list[str]] = {}
    for wording, written in zip(wordings, said, strict=True):
        grouped.setdefault(wording.document_id, []).extend(written)
    for document, written in grouped.items():
        yield numbers[document], joined_terms(written)


def _body_rows(
    passages: Sequence[Passage], asked: Container[str], numbers: Mapping[str, int]
) -> Iterator[tuple[object, ...]]:
    """(document number, terms) of the passages of each document that people ask for."""
    bodies: dict[str, list[str]] = {}
    for passage in passages:
        if passage.document_id in asked:
            bodies.setdefault(passage.document_id, []).append(passage.text)
    for document, texts in bodies.items():
        yield numbers[document], terms("\n".join(texts))


def _vocabulary(fields: Fields, said: Iterable[Sequence[str]]) -> dict[str, int]:
    """How often the words of the texts come: what a misspelt word may stand for.

    Words that only wordings have count 0 when `KNOWN` of them have it: the models know them as
    they are written, and no text spells them so.

    Args:
        said: the words of each wording.
    """
    asked: Counter[str] = Counter()
    for written in said:
        asked.update(set(written))
    found = {word: 0 for word, count in asked.items() if count >= KNOWN}
    return {word: count for word, count in (found | fields.counts).items() if word.isalpha()}


def _clause_rows(
    first: dict[str, Passage], numbers: dict[str, int]
) -> Iterator[tuple[object, ...]]:
    """(clause id, document number) of each clause itself and of the documents that name it."""
    for document, passage in first.items():
        named = passage.meta.get("clauses")
        own = [document.rpartition("/")[2]] if passage.kind == "clause" else []
        for clause in dict.fromkeys(own + (named if isinstance(named, list) else [])):
            yield str(clause), numbers[document]


def _passage_row(number: int, passage: Passage, document: int) -> tuple[object, ...]:
    """The row of a passage."""
    audience = passage.meta.get("audience")
    return (
        number, passage.id, document, passage.kind, passage.theme, passage.source,
        None if audience is None else str(audience), iso(passage.in_force_since),
        iso(passage.in_force_until), passage.title, passage.text, _pack(passage),
    )  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows into a table, or terms into a field."""
    if table.startswith("fts_"):
        found = postings((int(str(number)), str(terms)) for number, terms in rows)
        values = ((table[4:], one.term, one.rows.tobytes(), one.impacts.tobytes()) for one in found)
        connection.executemany("INSERT INTO postings VALUES (?,?,?,?)", values)
        return
    width = len(list(connection.execute(f"PRAGMA table_info({table})")))
    connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)


def _pack(passage: Passage) -> str:
    """The rest of a passage, as JSON."""
    return json.dumps(
        {
            "heading_path": passage.heading_path,
            "reference": passage.reference,
            "url": passage.url,
            "page": passage.page,
            "reviewed_on": iso(passage.reviewed_on),
            "reviewed_by": passage.reviewed_by,
            "meta": dict(passage.meta),
        },
        ensure_ascii=False,
    )


def iso(day: date | None) -> str | None:
    """A date as text."""
    return day.isoformat() if day else None
