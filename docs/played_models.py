"""The models that the transcripts play: an honest one, and what a dishonest one adds to it.

No language model is called: a server of the tests speaks OpenAI's protocol and says what is written
here. The sentences made up are made to be taken out; none is law.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.quotes import sentences
from tests.model.scripted_server import Asked, Play, Script

POINTS = 4  # of a list
_MARKED = re.compile(r"\[\d+\]\s*\.?$")
_END = re.compile(r"\s*[.;]?$")
Words = Callable[[str], str]


def honest(asked: Asked) -> str:
    """The short answer, then what to do: each sentence under the number of its passage."""
    passages = [text.partition("\n") for text in asked.data("passages")]
    if not passages:
        return "AUCUNE RÉPONSE"
    lead = " ".join(_marked(sentence, 1) for sentence in sentences(passages[0][2]))
    for number, (place, _, words) in enumerate(passages, start=1):
        if "En pratique" in place:
            listed = "\n".join(f"- {_marked(p, number)}" for p in _points(words, asked))
            return f"{lead}\n\n{listed}" if listed else lead
    return lead


def _points(words: str, asked: Asked) -> list[str]:
    """The first points of a list: those for the provider where the user is one."""
    if any("vous êtes le prestataire" in fact for fact in asked.data("faits")):
        words = words.partition("Si vous êtes le prestataire")[2] or words
    return [line[2:] for line in words.split("\n") if line.startswith("- ")][:POINTS]


def _marked(sentence: str, number: int) -> str:
    """A sentence with a marker before its point, its own where it has some."""
    text = sentence.strip()
    return text if _MARKED.search(text) else f"{_END.sub('', text)} [{number}]."


def adds(*more: str) -> Words:
    """A model that adds sentences of its own."""
    return lambda text: f"{text}\n\n{' '.join(more)}"


def changes(*pairs: tuple[str, str]) -> Words:
    """A model that says some words for others."""

    def changed(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return changed


def faithful(text: str) -> str:
    """A model that changes nothing."""
    return text


def played(words: Words, completed: str = "") -> Script:
    """A model that answers in these words, chooses the first text, and completes so."""

    def script(asked: Asked, before: int) -> Play:
        if asked.task == "lecture":
            return Play("[1]")
        return Play(completed if asked.task == "suite" else words(honest(asked)))

    return script
