"""Names and numbers of the user: never sent to the model, put back before anything is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from assistant.answering import Assistant, Conversation
from assistant.answering.discreet import Discreet
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.types import Turn
from assistant.answering.write import Writer
from assistant.model import Model
from assistant.privacy import Pseudonyms
from retrieval import Passage
from tests.model.scripted_server import ModelServer
from tests.model.scripts import LEAVING

Over = Callable[..., GenerativeAssistant]

TOLD = (
    "M. Jean Dupont (jean.dupont@exemple.fr, 01 99 00 12 34, IBAN FR76 3000 6000 0112 3456 7890 189),"
    " gérant de la société Alphatec SARL (SIREN 732 829 320), veut casser le contrat avant la fin :"
    " que paie-t-il ?"
)
SECRET = re.compile(r"dupont|alphatec|exemple\.fr|99 00 12 34|3000 6000|732 829 320", re.IGNORECASE)


def received(server: ModelServer) -> str:
    """All that the server was sent, whatever the request."""
    return "\n".join(str(asked.body) for asked in server.seen)


def test_the_question_goes_without_names(generative: Over, server: ModelServer) -> None:
    """People, firms, addresses and numbers are tags for the reader as for the writer."""
    answer = generative("honest").answer(TOLD)
    assert {asked.task for asked in server.seen} == {"lecture", "reponse"}
    assert not SECRET.search(received(server)) and answer.question == TOLD
    for asked in server.seen:
        (question,) = asked.data("question")
        assert "M. [PERSONNE_1] ([COURRIEL_1], [TELEPHONE_1], IBAN [IBAN_1])" in question
        assert "[SOCIETE_1] SARL (SIREN [SIREN_1])" in question


def test_facts_go_without_names(generative: Over, server: ModelServer) -> None:
    """A person of the question has the same tag in the facts."""
    facts = ["Le contrat lie M. Dupont à la société Betaplus SAS."]
    generative("honest").answer(TOLD, facts=facts)
    (asked,) = server.asked("reponse")
    assert asked.data("faits") == ["- Le contrat lie M. [PERSONNE_1] à la société [SOCIETE_2] SAS."]


def test_earlier_turns_go_without_names(generative: Over, server: ModelServer) -> None:
    """What was asked before is hidden too when a follow-up is completed; the base gets the names."""
    before = Conversation((Turn(TOLD),))
    answer = generative("completes-names").answer("Et pour lui ?", conversation=before)
    assert server.asked("suite") and not SECRET.search(received(server))
    assert answer.provenance["asked"] == TOLD


def test_tags_last_through_a_conversation(generative: Over, server: ModelServer) -> None:
    """With the conversation's own pseudonyms a person keeps one tag from answer to answer."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Martin Durand a signé.")
    generative("honest").answer(TOLD, pseudonyms=pseudonyms)
    assert "M. [PERSONNE_2]" in server.asked("reponse")[0].data("question")[0]


def test_a_tag_is_never_shown(generative: Over, server: ModelServer) -> None:
    """A sentence that the model makes of a tag is held to its sources under the real name."""
    heard: list[str] = []
    answer = generative("names").answer(TOLD, on_text=heard.append)
    assert answer.mode == "generative"
    assert "PERSONNE_1" not in answer.text + "".join(heard) + repr(answer.removed)
    (removal,) = answer.removed
    assert removal.sentence.startswith("Jean Dupont garde le matériel")


def test_a_question_without_names_goes_as_it_is(generative: Over, server: ModelServer) -> None:
    """Nothing is hidden of what names nobody; articles, brands and amounts stay."""
    question = (
        "Puis-je casser le contrat Microsoft 365 avant la fin sans payer 5 000 € (art. 1231-5) ?"
    )
    generative("honest").answer(question)
    assert server.asked("reponse")[0].data("question") == [question]


def test_what_looks_like_a_tag_reveals_nobody(generative: Over, server: ModelServer) -> None:
    """A user who types a tag is not answered with the name behind it."""
    answer = generative("completes-names").answer(
        "Et lui ?", conversation=Conversation((Turn(f"{LEAVING} Voir [PERSONNE_1]."), Turn(TOLD)))
    )
    assert "[=PERSONNE_1]" in server.asked("suite")[0].data("echanges")[0]
    assert answer.provenance["asked"] == TOLD


@pytest.fixture
def discreet(named: Callable[..., Model]) -> Discreet:
    """An honest writer behind new pseudonyms."""
    return Discreet(Writer(named("honest")), Pseudonyms())


def test_the_users_document_goes_without_names(discreet: Discreet, server: ModelServer) -> None:
    """Passages of the base go as they are; those of the user's own contract are hidden."""
    law = Passage("kb:law/x", "kb:law/x", "statute", "Prix", "La société Locam a gagné son procès.")
    own = Passage("doc:0/Dupont.pdf#p1.1", "doc:0/Dupont.pdf", "document", "Contrat de M. Dupont",
                  "La société Alphatec SARL paie M. Dupont.", ("Contrat de M. Dupont",))  # fmt: skip
    draft = discreet.stream(LEAVING, [law, own], "fr", on_text=lambda text: None)
    assert "Locam" in received(server) and not SECRET.search(received(server))
    assert "La société Alphatec SARL paie M. Dupont [2]." in draft.markdown


def test_no_name_is_logged(
    generative: Over, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether the model answers or fails, the log names nobody."""
    with caplog.at_level("DEBUG", logger="assistant"):
        for name in ("honest", "html"):
            generative(name).answer(TOLD)
    assert not SECRET.search(caplog.text)
