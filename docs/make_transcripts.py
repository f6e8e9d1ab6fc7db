"""Write docs/transcriptions.md from real answers: `.venv/bin/python docs/make_transcripts.py`.

It asks the index that the settings name, without a language model. What stands after the marker of
the transcripts written with a model is kept as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.answering import Answer, Assistant, Conversation  # noqa: E402
from interfaces.settings import load_settings  # noqa: E402
from retrieval import Retriever  # noqa: E402

PAGE = ROOT / "docs" / "transcriptions.md"
WITH_MODEL = "<!-- avec un modèle de langage -->"
TALKS = (
    ("Une hausse de prix, puis deux faits", (
        "Mon prestataire augmente ses prix en cours de contrat, que puis-je faire ?",
        "Contrat conclu avant le 1er octobre 2016.",
        "Le contrat n'a pas été renouvelé depuis.")),
    ("Deux questions dans un message", (
        "Peut-on résilier si les mêmes pannes reviennent, et qui paie les données perdues ?",)),
    ("Le prestataire impayé", (
        "Mon client ne règle plus ses factures de maintenance, puis-je suspendre mes interventions ?",
        "Et quels intérêts de retard puis-je lui compter ?")),
    ("Un particulier", (
        "Je suis un particulier, abonné à une assistance informatique. Comment arrêter après la"
        " reconduction ?",)),
    ("Un SMS", ("le presta a efface tt mes fichier il doi me rembourser ?",)),
    ("Une clause", (
        "Que dit le contrat sur les sauvegardes avant une intervention ?",
        "Et si le contrat n'en dit rien ?")),
    ("La location et la maintenance", (
        "Nos ordinateurs sont loués et la société de maintenance a disparu. Je dois encore les loyers ?",
        "Même si une clause dit le contraire ?")),
    ("Une référence ancienne", ("art 1152", "C'était un contrat signé en 2015.")),
    ("En anglais", (
        "Is a liability cap valid in an IT maintenance contract?", "We are a business.")),
    ("Hors du domaine", ("Mon garagiste a mal fait la vidange, que faire ?", "Bonjour")),
)  # fmt: skip
_OPENING = """# Transcriptions

Dix conversations telles que MainteLex les a tenues, sans modèle de langage. Les parties repliées dans la
page n'y sont que nommées ; rien n'est retouché. Pour les refaire : `python docs/make_transcripts.py`.
"""
_MODEL = f"""{WITH_MODEL}

## Avec un modèle de langage

À venir : les mêmes conversations, rédigées par un modèle.
"""


def main() -> None:
    """Hold the conversations and write the page."""
    settings = load_settings()
    assistant = Assistant(Retriever.open(str(settings.served), encoder=settings.encoder))
    parts = [_OPENING]
    for number, (title, questions) in enumerate(TALKS, start=1):
        parts.append(f"## {number}. {title}\n\n" + "\n\n".join(_talk(assistant, questions)) + "\n")
    kept = PAGE.read_text(encoding="utf-8").partition(WITH_MODEL)[2] if PAGE.exists() else ""
    parts.append(WITH_MODEL + kept if kept else _MODEL)
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _talk(assistant: Assistant, questions: tuple[str, ...]) -> Iterator[str]:
    """The exchanges of one conversation."""
    before = Conversation()
    for question in questions:
        answer = assistant.answer(question, conversation=before)
        before = before.after(question, answer)
        yield f"> **{question}**"
        yield "\n\n".join(_shown(answer))


def _shown(answer: Answer) -> Iterator[str]:
    """What the reader sees of an answer before opening anything."""
    seen = [part for part in answer.parts if part.opened or not part.title]
    folded = [part.title for part in answer.parts if part not in seen]
    if answer.status == "needs_review":
        yield f"⚖ **À confirmer par un juriste** : {answer.reason}."
    for part in seen:
        yield f"**{part.title}**\n\n{part.markdown}" if part.title else part.markdown
    if folded:
        yield f"*Replié : {' · '.join(folded)}.*"
    for fact in answer.quick_replies:
        yield f"{fact.asks} " + " ".join(f"`{name}`" for name, _ in fact.replies)
    numbers = set(re.findall(r"\[(\d+)\]", "".join(part.markdown for part in seen)))
    lines = [f"[{c.n}] {c.reference}" for c in answer.citations if str(c.n) in numbers]
    if lines:
        others = len(answer.citations) - len(lines)
        more = f" (et {others} dans les parties repliées)" if others else ""
        yield f"Sources : {' ; '.join(lines)}{more}"


if __name__ == "__main__":
    main()
