"""From the model's text to the text that the options keep, numbered without a gap."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from assistant.contract.types import Clause, Model
from retrieval.errors import KnowledgeBaseError

LABEL = re.compile(r"(?<![\w.,])A?\d{1,2}\.\d{1,2}(?!\w|[.,]\d)")
_MARK = re.compile(r"\[\[(?:option:([a-z0-9-]+)=([a-z0-9-]+)|/option)\]\]\n?")


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


def select_text(text: str, choices: Mapping[str, str], path: str = "", line: int = 1) -> str:
    """A text without the blocks that the choices leave out.

    Args:
        text: Markdown with `[[option:a=b]]…[[/option]]` blocks, which may be nested.
        choices: every option with its value.
        path: the file, for messages.
        line: the line of the text's first character in the file.

    Raises:
        KnowledgeBaseError: a block is not closed, not opened, malformed, or names no option.
    """
    parts: list[str] = []
    open_blocks: list[tuple[int, bool]] = []  # where it opens, whether it is kept
    end = 0
    for mark in _MARK.finditer(text):
        if all(kept for _, kept in open_blocks):
            parts.append(text[end : mark.start()])
        end = mark.end()
        if mark[1]:
            open_blocks.append((mark.start(), _holds(mark, choices, path, line)))
        elif open_blocks:
            open_blocks.pop()
        else:
            raise _error(mark, path, line, "[[/option]] sans bloc ouvert", "retirez-le")
    if open_blocks:
        mark = next(_MARK.finditer(text, open_blocks[-1][0]))
        raise _error(mark, path, line, f"{mark[0].strip()} jamais refermé", "ajoutez [[/option]]")
    parts.append(text[end:])
    _refuse_leftover(text, path, line)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()


def _holds(mark: re.Match[str], choices: Mapping[str, str], path: str, line: int) -> bool:
    """Whether a block is kept."""
    if mark[1] not in choices:
        raise _error(mark, path, line, f"option inconnue « {mark[1]} »", "voyez options.yaml")
    return choices[mark[1]] == mark[2]


def _refuse_leftover(text: str, path: str, line: int) -> None:
    """Refuse a mark that the grammar does not know, which would be printed."""
    found = re.search(r"\[\[|\]\]", _MARK.sub(lambda mark: "\n" * mark[0].count("\n"), text))
    if found:
        place = re.search(r"\[\[(?!option:[a-z0-9-]+=[a-z0-9-]+\]\]|/option\]\])", text)
        raise _error(place, path, line, "balise mal écrite", "écrivez [[option:nom=valeur]]")


def _error(
    mark: re.Match[str] | None, path: str, line: int, problem: str, remedy: str
) -> KnowledgeBaseError:
    """An error that says where."""
    number = line + (mark.string.count("\n", 0, mark.start()) if mark else 0)
    return KnowledgeBaseError(f"{path}:{number}: {problem}.", fix=f"Remède : {remedy}.")


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
            raise _error(place, clause.path, clause.line,
                         f"renvoi au {found[0]}, que ces options n'impriment pas",
                         "placez le renvoi dans le même bloc d'option")  # fmt: skip


def _refuse_unknown_values(model: Model, clause: Clause) -> None:
    """Refuse a block that no choice can ever print."""
    known = {(option.id, value.id) for option in model.options for value in option.values}
    for mark in _MARK.finditer(clause.text):
        if mark[1] and (mark[1], mark[2]) not in known:
            raise _error(mark, clause.path, clause.line,
                         f"« {mark[1]}={mark[2]} » ne désigne aucune valeur d'option",
                         "voyez options.yaml")  # fmt: skip


def labels(clauses: Sequence[Clause]) -> list[str]:
    """The numbers of every paragraph, in order."""
    return [label for clause in clauses for label in _labels(clause)]
