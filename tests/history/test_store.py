"""Conversations are kept for their holder, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.history import Exchange, History, HistoryError, Holder, Kept, new_token
from assistant.history.store import KEPT_DAYS, MOST
from tests.history.conftest import QUESTION


def asked(kept: Kept, question: str) -> Kept:
    """The conversation with another question at its head."""
    first = replace(kept.exchanges[0], question=question)
    return replace(kept, exchanges=(first,))


def test_a_conversation_comes_back_whole(history: History, holder: Holder, kept: Kept) -> None:
    """Answer, passages, facts, quick replies and the desk's names are as they were."""
    name = history.keep(holder, kept)
    found = history.get(holder, name)
    assert found is not None
    (before,), (after,) = kept.exchanges, found.exchanges
    assert after.answer == before.answer
    assert after.received == before.received
    assert (found.case, found.home, found.document) == (kept.case, kept.home, kept.document)
    passage = after.passages["kb:law/c-civ-1231-5"]
    assert passage == replace(before.passages[passage.id], meta={"standing": "actuelle"})


def test_a_stranger_finds_nothing(
    history: History, holder: Holder, stranger: Holder, kept: Kept
) -> None:
    """The name of a conversation is not enough (pain: users see each other's conversations)."""
    name = history.keep(holder, kept)
    assert history.get(stranger, name) is None
    assert history.list(stranger) == []
    assert not history.delete(stranger, name)
    with pytest.raises(HistoryError):
        history.share(stranger, name, kept)
    with pytest.raises(HistoryError):
        history.unshare(stranger, name)
    assert history.get(holder, name) is not None


def test_a_stranger_cannot_overwrite(
    history: History, holder: Holder, stranger: Holder, kept: Kept
) -> None:
    """What is kept under somebody else's name becomes another conversation."""
    name = history.keep(holder, kept)
    other = history.keep(stranger, asked(kept, "À moi ?"), name)
    assert other != name
    found = history.get(holder, name)
    assert found is not None and found.exchanges[0].question == QUESTION


def test_the_same_conversation_is_replaced(history: History, holder: Holder, kept: Kept) -> None:
    """A second question is kept in the same place."""
    name = history.keep(holder, kept)
    longer = replace(kept, exchanges=(*kept.exchanges, *kept.exchanges))
    assert history.keep(holder, longer, name) == name
    found = history.get(holder, name)
    assert found is not None and len(found.exchanges) == 2
    assert len(history.list(holder)) == 1


def test_the_list_has_the_last_used_first(history: History, holder: Holder, kept: Kept) -> None:
    """Conversations are listed by their first question; a long one is cut at a word."""
    now = datetime.now(UTC)
    history.keep(holder, asked(kept, "Première ?"), now=now - timedelta(hours=2))
    history.keep(holder, asked(kept, "mot " * 100), now=now - timedelta(hours=1))
    history.keep(holder, asked(kept, "Dernière\n?"), now=now)
    titles = [listed.title for listed in history.list(holder)]
    assert titles[0] == "Dernière ?"
    assert titles[1].endswith("mot […]") and len(titles[1]) < 170
    assert titles[2] == "Première ?"


def test_a_deleted_conversation_is_gone_with_its_copies(
    history: History, holder: Holder, kept: Kept
) -> None:
    """Deleting takes the shared copy away too."""
    name = history.keep(holder, kept)
    link = Holder(history.share(holder, name, kept))
    assert history.delete(holder, name)
    assert history.get(holder, name) is None
    assert history.shared(link) is None
    assert not history.delete(holder, name)


def test_a_copy_opens_with_its_link_alone(
    history: History, holder: Holder, stranger: Holder, kept: Kept
) -> None:
    """Whoever has the link reads the copy; it is in nobody's list, and opens nothing else."""
    name = history.keep(holder, kept)
    link = Holder(history.share(holder, name, kept))
    found = history.shared(link)
    assert found is not None and found.exchanges[0].question == QUESTION
    assert history.shared(stranger) is None
    assert history.shared(holder) is None
    assert history.list(link) == []
    assert history.get(link, name) is None
    assert len(history.list(holder)) == 1


def test_a_new_link_replaces_the_old_one(history: History, holder: Holder, kept: Kept) -> None:
    """One link a conversation, that its owner may take back."""
    name = history.keep(holder, kept)
    first = Holder(history.share(holder, name, kept))
    second = Holder(history.share(holder, name, kept))
    assert history.shared(first) is None
    assert history.shared(second) is not None
    assert history.unshare(holder, name)
    assert history.shared(second) is None
    assert not history.unshare(holder, name)


def test_old_conversations_are_forgotten(history: History, holder: Holder, kept: Kept) -> None:
    """What nobody came back for in thirty days is not shown, then deleted."""
    old = datetime.now(UTC) - timedelta(days=KEPT_DAYS, minutes=1)
    name = history.keep(holder, kept, now=old)
    assert history.get(holder, name) is None
    assert history.list(holder) == []
    history.keep(Holder(new_token()), kept)
    assert not history.delete(holder, name)


def test_one_holder_keeps_so_many(
    tmp_path: Path, holder: Holder, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the most that one holder may keep, the oldest go; others' stay."""
    assert MOST >= 50
    monkeypatch.setattr("assistant.history.store.MOST", 2)
    history, other = History.open(tmp_path / "c.sqlite"), Holder(new_token())
    theirs = history.keep(other, kept)
    names = [history.keep(holder, kept) for _ in range(3)]
    assert [history.get(holder, name) is not None for name in names] == [False, True, True]
    assert history.get(other, theirs) is not None
    history.close()


def test_the_file_holds_no_word_of_it(tmp_path: Path, holder: Holder, kept: Kept) -> None:
    """Neither the question, nor its title, nor the secret can be read in the file."""
    path = tmp_path / "conversations.sqlite"
    history = History.open(path)
    name = history.keep(holder, kept)
    link = history.share(holder, name, kept)
    history.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for words in ("Durand", "juge", "1231-5", holder.token, link):
        assert words.encode() not in raw
    assert path.stat().st_mode & 0o077 == 0


def test_a_refusing_store_is_told(tmp_path: Path) -> None:
    """A folder in the place of the file gives a sentence, not a traceback."""
    (tmp_path / "c.sqlite").mkdir()
    with pytest.raises(HistoryError):
        History.open(tmp_path / "c.sqlite")


def test_a_conversation_without_bounds_is_refused(
    tmp_path: Path, holder: Holder, kept: Kept
) -> None:
    """One that is too long is told so; what was kept of it stays."""
    history = History.open(tmp_path / "c.sqlite")
    name = history.keep(holder, kept)
    endless: tuple[Exchange, ...] = kept.exchanges * 6000
    with pytest.raises(HistoryError, match="trop longue"):
        history.keep(holder, replace(kept, exchanges=endless), name)
    assert history.get(holder, name) is not None
    history.close()
