"""What the finder of collective agreements says, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.conventions import Candidate, Finding, Reason, percent
from ingest.readers.agreements_table import Source
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import bullets, marked, prose, references, section, tiles
from interfaces.ui.sources import public_link

_SCOPE = "convention"
_STATUS = {
    "probable": later("Convention probable"),
    "indetermine": later("Indéterminé"),
    "hors_base": later("Hors de la base"),
}
_TOLD = {
    "indetermine": later("Aucune convention ne l’emporte nettement : lisez pourquoi ci-dessous."),
    "hors_base": later("La base n’a pas la convention de l’activité principale."),
}
_OPTION = re.compile(r" \(--[a-z]+\)")  # how the command line names what is missing


def finding_html(found: Finding) -> str:
    """The answer, its candidates, its reasons, and their numbered sources."""
    sources: dict[str, Source] = {}
    candidates = "".join(_candidate(candidate, sources) for candidate in found.candidates)
    parts = [
        section(title, bullets(_reasons(reasons, sources)))
        for title, reasons in (
            (say("Pourquoi"), found.why),
            (say("Ce qui changerait la réponse"), found.would_change),
            (say("Le code NAF"), found.naf),
            (say("À vérifier avant de conclure"), found.to_check),
        )
    ]
    cited = references(((s.citation, s.url) for s in sources.values()), _SCOPE)
    return (
        f'<div class="ml-result" role="status">{_headline(found)}</div>'
        f'<div class="ml-cards">{candidates}</div>{"".join(parts)}{_neighbours(found)}{cited}'
    )


def _headline(found: Finding) -> str:
    """The answer in a line."""
    told = say(_TOLD[found.status]) if found.status in _TOLD else ""
    if not told:
        agreement = found.candidates[0].agreement
        told = f"IDCC {agreement.idcc}, {agreement.short_name}"
    return f"<p>{say(_STATUS[found.status])}</p><h2>{prose(told)}</h2>"


def _candidate(candidate: Candidate, sources: dict[str, Source]) -> str:
    """An agreement and what speaks for it."""
    agreement = candidate.agreement
    share = percent(candidate.share) if candidate.share else say("à comparer")
    head = tiles([(f"IDCC {agreement.idcc}", agreement.short_name), (share, say("de l’activité"))])
    return (
        f'<section class="ml-card">{head}<p>{prose(agreement.citation)} {public_link(agreement.url)}</p>'
        f"{bullets(_reasons(candidate.reasons, sources))}</section>"
    )


def _reasons(reasons: Iterable[Reason], sources: dict[str, Source]) -> list[str]:
    """Statements with the numbers of their sources, which are added to those known."""
    return [_reason(reason, sources) for reason in reasons]


def _reason(reason: Reason, sources: dict[str, Source]) -> str:
    """One statement."""
    for source in reason.sources:
        sources.setdefault(source.id, source)
    order = list(sources)
    marks = "".join(f" [{order.index(source.id) + 1}]" for source in reason.sources)
    return marked(_OPTION.sub("", reason.text) + marks, _SCOPE)


def _neighbours(found: Finding) -> str:
    """The other agreements to know of, folded."""
    rows = [
        f"{prose(f'IDCC {a.idcc}, {a.short_name}')} {public_link(a.url)}" for a in found.neighbours
    ]
    if not rows:
        return ""
    return f'<details class="ml-fold"><summary>{say("Conventions voisines")}</summary>{bullets(rows)}</details>'
