"""Sentences of a document that speak to an assistant: they are data, found so as to be shown.

Nothing here is a defence: what composes an answer never follows a document. A customer whose
contract holds such a sentence should know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.analysis import fold, normalise
from retrieval.types import Passage

MAX_TOLD = 3  # sentences told
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_ORDERS = r"(?:consignes?|instructions?|regles?|rules?|directives?|prompts?|messages? systeme)"
_IGNORE = r"(?:(?:ignor|oubli|neglig|contourn)(?:e|ez|er)|forget|disregard|override|bypass)"
# An order opens a clause; « le prestataire ignore les consignes » does not.
_OPENS = r"(?:^\W*|[,;:]\s|\b(?:et|de|dois|devez|must|and) )"
_FORMS = (
    rf"{_OPENS}{_IGNORE}\b.{{0,60}}\b{_ORDERS}\b",
    rf"\b{_IGNORE}\b.{{0,40}}\b(?:previous|above|precedente?s?|tout ce qui precede)\b",
    rf"{_OPENS}(?:reponds|repondez|affirmez|declarez)\b"
    r"(?:[- ](?:toujours|seulement|simplement|uniquement|lui|leur)){0,2}[ :,«\"]{1,4}que\b",
    r"\b(?:answer|reply|respond|say|tell)\b.{0,40}\bthat\b.{0,80}\b(?:user|client|customer|owes?)\b",
    r"\b(?:tu es|vous etes|you are|agis comme|act as)\b.{0,30}\b(?:assistants?|ia|ai|modele de"
    r" langage|chatbot|language model|agent conversationnel)\b",
    r"\b(?:assistant|ia|intelligence artificielle|chatbot|modele de langage|llm|chatgpt)\b"
    r"[ ,:;]{0,3}(?:tu|vous|ignore|reponds|repondez|doit repondre|dois|devez|you|must)\b",
    r"\b(?:note|message|attention|consigne|instruction)s?\b.{0,20}\b(?:a l'|aux? |pour l'|pour les |de l'|des )"
    r"(?:assistants?\b(?! technique)|ia\b|intelligences? artificielle|modeles? de langage)",
    r"\b(?:revele|affiche|recopie|repete|reveal|print|show)\w*\b.{0,30}\b(?:ton|ta|tes|vos|votre|your)"
    rf" (?:{_ORDERS}|prompt)\b",
    r"<\|?\s*(?:im_start|im_end|system|endoftext)|\[/?(?:inst|sys)\]|<<sys>>|^\W*(?:system|systeme)\s*:",
)
_ADDRESSED = re.compile("|".join(f"(?:{form})" for form in _FORMS))


@dataclass(frozen=True, slots=True)
class Addressed:
    """A sentence that speaks to an assistant, verbatim, and its page."""

    sentence: str
    page: int | None


def is_addressed(sentence: str) -> bool:
    """Whether a sentence gives orders to whoever answers questions, rather than to the parties."""
    return bool(_ADDRESSED.search(fold(normalise(sentence))))


def without_addressed(text: str) -> str:
    """A text without the sentences that speak to an assistant: what it is searched by."""
    return _SENTENCE.sub(lambda found: " " if is_addressed(found[0]) else found[0], text)


def addressed(passages: Iterable[Passage]) -> tuple[Addressed, ...]:
    """The first sentences that speak to an assistant, in order, at most `MAX_TOLD`."""
    found: list[Addressed] = []
    for passage in passages:
        for sentence in _SENTENCE.findall(passage.text):
            if is_addressed(sentence):
                found.append(Addressed(" ".join(sentence.split()), passage.page))
                if len(found) == MAX_TOLD:
                    return tuple(found)
    return tuple(found)
