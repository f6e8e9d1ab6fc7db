"""Packages that only an evaluation needs: absent ones are named with their remedy."""

from __future__ import annotations

import importlib
from types import ModuleType

from retrieval.errors import AppError


class MissingPackageError(AppError):
    """A package of an optional extra is not installed."""


def needed(module: str, extra: str) -> ModuleType:
    """An imported module of an optional extra.

    Args:
        module: dotted name.
        extra: the extra of MainteLex that installs it.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            f"Le paquet Python {error.name or module} n'est pas installé.",
            fix=f"Lancez « pip install 'maintelex[{extra}]' ».",
        ) from error
