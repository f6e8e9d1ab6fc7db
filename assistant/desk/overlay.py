"""The base with what the desk published: a folder that is indexed in its place, or given to git."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.desk.errors import StoreError

_FOLDERS = ("questions", "variants")


def write_files(files: Iterable[Mapping[str, str]], folder: Path, kb: Path) -> list[Path]:
    """Write published files into a folder, later ones over earlier ones.

    Args:
        files: texts by path, oldest publication first. A file of wordings holds the new ones only:
            they are added to those of the base.
        kb: folder of the base.

    Returns:
        What was written, sorted.

    Raises:
        StoreError: the folder cannot be written.
    """
    texts: dict[str, str] = {}
    for published in files:
        for name, text in published.items():
            if name.startswith("variants/"):
                text = _with_wordings(texts.get(name, _text(kb / name)), text)
            texts[name] = text
    try:
        for name, text in texts.items():
            _replace(folder / name, text)
    except OSError as error:
        raise StoreError(
            f"{error.filename} ne peut pas être écrit ({error.strerror}).",
            fix="Vérifiez les droits et la place, puis « maintelex kb export ».",
        ) from error
    return sorted(folder / name for name in texts)


def clear(folder: Path) -> None:
    """Take the published files out of a folder.

    Raises:
        StoreError: the folder cannot be written.
    """
    try:
        for name in _FOLDERS:
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
    except OSError as error:
        raise StoreError(
            f"{error.filename} ne peut pas être effacé ({error.strerror}).",
            fix="Vérifiez les droits.",
        ) from error


def has_published(published: Path) -> bool:
    """Whether anything was published into a folder."""
    return any(next((published / name).glob("*"), None) for name in _FOLDERS)


def overlaid(kb: Path, published: Path, into: Path) -> Path:
    """The base with published files over it, as a folder of its own.

    Args:
        kb: folder of the base.
        published: folder of `write_files`.
        into: made anew; nobody else may be reading it.

    Raises:
        StoreError: the folder cannot be written.
    """
    fresh = into.with_name(f".{into.name}-{os.getpid()}")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(kb, fresh)
        for name in _FOLDERS:
            if (published / name).is_dir():
                shutil.copytree(published / name, fresh / name, dirs_exist_ok=True)
        shutil.rmtree(into, ignore_errors=True)
        fresh.rename(into)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise StoreError(
            f"Le dossier {into} ne peut pas être écrit ({error.strerror or error}).",
            fix="Libérez de la place ou vérifiez les droits.",
        ) from error
    return into


def _with_wordings(text: str, new: str) -> str:
    """A file of wordings with new ones at its end, each once."""
    known = text.splitlines()
    added = [line for line in new.splitlines() if line and line not in known]
    return "\n".join([*known, *added]) + "\n"


def _text(path: Path) -> str:
    """A file's text, nothing when there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _replace(path: Path, text: str) -> None:
    """Write a file whole, or leave it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
