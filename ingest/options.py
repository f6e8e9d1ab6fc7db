"""The option blocks of the model contract: `[[option:a=b]]…[[/option]]`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.errors import KnowledgeBaseError

MARK = re.compile(r"\[\[(?:option:([a-z0-9-]+)=([a-z0-9-]+)|/option)\]\]\n?")


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
    for mark in MARK.finditer(text):
        if all(kept for _, kept in open_blocks):
            parts.append(text[end : mark.start()])
        end = mark.end()
        if mark[1]:
            open_blocks.append((mark.start(), _holds(mark, choices, path, line)))
        elif open_blocks:
            open_blocks.pop()
        else:
            raise error_at(mark, path, line, "[[/option]] sans bloc ouvert", "retirez-le")
    if open_blocks:
        mark = next(MARK.finditer(text, open_blocks[-1][0]))
        raise error_at(mark, path, line, f"{mark[0].strip()} jamais refermé", "ajoutez [[/option]]")
    parts.append(text[end:])
    _refuse_leftover(text, path, line)
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()


def _holds(mark: re.Match[str], choices: Mapping[str, str], path: str, line: int) -> bool:
    """Whether a block is kept."""
    if mark[1] not in choices:
        raise error_at(mark, path, line, f"option inconnue « {mark[1]} »", "voyez options.yaml")
    return choices[mark[1]] == mark[2]


def _refuse_leftover(text: str, path: str, line: int) -> None:
    """Refuse a mark that the grammar does not know, which would be printed."""
    found = re.search(r"\[\[|\]\]", MARK.sub(lambda mark: "\n" * mark[0].count("\n"), text))
    if found:
        place = re.search(r"\[\[(?!option:[a-z0-9-]+=[a-z0-9-]+\]\]|/option\]\])", text)
        raise error_at(place, path, line, "balise mal écrite", "écrivez [[option:nom=valeur]]")


def error_at(
    mark: re.Match[str] | None, path: str, line: int, problem: str, remedy: str
) -> KnowledgeBaseError:
    """An error that says where."""
    number = line + (mark.string.count("\n", 0, mark.start()) if mark else 0)
    return KnowledgeBaseError(f"{path}:{number}: {problem}.", fix=f"Remède : {remedy}.")
