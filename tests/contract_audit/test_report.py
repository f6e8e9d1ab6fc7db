"""The report, as a Word file and as a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
from pypdf import PdfReader

from assistant.contract_audit import Audit, Auditor, report_docx, report_pdf
from tests.contract_audit.conftest import audit_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOSTILE = "En aucun cas la responsabilité du prestataire ne sera engagée <b>&amp;</b> {{ champ }}."


def texts(audit: Audit) -> str:
    """The text of the Word report."""
    document = docx.Document(BytesIO(report_docx(audit, NOW)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_report_says_all(auditor: Auditor) -> None:
    """Each risk is there with its title, its quotes, its rule, its authorities and its wording."""
    audit = audit_of(auditor, "Le préavis est de six mois.", HOSTILE)
    said = texts(audit).replace("\u00a0", " ").replace("’", "'")
    for risk in audit.risks:
        assert risk.check.title.replace("’", "'") in said
        assert all(quote.text.replace("’", "'") in said for quote in risk.quotes)
        assert all(
            source.citation.replace("’", "'").replace("\u00a0", " ") in said
            for source in risk.sources
        )


def test_a_hostile_text_is_printed_as_it_is(auditor: Auditor) -> None:
    """Markup and fields of a contract are text in the report."""
    assert HOSTILE in texts(audit_of(auditor, HOSTILE))


def test_the_report_says_its_limits(auditor: Auditor) -> None:
    """It says that it is information, and what it cannot see."""
    said = texts(audit_of(auditor))
    assert "Ce que cette analyse ne fait pas" in said
    document = docx.Document(BytesIO(report_docx(audit_of(auditor), NOW)))
    assert "non un conseil" in document.sections[0].footer.paragraphs[0].text


def test_the_report_is_the_same_twice(auditor: Auditor) -> None:
    """The same audit gives the same words."""
    audit = audit_of(auditor, "Le préavis est de six mois.")
    assert texts(audit) == texts(audit)


def test_the_report_as_a_pdf(auditor: Auditor) -> None:
    """The PDF holds the same titles."""
    pages = PdfReader(
        BytesIO(report_pdf(audit_of(auditor, "Le préavis est de six mois."), NOW))
    ).pages
    said = " ".join(page.extract_text() for page in pages)
    assert "Préavis de sortie de plus de trois mois" in " ".join(said.split())
