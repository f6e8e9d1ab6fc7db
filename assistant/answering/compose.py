"""The extractive answer: reviewed text, section by section, with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import wording
from assistant.answering.asked import Asked
from assistant.answering.cite import Sources
from assistant.answering.facts import REFORM as REFORM
from assistant.answering.hypotheses import Ground, quick_replies, stated
from assistant.answering.old_law import old_law
from assistant.answering.sections import Section, clause_parts, details, lead, markdown_of, sections
from assistant.answering.shelf import Shelf
from assistant.answering.types import Part, QuickReply
from retrieval import Candidate, Passage

CLOSE = 0.08  # probability from which a second question may be told too
SHARE = 0.3  # share of the first's probability from which it is told: docs/decisions/0019
NEARLY = 0.5  # the same, from which the reader is told at once
NEAREST = 10  # places among which other questions may be told or offered
OTHERS = 2  # questions offered at most beside the second
LINKED = 20  # places among which a clause that the question names goes with its answer
UNLINKED = 0.15  # probability from which another clause does
CONSUMERS = "kb:questions/client-consommateur-particulier"
_SPECIAL = {  # title and question of the rules of a client, by its capacity
    "particulier": ("individual", CONSUMERS),
    "association": ("association", CONSUMERS),
    "public": ("public", "kb:questions/marche-public-collectivite"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The documents that answer a question."""

    first: Candidate
    close: Candidate | None  # a second one, nearly as likely
    clause: Candidate | None  # the clause of the model that goes with them
    second: Candidate | None = None  # the other subject of a message that asks two things
    others: tuple[Candidate, ...] = ()  # questions nearly as likely, offered and not told

    @property
    def shown(self) -> tuple[Candidate | None, ...]:
        """The documents that the reader is shown."""
        return (self.first, self.close, self.clause, self.second)


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer's text, its sources, and the facts that it asks for."""

    parts: Sequence[Part]
    sources: Sources
    quick_replies: tuple[QuickReply, ...]


def choose(
    candidates: Sequence[Candidate],
    shelf: Shelf,
    two: tuple[Candidate, Candidate] | None = None,
) -> Chosen:
    """Which documents answer, from candidates ranked best first.

    Args:
        two: the two subjects of a message that asks two things, in its order.
    """
    if two:
        return Chosen(two[0], None, None, two[1])
    first = candidates[0]
    near = [c for c in candidates[1:NEAREST] if _is_close(c, first)]
    questions = [c for c in near if not is_clause(c.document_id)]
    close = questions[0] if questions else None
    offered = tuple(c for c in questions[1 : OTHERS + 1] if _is_nearly(c, first))
    clause = _clause(candidates, _linked_clauses(shelf, first))
    return Chosen(first, close, clause, others=offered)


def _is_close(other: Candidate, first: Candidate) -> bool:
    """Whether a second question is likely enough beside the first to be told too."""
    return other.probability >= max(CLOSE, SHARE * first.probability)


def _is_nearly(other: Candidate, first: Candidate) -> bool:
    """Whether a second question is so likely that the reader is told at once."""
    return other.probability >= NEARLY * first.probability


def _clause(candidates: Sequence[Candidate], linked: set[str]) -> Candidate | None:
    """The clause that goes with the first candidate: a likely one, else one that it names."""
    clauses = [c for c in candidates[1:LINKED] if is_clause(c.document_id)]
    named = next((c for c in clauses if c.document_id in linked), None)
    likely = next((c for c in clauses if c.probability >= UNLINKED), None)
    return likely or named


def is_clause(document_id: str) -> bool:
    """Whether a document is a clause or an annex of the model contract."""
    return document_id.startswith("kb:contract/")


def compose(chosen: Chosen, shelf: Shelf, asked: Asked, named: Sequence[Passage] = ()) -> Composed:
    """An answer composed for what was asked.

    Args:
        named: passages whose reference the question names; told when no other part cites them.
    """
    sources = Sources(shelf.passage)
    found = _sections(shelf, chosen.first)
    if chosen.second:
        parts = _two(shelf, sources, [chosen.first, chosen.second], asked)
    else:
        parts = _one(shelf, sources, chosen, found, asked)
    ground = _ground(shelf, sources, parts, found)
    parts = _with_remark(parts, stated(ground, asked), 2 if chosen.second else 0)
    cited = {citation.passage_id for citation in sources.citations}
    parts += named_parts([p for p in named if p.id not in cited], sources, asked)
    parts += old_law(shelf, sources, asked, parts)
    return Composed(parts, sources, quick_replies(ground, asked))


def _sections(shelf: Shelf, candidate: Candidate) -> dict[str, Passage]:
    """The sections of a question; none of a clause."""
    identifier = candidate.document_id
    return {} if is_clause(identifier) else sections(shelf, identifier)


def _one(
    shelf: Shelf,
    sources: Sources,
    chosen: Chosen,
    found: dict[str, Passage],
    asked: Asked,
) -> list[Part]:
    """The answer to one question."""
    parts: list[Part] = []
    if found:
        parts += lead(found, sources, asked)
    else:
        parts += clause_parts(shelf, sources, chosen.first.document_id, asked, leads=True)
    parts += _nearly(shelf, chosen, asked)
    early = chosen.clause if "clause" in asked.wants else None
    if early:
        parts += clause_parts(shelf, sources, early.document_id, asked, leads=False)
    parts += _special(shelf, sources, chosen, asked)
    parts += [section.part(sources) for section in details(found, asked)] if found else []
    if chosen.close:
        parts += _close(shelf, sources, chosen.close, asked)
    if chosen.clause and not early:
        parts += clause_parts(shelf, sources, chosen.clause.document_id, asked, leads=False)
    return parts


def _two(shelf: Shelf, sources: Sources, subjects: Sequence[Candidate], asked: Asked) -> list[Part]:
    """Two answers: both short ones at once, then the rest of each."""
    parts = [Part("", wording.TWO[asked.language])]
    rest: list[tuple[str, list[Section]]] = []
    for number, subject in enumerate(subjects, start=1):
        found = _sections(shelf, subject)
        title = f"{number}. {_title(subject, found, asked)}"
        if not found:
            told = clause_parts(shelf, sources, subject.document_id, asked, leads=True)
            parts += [Part(title, told[0].markdown, opened=True), *told[1:]] if told else []
            continue
        short, *french = lead(found, sources, asked, titled=True)
        parts += [Part(title, short.markdown, opened=True)]
        parts += [Part(f"{p.title} ({number})", p.markdown) for p in french]
        rest.append((f" ({number})", details(found, asked)))
    return parts + [section.part(sources, suffix) for suffix, told in rest for section in told]


def _title(candidate: Candidate, found: dict[str, Passage], asked: Asked) -> str:
    """A question of the base in the language of the asker."""
    first = next(iter(found.values()), None)
    english = first.meta.get("question_en") if first and asked.language == "en" else None
    return str(english or candidate.title)


def _with_remark(parts: list[Part], remark: str, after: int) -> list[Part]:
    """The parts, with a remark after the short answer."""
    return [*parts[: after + 1], Part("", remark), *parts[after + 1 :]] if remark else parts


def _ground(
    shelf: Shelf, sources: Sources, parts: Sequence[Part], found: dict[str, Passage]
) -> Ground:
    """What the answer rests on."""
    short = found.get("reponse-courte")
    leading = markdown_of(short) if short else parts[0].markdown if parts else ""
    cited = [p for c in sources.citations if (p := shelf.passage(c.passage_id))]
    led = [p for p in cited if f"[@{p.id.removeprefix('kb:law/')}]" in leading]
    return Ground(led, cited, found)


def _linked_clauses(shelf: Shelf, candidate: Candidate) -> set[str]:
    """Documents of the clauses that a question names."""
    passages = shelf.document(candidate.document_id)
    names = passages[0].meta.get("clauses") if passages else None
    return {f"kb:contract/{name}" for name in names} if isinstance(names, list) else set()


def _nearly(shelf: Shelf, chosen: Chosen, asked: Asked) -> list[Part]:
    """That other subjects are nearly as likely, where some are."""
    close, language = chosen.close, asked.language
    if close is None or not _is_nearly(close, chosen.first):
        return []
    name, *names = (_title(c, _sections(shelf, c), asked) for c in (close, *chosen.others))
    if not names:
        return [Part("", wording.NEARLY[language].format(name=name))]
    others = wording.AND[language].join(f"« {other} »" for other in names)
    return [Part("", wording.SEVERAL[language].format(name=name, others=others))]


def _close(shelf: Shelf, sources: Sources, candidate: Candidate, asked: Asked) -> list[Part]:
    """The short answer of a second question that may be the one meant."""
    if is_clause(candidate.document_id):
        return clause_parts(shelf, sources, candidate.document_id, asked, leads=False)
    found = sections(shelf, candidate.document_id)
    short = found.get("reponse-courte")
    if short is None:
        return []
    name = _title(candidate, found, asked)
    told = f"{wording.CLOSE[asked.language]} {sources.marked(markdown_of(short), short)}"
    return [Part(wording.TITLES[asked.language]["close"].format(name=name), told)]


def _special(shelf: Shelf, sources: Sources, chosen: Chosen, asked: Asked) -> list[Part]:
    """The rules of a client who is no business, where the answer is on something else."""
    name, document = _SPECIAL.get(asked.facts.client or "", ("", ""))
    shown = (chosen.first.document_id, chosen.close.document_id if chosen.close else "")
    told = sections(shelf, chosen.first.document_id).get("reponse-courte")
    consumers = document == CONSUMERS and told and "[@c-conso-" in markdown_of(told)
    short = sections(shelf, document).get("reponse-courte") if document else None
    if short is None or document in shown or consumers:
        return []
    title = wording.TITLES[asked.language][name]
    return [Section(title, markdown_of(short), short, opened=True).part(sources)]


def named_parts(named: Sequence[Passage], sources: Sources, asked: Asked) -> list[Part]:
    """The texts and decisions that a question names, told from the base."""
    colon = " : " if asked.language == "fr" else ": "
    lines = [
        f"- **{p.reference}**{colon}{' '.join(p.text.split())} {sources.marker(p, p.text)}"
        for p in named
    ]
    title = wording.TITLES[asked.language]["named"]
    return [Part(title, "\n".join(lines), opened=True)] if lines else []
