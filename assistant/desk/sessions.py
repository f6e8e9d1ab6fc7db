"""Signing in: sessions as random tokens of which the store knows the hash only; keys likewise."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from assistant.desk.accounts import named, new_row
from assistant.desk.errors import MissingError, SignInError
from assistant.desk.passwords import is_right
from assistant.desk.roles import Actor, hashed, new_token, require
from assistant.desk.store import Store, Work
from assistant.desk.tables import ACCOUNTS, KEYS, SESSIONS
from assistant.desk.texts import clean
from retrieval.errors import UsageError

ALLOWED = 5  # wrong passwords in a row before an account is locked
LOCK = timedelta(minutes=15)
LASTS = timedelta(hours=12)  # a session, from signing in, whatever is done meanwhile
IDLE = timedelta(hours=2)  # a session without any request
_TOUCH = timedelta(minutes=1)  # a session's last use is noted no finer than this

_REFUSED = "Nom ou mot de passe incorrect, ou compte bloqué."
_RETRY = f"Vérifiez-les. Après {ALLOWED} échecs, le compte se bloque un quart d'heure."
_OVER = ("Votre session est terminée.", "Connectez-vous de nouveau.")


@dataclass(frozen=True, slots=True)
class Sessions:
    """Who is signed in.

    Args:
        store: an open store.
    """

    store: Store

    def sign_in(self, name: str, password: str) -> str:
        """The token of a new session; only its holder has it.

        An unknown name takes as long as a wrong password and is told the same; so is a locked
        account, even with the right password.

        Raises:
            SignInError: the name or the password is wrong, or the account is locked or disabled.
        """
        with self.store.read() as connection:
            row = named(connection, name)
        right = is_right(row["hash"] if row else "", password)
        token = new_token()
        with self.store.write() as work:  # a failure is written: the refusal comes after
            known = named(work.connection, name)
            unchanged = known is not None and row is not None and known["hash"] == row["hash"]
            allowed = known is not None and _judge(work, known, right and unchanged)
            if allowed and known is not None:
                _start(work, known["id"], token)
        if not allowed:
            raise SignInError(_REFUSED, fix=_RETRY)
        return token

    def actor(self, token: str) -> Actor:
        """Who holds a session.

        Raises:
            SignInError: the session has ended, or there was none.
        """
        now = datetime.now(UTC)
        with self.store.read() as connection:
            row = _session(connection, token)
        if row is None or row["disabled"] or now >= row["expires"] or now - row["used"] > IDLE:
            raise SignInError(_OVER[0], fix=_OVER[1])
        if now - row["used"] > _TOUCH:
            with self.store.write() as work:
                mine = SESSIONS.c.token == hashed(token)
                work.connection.execute(update(SESSIONS).where(mine).values(used=now))
        return Actor(row["role"], row["account_id"])

    def sign_out(self, token: str) -> None:
        """End a session; nothing when it has ended."""
        with self.store.write() as work:
            row = _session(work.connection, token)
            work.connection.execute(delete(SESSIONS).where(SESSIONS.c.token == hashed(token)))
            if row is not None:
                account = f"account:{row['account_id']}"
                work.note(account, "sign-out", account)

    def vouched(self, issuer: str, subject: str, email: str = "") -> str:
        """The token of a new session of somebody whom an identity provider vouches for.

        Args and errors are those of `recognise`.
        """
        token = new_token()
        with self.store.write() as work:
            account = _vouched(work, issuer, subject, email)
            if not account["disabled"]:
                _start(work, account["id"], token)
        if account["disabled"]:
            raise SignInError("Ce compte est fermé.", fix="Demandez à un administrateur.")
        return token

    def recognise(self, issuer: str, subject: str, email: str = "") -> Actor:
        """The account of somebody whom an identity provider vouches for; a client's at first.

        The role is ours to give: nothing of what a provider says of it is read.

        Args:
            issuer: the provider's address, as its token gives it.
            subject: the person's id there. The two together are somebody.
            email: an address that the provider has verified, nothing otherwise. The first time, it
                opens the account of that name that nobody of a provider has yet.

        Raises:
            SignInError: the account is disabled.
            UsageError: one of the first two is missing.
        """
        return self.actor(self.vouched(issuer, subject, email))

    def add_key(self, actor: Actor, label: str) -> str:
        """A key by which a program acts for the actor, shown once.

        Raises:
            AccessError: the actor is not signed in.
            UsageError: the label is empty or too long.
        """
        account, name = require(actor, "client", "lawyer"), clean(label, "Le nom", longest=120)
        key = "mtlx_" + new_token()
        row = {"key": hashed(key), "account_id": account, "label": name}
        with self.store.write() as work:
            made = insert(KEYS).values(**row, created=work.at).returning(KEYS.c.id)
            number = work.connection.execute(made).scalar_one()
            work.note(actor.name, "key-add", f"key:{number}")
        return key

    def key_holder(self, key: str) -> Actor:
        """Who a key acts for.

        Raises:
            SignInError: there is no such key, it is revoked, or its account is disabled.
        """
        found = (
            select(ACCOUNTS.c.id, ACCOUNTS.c.role)
            .join(KEYS, KEYS.c.account_id == ACCOUNTS.c.id)
            .where(KEYS.c.key == hashed(key), KEYS.c.revoked.is_(None))
            .where(ACCOUNTS.c.disabled.is_(False))
        )
        with self.store.read() as connection:
            row = connection.execute(found).first()
        if row is None:
            raise SignInError("Clé inconnue ou révoquée.", fix="Demandez-en une autre.")
        return Actor(row.role, row.id)

    def revoke_key(self, actor: Actor, number: int) -> None:
        """Make a key of the actor's useless; an admin can do it to anybody's.

        Raises:
            AccessError: the actor is not signed in.
            MissingError: there is no such key, or it is somebody else's.
        """
        account = require(actor, "client", "lawyer")
        mine = update(KEYS).where(KEYS.c.id == number, KEYS.c.revoked.is_(None))
        if actor.role != "admin":
            mine = mine.where(KEYS.c.account_id == account)
        with self.store.write() as work:
            if not work.connection.execute(mine.values(revoked=work.at)).rowcount:
                raise MissingError(f"Aucune clé {number} à vous.", fix="Vérifiez son numéro.")
            work.note(actor.name, "key-revoke", f"key:{number}")


def _vouched(work: Work, issuer: str, subject: str, email: str) -> RowMapping:
    """The row of the account of somebody of a provider, tied or made the first time."""
    key = f"{issuer.strip()}#{subject.strip()}"
    if not issuer.strip() or not subject.strip() or len(key) > 300:
        raise UsageError("Le fournisseur d'identité n'a pas dit qui se connecte.")
    found = select(ACCOUNTS).where(ACCOUNTS.c.subject == key)
    row = work.connection.execute(found).mappings().first()
    if row is not None:
        return row
    same = named(work.connection, email) if email.strip() else None
    if same is not None and same["subject"] is None:
        mine = update(ACCOUNTS).where(ACCOUNTS.c.id == same["id"]).values(subject=key)
        work.note("command", "account-tie", f"account:{same['id']}")
        return work.connection.execute(mine.returning(ACCOUNTS)).mappings().one()
    new = new_row(f"oidc-{secrets.token_hex(6)}", "client", "", work.at, key)
    row = work.connection.execute(insert(ACCOUNTS).returning(ACCOUNTS), new).mappings().one()
    work.note("command", "account-add", f"account:{row['id']}", role="client")
    return row


def _judge(work: Work, row: RowMapping, right: bool) -> bool:
    """Whether somebody may come in; counts a failure, and locks the account at the last one."""
    if row["disabled"] or (row["locked_until"] and row["locked_until"] > work.at):
        return False  # and nothing is written: an attack on a locked account fills no disk
    failures = 0 if right else row["failures"] + 1
    locked = failures >= ALLOWED
    changes = {"failures": failures, "locked_until": None}
    if locked:
        changes = {"failures": 0, "locked_until": work.at + LOCK}
    work.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == row["id"]).values(**changes))
    if not right:
        work.note("customer", "sign-in-refused", f"account:{row['id']}", locked=locked)
    return right


def _start(work: Work, account: int, token: str) -> None:
    """Start a session, and forget those that are over."""
    work.connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < work.at))
    row = {"token": hashed(token), "account_id": account}
    times = {"created": work.at, "expires": work.at + LASTS, "used": work.at}
    work.connection.execute(insert(SESSIONS), [row | times])
    work.note(f"account:{account}", "sign-in", f"account:{account}")


def _session(connection: Connection, token: str) -> RowMapping | None:
    """The row of a session, with its account's role."""
    found = (
        select(SESSIONS, ACCOUNTS.c.role, ACCOUNTS.c.disabled)
        .join(ACCOUNTS, SESSIONS.c.account_id == ACCOUNTS.c.id)
        .where(SESSIONS.c.token == hashed(token))
    )
    return connection.execute(found).mappings().first()
