"""Stacked bars as HTML: readable on a phone, by day and by night, and by a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interfaces.ui.language import number, say
from interfaces.ui.pages.pieces import prose

__all__ = ["Bar", "bars", "columns", "legend"]

MARKED = 8  # names that fit under the columns of a phone's screen


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, and how many of each kind it is made of."""

    name: str
    counts: Mapping[str, int]  # by kind

    @property
    def total(self) -> int:
        """Its length."""
        return sum(self.counts.values())


def legend(kinds: Mapping[str, str]) -> str:
    """What each colour means.

    Args:
        kinds: names for people, by kind; a kind is also the end of its CSS class.
    """
    rows = "".join(
        f'<li><i class="ml-kind-{kind}"></i>{prose(name)}</li>' for kind, name in kinds.items()
    )
    return f'<ul class="ml-legend">{rows}</ul>'


def bars(drawn: Sequence[Bar], kinds: Mapping[str, str]) -> str:
    """Bars below each other, each under its name, the longest over the whole width."""
    most = max((bar.total for bar in drawn), default=0)
    rows = "".join(
        f"<div><dt>{prose(bar.name)} <b>{number(bar.total)}</b></dt>"
        f'<dd title="{prose(_told(bar, kinds))}" style="width:{_share(bar.total, most)}">'
        f"{_pieces(bar, kinds, 'width')}{_hidden(bar, kinds)}</dd></div>"
        for bar in drawn
    )
    return f'<dl class="ml-bars">{rows}</dl>'


def columns(drawn: Sequence[Bar], kinds: Mapping[str, str]) -> str:
    """Bars beside each other, their names under them where there is room."""
    most = max((bar.total for bar in drawn), default=0)
    step = -(-len(drawn) // MARKED) or 1
    rows = "".join(
        f'<li title="{prose(_told(bar, kinds))}"><div>'
        f"<b>{number(bar.total) if bar.total else ''}</b>"
        f'<div style="height:{_share(bar.total, most)}">{_pieces(bar, kinds, "height")}</div></div>'
        f"<span>{prose(bar.name) if place % step == 0 else ''}</span>{_hidden(bar, kinds)}</li>"
        for place, bar in enumerate(drawn)
    )
    crowded = " ml-crowded" if len(drawn) > 2 * MARKED else ""
    return f'<ul class="ml-columns{crowded}">{rows}</ul>'


def _told(bar: Bar, kinds: Mapping[str, str]) -> str:
    """A bar in words: « 12/10 : répondues 3, à confirmer 1 »."""
    parts = [f"{name} {number(n)}" for kind, name in kinds.items() if (n := bar.counts.get(kind))]
    return say("{name} : {counts}", name=bar.name, counts=", ".join(parts) or "0")


def _hidden(bar: Bar, kinds: Mapping[str, str]) -> str:
    """The same words for whoever does not see the bar."""
    return f'<span class="ml-unseen">{prose(_told(bar, kinds))}</span>'


def _pieces(bar: Bar, kinds: Mapping[str, str], side: str) -> str:
    """The coloured parts of a bar, in the order of the legend."""
    return "".join(
        f'<i class="ml-kind-{kind}" style="{side}:{_share(bar.counts[kind], bar.total)}"></i>'
        for kind in kinds
        if bar.counts.get(kind)
    )


def _share(part: int, whole: int) -> str:
    """A length in percent of another."""
    return f"{100 * part / whole:.2f}%" if whole else "0"
