"""From the model's text to the text that the options keep, numbered without a gap."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from assistant.contract.types import Clause, Model
from ingest.options import MARK, error_at, select_text

LABEL = re.compile(r"(?<![\w.,])A?\d{1,2}\.\d{1,2}(?!\w|[.,]\d)")


def select(model: Model, choices: Mapping[str, str]) -> tuple[Clause, ...]:
    """The clauses with the wordings chosen; paragraphs and references are renumbered.

    Args:
        model: the model contract.
        choices: every option with its value, as `resolve` gives them.

    Raises:
        KnowledgeBaseError: a block is malformed, or a paragraph refers to one that is not printed.
    """
    for clause in model.clauses:
        _refuse_unknown_values(model, clause)
    every = set(labels(model.clauses))
    kept = [
        replace(clause, text=select_text(clause.text, choices, clause.path, clause.line))
        for clause in model.clauses
    ]
    mapping: dict[str, str] = {}
    for clause in kept:
        for old, new in zip(_labels(clause), _renumbered(clause), strict=True):
            mapping.setdefault(old, new)
    lost = every - mapping.keys()
    for clause, whole in zip(kept, model.clauses, strict=True):
        _refuse_lost_references(clause, whole, lost)
    return tuple(_renumber(clause, mapping) for clause in kept)


def _heads(clause: Clause) -> list[re.Match[str]]:
    """The numbers that open the paragraphs of a clause."""
    pattern = rf"^{re.escape(clause.number)}\.\d{{1,2}}(?=\s)"
    return list(re.finditer(pattern, clause.text, re.MULTILINE))


def _labels(clause: Clause) -> list[str]:
    """The numbers of the paragraphs of a clause, in order."""
    return [head[0] for head in _heads(clause)]


def _renumbered(clause: Clause) -> list[str]:
    """The numbers that the paragraphs take."""
    return [f"{clause.number}.{n}" for n, _ in enumerate(_labels(clause), start=1)]


def _renumber(clause: Clause, mapping: Mapping[str, str]) -> Clause:
    """A clause with its paragraphs and references numbered anew."""
    numbers = iter(_renumbered(clause))
    heads = {head.start() for head in _heads(clause)}

    def renamed(found: re.Match[str]) -> str:
        return next(numbers) if found.start() in heads else mapping.get(found[0], found[0])

    note = LABEL.sub(lambda found: mapping.get(found[0], found[0]), clause.note)
    return replace(clause, text=LABEL.sub(renamed, clause.text), note=note)


def _refuse_lost_references(clause: Clause, whole: Clause, lost: Container[str]) -> None:
    """Refuse a reference to a paragraph that the options leave out."""
    for found in LABEL.finditer(clause.text):
        if found[0] in lost:
            sentence = clause.text[found.start() :].split("\n")[0]
            place = re.search(re.escape(sentence), whole.text)
            raise error_at(place, clause.path, clause.line,
                         f"renvoi au {found[0]}, que ces options n'impriment pas",
                         "placez le renvoi dans le même bloc d'option")  # fmt: skip


def _refuse_unknown_values(model: Model, clause: Clause) -> None:
    """Refuse a block that no choice can ever print."""
    known = {(option.id, value.id) for option in model.options for value in option.values}
    for mark in MARK.finditer(clause.text):
        if mark[1] and (mark[1], mark[2]) not in known:
            raise error_at(mark, clause.path, clause.line,
                         f"« {mark[1]}={mark[2]} » ne désigne aucune valeur d'option",
                         "voyez options.yaml")  # fmt: skip


def labels(clauses: Sequence[Clause]) -> list[str]:
    """The numbers of every paragraph, in order."""
    return [label for clause in clauses for label in _labels(clause)]
