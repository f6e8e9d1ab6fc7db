"""The auditor of the real base, and contracts to give it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.contract_audit import Audit, Auditor, Contract, read_contract
from ingest.bounded import read_here
from ingest.readers.kb import KnowledgeBase, read_kb

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path(__file__).parent / "contracts"


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    """The auditor of the knowledge base."""
    return Auditor.open(ROOT / "kb")


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The knowledge base."""
    return read_kb(ROOT / "kb")


def word(*paragraphs: str, style: str | None = None) -> bytes:
    """A DOCX of these paragraphs; « # » makes a heading."""
    document = docx.Document()
    for text in paragraphs:
        heading = text.startswith("# ")
        document.add_paragraph(text.removeprefix("# "), style="Heading 1" if heading else style)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


FILLER = (
    "Le présent contrat porte sur la maintenance de douze postes de travail et de deux serveurs du"
    " client, décrits à l'annexe 1, que le prestataire entretient selon les règles de l'art et dont"
    " il tient l'inventaire à jour. Le client paie chaque mois la redevance prévue à l'annexe 3 et"
    " collabore de bonne foi. Les parties se rencontrent une fois par trimestre pour faire le point"
    " sur les travaux réalisés et sur ceux qui restent à faire."
)


def read_ours(name: str, data: bytes) -> Contract:
    """A contract of ours, read without a child process."""
    return read_contract(name, data, reads=read_here)


def audit_of(auditor: Auditor, *paragraphs: str) -> Audit:
    """The audit of a contract made of a filler and these paragraphs."""
    return auditor.audit(read_ours("contrat.docx", word(FILLER, *paragraphs)))


def found(audit: Audit) -> set[str]:
    """The ids of the checks that failed."""
    return {risk.check.id for risk in audit.risks}
