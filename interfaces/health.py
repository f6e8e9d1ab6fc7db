"""How a site is: its index, its base, its desk, its model, its disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from retrieval.errors import AppError

if TYPE_CHECKING:
    from interfaces.settings import Settings
    from retrieval import Retriever

__all__ = ["Check", "State", "age", "disk", "index", "served_base"]

State = Literal["good", "wrong", "off"]
LOW = 1_000_000_000  # bytes free under which a build may fail


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    state: State
    told: str  # what was found; for a person who administers
    fix: str = ""  # what to do, when it is wrong


def index(opened: Callable[[], Retriever]) -> Check:
    """Whether the index in use answers a search.

    Args:
        opened: opens it, or gives the one that is open.
    """
    try:
        retriever = opened()
        retriever.search("résiliation du contrat", 1)
    except AppError as error:
        return Check("wrong", error.problem, error.fix)
    made = retriever.manifest
    return Check(
        "good", f"{made.generation} : {made.documents} documents, {made.passages} passages"
    )


def served_base(settings: Settings) -> Check:
    """Whether the index in use was built from the base as it stands."""
    from ingest.readers.kb import kb_digest
    from interfaces.desk_command import base_of
    from interfaces.place import manifest

    try:
        same = manifest(settings).kb_hash == kb_digest(base_of(settings))
    except AppError as error:
        return Check("wrong", error.problem, error.fix)
    if same:
        return Check("good", "L’index est celui de la base telle qu’elle est.")
    return Check("wrong", "La base a changé depuis l’index.", "Construisez-le de nouveau.")


def disk(folder: Path) -> Check:
    """Whether there is room where a folder is, or will be."""
    place = next((p for p in (folder, *folder.parents) if p.exists()), Path("/"))
    free = shutil.disk_usage(place).free
    told = f"{free / 1e9:.1f} Go libres".replace(".", ",")
    if free < LOW:
        return Check("wrong", told, "Libérez de la place : une indexation peut échouer.")
    return Check("good", told)


def age(created: str, now: datetime | None = None) -> int:
    """Days since a manifest's moment; 0 for today, or a moment that cannot be read."""
    try:
        made = datetime.fromisoformat(created)
    except ValueError:
        return 0
    if made.tzinfo is None:
        made = made.replace(tzinfo=UTC)
    return max(0, ((now or datetime.now(UTC)) - made).days)
