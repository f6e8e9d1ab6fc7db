"""Where the visitors' conversations and documents are, opened once for all of them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings

if TYPE_CHECKING:  # heavy to import: only once something is kept
    from assistant.history import History
    from assistant.own_document import OwnDocument

FILE = "conversations.sqlite"  # in the data folder
HOURS = 4.0  # that a document waits in memory for its visitor to come back
MOST_BYTES = 256 * 1024 * 1024  # of all documents in memory


@dataclass(frozen=True, slots=True)
class Contract:
    """A visitor's own document, with its file: in memory alone."""

    document: OwnDocument
    data: bytes


class Drawer:
    """Documents of the conversations under way, in memory alone, the latest used kept.

    Args:
        most: bytes of all their files; the oldest are let go beyond.
        seconds: that a document stays unused.
    """

    def __init__(self, most: int = MOST_BYTES, seconds: float = HOURS * 3600) -> None:
        self._most, self._seconds = most, seconds
        self._held: OrderedDict[str, tuple[float, Contract]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: str, contract: Contract) -> None:
        """Keep a document under a key that nobody else has."""
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (time.monotonic(), contract)
            while len(self._held) > 1 and self._weight() > self._most:
                self._held.popitem(last=False)
            self._let_go()

    def get(self, key: str) -> Contract | None:
        """The document under a key; None when there is none, or no more."""
        with self._lock:
            self._let_go()
            found = self._held.pop(key, None)
            if found is None:
                return None
            self._held[key] = (time.monotonic(), found[1])
            return found[1]

    def drop(self, key: str) -> None:
        """Forget the document under a key."""
        with self._lock:
            self._held.pop(key, None)

    def _weight(self) -> int:
        """Bytes of all files held."""
        return sum(len(contract.data) for _, contract in self._held.values())

    def _let_go(self) -> None:
        """Forget what was not used for too long."""
        limit = time.monotonic() - self._seconds
        for key in [key for key, (used, _) in self._held.items() if used < limit]:
            del self._held[key]


def open_history(settings: Settings) -> History:
    """The conversations kept for visitors.

    Raises:
        HistoryError: they cannot be reached.
    """
    address = settings.database_url.get_secret_value()
    return _history(str(address or settings.data / FILE))


@st.cache_resource(show_spinner=False)
def drawer() -> Drawer:
    """The documents of all visitors' conversations."""
    return Drawer()


@st.cache_resource(max_entries=4, show_spinner=False)
def _history(place: str) -> History:
    """The conversations of a place."""
    from assistant.history import History
    from retrieval.connections import DATABASES

    return History.open(place if place.startswith(DATABASES) else Path(place))
