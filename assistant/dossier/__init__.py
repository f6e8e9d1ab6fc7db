"""The dossier of a conversation: questions, answers and sources on paper, with what proves them."""

from __future__ import annotations

from assistant.dossier.gather import Exchange, dossier_of
from assistant.dossier.markdown import hash_of, is_intact, to_markdown
from assistant.dossier.types import Dossier, DossierError, Entry, Quote
from assistant.dossier.write import FORMATS, write, write_docx, write_pdf

__all__ = [
    "FORMATS", "Dossier", "DossierError", "Entry", "Exchange", "Quote", "dossier_of", "hash_of",
    "is_intact", "to_markdown", "write", "write_docx", "write_pdf",
]  # fmt: skip
