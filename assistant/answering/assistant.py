"""Question in, answer out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering import asked as asking
from assistant.answering import doubles, sure, understand, wording
from assistant.answering.abroad import is_abroad
from assistant.answering.asked import Asked
from assistant.answering.cite import Sources
from assistant.answering.compose import choose, compose, is_clause, named_parts
from assistant.answering.conversation import Conversation as Conversation
from assistant.answering.english import in_both_languages
from assistant.answering.facts import Facts, Span, only_facts
from assistant.answering.following import follow
from assistant.answering.hypotheses import told
from assistant.answering.quotes import contains
from assistant.answering.shelf import Shelf
from assistant.answering.small_talk import ABOUT, REPLIES, Talk, language_of_talk, small_talk
from assistant.answering.subject import names_subject
from assistant.answering.types import Alternative, Answer, Citation, Language, Part, Side
from assistant.guard import Mended, RetrieverBase, mend
from retrieval import Candidate, Passage, Ranking, Retriever
from retrieval.analysis import normalise

ALTERNATIVES = 3
NAMED = 3  # references of a question that are told

_DOUBTED = {"fr": "une partie de la réponse n'a pas passé la vérification de ses sources",
            "en": "part of the answer did not pass the check of its sources"}  # fmt: skip

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
    guarded: float = 0.0  # seconds that checking took

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
        talk = small_talk(question) if normalise(question) else "greeting"
        if talk:
            return self._talk(request, talk)
        if request.query == question and only_facts(question):
            return self._note(request)
        told_of = request.alone or question
        named = self.retriever.named(told_of, as_of=request.as_of)[:NAMED]
        if named and understand.is_lookup(told_of):
            return self._look_up(request, named)
        ranking = self._rank(request, before)
        request.ranked = time.perf_counter()
        return self._settle(request, ranking, named, order)

    def _settle(
        self, request: _Request, ranking: Ranking, named: Sequence[Passage], order: Order | None
    ) -> Answer:
        """The answer that a ranking allows: none where it does not show that the base answers."""
        answered = sure.answers(ranking, self.threshold)
        if is_abroad(request.question, ranking, answered):
            return self._say(request, wording.ABROAD[request.language], "abroad")
        if not answered:
            return self._decline(request, ranking)
        if order is not None:
            ranking = order(request.query, ranking)
        return self._compose(request, ranking, named)

    def _compose(self, request: _Request, ranking: Ranking, named: Sequence[Passage]) -> Answer:
        """The answer composed from the ranked documents."""
        two = doubles.second(request.alone, ranking, self.retriever.rank, self.threshold)
        chosen = choose(ranking.candidates, self._shelf, two)
        composed = compose(chosen, self._shelf, request.asked, named)
        parts, checked = self._checked(request, composed.parts, composed.sources)
        certain = sure.certainty(chosen.shown)
        first, second = (
            self._name(c, request.language) if c else "" for c in (chosen.first, chosen.second)
        )
        status, reason = sure.status_of(
            ranking, certain, (first, second), request.as_of, request.language, self.threshold
        )
        if checked.removed:
            status, reason = "needs_review", f"{reason} ; {_DOUBTED[request.language]}"
        shown = {c.document_id for c in chosen.shown if c}
        return Answer(
            question=request.question,
            status=status,
            parts=parts,
            citations=checked.citations,
            confidence=round(ranking.scope.probability * certain, 3),
            reason=reason,
            language=request.language,
            alternatives=self._alternatives(ranking.candidates, shown, request.language),
            index=self.retriever.manifest.generation,
            as_of=request.as_of,
            timings_ms=_timings(request),
            removed=checked.removed,
            quick_replies=composed.quick_replies,
            facts=told(request.asked.facts, request.language),
        )

    def _rank(self, request: _Request, before: Conversation) -> Ranking:
        """The ranking for a question, what was said before taken into account."""
        rank = in_both_languages(self.retriever.rank)
        found = follow(request.question, before.turns, rank, self.threshold)
        request.query = found.query
        return found.ranking

    def _look_up(self, request: _Request, named: Sequence[Passage]) -> Answer:
        """What the base says of a reference, when the question is no more than that."""
        sources = Sources(self.retriever.passage)
        told = [replace(p, title="") for p in named_parts(named, sources, request.asked)]
        parts, checked = self._checked(request, told, sources)
        said = self._say(request, "", "reference", title=", ".join(p.reference for p in named))
        return replace(said, status="answered", parts=parts, citations=checked.citations,
                       removed=checked.removed)  # fmt: skip

    def _checked(
        self, request: _Request, parts: Sequence[Part], sources: Sources
    ) -> tuple[tuple[Part, ...], Mended]:
        """The parts of an answer without what the guard finds at fault, and what it found."""
        started = time.perf_counter()
        base = RetrieverBase(self.retriever)
        checked = mend([part.markdown for part in parts], sources.citations, base=base)
        kept = zip(parts, checked.texts, strict=True)
        told = tuple(replace(p, markdown=text) for p, text in kept if text or not p.markdown)
        request.guarded = time.perf_counter() - started
        return told or (Part("", _DOUBTED[request.language].capitalize() + "."),), checked

    def _talk(self, request: _Request, talk: Talk) -> Answer:
        """What is said back to who greets, thanks, asks who speaks, or complains."""
        language = language_of_talk(request.question)
        said = self._say(request, REPLIES[language][talk], "talk" if talk in ABOUT else "greeting")
        return replace(said, language=language)

    def _decline(self, request: _Request, ranking: Ranking) -> Answer:
        """That the base does not answer; with its nearest questions where it may after all."""
        chance, language = ranking.scope.probability, request.language
        if names_subject(request.question, ranking.candidates):
            said = self._say(request, wording.SUBJECT[language], "subject")
            offered = self._alternatives(ranking.candidates, set(), language)
            return replace(said, alternatives=offered)
        near = chance >= sure.OFFERED
        text = wording.DECLINED[language] + (wording.OFFERED[language] if near else "")
        said = self._say(
            request, text, "foreign", 1 - chance, chance=sure.percent(chance, language)
        )
        offered = self._alternatives(ranking.candidates, set(), language) if near else ()
        return replace(said, alternatives=offered)

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


def _timings(request: _Request) -> dict[str, float]:
    """Milliseconds by stage."""
    done = time.perf_counter()
    ranked = request.ranked or done
    return {
        "retrieve": round((ranked - request.started) * 1000, 2),
        "compose": round((done - ranked - request.guarded) * 1000, 2),
        "guard": round(request.guarded * 1000, 2),
        "total": round((done - request.started) * 1000, 2),
    }
