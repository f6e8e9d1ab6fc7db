"""What is not judged of a sentence repeated word for word: the long way finds nothing there either."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard import RetrieverBase, Sources, verify
from assistant.guard.claims import Claim
from assistant.guard.counting import figure_fault
from assistant.guard.polarity import reworded_fault
from assistant.guard.roles import swapped_fault
from assistant.guard.sources import Fact, Pool
from assistant.guard.support import support
from retrieval import Retriever
from tests.guard.conftest import PASSAGES, Shelf
from tests.guard.honest import questions

EVERY = 6  # one question of the base in so many


def claim(fact: Fact, pool: Pool) -> Claim:
    """A sentence that says what a fact of its sources says, word for word."""
    found = support(fact.reading, pool)
    return Claim(fact.text, fact.reading, fact.whole, fact.heading, None, pool, found)


def repeated(retriever: Retriever, base: RetrieverBase) -> Iterator[Claim]:
    """The sentences of questions of the base, each held to the whole of its question."""
    for name in questions(retriever)[::EVERY]:
        pool = Sources(retriever.document(name), base).all()
        yield from (claim(fact, pool) for fact in pool.facts if fact.reading.keys)


def test_the_long_way_finds_nothing(retriever: Retriever, base: RetrieverBase) -> None:
    """No number, reference, role, negation or opposite of the base's own words is at fault."""
    found = list(repeated(retriever, base))
    assert len(found) > 500
    assert all(one.repeated for one in found)
    for one in found:
        facts = list(dict.fromkeys([*one.support.rivals, *one.support.facts]))
        assert figure_fault(one, base) is None
        assert swapped_fault(one) is None
        assert reworded_fault(one, facts) is None


def test_one_word_more_is_not_repeated(shelf: Shelf) -> None:
    """A sentence that a source has but for a word is held to every rule."""
    pool = Sources(PASSAGES, shelf).all()
    fact = next(one for one in pool.facts if one.text.startswith("Le prestataire ne peut pas"))
    changed = Fact(fact.text.replace("ne peut pas", "peut"), "", (), fact.text)
    assert claim(fact, pool).repeated
    assert not claim(changed, pool).repeated


def test_a_repeated_sentence_is_held_to_its_own_source(shelf: Shelf) -> None:
    """Words of one source under the marker of another go out, repeated or not."""
    told = "Le juge peut réduire une indemnité manifestement excessive [3]."
    assert [one.rule for one in verify(told, PASSAGES, base=shelf).removed] == ["unsupported"]
