"""What goes with a sentence that is taken out: what it introduced, what announced it alone."""

from __future__ import annotations

from collections.abc import Collection

from assistant.guard.markup import Text

_INTRODUCTION_GONE = "La phrase qui l'introduit a été retirée."
_NOTHING_FOLLOWS = "Ce qu'elle annonce a été retiré."


def orphans(text: Text, shown: Collection[int], gone: Collection[int]) -> dict[int, str]:
    """The pieces that can't stay without others, and why, in French.

    Args:
        text: the answer, cut.
        shown: the pieces that stay by themselves.
        gone: those that were taken out.
    """
    found = {n: _INTRODUCTION_GONE for n in sorted(shown) if text.pieces[n].intro in gone}
    left = set(shown) - set(found)
    for number in sorted(left, reverse=True):
        if _stands_alone(text, left, number):
            left.discard(number)
            found[number] = _NOTHING_FOLLOWS
    return found


def is_title_row(text: Text, number: int) -> bool:
    """Whether a piece is the row of titles of a table."""
    return bool(text.blocks[text.pieces[number].block].rule)


def _stands_alone(text: Text, left: Collection[int], number: int) -> bool:
    """Whether a piece announces something of which nothing is left."""
    piece = text.pieces[number]
    if piece.kind == "heading":
        return not _has_content(text, left, number)
    if is_title_row(text, number):
        return not any(_under(text, number, n) for n in left)
    announced = [n for n, other in enumerate(text.pieces) if other.intro == number]
    return piece.introduces and bool(announced) and not any(n in left for n in announced)


def _has_content(text: Text, left: Collection[int], heading: int) -> bool:
    """Whether something is left between a heading and the next of its level."""
    level = text.blocks[text.pieces[heading].block].level
    for number in range(heading + 1, len(text.pieces)):
        piece = text.pieces[number]
        if piece.kind == "heading" and text.blocks[piece.block].level <= level:
            return False
        if piece.kind != "heading" and number in left:
            return True
    return False


def _under(text: Text, title: int, number: int) -> bool:
    """Whether a piece is a row of the table under a row of titles."""
    first, last = text.pieces[title].block, text.pieces[number].block
    return last > first and all(b.kind == "row" for b in text.blocks[first : last + 1])
