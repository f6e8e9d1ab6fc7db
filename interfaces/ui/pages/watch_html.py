"""The watch as HTML."""

from __future__ import annotations

from urllib.parse import quote

from assistant.watch import Bulletin, Freshness, Touched, Update
from assistant.watch.feed import STATUS as STATES
from ingest.readers.law_tables import Change
from interfaces.ui.markup import french_date
from interfaces.ui.pages.pieces import bullets, prose, references, section, tiles

__all__ = ["STATES", "freshness_html", "published_html", "update_html", "when"]

_KINDS = {"question": "questions", "clause": "clauses et annexes", "authority": "lois et décisions"}


def when(change: Change) -> str:
    """The day of a change, in words."""
    return french_date(change.in_force_since) if change.in_force_since else "sans date"


def freshness_html(found: Bulletin) -> str:
    """How many pages of each kind, and how old their oldest review is."""
    drawn = tiles((str(fresh.count), _fresh(fresh)) for fresh in found.freshness)
    late = [page for fresh in found.freshness for page in fresh.overdue]
    overdue = section(f"À relire ({len(late)})", bullets(prose(page.title) for page in late[:20]))
    return f'<h2 class="ml-title-2">Fraîcheur de la base au {french_date(found.on)}</h2>{drawn}{overdue}'


def update_html(update: Update) -> str:
    """What a change says, its authorities, and the clauses that it touches."""
    change = update.change
    note = f'<p class="ml-lead">{prose(change.note)}</p>' if change.note else ""
    clauses = [
        f'<a href="modele-de-contrat?article={quote(page.id, safe="")}" target="_blank"'
        f' rel="noopener">{_title(page)}</a>'
        for page in update.clauses
    ]
    former = [prose(f"{old.former} ({old.code}) : {old.subject}") for old in update.former]
    again = [prose(page.title) for page in update.to_read_again]
    return (
        f"<p>{prose(' '.join(change.what.split()))}</p>{note}"
        f"{references(((a.title, a.url) for a in update.authorities), change.id)}"
        f"{_titled('Clauses du modèle touchées', clauses)}"
        f"{_titled('Anciens articles remplacés', former)}{_titled('À relire', again)}"
    )


def published_html(found: Bulletin) -> str:
    """What was published or reviewed lately."""
    rows = [f"<span>{french_date(item.on)}</span> {_title(item.page)}" for item in found.published]
    return section("Publié ou relu récemment", bullets(rows))


def _title(page: Touched) -> str:
    """The title of a page, an annex named as the contract names it."""
    return prose(page.title.replace("Annexe - ", "Annexe : "))


def _fresh(fresh: Freshness) -> str:
    """What a tile says under its figure."""
    oldest = (
        f"relecture la plus ancienne : {french_date(fresh.oldest)}"
        if fresh.oldest
        else "jamais relues"
    )
    return f"{_KINDS[fresh.kind]}, {oldest}"


def _titled(title: str, rows: list[str]) -> str:
    """A titled list; nothing when it is empty."""
    return f'<h3 class="ml-label">{title}</h3>{bullets(rows)}' if rows else ""
