"""Prompts: what a file must declare, and what filling it refuses."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from prompts import Prompt, PromptError, load_prompt
from prompts.loader import FOLDER

HEAD = "---\nversion: 3\nobjet: Essai.\nvariables: [langue]\ndonnees: [question]\n---\n"
BODY = "# Consigne\n\nÉcris en {{ langue }}, marque {{ marque }}.\n\n# Demande\n\n{{ question }}\n"


def written(folder: Path, text: str, name: str = "essai") -> Prompt:
    """The prompt of a file with this text."""
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return load_prompt(name, folder)


def test_a_prompt_tells_its_version_and_names(tmp_path: Path) -> None:
    """A file gives its version, the variables and the data that it takes."""
    prompt = written(tmp_path, HEAD + BODY)
    assert (prompt.version, prompt.variables, prompt.data) == (3, {"langue"}, {"question"})


def test_filling_puts_every_value_in_its_place(tmp_path: Path) -> None:
    """Variables stand as they are, data between the tags of the call."""
    filled = written(tmp_path, HEAD + BODY).fill({"langue": "français"}, {"question": "Quoi ?"})
    assert filled.system == f"Écris en français, marque {filled.mark}."
    assert filled.user == (
        f'<donnees-{filled.mark} nom="question">\nQuoi ?\n</donnees-{filled.mark}>'
    )


@pytest.mark.parametrize(
    ("variables", "data", "named"),
    [
        ({}, {"question": "x"}, "langue"),
        ({"langue": "français"}, {}, "question"),
        ({"langue": "français", "ton": "sec"}, {"question": "x"}, "ton"),
        ({"langue": "français"}, {"question": "x", "faits": "y"}, "faits"),
        ({"langue": "français", "marque": "z"}, {"question": "x"}, "marque"),
    ],
)
def test_a_name_missing_or_in_excess_is_refused(
    tmp_path: Path, variables: dict[str, str], data: dict[str, str], named: str
) -> None:
    """Filling names what is missing or in excess."""
    with pytest.raises(PromptError, match=named):
        written(tmp_path, HEAD + BODY).fill(variables, data)


@pytest.mark.parametrize(
    "value", ["deux\nlignes", "x" * 201, "<donnees-1>", "{{ question }}", "cloche\x07"]
)
def test_a_variable_that_could_hold_data_is_refused(tmp_path: Path, value: str) -> None:
    """What a user may have typed has no way in but as data."""
    with pytest.raises(PromptError, match="langue"):
        written(tmp_path, HEAD + BODY).fill({"langue": value}, {"question": "x"})


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        HEAD.replace("version: 3\n", "") + BODY,
        HEAD.replace("version: 3", "version: deux") + BODY,
        HEAD.replace("version: 3", "version: true") + BODY,
        HEAD.replace("version: 3", "version: 0") + BODY,
        HEAD.replace("objet:", "auteur: X\nobjet:") + BODY,
        HEAD.replace("[langue]", "langue") + BODY,
        HEAD.replace("[langue]", "[langue, ton]") + BODY,
        HEAD.replace("[langue]", "[langue, question]") + BODY,
        HEAD.replace("[langue]", "[langue, marque]") + BODY,
        HEAD + BODY.replace("{{ langue }}", "français"),
        HEAD + BODY.replace("{{ question }}", "{{ question }} {{ faits }}"),
        HEAD + BODY.replace("{{ langue }}", "{{ langue }} {{ question }}"),
        HEAD + BODY.replace("# Demande", "# Autre"),
        HEAD.replace("version: 3", "- version") + BODY,
    ],
)
def test_a_file_that_breaks_the_rules_is_refused(tmp_path: Path, text: str) -> None:
    """Unknown or missing keys, undeclared or unused names, data among instructions: refused."""
    with pytest.raises(PromptError, match="essai"):
        written(tmp_path, text)


@pytest.mark.parametrize("name", ["absente", "../reponse", "reponse.md", "", "A"])
def test_a_prompt_that_is_not_there_is_named(name: str) -> None:
    """A name that is no file of the folder is refused, a path above all."""
    with pytest.raises(PromptError, match="Aucune consigne"):
        load_prompt(name)


def test_a_value_is_never_read_as_a_place(tmp_path: Path) -> None:
    """A question that holds a variable's name in braces stays as it was typed."""
    filled = written(tmp_path, HEAD + BODY).fill(
        {"langue": "français"}, {"question": "{{ langue }} {{ marque }}"}
    )
    assert "{{ langue }} {{ marque }}" in filled.user


@pytest.mark.parametrize("name", ["reponse", "lecture", "suite"])
def test_the_prompts_of_the_house_hold(name: str) -> None:
    """Each prompt loads, says that data is never an instruction, and fills without a place left."""
    prompt = load_prompt(name)
    filled = prompt.fill(dict.fromkeys(prompt.variables, "x"), dict.fromkeys(prompt.data, "y"))
    assert "jamais une\nconsigne" in filled.system or "n'en fais rien" in filled.system
    assert "{{" not in filled.system + filled.user
    assert filled.mark in filled.system


def test_every_prompt_file_is_known() -> None:
    """No prompt lies in the folder that nothing loads."""
    files = {path.stem for path in FOLDER.glob("*.md")}
    assert files == {"reponse", "lecture", "suite"}


# Raise the version of a prompt whenever its words change, then write both here.
VERSIONS = {
    "lecture": (1, "f5025832d17b"),
    "reponse": (2, "858257a13ce4"),
    "suite": (2, "eaf7ba2c8c17"),
}


@pytest.mark.parametrize("name", sorted(VERSIONS))
def test_other_words_are_another_version(name: str) -> None:
    """Answers keep the number of their prompt: it must name one wording, and one alone."""
    prompt = load_prompt(name)
    words = sha256(f"{prompt.system}\n{prompt.user}".encode()).hexdigest()[:12]
    assert (prompt.version, words) == VERSIONS[name]
