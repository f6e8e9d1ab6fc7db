"""From the model contract to a Word file or a PDF that the parties can sign."""

from __future__ import annotations

from assistant.contract.draft import draft
from assistant.contract.model import check_values, load_model, resolve
from assistant.contract.pdf import to_pdf
from assistant.contract.save import save
from assistant.contract.types import ContractError, Draft, Model
from assistant.contract.word import to_docx

__all__ = [
    "ContractError", "Draft", "Model", "check_values", "draft", "load_model", "resolve", "save",
    "to_docx", "to_pdf",
]  # fmt: skip
