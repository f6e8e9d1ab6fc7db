"""Small codes of law in the two shapes of the LEGI base's Markdown, made by the tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.readers.files import read_document
from ingest.types import Article, LawCode, Limits
from retrieval.types import Passage

FIELDS = {
    "title": "Code de la consommation",
    "identifier": "LEGITEXT000006069565",
    "country": "fr",
    "rank": "code",
    "publication_date": "1993-07-27",
    "last_updated": "2026-04-03",
    "status": "in_force",
    "source": "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069565",
}


def front_matter(**changed: str) -> str:
    """The front matter of a code, some fields changed."""
    fields = FIELDS | changed
    return "---\n" + "".join(f'{name}: "{value}"\n' for name, value in fields.items()) + "---\n"


def code_text(body: str, **changed: str) -> str:
    """A file: front matter, title, then the body."""
    return f"{front_matter(**changed)}# {(FIELDS | changed)['title']}\n\n{body}\n"


def write_code(folder: Path, body: str, name: str = "code.md", **changed: str) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_text(code_text(body, **changed), encoding="utf-8")
    return path


def marked(articles: Iterable[tuple[str, str]]) -> str:
    """Articles, by label and text, as most files have them."""
    return "\n\n".join(f"##### Article {label}\n\n{text}" for label, text in articles)


def plain(articles: Iterable[tuple[str, str]]) -> str:
    """The same as the other files have them."""
    return "\n\n".join(f"Article {label}\n\n{text}" for label, text in articles)


def read_law(path: Path, limits: Limits | None = None) -> LawCode:
    """The code in a file that holds one."""
    code = read_document(path, limits or Limits()).code
    assert code is not None
    return code


def read_articles(folder: Path, body: str) -> list[Article]:
    """The articles of a body."""
    return list(read_law(write_code(folder, body)).articles)


def passages_of(folder: Path, body: str, **changed: str) -> list[Passage]:
    """The passages of a body."""
    from ingest.code_passages import document_passages

    return document_passages(read_document(write_code(folder, body, **changed), Limits()))
