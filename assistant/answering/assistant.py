"""Question in, answer out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering import asked as asking
from assistant.answering import doubles, understand, wording
from assistant.answering.asked import Asked
from assistant.answering.cite import Sources
from assistant.answering.compose import REFORM, choose, compose, is_clause, named_parts
from assistant.answering.conversation import Conversation as Conversation
from assistant.answering.facts import Facts, Span, only_facts
from assistant.answering.hypotheses import told
from assistant.answering.quotes import contains
from assistant.answering.shelf import Shelf
from assistant.answering.types import Alternative, Answer, Citation, Language, Part, Side, Status
from retrieval import Candidate, Passage, Ranking, Retriever
from retrieval.analysis import normalise

REVIEW_UNDER = 0.30  # confidence under which an answer goes out with a notice and to a lawyer
ALTERNATIVES = 3
DOUBTFUL = 0.40  # scope from which a question very near one of the base is answered with a notice
SURE = 0.80  # share of the candidates' probability that makes it very near
INSIDE = 0.90  # scope from which a question is well within the base: under it, a lawyer should look
UNCERTAIN = 0.05  # scope under which a question is foreign, whatever was said before
NAMED = 3  # references of a question that are told

Order = Callable[[str, Ranking], Ranking]  # from the query as searched and its ranking


@dataclass(slots=True)
class _Request:
    """One question on its way to an answer."""

    question: str
    query: str  # as searched: a follow-up carries what it leans on
    alone: str  # the question where it stands alone; empty for a follow-up
    asked: Asked
    as_of: date | None
    started: float
    ranked: float = 0.0

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.asked.language


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index, without a language model."""

    retriever: Retriever
    _shelf: Shelf = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shelf", Shelf(self.retriever))

    @property
    def threshold(self) -> float:
        """The probability under which a question is declined."""
        return self.retriever.weights.threshold

    def answer(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        as_of: date | None = None,
        order: Order | None = None,
        side: Side | None = None,
        facts: Facts | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            question: any text.
            conversation: what was said before; completes a follow-up, and its facts still hold.
            as_of: the contract's date; the one that the question tells, or today's law, when None.
            order: puts the ranked documents in another order, once it is settled that the base
                answers; not called for a greeting, a reference alone or a question declined.
            side: whose the question is; read in its words when None.
            facts: what is known of the case besides; over what the words tell.
        """
        before = conversation or Conversation()
        known = _known(before.told(question), side, as_of, facts)
        request = _request(question, before, known, as_of)
        if not normalise(question) or understand.is_greeting(question):
            return self._say(request, wording.GREETING[request.language], "greeting")
        if request.query == question and only_facts(question):
            return self._note(request)
        told_of = request.alone or question
        named = self.retriever.named(told_of, as_of=request.as_of)[:NAMED]
        if named and understand.is_lookup(told_of):
            return self._look_up(request, named)
        ranking = self._rank(request, before)
        request.ranked = time.perf_counter()
        chance = ranking.scope.probability
        if not ranking.candidates or (chance < self.threshold and not _on_the_edge(ranking)):
            text = wording.DECLINED[request.language]
            return self._say(request, text, "foreign", 1 - chance, chance=chance)
        if order is not None:
            ranking = order(request.query, ranking)
        return self._compose(request, ranking, named)

    def _compose(self, request: _Request, ranking: Ranking, named: Sequence[Passage]) -> Answer:
        """The answer composed from the ranked documents."""
        two = doubles.second(request.alone, ranking, self.retriever.rank, self.threshold)
        chosen = choose(ranking.candidates, self._shelf, two)
        composed = compose(chosen, self._shelf, request.asked, named)
        citations = tuple(c for c in composed.sources.citations if self.holds(c))
        confidence = ranking.scope.probability * _certainty(ranking.candidates)
        edge = ranking.scope.probability < INSIDE
        first, second = (
            self._name(c, request.language) if c else "" for c in (chosen.first, chosen.second)
        )
        status, reason = _status(confidence, (first, second), request, edge)
        shown = {c.document_id for c in (chosen.first, chosen.close, chosen.second) if c}
        return Answer(
            question=request.question,
            status=status,
            parts=tuple(_without_orphans(composed.parts, citations)),
            citations=citations,
            confidence=round(confidence, 3),
            reason=reason,
            language=request.language,
            alternatives=self._alternatives(ranking.candidates, shown, request.language),
            index=self.retriever.manifest.generation,
            as_of=request.as_of,
            timings_ms=_timings(request),
            quick_replies=composed.quick_replies,
            facts=told(request.asked.facts, request.language),
        )

    def _rank(self, request: _Request, before: Conversation) -> Ranking:
        """The ranking for a query; one that says too little alone is read with the turn before."""
        alone = self.retriever.rank(request.query)
        asked = [turn for turn in before.turns if not only_facts(turn.question)]
        if not asked or not UNCERTAIN <= alone.scope.probability < self.threshold:
            return alone
        request.query = f"{request.query} {asked[-1].question}"
        return self.retriever.rank(request.query)

    def _look_up(self, request: _Request, named: Sequence[Passage]) -> Answer:
        """What the base says of a reference, when the question is no more than that."""
        sources = Sources(self.retriever.passage)
        parts = [replace(p, title="") for p in named_parts(named, sources, request.asked)]
        said = self._say(request, "", "reference", title=", ".join(p.reference for p in named))
        citations = tuple(c for c in sources.citations if self.holds(c))
        return replace(said, status="answered", parts=tuple(parts), citations=citations)

    def _note(self, request: _Request) -> Answer:
        """A fact told before any question."""
        facts = told(request.asked.facts, request.language)
        text = wording.NOTED[request.language].format(facts=" ; ".join(facts))
        return replace(self._say(request, text, "noted"), facts=facts)

    def holds(self, citation: Citation) -> bool:
        """Whether a citation's quote stands in the stored passage."""
        passage = self.retriever.passage(citation.passage_id)
        return passage is not None and contains(passage.text, citation.quote)

    def _say(
        self,
        request: _Request,
        text: str,
        reason: str,
        confidence: float = 1.0,
        **values: object,
    ) -> Answer:
        """An answer that says no more than that there is none: no rule, no source."""
        return Answer(
            question=request.question,
            status="declined",
            parts=(Part("", text),),
            citations=(),
            confidence=round(confidence, 3),
            reason=wording.REASONS[request.language][reason].format(**values),
            language=request.language,
            alternatives=(),
            index=self.retriever.manifest.generation,
            as_of=request.as_of,
            timings_ms=_timings(request),
        )

    def _alternatives(
        self, candidates: Sequence[Candidate], shown: set[str], language: Language
    ) -> tuple[Alternative, ...]:
        """The next questions of the base, best first."""
        others = [
            c
            for c in candidates[:10]
            if c.document_id not in shown and not is_clause(c.document_id)
        ]
        return tuple(
            Alternative(c.document_id.rpartition("/")[2], self._name(c, language))
            for c in others[:ALTERNATIVES]
        )

    def _name(self, candidate: Candidate, language: Language) -> str:
        """A question of the base, in the language of the asker."""
        passages = self._shelf.document(candidate.document_id) if language == "en" else []
        english = passages[0].meta.get("question_en") if passages else None
        return str(english or candidate.title)


def _known(said: Facts, side: Side | None, as_of: date | None, facts: Facts | None) -> Facts:
    """What is known of a case: what the caller gives wins over what the words tell."""
    span = said.contract
    if as_of and not (span and span.first <= as_of <= span.last):
        span = Span(as_of, as_of)
    return (facts or Facts()).over(Facts(contract=span, side=side).over(said))


def _request(question: str, before: Conversation, known: Facts, as_of: date | None) -> _Request:
    """A question, read."""
    started = time.perf_counter()
    query = understand.complete(question, before.turns)
    fact = query != question and only_facts(question)
    language = understand.language_of(query if fact else question)
    said = "" if fact else question  # a fact asks for no part of the answer again
    alone = query if fact or query == question else ""
    asked = asking.read(said, language, known)
    return _Request(question, query, alone, asked, as_of or _day_of(known), started)


def _day_of(facts: Facts) -> date | None:
    """The day whose law is looked at: the last on which the contract may have been concluded."""
    contract = facts.contract
    return contract.last if contract and contract.before_reform is not None else None


def _on_the_edge(ranking: Ranking) -> bool:
    """Whether a question that seems foreign is so near one of the base that a lawyer should look.

    On the development sets this halves the base's own questions declined (1.3 % to 0.7 %, and 6 %
    to 5 % of those by other hands) and lets through half a point of the foreign ones.
    """
    first = ranking.candidates[0].probability
    return ranking.scope.probability >= DOUBTFUL and first >= SURE


def _certainty(candidates: Sequence[Candidate]) -> float:
    """How surely the documents shown answer: the first, and the second where it is shown too."""
    return min(1.0, sum(candidate.probability for candidate in candidates[:2]))


def _status(
    confidence: float, names: tuple[str, str], request: _Request, edge: bool
) -> tuple[Status, str]:
    """The status of an answer and why.

    Args:
        names: the question that answers, and the second of a message that asks two; else "".
    """
    reasons, (title, second) = wording.REASONS[request.language], names
    if edge:
        return "needs_review", reasons["edge"]
    if request.as_of is not None and request.as_of < REFORM:
        return "needs_review", reasons["old"]
    if confidence < REVIEW_UNDER:
        return "needs_review", reasons["nearest"].format(title=title, confidence=confidence)
    return "answered", reasons["two" if second else "known"].format(title=title, second=second)


def _without_orphans(parts: Sequence[Part], citations: Sequence[Citation]) -> list[Part]:
    """The parts without markers that lead to no citation."""
    known = {str(citation.n) for citation in citations}

    def keep(match: re.Match[str]) -> str:
        return match[0] if match[1] in known else ""

    return [replace(p, markdown=re.sub(r"\s?\[(\d+)\]", keep, p.markdown)) for p in parts]


def _timings(request: _Request) -> dict[str, float]:
    """Milliseconds by stage."""
    done = time.perf_counter()
    ranked = request.ranked or done
    return {
        "retrieve": round((ranked - request.started) * 1000, 2),
        "compose": round((done - ranked) * 1000, 2),
        "total": round((done - request.started) * 1000, 2),
    }
