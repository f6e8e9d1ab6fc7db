"""Precision and recall of the recognisers on `cases.yaml`: `python -m tests.privacy.scoring`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.privacy import KINDS, NAMES, find

CASES = Path(__file__).with_name("cases.yaml")
_MARK = re.compile(r"\{([A-Z]+):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what is to be hidden in it, as (kind, start, end)."""

    text: str
    spans: frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many spans of a kind are to be found, are found, and are found just so."""

    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what is found that had to be; 1 when nothing is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what had to be found that is; 1 when there was nothing."""
        return self.right / self.expected if self.expected else 1.0


def read_case(marked: str) -> Case:
    """The case that a marked sentence states."""
    text, spans, end = "", set(), 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        spans.add((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return Case(text + marked[end:], frozenset(spans))


def read_cases(*sections: str) -> list[Case]:
    """The cases of some sections of the file; of all when none is named."""
    content = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [read_case(line) for name in sections or content for line in content[name]]


def found_in(case: Case) -> frozenset[tuple[str, int, int]]:
    """What the recognisers find in a case; a name of unsaid kind counts as the name expected there."""
    names = {(start, end): kind for kind, start, end in case.spans if kind in NAMES}
    return frozenset(
        (
            names.get((one.start, one.end), "NOM") if one.kind == "NOM" else one.kind,
            one.start,
            one.end,
        )
        for one in find(case.text)
    )


def score(cases: Iterable[Case]) -> Mapping[str, Score]:
    """The scores by kind, and of all kinds under "TOUT"; a span counts only when it is exact."""
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in cases:
        got = found_in(case)
        for counter, spans in (
            (expected, case.spans),
            (found, got),
            (right, got & case.spans),
        ):
            counter.update(kind for kind, _, _ in spans)
            counter["TOUT"] += len(spans)
    return {kind: Score(expected[kind], found[kind], right[kind]) for kind in (*KINDS, "TOUT")}


def table(scores: Mapping[str, Score]) -> str:
    """The scores as lines: kind, expected, found, exact, precision, recall."""
    lines = [f"{'':10} attendus trouvés exacts précision rappel"]
    lines += [
        f"{kind:10} {s.expected:8} {s.found:7} {s.right:6} {s.precision:9.2f} {s.recall:6.2f}"
        for kind, s in scores.items()
        if s.expected or s.found
    ]
    return "\n".join(lines)


def mistakes(cases: Sequence[Case]) -> list[str]:
    """What is missed (-) and what is hidden for nothing (+), with its sentence."""
    return [
        f"{sign} {kind} « {case.text[start:end]} » : {case.text}"
        for case in cases
        for sign, spans in (("-", case.spans - found_in(case)), ("+", found_in(case) - case.spans))
        for kind, start, end in sorted(spans, key=lambda span: span[1])
    ]


if __name__ == "__main__":
    chosen = read_cases(*sys.argv[1:])
    print("\n".join([table(score(chosen)), *mistakes(chosen)]))
