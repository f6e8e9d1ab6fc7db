"""A record holds all that explains an answer, and comes back as it was."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.guard import Removal
from assistant.provenance import Record, new_id, record_of
from assistant.provenance.record import MAX_BEFORE
from assistant.provenance.trace import RANKED, Trace, trace_of, weights_fingerprint
from assistant.provenance.values import answer_from_json, answer_to_json
from retrieval import Retriever


def test_ids_are_short_random_and_different() -> None:
    """12 hexadecimal characters, never twice the same."""
    made = {new_id() for _ in range(1_000)}
    assert len(made) == 1_000 and all(re.fullmatch("[0-9a-f]{12}", one) for one in made)


def test_an_answer_comes_back_as_it_was(record: Record) -> None:
    """Through JSON and back, nothing is lost."""
    answer = replace(
        record.answer, as_of=date(2015, 3, 1), removed=(Removal("Faux.", "numbers", "10 absent"),)
    )
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


def test_facts_and_quick_replies_come_back(retriever: Retriever) -> None:
    """What was understood and what is asked are kept, replies as pairs, for any door to show again."""
    asked = "Je suis un particulier, contrat de 2015. Puis-je résilier si les pannes reviennent ?"
    answer = Assistant(retriever).answer(asked)
    assert answer.facts and answer.quick_replies
    back = answer_from_json(json.loads(json.dumps(answer_to_json(answer))))
    assert (back.facts, back.quick_replies) == (answer.facts, answer.quick_replies)
    assert back == answer


def test_an_answer_of_another_version_is_read(record: Record) -> None:
    """A field that this version does not know is left out; one that it lacks takes its default."""
    held = answer_to_json(record.answer) | {"of_the_future": [1]}
    del held["removed"], held["notice"]
    assert answer_from_json(held) == record.answer


def test_a_trace_comes_back_as_it_was(record: Record) -> None:
    """Through JSON and back, nothing is lost."""
    assert Trace.from_json(json.loads(json.dumps(asdict(record.trace)))) == record.trace


def test_the_trace_tells_what_the_search_saw(record: Record, retriever: Retriever) -> None:
    """Readings, ranked documents with their legs, probability, threshold, generation, base."""
    trace, made = record.trace, retriever.manifest
    assert "pk → pourquoi (texto)" in trace.readings
    assert len(trace.ranked) == RANKED and trace.ranked[0].legs
    assert trace.scope > trace.threshold > 0
    assert (trace.generation, trace.kb_hash) == (made.generation, made.kb_hash)
    assert made.encoder in trace.encoder


def test_legs_are_told_best_first(record: Record) -> None:
    """The leg that found a document best is named first; readings are no leg."""
    for row in record.trace.ranked:
        assert list(row.legs.values()) == sorted(row.legs.values(), reverse=True)
        assert "reading" not in row.legs


def test_a_follow_up_is_traced_as_it_was_searched(retriever: Retriever) -> None:
    """The query of a follow-up carries the question it leans on."""
    answer = Assistant(retriever).answer("Et si le contrat ne dit rien ?")
    trace = trace_of(answer, retriever, ["Qui doit faire les sauvegardes ?"])
    assert "sauvegardes" in trace.query


def test_a_question_completed_by_a_model_is_traced_so(record: Record, retriever: Retriever) -> None:
    """What the model completed is what was searched."""
    answer = replace(record.answer, provenance={"asked": "Qui répond des sauvegardes ?"})
    assert trace_of(answer, retriever).query == "Qui répond des sauvegardes ?"


def test_what_is_kept_of_a_conversation_is_bounded(record: Record, retriever: Retriever) -> None:
    """The last questions alone are kept."""
    before = [f"Question {n}" for n in range(50)]
    assert record_of(record.answer, retriever, before=before).before == tuple(before[-MAX_BEFORE:])


def test_weights_are_told_apart(retriever: Retriever) -> None:
    """Another threshold is another fingerprint; the same weights give the same."""
    weights = retriever.weights
    assert weights_fingerprint(weights) == weights_fingerprint(replace(weights))
    assert weights_fingerprint(weights) != weights_fingerprint(replace(weights, threshold=0.5))


@pytest.mark.parametrize("held", [{}, {"parts": 1}, {"parts": [], "citations": [{}]}])
def test_what_is_no_answer_is_refused(held: dict[str, object]) -> None:
    """A damaged record is an error, not half an answer."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        answer_from_json(held)
