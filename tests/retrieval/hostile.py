"""Questions that no person asks: empty, huge, of no script or of another, in the syntax of machines."""

from __future__ import annotations

from random import Random

SYNTAX = (
    '" OR 1=1; DROP TABLE passages; --', "' UNION SELECT text FROM passages --", "1; ATTACH 'x' AS y",
    "NEAR(contrat panne, 2)", "contrat*", "^contrat", "terms:contrat", "{title}: contrat", "contrat AND NOT",
    "(((((", "a:b^c", "contrat:* & !panne | <-> x", "%_%", "?1 :a @b $c", "{{ fields }} ${x} {0} %s",
    "../../etc/passwd", "<script>alert(1)</script>", "\\", "\\x00", "http://x/?a=1&b=2#c", "`rm -rf`",
)  # fmt: skip
SCRIPTS = (
    "合同维修问题", "Договор обслуживания", "عقد الصيانة", "חוזה", "สัญญา", "계약", "संविदा",
    "Ｃｏｎｔｒａｔ", "𝒸ℴ𝓃𝓉𝓇𝒶𝓉", "ﬁn", "Ǆ", "İI", "ß", "\u202econtrat", "e\u0301" * 50, "🙂🙂", "👩‍💻", "🇫🇷",
)  # fmt: skip
CONTROL = (
    "", " ", "\n\t\r", "\x00", "\x00contrat\x00", "\x07\x1b[31m", "\x7f\x80\x9f", "\u200b\u200d\ufeff",
    "\ud800", "contrat\udfff", "\ud83d", "\udc00\ud800", "\ufffe\uffff", "\u2028\u2029", "\xa0",
)  # fmt: skip
SIZE = 100_000  # characters


def _drawn(alphabet: str) -> str:
    """A long text of letters drawn from an alphabet, always the same."""
    return "".join(Random(7).choices(alphabet, k=SIZE))


LONG = (
    "contrat " * (SIZE // 8), "a" * SIZE, "(" * SIZE, "'" * SIZE, "." * SIZE, "1" * SIZE, "é" * SIZE,
    "\ufdfa" * SIZE, "🙂" * SIZE, "a\u0301" * SIZE, "art. 1 " * (SIZE // 7), "l." * (SIZE // 2),
    "1152 C. civ. " * (SIZE // 13), "-" * SIZE, "? " * (SIZE // 2), "qu'" * (SIZE // 3),
    " ".join(f"art. {number}" for number in range(1_000, 12_000)),
    _drawn("abcdefghijklmnopqrstuvwxyz "), _drawn("0123456789-. "), _drawn("\x00\ud800é'\"*()[]{}<>\\ "),
)  # fmt: skip
HOSTILE = (*SYNTAX, *SCRIPTS, *CONTROL, *LONG)


def shown(question: str) -> str:
    """A name for a test: the question's beginning, in ASCII."""
    return f"{ascii(question[:16])}x{len(question)}"
