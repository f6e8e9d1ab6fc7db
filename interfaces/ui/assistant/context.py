"""A passage of a document among its neighbours: words are understood by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.types import Passage

AROUND = 1  # passages shown before and after
_PLACE = re.compile(r"#p(\d+)\.(\d+)$")


def in_context(passage: Passage, document: Sequence[Passage]) -> Passage:
    """The passage with the words that stand before and after it in its document.

    Args:
        document: the passages of its document, in any order; one that does not hold it changes nothing.
    """
    ordered = sorted(document, key=_place)
    at = next((n for n, one in enumerate(ordered) if one.id == passage.id), None)
    if at is None:
        return passage
    near = ordered[max(0, at - AROUND) : at + AROUND + 1]
    return replace(passage, text="\n".join(one.text for one in near))


def _place(passage: Passage) -> tuple[int, int, str]:
    """Page and rank of a passage: as text, page 10 would come before page 2."""
    found = _PLACE.search(passage.id)
    return (int(found[1]), int(found[2]), "") if found else (0, 0, passage.id)
