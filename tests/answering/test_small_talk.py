"""What is said beside the law gets a word back; a question of law never passes for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.small_talk import REPLIES, language_of_talk, small_talk

SETS = Path(__file__).resolve().parents[2] / "evaluation"


@pytest.mark.parametrize(
    ("talk", "message"),
    [
        ("greeting", "Bonjour !"),
        ("greeting", "salut ça va ?"),
        ("greeting", "Bonsoir tout le monde"),
        ("thanks", "Merci beaucoup pour votre aide"),
        ("thanks", "merci c'est très clair"),
        ("thanks", "ok super merci, bonne journée"),
        ("thanks", "Thank you for your help!"),
        ("bye", "Au revoir"),
        ("who", "Qui êtes-vous ?"),
        ("who", "es-tu un avocat ?"),
        ("who", "Je parle à un humain ?"),
        ("who", "Are you a lawyer?"),
        ("help", "aide moi"),
        ("help", "Bonjour, j'ai une question"),
        ("help", "Que sais-tu faire ?"),
        ("unhappy", "t nul comme robot"),
        ("unhappy", "vous êtes des escrocs"),
        ("unhappy", "votre réponse est fausse"),
        ("unhappy", "Ça ne répond pas à ma question"),
    ],
)
def test_small_talk_is_heard(talk: str, message: str) -> None:
    """Thanks, insults and "who are you?" are not declined as if they were foreign questions."""
    assert small_talk(message) == talk


@pytest.mark.parametrize(
    "message",
    [
        "Bonjour, puis-je résilier ?",
        "merci de me dire si je peux partir",
        "ce contrat est nul ?",
        "Mon prestataire est un escroc, que faire ?",
        "La clause est fausse",
        "aide moi à résilier",
        "qui est responsable ?",
        "",
    ],
)
def test_a_question_is_no_small_talk(message: str) -> None:
    """Politeness around a question does not hide it, nor do words that insults use too."""
    assert small_talk(message) is None


def test_no_question_of_the_sets_is_small_talk() -> None:
    """Of 1,300 questions that the base answers, none passes for small talk."""
    for path in (
        "sets/dev_questions.jsonl",
        "sets/dev_clauses.jsonl",
        "held_out/other_hands.jsonl",
    ):
        for line in (SETS / path).read_text(encoding="utf-8").splitlines():
            assert small_talk(json.loads(line)["question"]) is None, line


def test_the_reply_is_in_the_language_of_the_message() -> None:
    """Two words are too few to count: the words of greeting themselves tell."""
    assert language_of_talk("thanks") == "en" and language_of_talk("merci bien") == "fr"


def test_the_assistant_says_what_it_is() -> None:
    """Who asks learns that no human speaks (Regulation (EU) 2024/1689, art. 50), and no lawyer."""
    assert "automatique" in REPLIES["fr"]["who"] and "ni avocat" in REPLIES["fr"]["who"]
    assert "automatic" in REPLIES["en"]["who"] and "neither a lawyer" in REPLIES["en"]["who"]


@given(st.text(max_size=300))
def test_any_text_is_heard(text: str) -> None:
    """No text makes it fail, and none that is long is small talk."""
    assert small_talk(text) is None or len(text) <= 120
