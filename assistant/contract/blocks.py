"""From Markdown to blocks: paragraphs, list items and tables, with the fields filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.contract.types import Block, Field, Item, Paragraph, Span, Table
from assistant.contract.typography import french
from retrieval.errors import KnowledgeBaseError

FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
_TOKEN = re.compile(r"(\*\*)|" + FIELD.pattern)
_NUMBER = re.compile(r"(A?\d{1,2}\.\d{1,2})\s+")
_ITEM = re.compile(r"([a-z]\)|[-*])\s+")
_UNIT = re.compile(r",\s+(?:en|après|par)\b.*$|,? hors taxes\b.*$")  # the sentence says it again
_RULE = re.compile(r"[\s|:-]+")


class Filler:
    """Gives the text of a field: its value, or what remains to be completed."""

    def __init__(self, fields: Mapping[str, Field], values: Mapping[str, str]) -> None:
        self._fields = fields
        self._values = values
        self.seen: set[str] = set()

    def span(self, name: str, bold: bool = False) -> Span:
        """The span of one field.

        Raises:
            KnowledgeBaseError: the model uses a field that options.yaml does not describe.
        """
        if name not in self._fields:
            raise KnowledgeBaseError(
                f"Le modèle emploie le champ « {name} », que options.yaml ne décrit pas.",
                fix="Ajoutez-le à fields, ou corrigez son nom.",
            )
        self.seen.add(name)
        if name in self._values:
            return Span(self._values[name], bold)
        return Span(french(f"[{short_label(self._fields[name].label)} à compléter]"), bold, True)


def short_label(label: str) -> str:
    """A label without its explanations nor its unit, to stand inside a sentence."""
    text = _UNIT.sub("", re.sub(r"\s*\([^)]*\)", "", label)).strip()
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == "’" else text


def blocks(markdown: str, filler: Filler) -> tuple[Block, ...]:
    """The blocks of a text, in order."""
    groups = re.split(r"\n\s*\n", markdown.strip()) if markdown.strip() else []
    return tuple(block for group in groups for block in _group(group.split("\n"), filler))


def spans(text: str, filler: Filler) -> tuple[Span, ...]:
    """The spans of a line: bold, fields filled or not, plain text."""
    found: list[Span] = []
    bold = False
    end = 0
    for token in _TOKEN.finditer(text):
        found.append(Span(french(text[end : token.start()]), bold))
        end = token.end()
        if token[1]:
            bold = not bold
        else:
            found.append(filler.span(token[2], bold))
    found.append(Span(french(text[end:]), bold))
    return tuple(span for span in found if span.text)


def _group(lines: list[str], filler: Filler) -> Iterator[Block]:
    """The blocks of lines that no blank line separates."""
    rows = [line.strip() for line in lines if line.lstrip().startswith("|")]
    text: list[str] = []
    for line in lines:
        if line.lstrip().startswith("|"):
            continue
        if text and not _ITEM.match(line) and not _NUMBER.match(line):
            text[-1] += " " + line.strip()
        else:
            text.append(line.strip())
    yield from (_line(line, filler) for line in text)
    if rows:
        kept = [row for row in rows if not _RULE.fullmatch(row)]
        yield Table(tuple(_row(row, filler) for row in kept))


def _line(line: str, filler: Filler) -> Block:
    """A paragraph or a list item."""
    number, item = _NUMBER.match(line), _ITEM.match(line)
    if number:
        return Paragraph(number[1], spans(line[number.end() :], filler))
    if item:
        marker = "–" if item[1] in "-*" else item[1]
        return Item(marker, spans(line[item.end() :], filler))
    return Paragraph("", spans(line, filler))


def _row(row: str, filler: Filler) -> tuple[tuple[Span, ...], ...]:
    """The cells of a row."""
    return tuple(spans(cell.strip(), filler) for cell in row.strip("|").split("|"))
