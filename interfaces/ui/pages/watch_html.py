"""The watch as HTML."""

from __future__ import annotations

from urllib.parse import quote

from assistant.watch import Bulletin, Freshness, Touched, Update
from ingest.readers.law_tables import Change
from interfaces.ui.language import day, later, say
from interfaces.ui.pages.pieces import bullets, prose, references, section, tiles

__all__ = ["freshness_html", "published_html", "state", "update_html", "when"]

_KINDS = {
    "question": later("questions"),
    "clause": later("clauses et annexes"),
    "authority": later("lois et décisions"),
}


_STATES = {
    "in_force": later("en vigueur"),
    "upcoming": later("à venir"),
    "pending": later("attendu"),
    "undated": later("date non donnée par la base"),
}


def state(change: Change) -> str:
    """Whether a change is in force, in words."""
    return say(_STATES[change.status])


def when(change: Change) -> str:
    """The day of a change, in words."""
    return day(change.in_force_since) if change.in_force_since else say("sans date")


def freshness_html(found: Bulletin) -> str:
    """How many pages of each kind, and how old their oldest review is."""
    drawn = tiles((str(fresh.count), _fresh(fresh)) for fresh in found.freshness)
    late = [page for fresh in found.freshness for page in fresh.overdue]
    overdue = section(
        say("À relire ({n})", n=len(late)), bullets(prose(page.title) for page in late[:20])
    )
    told = say("Fraîcheur de la base au {date}", date=day(found.on))
    return f'<h2 class="ml-title-2">{told}</h2>{drawn}{overdue}'


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
        f"{_titled(say('Clauses du modèle touchées'), clauses)}"
        f"{_titled(say('Anciens articles remplacés'), former)}{_titled(say('À relire'), again)}"
    )


def published_html(found: Bulletin) -> str:
    """What was published or reviewed lately."""
    rows = [f"<span>{day(item.on)}</span> {_title(item.page)}" for item in found.published]
    return section(say("Publié ou relu récemment"), bullets(rows))


def _title(page: Touched) -> str:
    """The title of a page, an annex named as the contract names it."""
    return prose(page.title.replace("Annexe - ", "Annexe : "))


def _fresh(fresh: Freshness) -> str:
    """What a tile says under its figure."""
    oldest = (
        say("relecture la plus ancienne : {date}", date=day(fresh.oldest))
        if fresh.oldest
        else say("jamais relues")
    )
    return f"{say(_KINDS[fresh.kind])}, {oldest}"


def _titled(title: str, rows: list[str]) -> str:
    """A titled list; nothing when it is empty."""
    return f'<h3 class="ml-label">{title}</h3>{bullets(rows)}' if rows else ""
