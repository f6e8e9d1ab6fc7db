"""Codes of law in Markdown: YAML front matter from the LEGI base, then headings and articles.

Two shapes are met. In most files an article opens with "##### Article 1231-5", under headings of one
to four "#". In the others "Article R1" is a line of its own, and so is each heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.readers.divisions import Depth, depth_of, plain_roles
from ingest.readers.text import clean, decode, show_number, too_long
from ingest.types import Article, LawCode, Limits
from retrieval.errors import DocumentError

_HEAD = 4096  # bytes that front matter may take
_RANKS = ("code", "constitution_fr")
_IDENTIFIER = re.compile(r"LEGITEXT\d{12}")
_ADDRESS = re.compile(r"https://www\.legifrance\.gouv\.fr/[\w/.-]{1,200}", re.ASCII)
_FIELD = re.compile(r"([a-z_]+):[ \t]+(\S.*?)[ \t]*")
_HEADING = re.compile(r"(#{1,5})[ \t]+(.*)")
_ARTICLE = re.compile(r"Article\b\s*(?:Article\b\s*)?(.*)", re.IGNORECASE)
_MARKED = "##### Article"
_MAX_TITLE = 500  # characters of a heading kept in a path; longer ones are texts
_REPEALED = re.compile(
    r"\W{0,3}(?:(?:article|texte|alinéa)s?\W{1,3})?abrogée?s?\b"
    r"(?:\s(?:par|à compter|depuis|le|au)\b[^.;\n]{0,200})?\W{0,3}",
    re.IGNORECASE,
)


def read_code(path: Path, limits: Limits) -> LawCode | None:
    """Give the code of law that a Markdown file holds, None when it holds something else.

    An article whose whole text says that it is repealed is left out. `last_updated` says when the
    file changed, not since when an article is in force: no article is dated from it.

    Raises:
        DocumentError: the code is longer than the limits, or cannot be decoded.
    """
    head = _front_matter(path)
    if not _is_code(head):
        return None
    text = decode(path)
    if len(text) > limits.max_code_characters:
        raise too_long(path.name, limits.max_code_characters)
    lines = text.split("\n")
    body = lines[lines.index("---", 1) + 1 :]
    articles = tuple(a for a in _articles(body, path.name, limits) if not _is_repealed(a.text))
    return LawCode(_title(head), _address(head), articles, _end(head))


def _front_matter(path: Path) -> dict[str, str]:
    """The front matter of a file, empty when there is none: one field a line, quoted or not.

    A whole YAML reader would take seconds over a few hostile kilobytes.
    """
    with path.open("rb") as file:
        start = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    end = start.find(b"\n---\n", 3)
    if not start.startswith(b"---\n") or end < 0:
        return {}
    lines = start[4:end].decode("utf-8", "replace").split("\n")
    return {found[1]: _value(found[2]) for line in lines if (found := _FIELD.fullmatch(line))}


def _value(text: str) -> str:
    """What a field of front matter says."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text


def _is_code(head: Mapping[str, str]) -> bool:
    """Whether front matter announces a code."""
    named = bool(_title(head)) and bool(_IDENTIFIER.fullmatch(head.get("identifier", "")))
    return named and head.get("rank") in _RANKS


def _title(head: Mapping[str, str]) -> str:
    """The title of a code, on one line."""
    return clean(head.get("title", ""))


def _address(head: Mapping[str, str]) -> str:
    """The public address that front matter gives, if it is Légifrance's, else the code's own there."""
    source = head.get("source", "")
    if _ADDRESS.fullmatch(source):
        return source
    return f"https://www.legifrance.gouv.fr/codes/texte_lc/{head['identifier']}"


def _end(head: Mapping[str, str]) -> date | None:
    """The last day in force of a repealed code, taken for the day of its last change."""
    if head.get("status") != "repealed":
        return None
    try:
        return date.fromisoformat(head.get("last_updated", ""))
    except ValueError:
        return date.min


def _is_repealed(text: str) -> bool:
    """Whether a text says no more than that it is repealed."""
    return bool(_REPEALED.fullmatch(text))


def _articles(lines: Sequence[str], name: str, limits: Limits) -> Iterator[Article]:
    """The articles of a code, in order."""
    steps = _marked(lines) if any(line.startswith(_MARKED) for line in lines) else _plain(lines)
    for count, article in enumerate(_gathered(steps), start=1):
        if count > limits.max_articles:
            raise _too_many(name, limits.max_articles)
        yield article


def _gathered(steps: Iterable[_Step]) -> Iterator[Article]:
    """The articles that the lines of a code make."""
    outline = _Outline()
    for step in steps:
        yield from outline.take(step)
    yield from outline.close()


def _too_many(name: str, most: int) -> DocumentError:
    """The error of a code of too many articles."""
    return DocumentError(
        f"{name} : ce code a plus de {show_number(most)} articles.",
        fix="Découpez-le en plusieurs fichiers, ou relevez la limite.",
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of a code: an article's label, a heading (with its depth) or text."""

    text: str
    depth: Depth | None = None  # of a heading
    is_article: bool = False


def _marked(lines: Sequence[str]) -> Iterator[_Step]:
    """The steps of a file whose headings and articles have their "#"."""
    heading: _Step | None = None  # may go on at the next line
    for line in lines:
        found = _HEADING.fullmatch(line)
        if heading and line.strip() and not found:
            heading = _Step(f"{heading.text} {line.strip()}", heading.depth)
            continue
        if heading:
            yield heading
            heading = None
        label = _ARTICLE.fullmatch(found[2]) if found and len(found[1]) == 5 else None
        if label:
            yield _Step(label[1].strip(), is_article=True)
        elif found and len(found[2]) <= _MAX_TITLE:
            heading = _Step(found[2].strip(), depth_of(found[2], len(found[1])))
        else:
            yield _Step(line)
    if heading:
        yield heading


def _plain(lines: Sequence[str]) -> Iterator[_Step]:
    """The steps of a file whose headings and articles are lines like any other."""
    roles = plain_roles(lines)
    for number, line in enumerate(lines):
        title = _HEADING.fullmatch(line)
        role = roles.get(number)
        if role == "article":
            yield _Step(line.strip().partition(" ")[2].strip(), is_article=True)
        elif role == "heading":
            yield _Step(line.strip(), depth_of(line.strip(), 4))
        elif title:
            yield _Step(title[2].strip(), depth_of(title[2], len(title[1])))
        else:
            yield _Step(line)


@dataclass(slots=True)
class _Outline:
    """The headings open at this point of the code, and the article being read."""

    path: list[tuple[Depth, str]] = field(default_factory=list)
    label: str | None = None  # of the article being read
    lines: list[str] = field(default_factory=list)

    def take(self, step: _Step) -> Iterator[Article]:
        """Take a line in; the article that it closes, if any."""
        if step.is_article:
            yield from self.close()
            self.label = step.text
        elif step.depth is not None:
            yield from self.close()
            self.path = [part for part in self.path if part[0] < step.depth]
            if step.depth.level > 1:  # the title of the code is not a heading in it
                self.path.append((step.depth, clean(step.text).replace("\n", " ")))
        else:
            self.lines.append(step.text)

    def close(self) -> Iterator[Article]:
        """The article read so far; text under no article has no label."""
        text = _paragraphs(self.lines)
        label, self.label, self.lines = self.label, None, []
        headings = tuple(title for _, title in self.path)
        if label is not None:
            yield Article(clean(label), text or f"Article {clean(label)}".strip(), headings)
        elif text:
            yield Article("", text, headings)


def _paragraphs(lines: Sequence[str]) -> str:
    """Lines as paragraphs, each cleaned, one empty line between two."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    cleaned = (clean("\n".join(paragraph)) for paragraph in paragraphs)
    return "\n\n".join(text for text in cleaned if text)
