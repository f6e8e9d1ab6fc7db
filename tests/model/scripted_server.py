"""A real HTTP server that speaks OpenAI's protocol and plays a model chosen by its name.

Only the words are scripted: LangChain's own client talks to it over a socket, as to any server.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-tres-secrete-0123456789"
_TAGGED = re.compile(r'<donnees-(\w+) nom="(\w+)"(?: n="(\d+)")?>\n(.*?)\n</donnees-\1>', re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """A request as a model would read it."""

    body: dict[str, Any]
    authorization: str

    @property
    def model(self) -> str:
        """The model that is asked for."""
        return str(self.body["model"])

    @property
    def system(self) -> str:
        """The instructions."""
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        """What is given."""
        return str(self.body["messages"][1]["content"])

    @property
    def task(self) -> str:
        """Which prompt it is: "reponse", "lecture" or "suite"."""
        if "tableau JSON" in self.system:
            return "lecture"
        return "suite" if "Récris-la" in self.system else "reponse"

    def data(self, name: str) -> list[str]:
        """The delimited data of this name, in order."""
        return [match[4] for match in _TAGGED.finditer(self.user) if match[2] == name]


@dataclass(frozen=True)
class Play:
    """What the server does with a request."""

    text: str = ""
    status: int = 200
    retry_after: str = ""
    finish: str | None = "stop"  # None: the reply never says that it is over
    cut: bool = False  # the connection breaks before the end
    raw: bytes = b""  # sent instead of any protocol
    silent: bool = False  # says nothing until the test is over
    drips: bool = False  # sends comments and no event until the test is over
    size: int = 24  # characters of a piece
    waits: bool = False  # half-way, until the client says that it has heard something


Script = Callable[[Asked, int], Play]  # a request, and how many came before under this name


@dataclass
class ModelServer:
    """The server, what it was asked, and the models that it plays."""

    scripts: dict[str, Script]
    seen: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    heard: threading.Event = field(default_factory=threading.Event)  # set by a test's client
    address: str = ""
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, asked: Asked) -> Play:
        """What to do with a request."""
        with self._lock:
            self.seen.append(asked)
            before = self._counts[asked.model]
            self._counts[asked.model] += 1
        return self.scripts[asked.model](asked, before)

    def forget(self) -> None:
        """Start a test anew."""
        with self._lock:
            self.seen.clear()
            self.heard.clear()
            self._counts.clear()

    def asked(self, task: str) -> list[Asked]:
        """The requests made with a prompt."""
        return [one for one in self.seen if one.task == task]


def serve(scripts: dict[str, Script]) -> Iterator[ModelServer]:
    """A server on a free port, until the generator is closed."""
    server = ModelServer(scripts)
    web = _Web(("127.0.0.1", 0), _handler(server))
    server.address = f"http://127.0.0.1:{web.server_address[1]}/v1"
    thread = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.over.set()
    web.shutdown()
    web.server_close()


class _Web(ThreadingHTTPServer):
    """One daemon thread a connection; a client that leaves is no event."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    """A handler class bound to a server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer a chat completion as the script says."""
            size = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(size))
            play = server.play(Asked(body, self.headers.get("Authorization", "")))
            try:
                self._perform(play, body)
            except OSError:  # the client has left: that is its right
                self.close_connection = True

        def _perform(self, play: Play, body: dict[str, Any]) -> None:
            if play.silent:
                server.over.wait(30)
                self.close_connection = True
            elif play.status != 200:
                self._fail(play)
            elif play.raw:
                self._start("text/event-stream")
                self._send(play.raw)
                self._send(b"")
            else:
                self._stream(play, body)

        def _fail(self, play: Play) -> None:
            """An error in which a provider repeats the key that it was given."""
            error = {"error": {"message": f"Incorrect API key provided: {KEY}", "type": "x"}}
            content = json.dumps(error).encode()
            self.send_response(play.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if play.retry_after:
                self.send_header("Retry-After", play.retry_after)
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, play: Play, body: dict[str, Any]) -> None:
            self._start("text/event-stream")
            while play.drips and not server.over.wait(0.01):
                self._send(b": ping\n\n")
            for start in range(0, len(play.text), play.size):
                if play.waits and start > len(play.text) // 2 and not server.heard.wait(10):
                    return  # nobody listens: the reply is never whole
                self._event(body, {"content": play.text[start : start + play.size]})
            if play.cut:
                self.close_connection = True  # without the last chunk: the transfer is not whole
                return
            if play.finish:
                self._event(body, {}, finish=play.finish)
            if (body.get("stream_options") or {}).get("include_usage"):
                self._event(body, None)
            self._send(b"data: [DONE]\n\n")
            self._send(b"")

        def _event(
            self, body: dict[str, Any], delta: dict[str, str] | None, finish: str | None = None
        ) -> None:
            """One event of the stream; the one without delta tells the tokens."""
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            event: dict[str, Any] = {
                "id": "c", "object": "chat.completion.chunk", "created": 0, "model": body["model"],
                "choices": [] if delta is None else choices,
            }  # fmt: skip
            if delta is None:
                event["usage"] = {
                    "prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100,
                }  # fmt: skip
            self._send(b"data: " + json.dumps(event).encode() + b"\n\n")

        def _start(self, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()

        def _send(self, content: bytes) -> None:
            """One chunk of the transfer; an empty one ends it (RFC 9112, 7.1)."""
            self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
            self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
