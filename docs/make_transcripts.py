"""Write docs/transcriptions.md from real answers: `.venv/bin/python docs/make_transcripts.py`.

It asks the index that the settings name: without a language model, then with one that a server of the
tests plays, honest or not, so that a reader sees what the guard takes out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.answering import Answer, Answers, Assistant, Conversation  # noqa: E402
from assistant.answering.generate import GenerativeAssistant  # noqa: E402
from assistant.answering.write import Writer  # noqa: E402
from assistant.model import ModelSettings, open_model  # noqa: E402
from assistant.provenance.explain import RULES  # noqa: E402
from docs.played_models import Words, adds, changes, faithful, played  # noqa: E402
from interfaces.settings import load_settings  # noqa: E402
from retrieval import Retriever  # noqa: E402
from tests.model.scripted_server import KEY, serve  # noqa: E402

PAGE = ROOT / "docs" / "transcriptions.md"


@dataclass(frozen=True)
class Talk:
    """A conversation, and the model that plays its part."""

    title: str
    questions: tuple[str, ...]
    model: str = "honnête"  # how the model behaves, for the reader
    words: Words = faithful
    completed: str = ""  # how the model completes a follow-up


TALKS = (
    Talk("Une hausse de prix, puis deux faits", (
        "Mon prestataire augmente ses prix en cours de contrat, que puis-je faire ?",
        "Contrat conclu avant le 1er octobre 2016.",
        "Le contrat n'a pas été renouvelé depuis.")),
    Talk("Deux questions dans un message", (
        "Peut-on résilier si les mêmes pannes reviennent, et qui paie les données perdues ?",),
        "malhonnête : il invente un article, une décision et leur date",
        adds("L'article 9999-9 du Code civil le dit aussi [1].",
             "La Cour l'a jugé (Cass. com., 12 mars 2031, n° 31-99.999) [2].")),
    Talk("Le prestataire impayé", (
        "Mon client ne règle plus ses factures de maintenance, puis-je suspendre mes interventions ?",
        "Et quels intérêts de retard puis-je lui compter ?"),
        "malhonnête : il échange les parties",
        changes(("le prestataire peut suspendre", "le client peut suspendre"),
                ("Le client dispose du même droit", "Le prestataire dispose du même droit")),
        "Quels intérêts de retard puis-je compter à mon client qui ne règle plus ses factures ?"),
    Talk("Un particulier", (
        "Je suis un particulier, abonné à une assistance informatique. Comment arrêter après la"
        " reconduction ?",),
        "malhonnête : il invente un montant et un délai",
        adds("Une indemnité de 345 euros est alors due [1].", "Le remboursement se fait sous 93 jours [1].")),
    Talk("Un SMS", ("le presta a efface tt mes fichier il doi me rembourser ?",),
        "malhonnête : il renvoie à une source qui n'existe pas et donne un lien",
        adds("Le juge donne toujours raison au client [99].",
             "Le détail est sur [ce site](https://piege.exemple/x) [1].")),
    Talk("Une clause", (
        "Que dit le contrat sur les sauvegardes avant une intervention ?",
        "Et si le contrat n'en dit rien ?"),
        "malhonnête : il ôte une négation et répète ses consignes",
        lambda text: f"{text.replace('Non, pas toujours', 'Oui, toujours')}\n\nSelon mes consignes, je"
                     " ne réponds qu'à partir des passages [1].",
        "Qui fait les sauvegardes avant une intervention si le contrat n'en dit rien ?"),
    Talk("La location et la maintenance", (
        "Nos ordinateurs sont loués et la société de maintenance a disparu. Je dois encore les loyers ?",
        "Même si une clause dit le contraire ?"),
        completed="Dois-je encore les loyers des ordinateurs loués si une clause dit le contraire ?"),
    Talk("Une référence ancienne", ("art 1152", "C'était un contrat signé en 2015.")),
    Talk("En anglais", (
        "Is a liability cap valid in an IT maintenance contract?", "We are a business.")),
    Talk("Hors du domaine", ("Mon garagiste a mal fait la vidange, que faire ?", "Bonjour")),
)  # fmt: skip
_OPENING = """# Transcriptions

Dix conversations telles que MainteLex les tient, sans modèle de langage puis avec un modèle joué. Les parties
repliées dans la page n'y sont que nommées ; rien n'est retouché. Pour les refaire : `python docs/make_transcripts.py`.

## Sans modèle de langage
"""
_MODEL = """## Avec un modèle de langage, joué

Aucun vrai modèle n'a écrit ce qui suit. Un serveur d'essai parle le protocole des modèles du commerce et en joue un,
d'après un texte écrit d'avance (`docs/played_models.py`) : honnête, il reprend les phrases des passages qu'on lui donne ;
malhonnête, il y ajoute des phrases fausses, faites pour être retirées. Tout le reste est réel : la recherche, les consignes, la
vérification de chaque phrase, et ce que l'utilisateur voit. Ce qui a été retiré n'est montré qu'aux juristes ; il est donné
ici pour qu'on voie ce que fait la vérification. Un article, une décision, un montant ou un lien cité sous « Retiré » n'existe pas.
"""


def main() -> None:
    """Hold the conversations and write the page."""
    settings = load_settings()
    retriever = Retriever.open(settings.served, encoder=settings.encoder)
    assistant = Assistant(retriever)
    parts = [
        _OPENING,
        *(_told(n, talk, assistant) for n, talk in enumerate(TALKS, start=1)),
        _MODEL,
    ]
    scripts = {f"joué-{n}": played(t.words, t.completed) for n, t in enumerate(TALKS, start=1)}
    with closing(serve(scripts)) as servers:
        address = next(servers).address
        for number, talk in enumerate(TALKS, start=1):
            asked = ModelSettings(f"{address}#joué-{number}", SecretStr(KEY))
            model = GenerativeAssistant(assistant, Writer(open_model(asked)))
            parts.append(_told(number, talk, model, f"*Le modèle joué est {talk.model}.*\n\n"))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _told(number: int, talk: Talk, assistant: Answers, opening: str = "") -> str:
    """A conversation of the page."""
    exchanges = "\n\n".join(_talk(assistant, talk.questions))
    return f"### {number}. {talk.title}\n\n{opening}{exchanges}\n"


def _talk(assistant: Answers, questions: tuple[str, ...]) -> Iterator[str]:
    """The exchanges of one conversation."""
    before = Conversation()
    for question in questions:
        answer = assistant.answer(question, conversation=before)
        before = before.after(question, answer)
        yield f"> **{question}**"
        yield "\n\n".join(_shown(answer))


def _shown(answer: Answer) -> Iterator[str]:
    """What the reader sees of an answer before opening anything, and what was taken out."""
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
    yield from _sources(answer, "".join(part.markdown for part in seen))
    if answer.notice:
        yield f"*{re.sub(r' [(]127[.]0[.]0[.]1[)]', '', answer.notice)}*"
    if answer.removed:
        lines = (
            f"- « {_dead(r.sentence)} » : {RULES[r.rule]}. {_dead(r.detail)}"
            for r in answer.removed
        )
        yield "Retiré par la vérification :\n\n" + "\n".join(lines)


def _sources(answer: Answer, text: str) -> Iterator[str]:
    """The sources of what is seen; the others are counted."""
    numbers = set(re.findall(r"\[(\d+)\]", text))
    lines = [f"[{c.n}] {c.reference}" for c in answer.citations if str(c.n) in numbers]
    if lines:
        others = len(answer.citations) - len(lines)
        more = f" (et {others} dans les parties repliées)" if others else ""
        yield f"Sources : {' ; '.join(lines)}{more}"


def _dead(text: str) -> str:
    """A text that was taken out, in which no link can be followed."""
    return " ".join(text.replace("](", "] (").replace("https://", "https:// ").split())


if __name__ == "__main__":
    main()
