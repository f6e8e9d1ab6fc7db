"""What a message is about: its words without those that announce it, or only date the contract."""

from __future__ import annotations

import re

from assistant.answering.facts import READ, dating, flat
from retrieval.analysis import STOP_WORDS, words

KEPT = 2  # words of its own that a question without its date must keep

_LINK = r"(?:(?:et|mais|sinon|bon|ok|merci|alors|puis|and|but|also|now)\b[\s,.!:;]*)*"
_OTHER = (
    r"(?:(?:pour|sur|dans|passons a|parlons de?|j ai|j aurais|encore|aussi|on|to) ?){0,3}\s*"
    r"(?:(?:une?|l[ea]?|an|d)\s)?(?:tout )?"
    r"(?:autre (?:sujet|question|chose|point)|(?:deuxieme|seconde|troisieme|nouvelle|derniere) question"
    r"|question suivante|another (?:question|subject|point|matter))"
)
_CHANGE = (
    rf"{_OTHER}|(?:ca n a )?rien a voir|(?:je )?change(?:ment|ons)? de (?:sujet|question)|par ailleurs"
    r"|au fait|a propos|j ai (?:aussi|encore) une question(?: sur)?|changing (?:the )?subject|by the way"
    r"|besides"
)
_MARK = re.compile(rf"^\s*{_LINK}(?:{_CHANGE})\b[\s,.:;!-]*")
_POLITE = re.compile(
    r"^\s*(?:bonjour|bonsoir|salut|slt|bjr|hello|hi)\b(?: a tous| maitre| madame| monsieur)*[\s,.!:;]+"
)
_WRITE = re.compile(
    r"^\s*(?:(?:peux[ -]tu|pouvez[ -]vous|pourriez[ -]vous|pourrais[ -]tu|tu peux|vous pouvez"
    r"|je (?:veux|voudrais|souhaite) que (?:tu|vous)|can you|could you) )?(?:(?:me?|nous|moi|please) ?)?"
    r"(?:aider? a )?(?:redige[rz]?|ecri(?:re|s|ve[sz])|prepare[rz]?|genere[rz]?|write|draft)(?:[ -]moi| me)? "
    r"(?=(?:une?|la|le|a|the) (?:\w+ )?(?:lettre|courrier|mail|courriel|mise en demeure|clause|avenant"
    r"|contrat|letter|contract|notice)\b)"
)
# As wide as the world: searched, these words draw to the few questions that begin so.
_FRAME = re.compile(
    r"^\s*what (?:happens|would happen|will happen|can we do|should we do|do we do) (?:if|when|to)\s+"
    r"(?=\w)"
)


def changes_subject(message: str) -> bool:
    """Whether a message says that it is about something else than what was said before."""
    return bool(_MARK.match(flat(message))) and core(message) != message


def core(message: str) -> str:
    """The message as it is searched, folded; itself where there is nothing to leave out.

    A message longer than is read for facts is left whole.
    """
    if len(message) > READ:
        return message
    whole = flat(message)
    text = _undated(whole)
    for opening in (_POLITE, _MARK, _POLITE, _WRITE, _FRAME):
        text = opening.sub("", text, count=1)
    return text.strip() if text != whole and _own(text) else message


def _undated(folded: str) -> str:
    """A text without what dates the contract; itself where that is nearly all it says."""
    text = folded
    for start, end in reversed(dating(folded)):
        text = f"{text[:start]} {text[end:]}"
    return text if _own(text) >= KEPT else folded


def _own(text: str) -> int:
    """How many words of a text say something."""
    return len([word for word in words(text) if word not in STOP_WORDS])
