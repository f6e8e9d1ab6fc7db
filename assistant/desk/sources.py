"""What the sources of a publication said when it was published, and whether they still say it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from retrieval import Passage

Find = Callable[[str], Passage | None]  # a passage by id, as `Retriever.passage`


class Citing(Protocol):
    """What cites passages, and knows what they said."""

    @property
    def citations(self) -> Sequence[Mapping[str, Any]]:
        """Fields of `Citation`."""

    @property
    def sources(self) -> Mapping[str, str]:
        """The digest of each passage cited, by id; empty when nobody noted them."""


def digests(citations: Iterable[Mapping[str, Any]], find: Find) -> dict[str, str]:
    """The digest of each authority cited that the base has, by id."""
    names = [str(cited["passage_id"]) for cited in citations if _is_authority(cited)]
    found = {name: find(name) for name in names}
    return {name: _digest(passage) for name, passage in found.items() if passage is not None}


def changed(citing: Citing, find: Find) -> list[Mapping[str, Any]]:
    """The citations whose authority is gone or no longer says the same, in their order.

    A question of the base is none: a publication that revises it changes it. Where the digests
    were not noted, the words quoted are looked for.
    """
    held = [cited for cited in citing.citations if _is_authority(cited)]
    return [cited for cited in held if not _says(citing, cited, find)]


def holds(citing: Citing, find: Find) -> bool:
    """Whether every source of a publication still says what it cites."""
    return bool(citing.citations) and not changed(citing, find)


def _is_authority(cited: Mapping[str, Any]) -> bool:
    """Whether a citation is of a law, a decision, an agreement or a clause."""
    return bool(cited["kind"] != "question")


def _says(citing: Citing, cited: Mapping[str, Any], find: Find) -> bool:
    """Whether a source still says the same."""
    name = str(cited["passage_id"])
    passage = find(name)
    if passage is None:
        return False
    noted = citing.sources.get(name)
    return cited["quote"] in passage.text if noted is None else noted == _digest(passage)


def _digest(passage: Passage) -> str:
    """The SHA-256 of a passage's words, its reference and its last day in force."""
    until = passage.in_force_until
    said = "\0".join((passage.text, passage.reference, until.isoformat() if until else ""))
    return hashlib.sha256(said.encode()).hexdigest()
