"""An identity provider for the tests: OpenID Connect over HTTP, for one person who always agrees."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "maintelex", "un-secret-de-test-assez-long-pour-signer"


class Provider(ThreadingHTTPServer):
    """The server; `claims` is what it says of whoever signs in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = RSAKey.generate_key(2048, {"kid": "k"})
        self.claims: dict[str, Any] = {}
        self.nonces: dict[str, str] = {}  # by code

    def token(self, code: str) -> str:
        """The signed token of somebody who has agreed."""
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600}
        return jwt.encode(
            {"alg": "RS256", "kid": "k"},
            said | self.claims | {"nonce": self.nonces[code]},
            self.key,
        )


class _Handler(BaseHTTPRequestHandler):
    """Answers a request."""

    server: Provider

    def do_GET(self) -> None:
        """Describe the provider, give its keys, or send whoever signs in back."""
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = f"code{len(self.server.nonces)}"
            self.server.nonces[code] = asked["nonce"]
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif parts.path == "/keys":
            self._say({"keys": [self.server.key.as_dict(private=False)]})
        else:
            self._say(_described(self.server.address))

    def do_POST(self) -> None:
        """Give the token for a code."""
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.token(sent["code"][0])
        self._say(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        )

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _say(self, value: object) -> None:
        """Send JSON."""
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _described(address: str) -> dict[str, object]:
    """What a provider says of itself (OpenID Connect Discovery 1.0)."""
    return {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers."""
    provider = Provider()
    thread = Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    yield provider
    provider.shutdown()
    provider.server_close()
    thread.join()


def secrets(provider: Provider, page: str) -> str:
    """The page's secrets, as Streamlit reads them."""
    return f"""[auth]
redirect_uri = "{page}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
"""
