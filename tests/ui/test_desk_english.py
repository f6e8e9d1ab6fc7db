"""The lawyers' desk, the follow page and the administration in English: no French text of ours is left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest

from assistant.answering import wording
from assistant.desk import Accounts, MissingError
from interfaces.settings import Settings
from interfaces.ui import language
from interfaces.ui.admin.meanings import MEANINGS
from interfaces.ui.desk.retold import REASONS, REFUSALS, reason_told, retold
from tests.ui.conftest import PAGES, PASSWORD, QUESTION, ROOT, Bureau, press
from tests.ui.test_admin import PAGE, VIEWS
from tests.ui.test_language import drawn, english

STAFF = ("desk", "admin")
DESK = ROOT / "assistant" / "desk"
# Signs of French in a text for people: an accent, a typographic apostrophe, a word.
FRENCH = re.compile(
    r"[àâçéèêëîïôùûœÀÉÈÊ«»’]|\b(?:le|la|les|de|des|du|un|une|et|ou|votre|pas|ne)\b|\s:"
)
# One field for each that the services fill in.
FIELD = re.compile(r"\{[^}]*\}")
BY_ADMINISTRATORS = {"migrate.py", "overlay.py", "passwords.py", "personal.py"}
ELSEWHERE = {*BY_ADMINISTRATORS, "audit.py", "policy.py", "sources.py", "store.py", "votes.py",
             "tables.py"}  # fmt: skip
# What the pages' own choices rule out, and what only the command line and the API ask for.
UNMET = {"Thème inconnu : {}", "Thèmes : {}", "Public inconnu : {}", "tous, client, prestataire",
         "Page {} de {} lignes : de 1 à {} lignes", "Clé inconnue ou révoquée",
         "Demandez-en une autre", "Rôle inconnu : {}", "Rôles : {}",
    "« maintelex users list » les montre", "Aucune clé {} à vous", "Vérifiez son numéro"}  # fmt: skip


def unmarked(path: Path) -> Iterator[str]:
    """The texts of a module that look French and that nothing translates."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    told = {one for text in drawn() for one in ([text] if isinstance(text, str) else text)}
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(module)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r"<[^>]*>", " ", node.value)
            written = re.search(r"\w", text) and re.search(r"\s|’", text.strip())
            if written and node.value not in told | docs and FRENCH.search(text):
                yield f"{path.name}:{node.lineno}: {node.value!r}"


def test_every_french_text_is_marked() -> None:
    """Each literal of these pages that reads as French goes through the catalogue."""
    allowed = {
        "words.py: ' Son motif : '"
    }  # how the service begins a reason, cut off before it is drawn
    found = [
        one
        for folder in STAFF
        for path in sorted((ROOT / "interfaces" / "ui" / folder).glob("*.py"))
        for one in unmarked(path)
        if re.sub(r":\d+:", ":", one) not in allowed
    ]
    assert not found


def shapes(path: Path) -> Iterator[str]:
    """What a module's errors say, problem and remedy, each with {} where something is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)):
            continue
        for part in [*node.exc.args, *(key.value for key in node.exc.keywords)]:
            if (text := _shape(part)).strip("{}"):
                yield text


def _shape(node: ast.expr) -> str:
    """A text with {} in the place of what is not literal."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_shape(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _shape(node.left) + _shape(node.right)
    return "{}"


def test_what_the_services_refuse_is_said_in_english() -> None:
    """Each problem and remedy that a lawyer or a customer may meet has its shape."""
    known = UNMET | {FIELD.sub("{}", shape).rstrip(".") for shape in REFUSALS}
    missing = {
        f"{path.name}: {text}"
        for path in sorted(DESK.glob("*.py"))
        if path.name not in ELSEWHERE
        for text in shapes(path)
        if re.sub(r"(?:\{\})+", "{}", text).rstrip(".") not in known
    }
    assert not missing


def test_why_an_answer_is_what_it_is_is_said_in_english() -> None:
    """Each reason of the automatic answers has its shape, part by part."""
    known = {FIELD.sub("{}", shape) for shape in REASONS}
    given = {part for reason in wording.REASONS["fr"].values()
             for part in FIELD.sub("{}", reason).split(" ; ")}  # fmt: skip
    assert given <= known


def test_no_shape_is_left_over() -> None:
    """Each known refusal is still one of the services'."""
    said = "\n".join(path.read_text(encoding="utf-8") for folder in (DESK, ROOT / "interfaces")
                     for path in folder.glob("*.py"))  # fmt: skip
    bare = re.sub(r"\"\s*\n\s*f?\"", "", said)
    lost = [shape for shape in REFUSALS if max(FIELD.split(shape), key=len).strip("\n") not in bare]
    assert not lost


def test_every_setting_has_its_meaning() -> None:
    """What the administration says of a setting is in the catalogue."""
    assert {field.description for field in Settings.model_fields.values()} <= set(MEANINGS)


def in_english(draw: object) -> list[str]:
    """What a function says where the address asks for English."""
    app = AppTest.from_function(draw)  # type: ignore[arg-type]
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    return [element.value for element in app.markdown]


def test_a_reason_is_told_part_by_part() -> None:
    """Themes by their names, shares with the right sign, the law as the base has it."""

    def draw() -> None:
        import streamlit as st

        from interfaces.ui.desk.retold import reason_told

        st.markdown(reason_told("thème prix-et-paiement, responsabilite ; confiance sous 60%"))
        st.markdown(reason_told("à relire : source changée ou disparue (C. civ., art. 1231-5)"))
        st.markdown(reason_told("règle d'un jour à venir"))

    assert in_english(draw) == [
        "theme: Price and payment, Liability; confidence below 60%",
        "to be reviewed: source changed or gone (C. civ., art. 1231-5)",
        "règle d'un jour à venir",
    ]


def test_an_error_is_told_with_its_values() -> None:
    """What the service filled in stands, words of ours among them are said."""

    def draw() -> None:
        import streamlit as st

        from interfaces.ui.desk.retold import retold
        from retrieval.errors import AppError

        gone = AppError("La question 7 n'est plus dans la file.", fix="Revenez à la file.")
        st.markdown(str(retold(gone)))
        st.markdown(str(retold(AppError("Le motif est vide.", fix="Écrivez quelques mots."))))

    assert in_english(draw) == [
        "Question 7 is no longer in the queue. Go back to the queue.",
        "The reason is empty. Write a few words.",
    ]


def test_in_french_a_reason_reads_as_french() -> None:
    """Themes have their accents, a share its space; an error is what the service said."""
    told = reason_told("thème duree-et-resiliation ; confiance sous 60%")
    assert told == "thème Durée et résiliation ; confiance sous 60 %"
    error = MissingError("La question 7 n'est plus dans la file.", fix="Revenez à la file.")
    assert str(retold(error)) == str(error)
    assert {"vote négatif", "le client demande un juriste"} <= set(REASONS)


def said(app: AppTest) -> set[str]:
    """Everything that a page says, text by text, on plain spaces."""
    found: list[str] = []
    for element in app.main:
        shown = () if "button_group" in element.type else ("value",)  # of a choice: its id
        for name in ("label", "placeholder", "options", "help", *shown):
            held = getattr(element, name, None)
            held = [held] if isinstance(held, str) else held if isinstance(held, list) else []
            for text in held:
                found += (
                    [] if text.startswith(("<style", "<script")) else re.split(r"<[^>]*>", text)
                )
    plain = (re.sub(r"[\u00a0\u202f]", " ", text).replace("\\", "").strip() for text in found)
    return {re.sub(r" \(\d+\)$", "", text) for text in plain if text}


@cache
def french() -> list[re.Pattern[str]]:
    """The French of the interface, where English says it otherwise."""
    texts = {
        text
        for entry in english()
        if entry.id and entry.string != entry.id
        for text in ([entry.id] if isinstance(entry.id, str) else entry.id)
        if FIELD.sub("", text) == text or len(FIELD.sub("", text)) > 8  # « Le {when}. » is any text
    }
    return [re.compile(".+".join(map(re.escape, FIELD.split(text)))) for text in texts]


def left_in_french(app: AppTest) -> list[str]:
    """What a page says in the interface's French."""
    assert not app.exception
    texts = said(app) - {"Français", "client"}  # the way to the other language, and an account
    return [text for text in texts if any(one.fullmatch(text) for one in french())]


def english_page(path: Path) -> AppTest:
    """A page asked for in English."""
    app = AppTest.from_file(str(path), default_timeout=60)
    app.query_params["lang"] = "en"
    return app.run()


def enter(app: AppTest, name: str) -> AppTest:
    """Sign in on a page in English."""
    app.text_input(key="sign-in-name").set_value(name)
    app.text_input(key="sign-in-password").set_value(PASSWORD)
    return press(app, "Sign in")


def choose(app: AppTest, value: str) -> AppTest:
    """Choose a part of a page; the choice travels by its name, in the page's language."""
    token = language._settled.set("en")
    try:
        return app.get("button_group")[0].set_value(value).run()
    finally:
        language._settled.reset(token)


def test_the_desk_is_read_in_english(bureau: Bureau) -> None:
    """The form, the queue, a question taken, its editor, then the figures."""
    bureau.receive()
    app = english_page(PAGES / "desk_page.py")
    assert not left_in_french(app)
    enter(app, "anne")
    assert {"1 question", "waiting"} <= said(app)
    assert not left_in_french(app)
    app.button(key="open-1").click().run()
    press(app, "Take")
    assert "Suggested answer" in said(app) and not left_in_french(app)
    press(app, "Edit")
    app.text_input(key="desk-search").set_value("résiliation").run()
    assert "Preview" in said(app) and not left_in_french(app)
    press(press(app, "Discard"), "Back to the queue")
    choose(app, "figures")
    assert "What the base lacks" in said(app) and not left_in_french(app)


def test_the_follow_page_is_read_in_english(bureau: Bureau) -> None:
    """A question that waits, under its reference; another reference is refused in English."""
    reference = str(bureau.receive().reference)
    app = english_page(PAGES / "follow_page.py")
    app.text_input(key="follow-reference").set_value(reference)
    press(app, "See my question")
    assert any(QUESTION in text for text in said(app)) and not left_in_french(app)
    app.text_input(key="follow-reference").set_value("ML-0000-0000-0000")
    press(app, "See my question")
    assert any("No question under this reference" in text for text in said(app))


def test_the_administration_is_read_in_english(bureau: Bureau) -> None:
    """Each view, the meaning of the settings too."""
    Accounts(bureau.store).add("chef", "admin", PASSWORD)
    app = enter(english_page(PAGE), "chef")
    for view in VIEWS:
        assert not left_in_french(choose(app, view))
    assert "Folder of the knowledge base." in said(app)
