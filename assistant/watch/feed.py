"""The watch as an RSS 2.0 feed (https://www.rssboard.org/rss-specification)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from assistant.watch.types import Bulletin, Published, Update
from retrieval.errors import UsageError

TITLE = "MainteLex : veille"
ABOUT = "Droit des contrats d'assistance informatique : ce qui change, et ce que la base publie."
STATUS = {
    "in_force": "en vigueur", "upcoming": "à venir", "pending": "attendu",
    "undated": "date non donnée par la base",
}  # fmt: skip
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of the feed."""

    guid: str
    title: str
    text: str
    on: date | None
    link: str


def rss(found: Bulletin, site: str, made_at: datetime) -> bytes:
    """The feed, in UTF-8: the changes of the law, then what was published lately.

    Args:
        found: the bulletin.
        site: address of the site that serves the base, "https://…".
        made_at: when the feed is made, with its time zone.

    Raises:
        UsageError: the address is no http address.
    """
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(
            f"Adresse de site incorrecte : {site!r}.", fix="Écrivez https://exemple.fr/."
        )
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    for name, text in (("title", TITLE), ("link", site), ("description", ABOUT), ("language", "fr-FR"),
                       ("lastBuildDate", format_datetime(made_at))):  # fmt: skip
        _add(channel, name, text)
    for item in _items(found, site):
        _write(ET.SubElement(channel, "item"), item)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _items(found: Bulletin, site: str) -> Iterator[_Item]:
    """The entries, changes first."""
    yield from (_change(update, site, found.on) for update in found.updates)
    yield from (_page(item, site) for item in found.published)


def _change(update: Update, site: str, on: date) -> _Item:
    """A change of the law as an entry."""
    change = update.change
    touched = [page.title for page in (*update.questions, *update.clauses)]
    sources = " ; ".join(page.title for page in update.authorities)
    what = " ".join(change.what.split())
    text = f"{what} Statut : {STATUS[change.status]}. Sources : {sources}."
    if touched:
        text += " À relire : " + " ; ".join(touched) + "."
    link = next((page.url for page in update.authorities if page.url), None) or site
    since = change.in_force_since
    told = since if since and since <= on else None  # a reader of feeds distrusts days to come
    if since and told is None:
        text = f"À partir du {since:%d/%m/%Y}. {text}"
    return _Item(f"maintelex:veille:{change.id}", change.title, text, told, link)


def _page(item: Published, site: str) -> _Item:
    """A page published lately as an entry."""
    page = item.page
    what = "Question publiée ou relue" if page.kind == "question" else "Clause publiée ou relue"
    guid = f"maintelex:{page.kind}:{page.id}:{item.on.isoformat()}"
    return _Item(guid, page.title, f"{what} le {item.on:%d/%m/%Y}.", item.on, site)


def _write(element: ET.Element, item: _Item) -> None:
    """Write an entry. Its guid is no address; a change to come keeps its date in the text only."""
    for name, text in (("title", item.title), ("link", item.link), ("description", item.text)):
        _add(element, name, text)
    ET.SubElement(element, "guid", isPermaLink="false").text = _UNPRINTABLE.sub("", item.guid)
    if item.on:
        _add(element, "pubDate", format_datetime(datetime.combine(item.on, time(), UTC)))


def _add(parent: ET.Element, name: str, text: str) -> None:
    """Write a child with its text, without characters that XML cannot hold."""
    ET.SubElement(parent, name).text = _UNPRINTABLE.sub("", text)
