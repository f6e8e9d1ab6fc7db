"""`maintelex convention`: which collective agreement a company's activities point to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.conventions import Candidate, Finding, Reason
    from ingest.readers.agreements_table import Source

# The activities of kb/law/collective_agreements.yaml; a test holds both lists equal.
ACTIVITIES = (
    ("maintenance", "maintenance et réparation de matériel informatique"),
    ("maintenance-logicielle", "tierce maintenance de systèmes et d'applications"),
    ("services", "infogérance, conseil, assistance, hébergement"),
    ("developpement", "développement et édition de logiciels"),
    ("vente", "vente de matériel à l'utilisateur final"),
    ("reprographie", "reprographie"),
    ("gros", "commerce de gros"),
    ("import-export", "importation et exportation"),
    ("grand-public", "électronique et informatique grand public"),
    ("telecom", "télécommunications"),
    ("industrie", "construction ou installation industrielle"),
    ("formation", "formation (convention absente de la base)"),
    ("autre", "autre activité (convention absente de la base)"),
)
_TITLES = {
    "probable": "Convention probable",
    "indetermine": "Indéterminé : aucune convention ne l'emporte",
    "hors_base": "Hors base : l'activité principale n'a pas de convention dans la base",
}

_NOTICE = "Orientation automatique : information juridique, non conseil."


class _Percent(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in new stubs only
    """A number written with a point or a comma, the sign allowed."""

    name = "N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or a usage error."""
        try:
            return float(str(value).replace(",", ".").rstrip(" %\u00a0"))
        except ValueError:
            self.fail(f"{value!r} n'est pas un pourcentage.", param, ctx)


def _share_options(command: Callable[..., None]) -> Callable[..., None]:
    """One option an activity."""
    for name, label in reversed(ACTIVITIES):
        command = click.option(
            f"--{name}", type=_Percent(), default=0.0, help=f"Part en % : {label}."
        )(command)
    return command


@click.command()
@_share_options
@click.option(
    "--basis",
    type=click.Choice(["turnover", "headcount"]),
    help="Ce que mesurent les parts : chiffre d'affaires ou effectif.",
)
@click.option(
    "--nature", type=click.Choice(["commerciale", "industrielle"]), help="Nature de l'activité."
)
@click.option(
    "--naf", metavar="CODE", help="Code NAF ou APE, un indice seulement : 62.02A ou 6202A."
)
@click.option("--headcount", type=int, metavar="N", help="Nombre de salariés.")
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
def convention(basis: str | None, nature: str | None, naf: str | None, headcount: int | None,
               kb: Path | None, as_json: bool, **shares: float) -> None:  # fmt: skip
    """Oriente vers une convention collective, selon les parts de chaque activité.

    Exemple : maintelex convention --maintenance 70 --services 30 --basis turnover --nature commerciale
    """
    from assistant.conventions import Facts, find_agreements
    from ingest.readers.agreements_table import read_agreement_table
    from ingest.readers.kb import read_kb
    from interfaces.settings import load_settings

    given = {name: shares[name.replace("-", "_")] for name, _ in ACTIVITIES}
    facts = Facts(
        {name: share for name, share in given.items() if share}, basis, nature, naf, headcount
    )
    table = read_agreement_table(read_kb(load_settings(kb=kb).kb))
    finding = find_agreements(table, facts)
    if as_json:
        click.echo(json.dumps(asdict(finding), ensure_ascii=False))
    else:
        click.echo(finding_text(finding))


def finding_text(finding: Finding) -> str:
    """The finder's answer for a person, its sources numbered."""
    sources: dict[str, Source] = {}
    parts = [_headline(finding)]
    parts += [_candidate_text(n, found, sources) for n, found in enumerate(finding.candidates, 1)]
    for title, reasons in (
        ("Pourquoi", finding.why),
        ("Ce qui changerait la réponse", finding.would_change),
        ("Code NAF", finding.naf),
        ("À vérifier avant de conclure", finding.to_check),
    ):
        if reasons:
            parts.append("\n".join([title, *(_reason_text(reason, sources) for reason in reasons)]))
    parts += [_neighbours_text(finding), _sources_text(sources), _NOTICE]
    return "\n\n".join(part for part in parts if part)


def _neighbours_text(finding: Finding) -> str:
    """The other agreements to know of, empty when all are candidates."""
    rows = [f"- IDCC {a.idcc}, {a.short_name} : {a.url}" for a in finding.neighbours]
    return "\n".join(["Conventions voisines", *rows]) if rows else ""


def _sources_text(sources: dict[str, Source]) -> str:
    """The sources, in the order of their numbers."""
    rows = [
        f"[{number}] {source.citation}" + (f" — {source.url}" if source.url else "")
        for number, source in enumerate(sources.values(), start=1)
    ]
    return "\n".join(["Sources", *rows])


def _headline(finding: Finding) -> str:
    """The answer in one line."""
    title = _TITLES[finding.status]
    if finding.status != "probable":
        return f"{title}."
    agreement = finding.candidates[0].agreement
    return f"{title} : IDCC {agreement.idcc}, {agreement.short_name}."


def _candidate_text(rank: int, candidate: Candidate, sources: dict[str, Source]) -> str:
    """A candidate and its reasons."""
    from assistant.conventions import percent

    agreement = candidate.agreement
    share = percent(candidate.share) if candidate.share else "à comparer"
    lines = [
        f"{rank}. IDCC {agreement.idcc}, {agreement.short_name} : {share}",
        f"   {agreement.citation}",
    ]
    lines += [f"   {agreement.url}"] if agreement.url else []
    return "\n".join(
        [*lines, *("   " + _reason_text(reason, sources) for reason in candidate.reasons)]
    )


def _reason_text(reason: Reason, sources: dict[str, Source]) -> str:
    """A statement with the numbers of its sources."""
    for source in reason.sources:
        sources.setdefault(source.id, source)
    order = list(sources)
    marks = "".join(f" [{order.index(source.id) + 1}]" for source in reason.sources)
    return f"- {reason.text}{marks}"
