"""The customer's own document, read into memory and compared with an answer."""

from __future__ import annotations

from assistant.own_document.document import OwnDocument
from assistant.own_document.part import with_document
from assistant.own_document.read import OWN_LIMITS

__all__ = ["OWN_LIMITS", "OwnDocument", "with_document"]
