"""Who a conversation speaks of, hidden behind tags before a model or a log, and put back on the screen.

What the user wrote and the user's documents are to be hidden; the passages of the base are public, and
so are the parties of the decisions that they name. A prompt may tell its model that `[PERSONNE_1]` and
`[PERSONNE_1.2]` are one person, or be given `hide(text, exact=False)`.

Nothing here logs a text or leaves the machine. Importing it costs 70 ms: import it where it is used.
"""

from __future__ import annotations

from assistant.privacy.find import find
from assistant.privacy.pseudonyms import Pseudonyms
from assistant.privacy.types import KINDS, NAMES, Entity, Found, Kind, PseudonymsError

__all__ = ["KINDS", "NAMES", "Entity", "Found", "Kind", "Pseudonyms", "PseudonymsError", "find"]
