"""What an answer tells of the guard's work where a model writes, and what a model makes nobody forget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answering import Assistant, Conversation
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.types import Turn
from assistant.answering.write import Writer
from assistant.model import ModelSettings, open_model
from retrieval import Retriever
from tests.ingest.small_home import make_home
from tests.model.scripted_server import KEY, serve
from tests.model.scripts import LEAVING, SCRIPTS

With = Callable[[str], GenerativeAssistant]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[With]:
    """Gives the assistant over the small base that writes with the model of a script."""
    home: Path = make_home(tmp_path_factory.mktemp("home"))
    assistant = Assistant(Retriever.open(home / "index"))
    servers = serve(SCRIPTS)
    address = next(servers).address

    def opened(name: str) -> GenerativeAssistant:
        asked = ModelSettings(f"{address}#{name}", SecretStr(KEY))
        return GenerativeAssistant(assistant, Writer(open_model(asked)))

    yield opened
    servers.close()


def test_the_sentences_checked_are_counted(written: With) -> None:
    """Those of the model, those kept, and the time that checking took."""
    answer = written("amounts").answer(LEAVING)
    assert (answer.provenance["sentences"], answer.provenance["kept"]) == (4, 3)
    assert [removal.rule for removal in answer.removed] == ["numbers"]
    assert 0 < answer.timings_ms["guard"] < answer.timings_ms["total"]


def test_a_text_refused_is_counted_too(written: With) -> None:
    """The base's answer comes, and what was refused is kept for lawyers."""
    answer = written("invented").answer(LEAVING)
    assert answer.mode == "extractive" and answer.provenance["sentences"] == 2
    assert answer.provenance["kept"] == 0 and len(answer.removed) == 2


def test_nothing_is_counted_where_no_model_wrote(written: With) -> None:
    """A greeting, or a model that fails, has no sentence."""
    assert "sentences" not in written("honest").answer("Bonjour").provenance
    assert "sentences" not in written("no-key").answer(LEAVING).provenance


def test_the_reason_reads_as_one_sentence(written: With) -> None:
    """Whoever shows it puts the point."""
    reason = written("no-key").answer(LEAVING).reason
    assert " ; cette réponse est celle de la base" in reason and not reason.endswith(".")


def test_a_completed_follow_up_keeps_the_facts(written: With) -> None:
    """The model completes the question; who asks was told before, and still holds."""
    before = Conversation((Turn(f"Je suis le prestataire. {LEAVING}"),))
    answer = written("completes").answer("Et combien doit-il payer ?", conversation=before)
    assert answer.provenance["asked"] != "Et combien doit-il payer ?"
    assert any("prestataire" in fact for fact in answer.facts)
