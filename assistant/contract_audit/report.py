"""The audit as a Word file or a PDF, to keep or to hand to a lawyer."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.contract_audit.types import Audit, Quote, Risk
from assistant.contract_audit.words import (
    LIMITS_TOLD,
    NOTHING,
    NOTICE,
    SEVERITY,
    SIDE,
    TITLE,
    counted,
    place_of,
)

if TYPE_CHECKING:
    from docx.document import Document

_EMPTY = "Aucun."


def report_docx(audit: Audit, made_at: datetime) -> bytes:
    """The report as the bytes of a Word file.

    Args:
        audit: what was found.
        made_at: the day to print and to write in the file's properties.
    """
    import docx

    from assistant.contract.styles import apply_styles

    document = docx.Document()
    apply_styles(document)
    _describe(document, audit, made_at)
    _opening(document, audit, made_at)
    _risks(document, audit)
    _clauses(document, audit)
    _closing(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def report_pdf(audit: Audit, made_at: datetime) -> bytes:
    """The same report as the bytes of a PDF.

    Raises:
        ContractError: LibreOffice is absent, fails, or takes too long.
    """
    from assistant.contract.pdf import convert

    return convert(report_docx(audit, made_at))


def _describe(document: Document, audit: Audit, made_at: datetime) -> None:
    """Write the properties of the file, the size of its pages and their foot."""
    from docx.shared import Cm

    from assistant.contract.pages import A4

    about = document.core_properties
    about.title, about.language = TITLE, "fr-FR"
    about.author, about.last_modified_by, about.version = "MainteLex", "", audit.version
    about.created = about.modified = made_at
    section = document.sections[0]
    section.page_width, section.page_height = Cm(A4[0]), Cm(A4[1])
    section.footer.paragraphs[0].text = NOTICE


def _opening(document: Document, audit: Audit, made_at: datetime) -> None:
    """Write what was read, when, and how many risks were found."""
    _add(document, "Title", TITLE)
    day = f"{made_at:%d/%m/%Y}"
    _add(document, "Subtitle", f"{audit.contract.name} – analysé le {day}, modèle {audit.version}")
    for warning in audit.warnings:
        _labelled(document, "À savoir", warning)
    _add(document, "Heading 1", "En bref")
    _add(document, "Clause", f"Constats\u00a0: {counted(audit)}.")
    for risk in audit.risks:
        if risk.check.severity == "eleve":
            _add(document, "Clause liste", f"– {_typeset(risk.check.title)}")
    there, total = len(audit.present), len(audit.present) + len(audit.missing)
    _add(document, "Clause", f"Clauses du modèle trouvées\u00a0: {there} sur {total}.")


def _risks(document: Document, audit: Audit) -> None:
    """Write the risks, the gravest first."""
    _add(document, "Heading 1", "Risques")
    if not audit.risks:
        _add(document, "Clause", "Aucun des contrôles n'a relevé de risque.")
    for number, risk in enumerate(audit.risks, start=1):
        _risk(document, number, risk)


def _risk(document: Document, number: int, risk: Risk) -> None:
    """Write one risk: the passage, the rule, its authorities, what to ask, the model's wording."""
    check = risk.check
    _add(document, "Heading 2", _typeset(f"{number}. {check.title}"))
    _add(document, "Mention", f"{SEVERITY[check.severity]} – {SIDE[check.side]}")
    for quote in risk.quotes:
        _labelled(
            document, "Ce que dit le contrat", f"«\u00a0{quote.text}\u00a0» ({_where(quote)})"
        )
    if not risk.quotes:
        _labelled(document, "Ce que dit le contrat", NOTHING)
    _labelled(document, "Règle", _typeset(risk.rule))
    for rank, source in enumerate(risk.sources, start=1):
        _add(
            document,
            "Mention",
            f"[{rank}] {source.citation}" + (f" – {source.url}" if source.url else ""),
        )
    _labelled(document, "À demander", _typeset(check.advice))
    _labelled(document, "Rédaction proposée", f"d’après le modèle, {risk.suggestion.place}")
    for paragraph in risk.suggestion.paragraphs:
        _add(document, "Clause note", paragraph)


def _clauses(document: Document, audit: Audit) -> None:
    """Write which clauses of the model are missing and there, and what is unusual."""
    _add(document, "Heading 1", "Clauses du modèle que nous n'avons pas trouvées")
    _add(
        document,
        "Clause",
        ", ".join(a.title for a in audit.missing) + "." if audit.missing else _EMPTY,
    )
    _add(document, "Heading 1", "Clauses inhabituelles")
    for quote in audit.unusual:
        _add(
            document, "Clause liste", f"– {_where(quote)}\u00a0: «\u00a0{_short(quote.text)}\u00a0»"
        )
    if not audit.unusual:
        _add(document, "Clause", _EMPTY)
    _add(document, "Heading 1", "Clauses du modèle présentes")
    for alignment in audit.present:
        _add(document, "Clause liste", f"– {alignment.title}\u00a0: {_where(alignment.quotes[0])}")


def _closing(document: Document) -> None:
    """Write what such an audit cannot do."""
    _add(document, "Heading 1", "Ce que cette analyse ne fait pas")
    for text in LIMITS_TOLD:
        _add(document, "Clause liste", f"– {_typeset(text)}")


def _where(quote: Quote) -> str:
    """Where a quote stands, for a reader."""
    return place_of(quote)


def _short(text: str, limit: int = 200) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "\u00a0[…]"


def _typeset(text: str) -> str:
    """A text of ours with French spaces; never a quote, which stays as it is."""
    from assistant.contract.typography import french

    return french(text)


def _add(document: Document, style: str, text: str) -> None:
    """Write a paragraph."""
    from assistant.contract.styles import add_paragraph

    add_paragraph(document, style, text)


def _labelled(document: Document, label: str, text: str) -> None:
    """Write a paragraph that begins with a label in bold."""
    from assistant.contract.styles import add_paragraph

    paragraph = add_paragraph(document, "Clause")
    paragraph.add_run(f"{label}\u00a0: ").bold = True
    paragraph.add_run(text)
