"""Text that is data: what it says is never an instruction.

Every piece stands between two tags that carry a mark drawn at random for one call: a text written
beforehand cannot know it. What could pass for a tag, or for the role tokens of a chat template, is
written otherwise; what nobody sees (control and format characters, among them the "tag" letters
that spell hidden instructions) is left out.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence

MARK_BYTES = 12  # 96 bits: not to be guessed
NOTHING = "(rien)"

# Angle brackets, those that a normalisation would turn into them too (NFKC).
_BRACKETS = str.maketrans(dict.fromkeys("<＜﹤", "‹") | dict.fromkeys(">＞﹥", "›"))
_ROLES = re.compile(
    r"\[(/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS))\]", re.IGNORECASE
)
_KEPT = "\n\t"


def new_mark() -> str:
    """A mark for the tags of one call: hexadecimal, never the same."""
    return secrets.token_hex(MARK_BYTES)


def neutral(text: str) -> str:
    """A text without what could pass for a tag or a role token, nor what nobody sees.

    Letters, digits, punctuation and line ends stay; angle brackets become single guillemets.
    """
    seen = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)
    return _ROLES.sub(r"‹\1›", seen.translate(_BRACKETS))


# Control, format, surrogate and private-use characters (Unicode, general categories).
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})


def enclose(name: str, value: str | Sequence[str], mark: str) -> str:
    """Data between tags: one pair for a text, one pair a piece, numbered from 1, for a list.

    Args:
        name: what the data is.
        value: the data; an empty one is told as `NOTHING`.
        mark: what `new_mark` gave for this call.
    """
    if isinstance(value, str):
        return _tagged(f'nom="{name}"', value, mark)
    if not value:
        return _tagged(f'nom="{name}"', "", mark)
    pieces = enumerate(value, start=1)
    return "\n".join(_tagged(f'nom="{name}" n="{n}"', text, mark) for n, text in pieces)


def _tagged(attributes: str, text: str, mark: str) -> str:
    """One piece between its tags."""
    inside = neutral(text).strip() or NOTHING
    return f"<donnees-{mark} {attributes}>\n{inside}\n</donnees-{mark}>"
