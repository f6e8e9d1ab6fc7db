"""A model of a few lines, for tests to vary, and the text of what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product

from assistant.contract.model import applies
from assistant.contract.types import (
    Block,
    Clause,
    Conflict,
    Draft,
    Field,
    Model,
    Option,
    Table,
    Value,
)


def small_model(*texts: str) -> Model:
    """A model whose articles 1, 2… have these texts, with two options `a` and `b`, yes or no."""
    values = (Value("oui", "Oui"), Value("non", "Non"))
    return Model(
        title="Contrat", notice="Notice", signature="Les Parties signent.", attachments=(),
        options=tuple(Option(name, name.upper(), "", values, "non") for name in "ab"),
        conflicts=(Conflict({"a": "oui", "b": "oui"}, "Elles s'excluent."),),
        fields=(Field("nom", "Nom du client", "Exemple", True), Field("prix", "Prix, en euros", "3", True)),
        clauses=tuple(
            Clause(f"c{n}", str(n), f"Titre {n}", text, f"Note du {n}.1.", f"contract/{n}.md", 10)
            for n, text in enumerate(texts, start=1)
        ),
        citations={}, version="abcd1234", reviewed_on=date(2026, 11, 24),
    )  # fmt: skip


def combinations(model: Model) -> list[dict[str, str]]:
    """Every set of choices that no conflict refuses."""
    names = [option.id for option in model.options]
    values = [[value.id for value in option.values] for option in model.options]
    every = [dict(zip(names, chosen, strict=True)) for chosen in product(*values)]
    return [
        choices
        for choices in every
        if not any(applies(conflict.when, choices) for conflict in model.conflicts)
    ]


def printed(draft: Draft) -> str:
    """The whole text of a contract, a block a line."""
    articles = (*draft.articles, *draft.annexes)
    return "\n".join(line for article in articles for line in lines(article.blocks))


def lines(blocks: Iterable[Block]) -> list[str]:
    """The texts of blocks, a row of a table a line."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            cells = [["".join(span.text for span in cell) for cell in row] for row in block.rows]
            found += [" | ".join(row) for row in cells]
        else:
            found.append("".join(span.text for span in block.spans))
    return found
