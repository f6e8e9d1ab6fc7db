"""A contract drawn from the model: the options applied, the fields filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.contract.blocks import Filler, blocks
from assistant.contract.model import applies, check_values, resolve
from assistant.contract.select import select
from assistant.contract.types import Article, Clause, Draft, Model
from assistant.contract.typography import french
from ingest.readers.kb import CITATION

NOTE_TITLE = "**Note de rédaction.** "


def draft(model: Model, choices: Mapping[str, str], values: Mapping[str, str]) -> Draft:
    """The contract that these choices and values make.

    Args:
        model: the model contract.
        choices: option -> value; the defaults elsewhere.
        values: field -> text; what is not given remains to be completed.

    Raises:
        UsageError: an option, a value or a field is unknown, or choices contradict each other.
        KnowledgeBaseError: the model breaks its own rules.
    """
    chosen, filled = resolve(model, choices), check_values(model, values)
    filler = Filler({field.id: field for field in model.fields}, filled)
    articles = tuple(_article(clause, model, filler) for clause in select(model, chosen))
    return Draft(
        model=model,
        choices=chosen,
        values=filled,
        articles=tuple(article for article in articles if not article.clause.is_annex),
        annexes=tuple(article for article in articles if article.clause.is_annex),
        attachments=tuple(
            french(item.text) for item in model.attachments if applies(item.when, chosen)
        ),
        used=tuple(field for field in model.fields if field.id in filler.seen),
    )


def _article(clause: Clause, model: Model, filler: Filler) -> Article:
    """A clause ready to be printed; one that the options empty says so."""
    text = clause.text or "Sans objet, compte tenu des options choisies."
    note = NOTE_TITLE + CITATION.sub(lambda found: _citation(found[1], model), clause.note)
    return Article(clause, french(clause.title), blocks(text, filler), blocks(note, Filler({}, {})))


def _citation(name: str, model: Model) -> str:
    """How a drafting note cites an authority or a clause."""
    if not name.startswith("clause:"):
        return f"({model.citations.get(name, name)})"
    clause = next((item for item in model.clauses if item.id == name[7:]), None)
    return f"« {clause.title} » ({_lower(clause.name)})" if clause else name[7:]


def _lower(name: str) -> str:
    """« article 33 », but « Annexe 2 », as the contract writes them."""
    return re.sub(r"^Article", "article", name)
