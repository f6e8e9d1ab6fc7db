"""A visitor's file: the control that takes it, and its reading, a few files at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.ui.language import say
from retrieval.errors import AppError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from assistant.contract_audit import Contract
    from assistant.own_document import OwnDocument

MEGABYTES = 20  # of a file; .streamlit/config.toml refuses more before it reaches a page
AT_ONCE = 2  # files read together: whoever sends many waits for their own
WAIT = 60.0  # seconds that a visitor waits for their turn; a reading takes 20 at most


def file_field(label: str, types: Sequence[str], *, key: str) -> UploadedFile | None:
    """Draw the control that takes a file, and give the file.

    Args:
        label: in the visitor's language; it should tell the formats and the limits.
        types: suffixes without their dot.
        key: of the control. Another key frees the file of the former.
    """
    return st.file_uploader(label, list(types), key=key, max_upload_size=MEGABYTES)


def read_document(uploaded: UploadedFile) -> OwnDocument:
    """A document for the visitor's conversation, read in a child process.

    Raises:
        AppError: it cannot be read within the bounds, or too many files are being read.
    """
    from assistant.own_document import OwnDocument

    with reading_turn():
        return OwnDocument.read(uploaded.name, uploaded.getvalue())


def read_contract(uploaded: UploadedFile) -> Contract:
    """A contract to audit, read in a child process.

    Raises:
        AppError: it cannot be read within the bounds, or too many files are being read.
    """
    from assistant import contract_audit

    with reading_turn():
        return contract_audit.read_contract(uploaded.name, uploaded.getvalue())


@contextmanager
def reading_turn(wait: float = WAIT) -> Iterator[None]:
    """Wait for one's turn to read a file.

    Args:
        wait: seconds.

    Raises:
        AppError: nobody has made room in time.
    """
    turns = _turns()
    if not turns.acquire(timeout=wait):
        raise AppError(
            say("Trop de fichiers sont lus en ce moment."), fix=say("Réessayez dans une minute.")
        )
    try:
        yield
    finally:
        turns.release()


@st.cache_resource(show_spinner=False)
def _turns() -> BoundedSemaphore:
    """The turns of all visitors."""
    return BoundedSemaphore(AT_ONCE)
