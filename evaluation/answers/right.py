"""Whether an answer is right: it names the rule, cites its source, and says nothing known as false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from assistant.answering import Answer, Citation
from evaluation.answers.sets import Expected

REQUIREMENTS = ("answered", "mention", "cite", "clause", "not", "grounded")
DECLINED = "declined"

_FLAGS = re.IGNORECASE | re.DOTALL
_MARKER = re.compile(r"\[(\d+)\]")


def checks(expected: Expected, answer: Answer) -> Mapping[str, bool]:
    """Each requirement of a question, and whether the answer meets it. Right: it meets all.

    A question that the base answers must be answered; each group of `mention` has a pattern in the
    answer; one of `cite` stands in the sources or the answer; a clause, where one answers, is a
    source; no pattern of `must_not` is found; there are sources, and every marker leads to one.
    A question to decline must be declined.
    """
    if expected.foreign:
        return {DECLINED: answer.status == "declined"}
    text, sources = answer.text, answer.citations
    cite = [authority(name) for name in expected.cite]
    return {
        "answered": answer.status != "declined" and bool(text.strip()),
        "mention": all(_found(group, text) for group in expected.mention),
        "cite": not cite or _found(cite, _hyphened(f"{_told(sources)}\n{text}")),
        "clause": not expected.on_clause or points_to(sources, expected.documents),
        "not": not _found(expected.must_not, text),
        "grounded": bool(sources) and _markers(text) <= {citation.n for citation in sources},
    }


def points_to(sources: Iterable[Citation], documents: Sequence[str]) -> bool:
    """Whether a source is of one of some documents."""
    return any(citation.passage_id.partition("#")[0] in documents for citation in sources)


def authority(name: str) -> str:
    """A pattern for an authority: "1231-5", "L.441-10", "09-11.841", or a regex left as it is."""
    if re.search(r"[\\\[(|?*+]", name):
        return name
    if re.fullmatch(r"[LRD]\.\d.*", name):
        return name[0] + r"\.?\s*" + re.escape(name[2:]) + r"(?![\d-])"
    if re.fullmatch(r"\d{1,3}", name):
        return r"\bart(?:icles?)?\.?\s*" + name + r"(?![\d-])"
    return r"(?<![\d.-])" + re.escape(name) + r"(?![\d-])"


def _found(patterns: Iterable[str], text: str) -> bool:
    """Whether any of some patterns matches."""
    return any(re.search(pattern, text, _FLAGS) for pattern in patterns)


def _told(sources: Iterable[Citation]) -> str:
    """All that the sources say, as one text."""
    return "\n".join(str(value) for one in sources for value in asdict(one).values() if value)


def _hyphened(text: str) -> str:
    """A text with one kind of hyphen and no space around it before a digit."""
    return re.sub(r"\s*-\s*(?=\d)", "-", re.sub("[‐‑–]", "-", text))


def _markers(text: str) -> set[int]:
    """The markers of a text."""
    return {int(number) for number in _MARKER.findall(text)}
