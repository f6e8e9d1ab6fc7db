"""A customer's contract read beside the model: what is there, what is missing, what is risky."""

from __future__ import annotations

from assistant.contract_audit.audit import Auditor
from assistant.contract_audit.read import LIMITS, read_contract
from assistant.contract_audit.report import report_docx, report_pdf
from assistant.contract_audit.types import (
    Alignment,
    Audit,
    Contract,
    Part,
    Quote,
    Risk,
    Suggestion,
)

__all__ = [
    "Alignment", "Audit", "Auditor", "Contract", "LIMITS", "Part", "Quote", "Risk", "Suggestion",
    "read_contract", "report_docx", "report_pdf",
]  # fmt: skip
