"""The commands of the desk, as somebody types them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from assistant.desk import (
    Intake,
    Publications,
    Reviews,
    Sessions,
    Target,
    anonymous,
    open_desk,
)
from assistant.desk.tables import PUBLICATIONS
from ingest.readers.kb import read_kb
from interfaces.cli import main
from interfaces.desk_command import PUBLISHED, base_of
from interfaces.settings import load_settings
from retrieval import Retriever
from tests.desk.people import PASSWORD, WAIT_ALL, Desk
from tests.desk.test_publication import ASKED, LAW, NEW, publish
from tests.retrieval.small_base import write_base

KB = Path(__file__).resolve().parents[2] / "kb"


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, target: Path | str) -> Iterator[None]:
    """The environment names the desk, in a file then in a database."""
    if isinstance(target, Path):
        monkeypatch.setenv("MAINTELEX_DATA", str(target.parent))
    else:
        monkeypatch.setenv("MAINTELEX_DATABASE_URL", target)
    yield


def call(*arguments: str, typed: str = "") -> Result:
    """Run `maintelex` in this process; a crash fails the test with its own traceback."""
    done = CliRunner().invoke(main, arguments, input=typed)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_first_admin_is_made_with_a_password_of_their_own() -> None:
    """It is asked twice and never shown."""
    done = call("users", "add", "Chef", "--role", "admin", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0 and PASSWORD not in done.output and "« chef » ouvert" in done.stderr
    settings = load_settings()
    with closing(open_desk(settings.desk)) as store:
        token = Sessions(store).sign_in("chef", PASSWORD)
        assert Sessions(store).actor(token).role == "admin"


def test_a_generated_password_is_shown_once() -> None:
    """It alone is on standard output, and it opens the account."""
    done = call("users", "add", "anne", "--role", "lawyer", "--generate")
    settings = load_settings()
    with closing(open_desk(settings.desk)) as store:
        assert Sessions(store).sign_in("anne", done.stdout.strip())


def test_accounts_are_listed_with_their_state() -> None:
    """Open, closed; reset opens again."""
    assert "users add" in call("users", "list").stderr
    call("users", "add", "chef", "--role", "admin", "--generate")
    call("users", "add", "anne", "--role", "client", "--generate")
    call("users", "disable", "anne")
    rows = [json.loads(line) for line in call("users", "list", "--json").stdout.splitlines()]
    assert [(row["name"], row["role"], row["state"]) for row in rows] == [
        ("anne", "client", "fermé"), ("chef", "admin", "ouvert"),
    ]  # fmt: skip
    call("users", "reset", "anne", "--generate")
    call("users", "role", "anne", "--role", "lawyer")
    assert "lawyer   ouvert" in call("users", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("users", "disable", "personne"), 1, "Aucun compte « personne »"),
        (("users", "add", "é", "--role", "admin", "--generate"), 2, "Nom de compte refusé"),
        (("desk", "erase", "--yes"), 2, "--user ou --reference"),
        (("desk", "export", "--reference", "ML-1"), 1, "Aucune question anonyme"),
        (("audit", "verify", "--noted", "3"), 2, "Entrée incorrecte"),
    ],
)
def test_a_mistake_is_told(arguments: tuple[str, ...], code: int, told: str) -> None:
    """Problem, remedy and exit code."""
    done = call(*arguments)
    assert done.exit_code == code and told in done.stderr and "→" in done.stderr


def test_the_audit_is_verified_and_shown() -> None:
    """The head that it gives is accepted later; a false one is not."""
    call("users", "add", "chef", "--role", "admin", "--generate")
    head = call("audit", "verify").stdout.strip()
    call("users", "add", "anne", "--role", "client", "--generate")
    assert call("audit", "verify", "--noted", head).exit_code == 0
    assert call("audit", "verify", "--noted", f"1:{'0' * 64}").exit_code == 1
    shown = [json.loads(line) for line in call("audit", "show", "--after", "1").stdout.splitlines()]
    assert [(e["number"], e["action"], e["actor"]) for e in shown] == [
        (2, "account-add", "command")
    ]


def test_the_policy_is_checked(tmp_path: Path) -> None:
    """The base's is sound; a mistake is told with its line."""
    assert call("desk", "check", "--kb", str(KB)).exit_code == 0
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/policy.yaml").write_text("sinon: publier\n", encoding="utf-8")
    done = call("desk", "check", "--kb", str(tmp_path))
    assert done.exit_code == 1 and "policy.yaml:1" in done.stderr


def test_the_base_s_check_reads_the_policy_too(tmp_path: Path) -> None:
    """`maintelex check` tells its fault among the others, and fails."""
    kb = write_base(tmp_path / "kb")
    (kb / "desk").mkdir(exist_ok=True)
    (kb / "desk/policy.yaml").write_text("sinon: publier\n", encoding="utf-8")
    done = call("check", "--kb", str(kb))
    assert done.exit_code == 1 and "policy.yaml:1: « clients_anonymes » : il manque" in done.stdout


def test_a_person_is_exported_then_erased(retriever: Retriever) -> None:
    """By the reference that they have."""
    with closing(open_desk(load_settings().desk)) as store:
        answer = Desk(store, retriever).answer()
        reference = Intake(store, WAIT_ALL).record(anonymous("t"), answer).reference or ""
    given = json.loads(call("desk", "export", "--reference", reference).stdout)
    assert given["conversations"][0]["questions"][0]["text"] == answer.question
    assert "1 conversation" in call("desk", "erase", "--reference", reference, typed="y\n").stderr
    assert call("desk", "export", "--reference", reference).exit_code == 1


def test_a_purge_counts_first() -> None:
    """Nothing is old yet."""
    done = call("desk", "purge", "--dry-run", "--kb", str(KB))
    assert done.exit_code == 0 and "0 conversation" in done.stderr
    assert call("desk", "purge", "--kb", str(KB)).exit_code == 0


def test_what_is_published_is_exported_and_indexed_over_the_base(
    retriever: Retriever, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kb export` gives the file to git; `ingest` reads the base with it, once it is there."""
    kb = write_base(tmp_path / "kb")
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MAINTELEX_KB", str(kb))
    settings = load_settings()
    assert base_of(settings) == kb
    with closing(open_desk(settings.desk)) as store:
        desk = Desk(store, retriever)
        lawyer = desk.account("juriste", "lawyer")
        number, version = desk.taken(lawyer)
        version = Reviews(store, lawyer).approve(number, version)
        target = Target("variant", "indemnite-resiliation", wordings=("Sortir coûte combien ?",))
        Publications(store, kb).publish(lawyer, number, version, target, desk.base)
    done = call("kb", "export", str(settings.data / PUBLISHED))
    assert done.exit_code == 0 and done.stdout.strip().endswith("indemnite-resiliation.txt")
    lines = (base_of(settings) / "variants/indemnite-resiliation.txt").read_text(encoding="utf-8")
    assert lines.endswith("Sortir coûte combien ?\n")
    assert (
        not (kb / "variants/indemnite-resiliation.txt").read_text("utf-8").endswith("combien ?\n")
    )


def test_what_is_published_is_ingested_asked_and_revised(
    retriever: Retriever, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: published, exported, indexed, found; then revised, withdrawn and indexed again."""
    kb, folder = write_base(tmp_path / "kb"), tmp_path / "data"
    (kb / "desk").mkdir(exist_ok=True)
    (kb / "desk/policy.yaml").write_bytes((KB / "desk/policy.yaml").read_bytes())
    for name, value in {"DATA": folder, "KB": kb, "INDEX": tmp_path / "index"}.items():
        monkeypatch.setenv(f"MAINTELEX_{name}", str(value))
    settings = load_settings()
    with closing(open_desk(settings.desk)) as store:
        desk = Desk(store, retriever)
        lawyer = desk.account("juriste", "lawyer")
        publish(desk, lawyer, Publications(store, kb), Target("new", new=NEW))
        done = call("ingest", "--quiet")
        assert done.exit_code == 0, done.stderr
        entry = read_kb(settings.data / "base").questions[NEW.id]
        assert entry.head["reviewed_by"] == "Juriste du bureau"
        with closing(Retriever.open(settings.served)) as indexed:
            assert indexed.rank(ASKED).candidates[0].document_id == f"kb:questions/{NEW.id}"
        publish(desk, lawyer, Publications(store, kb), Target("revision", NEW.id))
        published = call("kb", "export", str(tmp_path / "out")).stdout.split()
        assert [Path(one).name for one in published] == [f"{NEW.id}.md"]
        with store.write() as work:
            work.connection.execute(update(PUBLICATIONS).values(sources={LAW: "autre"}))
        done = call("ingest", "--quiet")
        assert f"Réponse publiée à relire : kb:questions/{NEW.id}" in done.stderr
        assert call("desk", "return").stderr.startswith("0 réponse")
        assert call("ingest", "--quiet").exit_code == 0
    assert base_of(settings) == kb
