"""Legal references in what people type, brought to one form.

"L442-1 c.com", "art 1152", "n° 09-11.841", "IDCC 1486" and "RGPD 28" become keys that the
references of the base share. When nothing says which code is meant, the number alone is the key.
"""

from __future__ import annotations

import re

from retrieval.analysis import fold, normalise

_CASE = re.compile(r"\b(\d{2})[-.\s](\d{2})[.\s]?(\d{3})\b")
_ROLL = re.compile(r"\b(\d{2})/(\d{5})\b")
_NUMBER = re.compile(r"(?:[lrd]\.?\s*)?\*?\d{1,4}(?:-\d{1,2}){0,3}(?!\d)")
_ARTICLE = re.compile(
    rf"(?:\barts?\.?|\barticles?)\s*({_NUMBER.pattern}"
    r"(?:(?:,| et| ou| a) (?:[lrd]\.?\s*)?\d{3,4}(?:-\d{1,2}){0,3}(?!\d))*)"  # "1103, 1104 et 1193"
    r"|\b([lrd]\.?\s?\d{3,4}-\d{1,2}(?:-\d{1,2})?)\b"
    r"|\b(1\d{3}(?:-\d{1,2}))\b(?!\.)"
    r"|\b(\d{3,4}(?:-\d{1,2})?)(?=,? (?:du |ancien )?(?:code |cpc\b|c\. ?(?:civ|com|conso|pen|trav)))"
)
_IDCC = re.compile(r"\bidcc\s*(?:n[o°]?\s*)?(\d{2,4})\b")
_GDPR = re.compile(
    r"\b(?:rgpd|gdpr)\b(?: \([^)]*\))?[^\d]{0,20}(\d{1,2})\b|\b(\d{1,2})\s+(?:du\s+)?(?:rgpd|gdpr)\b"
)


def reference_keys(text: str) -> tuple[str, ...]:
    """Keys of the legal references in a text, in order, each once: "art:1231-5", "cass:09-11.841"."""
    folded = fold(normalise(text)).replace("°", "o")
    keys = [f"cass:{a}-{b}.{c}" for a, b, c in _CASE.findall(folded)]
    keys += [f"rg:{a}/{b}" for a, b in _ROLL.findall(folded)]
    keys += [f"idcc:{number}" for number in _IDCC.findall(folded)]
    keys += [f"rgpd:{a or b}" for a, b in _GDPR.findall(folded)]
    taken = {key.split(":")[1] for key in keys}
    for groups in _ARTICLE.findall(folded):
        found = _NUMBER.findall(next(filter(None, groups), ""))
        numbers = (re.sub(r"[.\s*]", "", number) for number in found)
        keys += [f"art:{number}" for number in numbers if number not in taken]
    return tuple(dict.fromkeys(keys))
