"""A model over a real socket: what comes back, what fails, what is tried again, what is kept secret."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from assistant.model import Kind, Model, ModelError, ModelSettings, Usage, open_model
from assistant.model.types import Message
from tests.model.scripted_server import KEY, ModelServer

Named = Callable[..., Model]
MESSAGE = Message("Réponds.", "Une question.")


def bounds(name: str) -> dict[str, object]:
    """No waiting, but for what never comes: then as little as can be."""
    waits = {"timeout_s": 0.3} if name in ("silent", "dripping") else {}
    return {"sleep": lambda seconds: None, "tries": 2, **waits}


def failure(model: Model) -> ModelError:
    """The error of a call."""
    with pytest.raises(ModelError) as caught:
        model.ask(MESSAGE)
    return caught.value


def test_a_reply_comes_with_what_it_took(named: Named) -> None:
    """The text, the tokens that the server counted, and their cost at the prices set."""
    model = named("unanswered", price_in=2.0, price_out=10.0)
    reply = model.ask(MESSAGE)
    assert reply.text == "AUCUNE RÉPONSE" and reply.model == "unanswered (127.0.0.1)"
    assert (reply.usage.tokens_in, reply.usage.tokens_out) == (1000, 100)
    assert reply.usage.cost == pytest.approx(0.003) and reply.usage.counted


def test_text_comes_piece_by_piece(named: Named) -> None:
    """The pieces heard on the way are the whole reply."""
    heard: list[str] = []
    reply = named("english").ask(MESSAGE, on_text=heard.append)
    assert len(heard) > 3 and "".join(heard) == reply.text


def test_usage_adds_up() -> None:
    """The usage of two calls is that of both; an estimate makes the sum one."""
    total = Usage(10, 2, 1.5, 0.1) + Usage(5, 1, 0.5, 0.2, counted=False)
    assert total == Usage(15, 3, 2.0, pytest.approx(0.3), counted=False)


def test_the_request_holds_the_bounds(named: Named, server: ModelServer) -> None:
    """The server is told how much it may write, and asked for one reply, as a stream."""
    named("unanswered", max_tokens=321).ask(MESSAGE)
    body = server.seen[0].body
    assert body["max_tokens"] == 321 and body["stream"] is True
    assert body["temperature"] == 0 and "tools" not in body and "n" not in body
    assert [one["role"] for one in body["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cut", "garbage"), ("never-over", "garbage"), ("empty", "garbage"), ("bytes", "garbage"),
        ("html", "garbage"), ("not-json", "garbage"), ("no-choices", "garbage"),
        ("stream-error", "garbage"), ("at-limit", "too_long"), ("huge", "too_long"),
        ("withheld", "refused"), ("no-key", "refused"), ("silent", "timeout"),
        ("dripping", "timeout"), ("busy-long", "overloaded"), ("down", "overloaded"),
    ],
)  # fmt: skip
def test_every_failure_has_its_kind(named: Named, name: str, kind: Kind) -> None:
    """Whatever the server does, one error comes out, of the right kind, with a remedy."""
    error = failure(named(name, **bounds(name)))
    assert error.kind == kind
    assert error.fix and name in error.problem


@pytest.mark.parametrize("name", ["no-key", "down", "stream-error", "bytes", "silent", "cut"])
def test_the_key_is_nowhere(
    named: Named, server: ModelServer, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """The server gets the key; no log, even the most talkative, and no error repeats it.

    The scripted provider repeats it in its own messages, as real ones do.
    """
    with caplog.at_level(logging.DEBUG):
        error = failure(named(name, **bounds(name)))
    assert server.seen[0].authorization == f"Bearer {KEY}"
    assert error.__cause__ is None and error.__context__ is None
    logged = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert "secrete" not in f"{logged}{error}{error!r}{error.__dict__}"


def test_our_log_tells_figures_alone(named: Named, caplog: pytest.LogCaptureFixture) -> None:
    """One line a call: the model, tokens and time; never what was asked or answered."""
    with caplog.at_level(logging.INFO, logger="assistant"):
        named("english").ask(MESSAGE)
    (line,) = [record.getMessage() for record in caplog.records if record.name[:9] == "assistant"]
    assert "tokens_in=1000" in line and "question" not in line and "customer" not in line


def test_a_busy_server_is_tried_again(named: Named, server: ModelServer) -> None:
    """After a 429 the call waits as long as it is asked to, and comes through."""
    waits: list[float] = []
    assert named("busy-once", sleep=waits.append).ask(MESSAGE).text
    assert waits == [0.5] and len(server.seen) == 2


def test_a_server_that_is_down_once_is_tried_again(named: Named, server: ModelServer) -> None:
    """After a 503 without more, the call waits a moment that is not always the same."""
    waits: list[float] = []
    assert named("down-once", sleep=waits.append).ask(MESSAGE).text
    assert len(waits) == 1 and 0.25 <= waits[0] <= 0.5


def test_tries_are_counted(named: Named, server: ModelServer) -> None:
    """A server that stays down is asked as often as the settings say, each wait twice the last."""
    waits: list[float] = []
    assert failure(named("down", tries=4, sleep=waits.append)).kind == "overloaded"
    assert len(server.seen) == 4
    assert all(low <= wait <= 2 * low for wait, low in zip(waits, (0.25, 0.5, 1.0), strict=True))


def test_no_wait_outlasts_the_deadline(named: Named, server: ModelServer) -> None:
    """A server that asks for an hour is not waited for."""
    waits: list[float] = []
    assert failure(named("busy-long", sleep=waits.append)).kind == "overloaded"
    assert waits == [] and len(server.seen) == 1


@pytest.mark.parametrize("name", ["no-key", "cut", "silent", "html"])
def test_what_would_fail_again_is_not_tried_again(
    named: Named, server: ModelServer, name: str
) -> None:
    """A refusal, a broken reply, a silence: one request."""
    failure(named(name, **bounds(name)))
    assert len(server.seen) == 1


def test_calls_share_the_deadline_they_are_given(named: Named, server: ModelServer) -> None:
    """A call that comes when the time of the answer is spent asks the server for nothing more."""
    now = [0.0]
    model = named("unanswered", timeout_s=5.0, clock=lambda: now[0])
    deadline = model.deadline()
    model.ask(MESSAGE, deadline=deadline)
    now[0] = 5.0
    with pytest.raises(ModelError) as caught:
        model.ask(MESSAGE, deadline=deadline)
    assert caught.value.kind == "timeout" and len(server.seen) == 1


def test_the_circuit_opens_then_recovers(named: Named, server: ModelServer) -> None:
    """After failures in a row nothing is sent; after the pause one call goes through, and closes it."""
    now = [0.0]
    model = named("recovers", failures=2, pause_s=10.0, clock=lambda: now[0])
    assert [failure(model).kind for _ in range(3)] == ["garbage", "garbage", "open_circuit"]
    assert len(server.seen) == 2
    now[0] = 10.0
    assert model.ask(MESSAGE).text and model.breaker.state == "closed"
    assert model.ask(MESSAGE).text and len(server.seen) == 4


def test_nobody_there_is_absent() -> None:
    """A port where nothing listens is told as such, at once."""
    error = failure(open_model(ModelSettings("http://127.0.0.1:9/v1#m")))
    assert error.kind == "absent" and "connexion" in error.problem


def test_threads_share_a_model(named: Named, server: ModelServer) -> None:
    """Visitors who ask at once each get their reply, from one client."""
    model, replies = named("english"), []
    threads = [
        threading.Thread(target=lambda: replies.append(model.ask(MESSAGE).text)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 6 and len(set(replies)) == 1


@pytest.fixture
def traced(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What LangChain traces while the process asks for tracing; LangSmith keeps what it has read."""
    from langsmith.utils import get_env_var

    told = {"TRACING": "true", "API_KEY": "x", "ENDPOINT": server.address}
    for name, value in told.items():
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    seen: list[object] = []
    monkeypatch.setattr("langsmith.client.Client.create_run", lambda *a, **k: seen.append(a))
    get_env_var.cache_clear()
    yield seen
    get_env_var.cache_clear()


def test_nothing_goes_to_a_tracer(named: Named, server: ModelServer, traced: list[object]) -> None:
    """Tracing that is turned on for LangChain does not see questions."""
    named("unanswered").ask(MESSAGE)
    assert traced == [] and len(server.seen) == 1
