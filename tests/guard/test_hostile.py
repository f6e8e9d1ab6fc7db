"""2,000 answers spoilt in every way that we could think of: nothing fabricated reaches the user."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pytest

from assistant.answering.quotes import contains
from assistant.guard import Base, RetrieverBase, Verified, verify
from retrieval import Passage, Retriever
from retrieval.analysis import normalise
from retrieval.references import reference_keys
from tests.guard.honest import Written, questions, written
from tests.guard.mutations import MUTATIONS, Mutation, bare, foreign_sentence

LOTS, LOT = 8, 250  # of answers
TRIES = 8  # answers in which a place for a mutation is looked for
MORE = 0.3  # share of the answers that get a second fault

# A change of meaning that leaves no foreign word: the rules on them are the least certain.
SUBTLE = {
    "rôles échangés", "rôle remplacé", "négation omise", "négation ajoutée", "sans pour avec",
    "devoir pour pouvoir", "exception omise", "phrase d'un autre sujet",
}  # fmt: skip
ESCAPES = 0.01  # share of the subtle ones that may go through

FOREIGN = (
    "Le dépôt d'une marque se renouvelle tous les dix ans à l'institut.",
    "Le bailleur d'un local commercial doit une indemnité d'éviction au locataire évincé.",
    "Le conducteur novice perd six points en cas d'excès de vitesse.",
)
ALL: dict[str, Mutation] = {**MUTATIONS, "phrase d'un autre sujet": foreign_sentence(FOREIGN)}

_QUOTE = re.compile(r"«\s*([^«»]{1,900}?)\s*»")
_LINK = re.compile(r"\]\(|https?:|www\.|javascript:|<[a-z/]|\S@\S|\.example", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MARKER = re.compile(r"\[(\d+)\]")
_SENTENCES = re.compile(r"(?<=\.) (?=[A-ZÀ-Ö«])|\n")  # no reference is read across them


@dataclass(frozen=True)
class Hostile:
    """A spoilt answer: what it is made from, its faults by kind, and what is left of it."""

    answer: Written
    faults: dict[str, str]
    left: Verified


def hostile(retriever: Retriever, base: Base, lot: int) -> Iterator[Hostile]:
    """The answers of a lot; the same ones each time."""
    rng = random.Random(f"hostile {lot}")
    documents, kinds = questions(retriever), list(ALL)
    for made in range(LOT):
        honest, spoilt, faults = spoil(retriever, documents, kinds[(made + lot) % len(kinds)], rng)
        if rng.random() < MORE and (again := ALL[rng.choice(kinds)](spoilt, rng)):
            both = faults | {again.kind: again.fault}
            spoilt = spoilt.with_markdown(again.markdown)
            faults = {kind: fault for kind, fault in both.items() if fault not in bare(honest)}
        left = verify(spoilt.markdown, spoilt.passages, base=base)
        yield Hostile(spoilt, faults, left)


def spoil(
    retriever: Retriever, documents: Sequence[str], kind: str, rng: random.Random
) -> tuple[str, Written, dict[str, str]]:
    """An honest answer, then with one fault of a kind, of any kind where several answers offer no place for it."""
    for attempt in range(50):
        answer = written(retriever, rng.choice(documents), rng)
        wanted = kind if attempt < TRIES else rng.choice(list(ALL))
        found = ALL[wanted](answer, rng)
        if found:
            spoilt = answer.with_markdown(found.markdown)
            return answer.markdown, spoilt, {found.kind: found.fault}
    raise AssertionError("no place for a fault")


@dataclass(frozen=True)
class Kept:
    """What a passage says and what names it, read once for all the answers."""

    flat: str
    digits: frozenset[str]
    references: frozenset[str]


_KEPT: dict[str, Kept] = {}


def kept(passages: Sequence[Passage]) -> list[Kept]:
    """What some passages say."""
    for p in passages:
        if p.id not in _KEPT:
            text = f"{p.title} {p.reference} {' '.join(p.heading_path)} {p.text} {p.meta.get('markdown') or ''}"
            flat = normalise(text).replace("**", "")
            _KEPT[p.id] = Kept(flat, frozenset(_DIGITS.findall(text)), named(text))
    return [_KEPT[p.id] for p in passages]


@lru_cache(maxsize=4_096)
def named(text: str) -> frozenset[str]:
    """The references of a text."""
    return frozenset(reference_keys(text)) if _DIGITS.search(text) else frozenset()


@pytest.fixture(scope="module", params=range(LOTS))
def lot(request: pytest.FixtureRequest, retriever: Retriever, base: RetrieverBase) -> list[Hostile]:
    """One lot of spoilt answers, verified."""
    return list(hostile(retriever, base, request.param))


def test_no_number_comes_from_elsewhere(lot: list[Hostile]) -> None:
    """Every figure shown stands in the passages given."""
    for one in lot:
        shown = _MARKER.sub("", one.left.markdown)
        known = frozenset().union(*(p.digits for p in kept(one.answer.passages)))
        assert set(_DIGITS.findall(shown)) <= known


def test_no_reference_comes_from_elsewhere(lot: list[Hostile]) -> None:
    """Every article and decision shown is named by a passage given."""
    for one in lot:
        known = frozenset().union(*(p.references for p in kept(one.answer.passages)))
        for sentence in _SENTENCES.split(bare(one.left.markdown)):
            assert named(sentence) <= known


def test_no_link_is_shown(lot: list[Hostile]) -> None:
    """No link, address, tag or script: honest answers of the base have none."""
    assert not [one.left.markdown for one in lot if _LINK.search(one.left.markdown)]


def test_every_quote_stands(lot: list[Hostile]) -> None:
    """What stands between quotation marks stands in a passage given; so does each citation's quote."""
    for one in lot:
        texts = [p.flat for p in kept(one.answer.passages)]
        for quote in _QUOTE.findall(bare(one.left.markdown).replace("**", "")):
            if len(quote.split()) >= 3:
                assert any(normalise(quote).strip(" .") in text for text in texts)
        stored_texts = {p.id: p.text for p in one.answer.passages}
        assert all(contains(stored_texts[c.passage_id], c.quote) for c in one.left.citations)


def test_every_marker_leads_to_a_source(lot: list[Hostile]) -> None:
    """The markers shown are those of the citations, from 1, without a gap."""
    for one in lot:
        markers = {int(n) for n in _MARKER.findall(one.left.markdown)}
        assert markers == set(range(1, len(one.left.citations) + 1))


def test_no_fabrication_is_shown(lot: list[Hostile]) -> None:
    """What was made up is gone, and the removal kept with its reason."""
    for one in lot:
        shown = bare(one.left.markdown)
        through = [k for k, f in one.faults.items() if k not in SUBTLE and f in shown]
        assert not through, one.answer.markdown
        assert one.left.removed or not one.faults.keys() - SUBTLE


def test_hardly_a_change_of_meaning_is_shown(lot: list[Hostile]) -> None:
    """Parties swapped, negations and exceptions dropped: nearly all are taken out."""
    subtle = [(one, k, f) for one in lot for k, f in one.faults.items() if k in SUBTLE]
    through = [(kind, fault) for one, kind, fault in subtle if fault in bare(one.left.markdown)]
    assert len(through) <= max(1, ESCAPES * len(subtle)), through


def test_most_of_an_answer_survives_one_fault(lot: list[Hostile]) -> None:
    """The guard takes out the fault, not the answer."""
    kept = sum(one.left.kept for one in lot)
    assert kept >= 0.8 * sum(one.left.total for one in lot)
