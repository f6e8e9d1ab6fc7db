"""`maintelex contract audit`: a customer's contract read beside the model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retrieval.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from assistant.contract_audit import Audit, Auditor, Quote, Risk

FORMATS = (".docx", ".pdf")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="Rapport à écrire, en .docx ou en .pdf ; sinon l'analyse s'affiche.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
@click.option(
    "--measure", "folder", type=click.Path(path_type=Path),
    help="Dossier de contrats aux défauts connus : précision et rappel de l'analyse.",
)  # fmt: skip
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
def audit(
    file: Path | None, output: Path | None, as_json: bool, folder: Path | None, kb: Path | None
) -> None:
    """Analyse un contrat en PDF, en DOCX ou en texte : clauses présentes ou absentes, risques, rédactions.

    Information juridique, non conseil. Exemple :
    maintelex contract audit contrat.pdf --output rapport.docx
    """
    from assistant.contract_audit import Auditor, read_contract
    from interfaces.settings import load_settings

    if (file is None) == (folder is None):
        raise UsageError(
            "Donnez un contrat, ou --measure.", fix="maintelex contract audit contrat.pdf"
        )
    if output is not None and output.suffix.lower() not in FORMATS:
        raise UsageError(
            f"Format de rapport inconnu : {output.name!r}.", fix="Nommez-le en .docx ou en .pdf."
        )
    auditor = Auditor.open(load_settings(kb=kb).kb)
    if folder is not None:
        _measure(auditor, folder)
    elif file is not None:
        _show(auditor.audit(read_contract(file.name, _bytes(file))), output, as_json)


def _bytes(path: Path) -> bytes:
    """The bytes of a file, no more than a contract may have.

    Raises:
        DocumentError: it is absent or cannot be read.
    """
    from assistant.contract_audit import LIMITS

    try:
        with path.open("rb") as stream:
            return stream.read(LIMITS.max_bytes + 1)
    except OSError as error:
        absent = isinstance(error, FileNotFoundError)
        cause = "fichier introuvable" if absent else f"lecture impossible ({error.strerror})"
        raise DocumentError(
            f"{path.name} : {cause}.", fix="Vérifiez le chemin et les droits du fichier."
        ) from error


def _measure(auditor: Auditor, folder: Path) -> None:
    """Print precision and recall over contracts whose faults are known."""
    from evaluation.contract_audit import measure, read_cases, table

    click.echo(table(measure(auditor, read_cases(folder))))


def _show(found: Audit, output: Path | None, as_json: bool) -> None:
    """Print an audit, or write its report."""
    if output is not None:
        _write(found, output)
    if as_json:
        from interfaces.cli import print_json

        print_json(audit_object(found))
    elif output is None:
        _print(found)


def _write(found: Audit, output: Path) -> None:
    """Write the report, and say where."""
    from datetime import UTC, datetime

    from assistant.contract import save
    from assistant.contract_audit import report_docx, report_pdf

    make = report_pdf if output.suffix.lower() == ".pdf" else report_docx
    save(make(found, datetime.now(UTC)), output)
    click.echo(str(output), err=True)


def audit_object(found: Audit) -> dict[str, Any]:
    """An audit as one JSON object, with stable keys."""
    return {
        "file": found.contract.name,
        "model_version": found.version,
        "warnings": list(found.warnings),
        "risks": [_risk_object(risk) for risk in found.risks],
        "present": [
            {"clause": a.clause, "title": a.title, "quotes": [_quote_object(q) for q in a.quotes]}
            for a in found.present
        ],
        "missing": [{"clause": a.clause, "title": a.title} for a in found.missing],
        "unusual": [_quote_object(quote) for quote in found.unusual],
        "passed": [check.id for check in found.passed],
    }


def _risk_object(risk: Risk) -> dict[str, Any]:
    """A risk as a JSON object."""
    return {
        "check": risk.check.id, "title": risk.check.title, "severity": risk.check.severity,
        "side": risk.check.side, "quotes": [_quote_object(quote) for quote in risk.quotes],
        "rule": risk.rule, "advice": risk.check.advice,
        "sources": [{"n": n, "id": s.id, "reference": s.citation, "url": s.url}
                    for n, s in enumerate(risk.sources, start=1)],
        "suggestion": {"place": risk.suggestion.place, "paragraphs": list(risk.suggestion.paragraphs)},
        "reviewed_on": risk.check.reviewed_on.isoformat(), "reviewed_by": risk.check.reviewed_by,
    }  # fmt: skip


def _quote_object(quote: Quote) -> dict[str, Any]:
    """A quote as a JSON object."""
    return {"text": quote.text, "heading": quote.heading, "page": quote.page}


def _print(found: Audit) -> None:
    """An audit for a person."""
    from assistant.contract_audit.words import NOTICE, counted, place_of

    there, total = len(found.present), len(found.present) + len(found.missing)
    click.echo(f"{found.contract.name} : {counted(found)} ; {there} clauses du modèle sur {total}.")
    for warning in found.warnings:
        click.echo(f"À savoir : {warning}")
    for number, risk in enumerate(found.risks, start=1):
        _print_risk(number, risk)
    click.echo("\nClauses du modèle que nous n'avons pas trouvées")
    click.echo("  " + (", ".join(a.title for a in found.missing) or "Aucune."))
    click.echo("\nClauses inhabituelles")
    click.echo("\n".join(f"  {place_of(quote)}" for quote in found.unusual) or "  Aucune.")
    click.echo(f"\n{NOTICE}")


def _print_risk(number: int, risk: Risk) -> None:
    """A risk for a person."""
    from assistant.contract_audit.words import NOTHING, SEVERITY, SIDE, place_of

    check = risk.check
    click.echo(f"\n{number}. {check.title} — {SEVERITY[check.severity]}, {SIDE[check.side]}")
    for quote in risk.quotes:
        click.echo(f"   Contrat ({place_of(quote)}) : « {quote.text} »")
    if not risk.quotes:
        click.echo(f"   Contrat : {NOTHING}")
    click.echo(f"   Règle : {risk.rule}")
    for rank, source in enumerate(risk.sources, start=1):
        click.echo(f"     [{rank}] {source.citation}")
    click.echo(f"   À demander : {check.advice}")
    click.echo(f"   Rédaction proposée : {risk.suggestion.place}")
    for paragraph in risk.suggestion.paragraphs:
        click.echo(f"     {paragraph}")
