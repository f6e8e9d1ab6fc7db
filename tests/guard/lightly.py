"""Honest answers, rewritten lightly: what any writer may do without changing the meaning."""

from __future__ import annotations

import random
import re

from tests.guard.honest import Written
from tests.guard.paraphrases import CONNECTIVES, REWRITINGS

_OPENING = re.compile(
    r"(?:(?<=[.!?]\s)|(?<=^)|(?<=^-\s))(?=[LUCIDSEPAQ][a-zéèêàâ']+ )", re.MULTILINE
)
_SENTENCES = re.compile(r"(?<=\])\.\s(?=[A-ZÀ-Ö«])")


def connected(answer: Written, rng: random.Random) -> Written:
    """The answer with connectives before one sentence in two; what opens an answer stays."""

    def put(found: re.Match[str]) -> str:
        if found.start() == 0 or rng.random() < 0.5:
            return ""
        return f"{rng.choice(CONNECTIVES)}, "

    text = _OPENING.sub(put, answer.markdown)
    lowered = re.sub(
        rf"((?:{'|'.join(CONNECTIVES)}), )([A-ZÀ-Ö])(?=[a-zéèêàâ' ])",
        lambda m: m[1] + m[2].lower(),
        text,
    )
    return answer.with_markdown(lowered)


def reordered(answer: Written, rng: random.Random) -> Written:
    """The answer with the sentences of each paragraph, and the points of its list, in another order."""
    first, *others = answer.markdown.split("\n\n")
    return answer.with_markdown("\n\n".join([first, *(_shuffled(block, rng) for block in others)]))


def _shuffled(block: str, rng: random.Random) -> str:
    """A paragraph's sentences, or a list's points, in another order."""
    points = block.startswith("- ")
    pieces = block.split("\n") if points else _SENTENCES.split(block.rstrip("."))
    rng.shuffle(pieces)
    return "\n".join(pieces) if points else ". ".join(pieces) + "."


def rewritten(answer: Written, rng: random.Random) -> Written:
    """The answer with some of the small rewritings that it offers."""
    text = answer.markdown
    for pattern, words in rng.sample(REWRITINGS, len(REWRITINGS)):
        if rng.random() < 0.7:
            text = re.sub(pattern, words, text)
    text = re.sub(r"(?<=[.\n]\s)[a-zé]|^[a-zé]|(?<=^- )[a-zé]", lambda m: m[0].upper(), text)
    return answer.with_markdown(text)


LIGHT = {"connectives": connected, "order": reordered, "rewriting": rewritten}
