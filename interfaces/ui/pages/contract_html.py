"""Articles of the model contract as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.contract.types import Article, Block, Draft, Item, Paragraph, Span, Table
from interfaces.ui.language import say

_OWN_NUMBERS = re.compile(r"\bA?\d{1,2}\.\d{1,2}\b")


def article_html(article: Article, *, level: int = 2) -> str:
    """An article or an annex, its title as a heading of a level."""
    name = f"{article.clause.name} – {article.title}"
    return (
        f'<article class="ml-article"><h{level}>{escape(name)}</h{level}>'
        f"{blocks_html(article.blocks)}</article>"
    )


def blocks_html(blocks: Iterable[Block]) -> str:
    """Paragraphs, items and tables."""
    return "".join(_block(block) for block in blocks)


def draft_html(made: Draft) -> str:
    """The whole contract."""
    every = (*made.articles, *made.annexes)
    return "".join(article_html(article, level=3) for article in every)


def text_of(block: Block) -> str:
    """The plain words of a block."""
    if isinstance(block, Table):
        return " ".join(span.text for row in block.rows for cell in row for span in cell)
    return "".join(span.text for span in block.spans)


def differences(articles: Mapping[str, Article]) -> dict[str, tuple[Block, ...]]:
    """What each version of an article has that not all the others have.

    Numbers of paragraphs are passed over: one more paragraph renumbers all that follow.

    Args:
        articles: the same article, by the value of an option that made it.
    """
    keys = {value: [_key(block) for block in article.blocks] for value, article in articles.items()}
    shared = set.intersection(*(set(found) for found in keys.values()))
    return {
        value: tuple(
            block
            for block, key in zip(article.blocks, keys[value], strict=True)
            if key not in shared
        )
        for value, article in articles.items()
    }


def _key(block: Block) -> str:
    """The words of a block without the numbers of paragraphs."""
    return _OWN_NUMBERS.sub("", text_of(block))


def _block(block: Block) -> str:
    """One block."""
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Item):
        return f'<p class="ml-item"><b>{escape(block.marker)}</b> {_spans(block.spans)}</p>'
    return _paragraph(block)


def _paragraph(block: Paragraph) -> str:
    """A paragraph with its number."""
    number = f"<b>{escape(block.number)}</b> " if block.number else ""
    return f"<p>{number}{_spans(block.spans)}</p>"


def _table(block: Table) -> str:
    """A table that scrolls sideways where it is wider than the screen."""
    head, *rows = block.rows
    top = "".join(f'<th scope="col">{_spans(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{_spans(c)}</td>' for c in row)}</tr>" for row in rows)
    return (
        f'<div class="ml-table" tabindex="0" role="region" aria-label="{say("Tableau")}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _spans(spans: Sequence[Span]) -> str:
    """Pieces of text; a blank that nobody filled is marked."""
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    """One piece."""
    text = escape(span.text)
    if span.missing:
        text = f'<mark class="ml-blank">{text}</mark>'
    return f"<strong>{text}</strong>" if span.bold else text
