"""From the model's text to the text that the options keep, numbered without a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
    every = set(labels(model.clauses))
    kept = [
        replace(clause, text=select_text(clause.text, choices, clause.path, clause.line))
        for clause in model.clauses
    ]
    mapping = {
        old: new
        for clause in kept
        for old, new in zip(_labels(clause), _renumbered(clause), strict=True)
    }
    return tuple(_renumber(clause, mapping, every) for clause in kept)


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


def _renumber(clause: Clause, mapping: Mapping[str, str], every: set[str]) -> Clause:
    """A clause with its paragraphs and references numbered anew."""
    numbers = iter(_renumbered(clause))
    heads = {head.start() for head in _heads(clause)}

    def renamed(found: re.Match[str]) -> str:
        if found.start() in heads:
            return next(numbers)
        if found[0] in every and found[0] not in mapping:
            raise _error(found, clause.path, clause.line,
                         f"renvoi au {found[0]}, que ces options n'impriment pas",
                         "placez le renvoi dans le même bloc d'option")  # fmt: skip
        return mapping.get(found[0], found[0])

    text = LABEL.sub(renamed, clause.text)
    note = LABEL.sub(lambda found: mapping.get(found[0], found[0]), clause.note)
    return replace(clause, text=text, note=note)


def labels(clauses: Sequence[Clause]) -> list[str]:
    """The numbers of every paragraph, in order."""
    return [label for clause in clauses for label in _labels(clause)]
