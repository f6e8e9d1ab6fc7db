"""The pseudonyms of one conversation: hide before a model or a log, restore on the user's screen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.privacy.find import find, without_overlaps
from assistant.privacy.table import Entry, Table
from assistant.privacy.types import KINDS, Entity, Found, Kind, PseudonymsError
from assistant.privacy.view import View
from retrieval.errors import UsageError

VERSION = 1
MAX_JSON = 5_000_000  # characters of a stored table
# "[PERSONNE_1]", "[PERSONNE_1.2]"; each "=" says that a text held this by itself.
_TAG = re.compile(rf"\[(=*)((?:{'|'.join(KINDS)})_[1-9][0-9]{{0,6}}(?:\.[1-9][0-9]{{0,6}})?)\]")
_FIX = "Supprimez la table de cette conversation : ses étiquettes ne pourront plus être remplacées."


class Pseudonyms:
    """Names, firms and numbers of a conversation, each with its tag.

    One entity keeps its number through the conversation; each way of writing it keeps its own
    tag ("[PERSONNE_1]", then "[PERSONNE_1.2]"), so that `restore(hide(text)) == text` for any text,
    whatever was hidden since. One object a conversation, used by one thread at a time.

    >>> pseudonyms = Pseudonyms()
    >>> pseudonyms.hide("M. Dupont a appelé, puis dupont a rappelé.")
    'M. [PERSONNE_1] a appelé, puis [PERSONNE_1.2] a rappelé.'
    >>> pseudonyms.restore("Répondez à M. [PERSONNE_1].")
    'Répondez à M. Dupont.'
    """

    def __init__(self) -> None:
        self._table = Table()

    def __repr__(self) -> str:
        """How many entities it holds, never who: an object may end in a log."""
        return f"Pseudonyms({len(self._table.entries)} entities)"

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What was hidden so far, in order of appearance: for the user's own screen."""
        return tuple(
            Entity(entry.kind, entry.number, tuple(entry.forms), tuple(entry.keys))
            for entry in self._table.entries
        )

    def hide(self, text: str, *, exact: bool = True) -> str:
        """The text with tags in place of what tells who it speaks of.

        What looks like a tag already is marked, so that `restore` gives it back as it was.

        Args:
            text: any text.
            exact: whether each spelling has its own tag, to be restored as it was. Otherwise an
                entity has one tag, restored as its first spelling: for a model, or for a log.
        """
        plain = _TAG.sub(lambda match: "\0" * len(match[0]), text)
        view = View.of(plain)
        words = view.words()
        found = find(plain, self._table.known(view, words))
        for one in found:
            self._tag(one, text)
        found = without_overlaps([*found, *self._table.known(view, words)], len(text))
        return "".join(self._pieces(text, found, exact))

    def restore(self, text: str) -> str:
        """The text with each tag of this conversation replaced by what it stands for.

        Args:
            text: what `hide` gave, or a model wrote. A tag that is not in the table stays.
        """

        def replace(match: re.Match[str]) -> str:
            if match[1]:
                return f"[{match[1][1:]}{match[2]}]"
            return self._table.forms.get(match[2], match[0])

        return _TAG.sub(replace, text)

    def remember(self, kind: Kind, text: str) -> str:
        """The tag of somebody known beforehand: the user's own firm is hidden from its first mention.

        Args:
            kind: what the text is.
            text: the name or the number, as it is written.

        Raises:
            UsageError: the kind is unknown or the text has neither letter nor digit.
        """
        view = View.of(text)
        words = view.words()
        if kind not in KINDS or not words:
            problem = f"Rien à retenir pour « {kind} » : le texte reçu n'a ni lettre ni chiffre."
            raise UsageError(problem, fix="Types possibles : " + ", ".join(KINDS) + ".")
        alike = [one for one in find(text) if one.kind == kind and one.end - one.start == len(text)]
        key = alike[0].key if alike else " ".join(word.low for word in words)
        return f"[{self._table.tag(Found(kind, 0, len(text), key), text)}]"

    def to_json(self) -> str:
        """The table, for the conversation's private store: whoever reads it knows who is who."""
        entities = [
            {"kind": e.kind, "number": e.number, "forms": list(e.forms), "keys": list(e.keys)}
            for e in self.entities
        ]
        return json.dumps({"version": VERSION, "entities": entities})

    @classmethod
    def from_json(cls, stored: str) -> Pseudonyms:
        """The pseudonyms that `to_json` gave.

        Raises:
            PseudonymsError: the text is no table of pseudonyms, or is too long.
        """
        if len(stored) > MAX_JSON:
            problem = f"Table de pseudonymes trop longue : {len(stored)} caractères."
            raise PseudonymsError(problem, fix=_FIX)
        pseudonyms = cls()
        try:
            content = json.loads(stored)
            for one in content["entities"] if content["version"] == VERSION else [None]:
                pseudonyms._table.add(_entry(one))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            problem = f"Table de pseudonymes illisible ({type(error).__name__})."
            raise PseudonymsError(problem, fix=_FIX) from None
        return pseudonyms

    def _tag(self, found: Found, text: str) -> str:
        """The tag of a find, the entity entered in the table."""
        return self._table.tag(found, text[found.start : found.end])

    def _pieces(self, text: str, found: Sequence[Found], exact: bool) -> Iterator[str]:
        """The hidden text, piece by piece."""
        end = 0
        for one in found:
            yield _marked(text[end : one.start])
            tag = self._tag(one, text)
            yield f"[{tag if exact else tag.partition('.')[0]}]"
            end = one.end
        yield _marked(text[end:])


def _marked(text: str) -> str:
    """A text whose tags say that they are the text's own."""
    return _TAG.sub(r"[=\1\2]", text)


def _entry(stored: Any) -> Entry:
    """An entry read from a store.

    Raises:
        ValueError, TypeError, KeyError: it is no entry.
    """
    kind, number = stored["kind"], stored["number"]
    forms, keys = list(stored["forms"]), list(stored["keys"])
    texts = all(isinstance(text, str) and text for text in [*forms, *keys])
    if kind not in KINDS or type(number) is not int or not 0 < number < 10**7:
        raise ValueError("kind or number")
    if not forms or not keys or not texts or len(set(forms)) < len(forms):
        raise ValueError("forms or keys")
    return Entry(kind, number, forms, keys)
