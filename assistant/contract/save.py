"""Writing a file at once: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from assistant.contract.types import ContractError


def save(data: bytes, path: Path) -> None:
    """Write a file; an interruption leaves the old one as it was.

    Raises:
        ContractError: the folder is absent or the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _error(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        if isinstance(error, OSError):
            raise _error(path, error) from error
        raise


def _error(path: Path, error: OSError) -> ContractError:
    """What could not be written, and why."""
    return ContractError(
        f"Impossible d'écrire {path} ({error.strerror or error}).",
        fix="Donnez avec -o un fichier dans un dossier qui existe et où vous pouvez écrire.",
    )
