"""An answer with what the customer's own document says beside what the law says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.types import Answer, Citation, Language, Part
from assistant.own_document.articles import place_of
from assistant.own_document.document import OwnDocument
from assistant.own_document.quote import Quote
from retrieval import Passage, Retriever

SHOWN = 2  # passages of the document
NEAR = 0.75  # share of the first passage's score from which a second is shown
REFORM = date(2016, 10, 1)
NOT_ASKED = frozenset(  # reasons: nothing was asked
    {"salutation", "fait noté", "fact noted", "propos sur l'assistant", "about the assistant"}
)
_MARKER = re.compile(r"\[(\d+)\]")
_MARKUP = re.compile(r"([\\`*_\[\]#|~])")
_LINK = re.compile(r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?<=\w)(?=@)", re.IGNORECASE)
_TIE = re.compile(r"^(?:-|Mais)\s+")
_JOINER = "\u2060"  # unseen: keeps an address from becoming a link
_MAX_TOLD = 200  # characters of a sentence that speaks to an assistant


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the document and where they stand."""

    passage: Passage
    quote: Quote


def with_document(answer: Answer, document: OwnDocument, retriever: Retriever) -> Answer:
    """The answer with a part that sets the customer's document beside the law.

    The part follows the lead, which has no title; markers are numbered again in order of appearance. When nothing of
    the document speaks of the question, the part says so. An answer that the base declines stays
    declined unless the document speaks of it: it then needs review. What asks nothing stays as it is.

    Args:
        answer: to its `question`.
        document: the customer's, of the same conversation.
        retriever: holds the passages that the answer cites.
    """
    if answer.reason in NOT_ASKED:
        return answer
    said = _said(answer, document)
    if answer.status == "declined" and not said and not document.addressed:
        return answer
    first = max((citation.n for citation in answer.citations), default=0) + 1
    citations = [_citation(n, one) for n, one in enumerate(said, start=first)]
    law = _law(answer, retriever)
    words = _WORDS[answer.language]
    lines = [*_lines(document, said, citations, law, answer, words), *_notes(document, words)]
    part = Part(_title(document, law, words), "\n\n".join(lines), opened=True)
    if answer.status == "declined" and said:
        answer = _document_alone(answer, document, words)
    at = next((n for n, one in enumerate(answer.parts) if one.title), len(answer.parts))
    parts = (*answer.parts[:at], part, *answer.parts[at:])
    return _numbered(replace(answer, parts=parts, citations=(*answer.citations, *citations)))


def plain_markdown(text: str) -> str:
    """Words of a document as Markdown that says the same and does nothing: no link, no marker."""
    return _LINK.sub(_JOINER, _MARKUP.sub(r"\\\1", " ".join(text.split())))


def _said(answer: Answer, document: OwnDocument) -> list[Said]:
    """The words of the document that speak of what an answer is about, best first."""
    about = _about(answer)
    hits = document.search(answer.question, SHOWN, about=about)
    near = [hit for hit in hits if hit.score >= NEAR * hits[0].score]
    quotes = [(hit.passage, document.quote(hit.passage, answer.question, about)) for hit in near]
    return [Said(passage, quote) for passage, quote in quotes if quote]


def _about(answer: Answer) -> list[str]:
    """The titles of the question of the base that answers, and of the clause that goes with it."""
    found = {}
    for kind in ("question", "clause"):
        titles = [c.title for c in answer.citations if c.kind == kind]
        found.update(dict.fromkeys(titles[:1]))
    return list(found)


def _citation(number: int, said: Said) -> Citation:
    """The citation of words of the document."""
    place, passage = place_of(said.passage, said.quote.start), said.passage
    name = passage.document_id.partition("/")[2]
    reference = f"Votre document « {name} »" + (f", {place}" if place else "")
    return Citation(number, passage.id, "document", passage.title, reference, None,
                    said.quote.text, passage.page)  # fmt: skip


def _law(answer: Answer, retriever: Retriever) -> Citation | None:
    """The first statute that an answer cites, else its first decision."""
    for kind in ("statute", "decision"):
        for citation in answer.citations:
            if citation.kind == kind and retriever.passage(citation.passage_id):
                return citation
    return None


def _lines(
    document: OwnDocument, said: Sequence[Said], citations: Sequence[Citation],
    law: Citation | None, answer: Answer, words: dict[str, str],
) -> list[str]:  # fmt: skip
    """What the document says, then what the law says."""
    whose = words["contract" if document.is_contract else "document"]
    if not said:
        return [words["nothing"].format(whose=whose, name=plain_markdown(document.name))]
    lines = []
    for one, citation in zip(said, citations, strict=True):
        place = place_of(one.passage, one.quote.start)
        lines.append(words["says"].format(
            whose=whose, place=f", {place}" if place else "",
            quote=plain_markdown(one.quote.text), n=citation.n,
        ))  # fmt: skip
    if law:
        old = answer.as_of is not None and answer.as_of < REFORM
        who = words["court" if law.kind == "decision" else "today" if old else "law"]
        lines.append(words["rule"].format(
            who=who, reference=law.reference, quote=_opened(law.quote), n=law.n
        ))  # fmt: skip
    return ["\n".join(f"- {line}" for line in lines), words["read"]]


def _opened(quote: str) -> str:
    """The summary of a rule, without what ties it to the sentence before nor its last stop."""
    text = _TIE.sub("", " ".join(quote.split()).rstrip("."))
    return text[:1].upper() + text[1:]


def _notes(document: OwnDocument, words: dict[str, str]) -> list[str]:
    """What the customer must know of how the document was read."""
    notes = []
    if document.addressed:
        first = document.addressed[0]
        page = f" (p. {first.page})" if first.page else ""
        told = plain_markdown(first.sentence[:_MAX_TOLD])
        notes.append(words["addressed"].format(page=page, sentence=told))
    if document.scanned:
        numbers = ", ".join(map(str, document.scanned[:10])) + (
            "…" if document.scanned[10:] else ""
        )
        notes.append(words["scanned"].format(pages=numbers))
    return notes


def _title(document: OwnDocument, law: Citation | None, words: dict[str, str]) -> str:
    """The title of the part: the law is in it where the answer cites some."""
    whose = words["contract" if document.is_contract else "document"]
    return words["title" if law else "title_alone"].format(whose=whose, its=whose.lower())


def _document_alone(answer: Answer, document: OwnDocument, words: dict[str, str]) -> Answer:
    """A declined answer as one that the document alone gives: for a lawyer to look at."""
    whose = words["contract" if document.is_contract else "document"].lower()
    lead = Part("", words["lead"].format(whose=whose))
    return replace(answer, status="needs_review", reason=words["only"], parts=(lead,))


def _numbered(answer: Answer) -> Answer:
    """The answer with its markers numbered from 1 in order of appearance."""
    known = {str(citation.n) for citation in answer.citations}
    seen = [n for n in _MARKER.findall(answer.text) if n in known]
    order = {n: str(place) for place, n in enumerate(dict.fromkeys(seen), start=1)}

    def renumber(found: re.Match[str]) -> str:
        """A marker with its new number."""
        return f"[{order.get(found[1], found[1])}]"

    parts = tuple(replace(p, markdown=_MARKER.sub(renumber, p.markdown)) for p in answer.parts)
    cited = [replace(c, n=int(order[str(c.n)])) for c in answer.citations if str(c.n) in order]
    return replace(answer, parts=parts, citations=tuple(sorted(cited, key=lambda c: c.n)))


_FRENCH = {
    "title": "{whose} et la loi",
    "title_alone": "Ce que dit {its}",
    "lead": "Ma base ne traite pas de cette question, mais {whose} semble en parler.",
    "contract": "Votre contrat",
    "document": "Votre document",
    "says": "{whose} dit{place} : « {quote} » [{n}]",
    "law": "La loi dit",
    "today": "La loi actuelle dit",
    "court": "Les juges disent",
    "rule": "{who}, en résumé ({reference}) : {quote} [{n}].",
    "read": "*Rapprochement automatique : lisez l'article entier de votre document.*",
    "nothing": "{whose} ne semble pas en parler : rien, dans « {name} », n'est assez proche de"
    " votre question.",
    "addressed": "*Ce document contient une phrase qui s'adresse à un assistant{page} ; elle a été"
    " lue comme du texte : « {sentence} »*",
    "scanned": "*Pages non lues, car ce sont des images sans texte : {pages}.*",
    "only": "seul votre document en parle : la base n'en traite pas",
}
_ENGLISH = {
    "title": "{whose} and the law",
    "title_alone": "What {its} says",
    "lead": "My base does not cover this question, but {whose} seems to speak of it.",
    "contract": "Your contract",
    "document": "Your document",
    "says": "{whose} says{place}: « {quote} » [{n}]",
    "law": "The law says",
    "today": "The law of today says",
    "court": "The courts say",
    "rule": "{who}, in summary ({reference}): {quote} [{n}].",
    "read": "*Matched automatically: read the whole article of your document.*",
    "nothing": "{whose} does not seem to speak of it: nothing in « {name} » is near enough to your"
    " question.",
    "addressed": "*This document holds a sentence that speaks to an assistant{page}; it was read as"
    " text: « {sentence} »*",
    "scanned": "*Pages not read, being images without text: {pages}.*",
    "only": "only your document speaks of it: the base does not cover it",
}
_WORDS: dict[Language, dict[str, str]] = {"fr": _FRENCH, "en": _ENGLISH}
