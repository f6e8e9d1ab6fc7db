"""What the audit of a contract found, as HTML. The contract's own words are escaped, never typeset."""

from __future__ import annotations

from html import escape
from urllib.parse import quote as url_quote

from assistant.contract_audit import Alignment, Audit, Quote, Risk
from assistant.contract_audit.words import LIMITS_TOLD, NOTHING, counted, place_of
from interfaces.ui.language import later, say
from interfaces.ui.markup import NO_BREAK
from interfaces.ui.pages.pieces import (
    badge,
    bullets,
    marked,
    prose,
    quoted,
    references,
    section,
    tiles,
)

_SEVERITY = {
    "eleve": later("Risque élevé"),
    "moyen": later("Risque moyen"),
    "faible": later("Point d’attention"),
}
_SIDE = {
    "client": later("pèse sur le client"),
    "prestataire": later("pèse sur le prestataire"),
    "deux": later("pèse sur les deux parties"),
}
TONES = {"eleve": "high", "moyen": "medium", "faible": "low"}
SHOWN = 400  # characters of a part that looks like no clause
_MODEL = "modele-de-contrat?article="


def summary_html(found: Audit) -> str:
    """How many risks of each severity, how many clauses, and what must be known first."""
    there, total = len(found.present), len(found.present) + len(found.missing)
    figures = [
        (str(found.count(name)), told)
        for name, told in (
            ("eleve", say("risques élevés")),
            ("moyen", say("risques moyens")),
            ("faible", say("points d’attention")),
        )
    ]
    there_of = say("{done} sur {total}", done=there, total=total)
    figures.append((there_of, say("clauses du modèle trouvées")))
    warnings = "".join(f'<p class="ml-notice">{prose(told)}</p>' for told in found.warnings)
    name = f"<bdi>{escape(found.contract.name)}</bdi>"
    return (
        f'<div class="ml-result" role="status"><p>{name}</p><h2>{_first_up(prose(counted(found)))}</h2>'
        f"{warnings}</div>{tiles(figures)}"
    )


def risk_html(number: int, risk: Risk, *, opened: bool) -> str:
    """One risk, its details folded unless opened.

    Args:
        number: its rank on the page, from 1; part of the addresses of its sources.
    """
    check = risk.check
    return (
        f'<details class="ml-source ml-risk"{" open" if opened else ""}><summary>'
        f"{badge(say(_SEVERITY[check.severity]), TONES[check.severity])}"
        f'<span class="ml-reference">{prose(check.title)}</span>'
        f'<span class="ml-kind">{prose(say(_SIDE[check.side]))}</span></summary>'
        f'<div class="ml-body">{_body(f"risque-{number}", risk)}</div></details>'
    )


def clauses_html(found: Audit) -> str:
    """Clauses missing, unusual and present, then what such an audit cannot do."""
    missing = [_model_link(alignment) for alignment in found.missing]
    unusual = [f"{_where(q)}{quoted(_short(q.text))}" for q in found.unusual]
    present = [f"{prose(a.title)} <span>{_where(a.quotes[0])}</span>" for a in found.present]
    return (
        section(say("Clauses du modèle que nous n’avons pas trouvées"), bullets(missing) or _none())
        + section(say("Clauses inhabituelles"), bullets(unusual))
        + _folded(say("Clauses du modèle présentes ({n})", n=len(present)), bullets(present))
        + section(say("Ce que cette analyse ne fait pas"), bullets(map(prose, LIMITS_TOLD)))
    )


def _body(scope: str, risk: Risk) -> str:
    """The passage, the rule, its authorities, what to ask, and the wording to suggest."""
    passages = "".join(f"<figure>{quoted(q.text)}<figcaption>{_where(q)}</figcaption></figure>"
                       for q in risk.quotes)  # fmt: skip
    cited = references(((s.citation, s.url) for s in risk.sources), scope, say("Autorités"))
    wording = "".join(f"<p>{escape(text)}</p>" for text in risk.suggestion.paragraphs)
    return (
        _titled(say("Ce que dit le contrat"), passages or f"<p>{_first_up(prose(NOTHING))}</p>")
        + _titled(say("La règle"), f"<p>{marked(risk.rule, scope)}</p>") + cited
        + _titled(say("À demander"), f"<p>{marked(risk.check.advice, scope)}</p>")
        + _titled(say("Rédaction proposée, d’après le modèle ({place})", place=risk.suggestion.place),
                  f'<div class="ml-paper">{wording}</div>')
    )  # fmt: skip


def _titled(title: str, body: str) -> str:
    """A part of a risk."""
    return f'<h3 class="ml-label">{prose(title)}</h3>{body}'


def _model_link(alignment: Alignment) -> str:
    """A clause as a link to its article of the model, in another tab: the analysis stays in this one."""
    address = _MODEL + url_quote(alignment.clause, safe="")
    return f'<a href="{address}" target="_blank" rel="noopener">{prose(alignment.title)}</a>'


def _where(quote: Quote) -> str:
    """Where a quote stands in the contract."""
    return escape(place_of(quote))


def _short(text: str) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + f"{NO_BREAK}[…]"


def _folded(title: str, body: str) -> str:
    """A part that opens on demand."""
    if not body:
        return ""
    return f'<details class="ml-fold"><summary>{prose(title)}</summary>{body}</details>'


def _none() -> str:
    """What stands where nothing was found."""
    return f'<p class="ml-none">{say("Aucune.")}</p>'


def _first_up(text: str) -> str:
    """A text with a capital."""
    return text[:1].upper() + text[1:]
