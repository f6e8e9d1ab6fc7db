"""How an answer came to be, in French, for whoever must stand by it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.types import Answer
from assistant.provenance.again import Again
from assistant.provenance.record import Record
from assistant.provenance.trace import Ranked, Trace

TOLD = 5  # documents told
LEGS = 3  # reasons told of each

CHECKS = {"verifie": "vérifié", "reajuste": "réajusté", "non_verifie": "non vérifié"}
_STATUS = {
    "answered": "réponse donnée",
    "needs_review": "réponse à confirmer par un juriste",
    "declined": "question déclinée",
}
_LEGS = {
    "senses": "le sens des mots",
    "wordings": "ses formulations voisines",
    "likeness": "ses formulations les plus proches",
    "variants": "les mots de ses formulations",
    "body": "les mots de son texte",
    "lexicon": "les termes de droit",
}
_SIGNALS = {
    "domain": "domaine de la question",
    "strange": "mots étrangers à la base",
    "homely": "mots de la base",
    "near": "formulations voisines",
    "foreign": "question étrangère la plus proche",
}
RULES = {  # rules of the guard, for lawyers
    "marker": "renvoi sans source",
    "link": "lien étranger à la base",
    "leak": "consigne recopiée",
    "quote": "citation introuvable",
    "numbers": "nombre, date ou montant absent de la source",
    "reference": "référence absente de la source",
    "language": "autre langue",
    "unsupported": "affirmation sans appui",
    "role": "parties inversées",
    "negation": "négation perdue ou ajoutée",
    "orphan": "phrase laissée sans suite",
}


def explain(record: Record, again: Again | None = None) -> str:
    """How an answer came to be, as Markdown.

    Args:
        record: the answer as it was kept.
        again: what came of making it again; None when it was not.
    """
    sections = [
        ("", _opening(record)),
        ("La question telle que lue", _reading(record)),
        ("La base répond-elle ?", _scope(record)),
        ("Documents classés", list(_documents(record))),
        ("Ce qui a été retenu", list(_chosen(record))),
        ("Sources et vérifications", list(_citations(record.answer))),
        ("Ce que la vérification a retiré", list(_removed(record.answer))),
        ("Faite avec", list(_made_with(record))),
        ("Refaite à l'identique ?", list(_again(again)) if again else []),
    ]
    told = [(title, lines) for title, lines in sections if lines]
    return "\n\n".join(
        (f"## {title}\n\n" if title else "") + "\n".join(lines) for title, lines in told
    )


def _opening(record: Record) -> list[str]:
    """What is explained."""
    answer = record.answer
    day = f"{record.at:%d/%m/%Y à %H:%M} (UTC)"
    return [
        f"# Réponse {record.id}",
        "",
        f"Question : « {_line(answer.question)} »",
        f"Donnée le {day} ; {_STATUS[answer.status]} : {answer.reason}.",
    ]


def _reading(record: Record) -> list[str]:
    """The question as it was searched."""
    trace = record.trace
    lines = []
    if record.before:
        lines.append(
            f"- Questions d'avant : {' ; '.join(f'« {_line(q)} »' for q in record.before)}"
        )
    if trace.query != record.answer.question:
        lines.append(f"- Complétée ainsi : « {_line(trace.query)} »")
    lines += [f"- {reading}" for reading in trace.readings]
    lines += [f"- Fait dit : {_line(fact)}" for fact in record.answer.facts]
    if record.answer.as_of and not any("conclu" in fact for fact in record.answer.facts):
        lines.append(f"- Date du contrat : {record.answer.as_of:%d/%m/%Y}")
    return lines or ["- Lue comme elle est écrite."]


def _scope(record: Record) -> list[str]:
    """The probability of an answer, beside its threshold."""
    trace = record.trace
    above = trace.scope >= trace.threshold
    said = "au-dessus du seuil" if above else "au-dessous du seuil"
    return [
        f"- Probabilité que la base réponde : {_percent(trace.scope)}, {said}"
        f" de {_percent(trace.threshold)}.",
        f"- Signaux : {', '.join(map(_signal, trace.signals))}.",
    ]


def _signal(told: str) -> str:
    """A signal, named in French: "best=0.15"."""
    name, _, value = told.partition("=")
    return f"{_SIGNALS.get(name, name)} {value.replace('.', ',')}"


def _documents(record: Record) -> Iterator[str]:
    """The documents ranked, with what found them."""
    for rank, row in enumerate(record.trace.ranked[:TOLD], start=1):
        why = "; ".join(_leg(name, value) for name, value in list(row.legs.items())[:LEGS])
        yield (
            f"{rank}. {row.title} ({row.document_id}) : {_percent(row.probability)}"
            + (f" ; {why.replace('; ', ', ')}" if why else "")
        )


def _leg(name: str, value: float) -> str:
    """A leg and its standard score, as the French write a number."""
    return f"{_LEGS.get(name, name)} ({_number(value)})"


def _chosen(record: Record) -> Iterator[str]:
    """The ranked documents that the answer tells, and why."""
    answer, trace = record.answer, record.trace
    if answer.status == "declined":
        yield "- Aucun document : la question a été déclinée."
        return
    cited = {citation.passage_id.partition("#")[0] for citation in answer.citations}
    for rank, row in enumerate(trace.ranked, start=1):
        if row.document_id in cited:
            yield f"- {_part_played(row, rank, trace)} : {row.title} ({row.document_id})"
    known = {row.document_id for row in trace.ranked}
    clauses = {c.passage_id.partition("#")[0]: c for c in answer.citations if c.kind == "clause"}
    for identifier in sorted(clauses.keys() - known):
        yield f"- Clause du modèle, liée à la question : {clauses[identifier].title} ({identifier})"
    read = answer.provenance.get("read")
    if isinstance(read, list):
        yield f"- Textes que le modèle de langage a désignés, par rang : {', '.join(map(str, read))}"


def _part_played(row: Ranked, rank: int, trace: Trace) -> str:
    """What a ranked document is to the answer."""
    kind = (
        "clause du modèle" if row.document_id.startswith("kb:contract/") else "question de la base"
    )
    if rank == 1:
        return f"Premier du classement ({kind}, {_percent(row.probability)})"
    return f"Joint, rang {rank} ({kind}, {_percent(row.probability)})"


def _citations(answer: Answer) -> Iterator[str]:
    """The citations with their checks."""
    for citation in answer.citations:
        page = f", p. {citation.page}" if citation.page else ""
        yield (
            f"- [{citation.n}] {citation.reference}{page} ({citation.passage_id}) :"
            f" {CHECKS[citation.check]} — « {_line(citation.quote)} »"
        )


def _removed(answer: Answer) -> Iterator[str]:
    """What the guard took out, of a model's text or of reviewed text that the base no longer bears."""
    for removal in answer.removed:
        rule = RULES.get(removal.rule, removal.rule)
        yield f"- « {_line(removal.sentence)} » : {rule} ({removal.detail})"


def _made_with(record: Record) -> Iterator[str]:
    """Everything that must be the same for the answer to be the same."""
    trace, told = record.trace, record.answer.provenance
    yield f"- Génération de l'index : {trace.generation}"
    yield f"- Empreinte de la base de connaissances : {trace.kb_hash}"
    yield f"- Encodeur : {trace.encoder}"
    yield f"- Poids : {trace.weights} ; MainteLex {trace.software}"
    model = told.get("model")
    yield f"- Modèle de langage : {model if model else 'aucun'}"
    prompts = told.get("prompts")
    if isinstance(prompts, dict) and prompts:
        yield "- Consignes : " + ", ".join(f"{n} (version {v})" for n, v in prompts.items())
    if record.answer.notice:
        yield f"- Dit à l'utilisateur : {record.answer.notice}"
    if told.get("sentences"):
        yield f"- Phrases du modèle vérifiées et gardées : {told['sentences']} et {told.get('kept')}"
    if "tokens_in" in told:
        yield f"- Jetons lus et écrits : {told['tokens_in']} et {told.get('tokens_out')}"
    times = ", ".join(
        f"{_STAGES.get(n, n)} {_number(v)} ms" for n, v in record.answer.timings_ms.items()
    )
    yield f"- Temps : {times}"


_STAGES = {
    "retrieve": "recherche",
    "compose": "composition",
    "guard": "vérification",
    "total": "total",
}


def _again(again: Again) -> Iterator[str]:
    """Whether the answer is the same when made again."""
    if again.differences:
        yield f"Non : ce qui diffère est {', '.join(again.differences)}."
    elif again.text_compared:
        yield "Oui : refaite sur la même génération, la réponse est identique mot pour mot."
    else:
        yield "Oui pour la recherche : mêmes documents, dans le même ordre."
    if not again.text_compared:
        yield "Le texte d'un modèle de langage ne s'écrit pas deux fois de même : il n'est pas refait."


def _percent(share: float) -> str:
    """A share as the French write it; never 0 nor 100 unless it is."""
    rounded = f"{100 * share:.1f}".replace(".", ",").removesuffix(",0")
    if rounded == "100" and share < 1:
        return "plus de 99,9 %"
    return "moins de 0,1 %" if rounded == "0" and share > 0 else f"{rounded} %"


def _number(value: float) -> str:
    """A number as the French write it."""
    return f"{value:.1f}".replace(".", ",")


def _line(text: str) -> str:
    """A text on one line, without what a terminal would obey."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
