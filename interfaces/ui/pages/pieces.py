"""Pieces of HTML that pages share. Everything that comes in is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from interfaces.ui.markup import NO_BREAK, THIN, french
from interfaces.ui.sources import public_link

Reference = tuple[str, str | None]  # citation, public address

_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_CITED = re.compile(r"\[@([a-z0-9:/-]+)\]")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def prose(text: str) -> str:
    """A text of ours as HTML: escaped, in French typography."""
    return escape(french(_APOSTROPHE.sub("’", text)), quote=False)


def marked(text: str, scope: str) -> str:
    """A text whose [n] lead to the references of a scope.

    Args:
        text: of the base, with [n] markers.
        scope: the page's name for a list of references, letters and hyphens.
    """

    def link(found: re.Match[str]) -> str:
        return f'{THIN}<a class="ml-ref" href="#{scope}-{found[1]}">[{found[1]}]</a>'

    return _MARKER.sub(link, prose(text))


def numbers_for(text: str, names: Sequence[str]) -> str:
    """A text whose [@id] are the numbers that ids have in a list; an id that isn't there goes."""
    order = {name: number for number, name in enumerate(names, start=1)}

    def number(found: re.Match[str]) -> str:
        return f"[{order[found[1]]}]" if found[1] in order else ""

    return _CITED.sub(number, text)


def references(items: Iterable[Reference], scope: str, title: str = "Sources") -> str:
    """A numbered list of references, each with its public address."""
    rows = "".join(
        f'<li id="{scope}-{number}"><span class="ml-number">{number}</span>'
        f"<span>{prose(citation)} {public_link(url)}</span></li>"
        for number, (citation, url) in enumerate(items, start=1)
    )
    return f'<h3 class="ml-label">{title}</h3><ol class="ml-refs">{rows}</ol>' if rows else ""


def bullets(texts: Iterable[str], *, kind: str = "ul") -> str:
    """A list of items that are HTML already."""
    rows = "".join(f"<li>{text}</li>" for text in texts)
    return f'<{kind} class="ml-list">{rows}</{kind}>' if rows else ""


def section(title: str, body: str) -> str:
    """A titled part of a page; nothing when its body is empty."""
    return f'<section class="ml-part"><h2>{prose(title)}</h2>{body}</section>' if body else ""


def tiles(items: Iterable[tuple[str, str]]) -> str:
    """Figures with their names, side by side."""
    drawn = "".join(
        f"<div><dd>{prose(figure)}</dd><dt>{prose(name)}</dt></div>" for figure, name in items
    )
    return f'<dl class="ml-tiles">{drawn}</dl>' if drawn else ""


def badge(text: str, tone: str) -> str:
    """A word on a coloured ground.

    Args:
        tone: "high", "medium", "low" or "plain".
    """
    return f'<span class="ml-badge ml-{tone}">{prose(text)}</span>'


def quoted(text: str) -> str:
    """Somebody else's words, as they stand."""
    return f"<blockquote>«{NO_BREAK}{escape(text, quote=False)}{NO_BREAK}»</blockquote>"


def empty(title: str, told: str) -> str:
    """What a page says when there is nothing yet."""
    return f'<div class="ml-empty"><h2>{prose(title)}</h2><p>{prose(told)}</p></div>'
