"""The finder ranks the agreements of the base, and says when it cannot choose."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conventions import Facts, Finding, Status, find_agreements
from ingest.readers.agreements_table import AgreementTable
from retrieval.errors import UsageError

IDS = (
    "maintenance", "maintenance-logicielle", "services", "developpement", "vente", "reprographie",
    "gros", "import-export", "grand-public", "telecom", "industrie", "formation", "autre",
)  # fmt: skip


@st.composite
def shares(draw: st.DrawFn) -> dict[str, float]:
    """Shares of 100, in an order of their own."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True))
    weights = draw(st.lists(st.integers(1, 20), min_size=len(ids), max_size=len(ids)))
    return {name: 100 * weight / sum(weights) for name, weight in zip(ids, weights, strict=True)}


facts = st.builds(
    Facts,
    shares=shares(),
    basis=st.sampled_from([None, "turnover", "headcount"]),
    nature=st.sampled_from([None, "commerciale", "industrielle"]),
    naf=st.sampled_from([None, "6202A", "95.11Z", "74.30F", "99.99Z", "rien"]),
    headcount=st.none() | st.integers(0, 300),
)
fixture_is_read_only = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def idccs(finding: Finding) -> list[int]:
    """The candidates, by number."""
    return [candidate.agreement.idcc for candidate in finding.candidates]


def told(finding: Finding) -> str:
    """All that the answer says besides the candidates."""
    groups = (finding.why, finding.would_change, finding.naf, finding.to_check)
    return "\n".join(reason.text for reasons in groups for reason in reasons)


CASES: list[tuple[dict[str, float], Status, list[int]]] = [
    ({"maintenance": 70, "services": 30}, "probable", [1539, 1486]),
    ({"services": 80, "maintenance": 20}, "probable", [1486, 1539]),
    ({"maintenance-logicielle": 60, "vente": 40}, "probable", [1486, 1539, 1686]),
    ({"vente": 40, "maintenance": 35, "services": 25}, "probable", [1539, 1486, 1686]),
    ({"reprographie": 100}, "probable", [706, 1539]),
    ({"gros": 100}, "probable", [573, 1539]),
    ({"grand-public": 90, "services": 10}, "probable", [1686, 1486, 1539]),
    ({"industrie": 100}, "probable", [3248]),
    ({"maintenance": 50, "services": 50}, "indetermine", [1486, 1539]),
    ({"maintenance": 48, "services": 52}, "indetermine", [1486, 1539]),
    ({"maintenance": 40, "services": 30, "developpement": 30}, "indetermine", [1486, 1539]),
    ({"vente": 25, "services": 25, "gros": 25, "telecom": 25}, "indetermine",
     [1539, 573, 1486, 2148, 1686]),
    ({"formation": 70, "services": 30}, "hors_base", [1486]),
    ({"autre": 100}, "hors_base", []),
    ({"formation": 50, "services": 50}, "indetermine", [1486]),
]  # fmt: skip


@pytest.mark.parametrize(("given_shares", "status", "expected"), CASES)
def test_activities_point_to_agreements(
    table: AgreementTable, given_shares: dict[str, float], status: Status, expected: list[int]
) -> None:
    """Each mix of activities gives its status, and its agreements in order."""
    finding = find_agreements(table, Facts(given_shares))
    assert (finding.status, idccs(finding)) == (status, expected)


@fixture_is_read_only
@given(facts)
def test_only_agreements_of_the_base_are_proposed(table: AgreementTable, facts: Facts) -> None:
    """No answer names an agreement that the base does not hold."""
    finding = find_agreements(table, facts)
    named = [c.agreement for c in finding.candidates] + list(finding.neighbours)
    assert all(table.agreements[agreement.id] == agreement for agreement in named)
    assert len({agreement.id for agreement in named}) == len(named)


@fixture_is_read_only
@given(facts, st.randoms())
def test_order_of_activities_does_not_matter(
    table: AgreementTable, facts: Facts, dice: object
) -> None:
    """The same shares in another order give the same answer, to the letter."""
    items = list(facts.shares.items())
    dice.shuffle(items)  # type: ignore[attr-defined]
    other = Facts(dict(items), facts.basis, facts.nature, facts.naf, facts.headcount)
    assert find_agreements(table, other) == find_agreements(table, facts)


@fixture_is_read_only
@given(facts)
def test_every_answer_warns_of_the_field_and_of_the_code(
    table: AgreementTable, facts: Facts
) -> None:
    """The field to read and the APE code as a mere hint are told whatever the facts."""
    text = told(find_agreements(table, facts))
    assert table.rules["field"].text in text
    assert table.rules["ape"].text in text


@fixture_is_read_only
@given(facts)
def test_shares_of_candidates_never_exceed_what_was_declared(
    table: AgreementTable, facts: Facts
) -> None:
    """The shares that agreements receive add up to the activities that have one."""
    finding = find_agreements(table, facts)
    placed = [share for name, share in facts.shares.items() if table.activities[name].candidates]
    assert math.isclose(
        math.fsum(c.share for c in finding.candidates), math.fsum(placed), abs_tol=1e-6
    )


def test_undecided_answer_gives_the_option_clause(table: AgreementTable) -> None:
    """A tie names both agreements and the rule on option clauses, with its sources."""
    finding = find_agreements(table, Facts({"maintenance": 50, "services": 50}))
    option = next(reason for reason in finding.why if "clauses réciproques" in reason.text)
    assert {source.id for source in option.sources} == {"clause-option", "c-trav-l2261-2"}
    assert "à égalité" in finding.why[0].text


def test_unsettled_field_of_1539_is_told(table: AgreementTable) -> None:
    """Whoever is sent to IDCC 1539 reads that its field is not certain."""
    finding = find_agreements(table, Facts({"maintenance": 100}))
    assert "n’est pas fixé avec certitude" in told(finding)
    assert 1486 in [agreement.idcc for agreement in finding.neighbours]


def test_candidate_carries_its_citation_and_address(table: AgreementTable) -> None:
    """A candidate's reasons cite the agreement, address included."""
    reason = find_agreements(table, Facts({"services": 100})).candidates[0].reasons[0]
    assert reason.sources[0].id == "idcc-1486"
    assert str(reason.sources[0].url).startswith("https://www.legifrance.gouv.fr/")


@pytest.mark.parametrize(
    ("basis", "nature", "status"),
    [
        ("turnover", "commerciale", "probable"),
        ("headcount", "commerciale", "indetermine"),
        ("turnover", "industrielle", "indetermine"),
        ("headcount", "industrielle", "probable"),
    ],
)
def test_wrong_basis_leaves_the_answer_open(
    table: AgreementTable, basis: str, nature: str, status: Status
) -> None:
    """Turnover decides for a commercial activity only, headcount for an industrial one only."""
    finding = find_agreements(table, Facts({"maintenance": 90, "services": 10}, basis, nature))
    assert finding.status == status
    assert ("départage une activité" in told(finding)) == (status == "indetermine")


def test_missing_basis_and_nature_are_told(table: AgreementTable) -> None:
    """Without a basis or a nature the answer says what is missing."""
    text = told(find_agreements(table, Facts({"maintenance": 100})))
    assert "--basis" in text
    assert "--nature" in text


def test_complete_facts_leave_nothing_missing(table: AgreementTable) -> None:
    """With the right basis, its nature and a wide gap, nothing is said to change the answer."""
    facts = Facts({"maintenance": 90, "services": 10}, "turnover", "commerciale")
    assert find_agreements(table, facts).would_change == ()


def test_close_second_is_told(table: AgreementTable) -> None:
    """A gap between the two thresholds leaves the answer probable, with a warning."""
    finding = find_agreements(table, Facts({"maintenance": 55, "services": 45}))
    assert finding.status == "probable"
    assert "Écart faible (10 points)" in told(finding)


def test_one_employee_may_change_the_answer(table: AgreementTable) -> None:
    """By headcount in a small company, the weight of one employee is told."""
    facts = Facts({"industrie": 60, "services": 40}, "headcount", "industrielle", None, 9)
    assert "chaque salarié pèse 11,11 points" in told(find_agreements(table, facts))


def test_company_without_employees(table: AgreementTable) -> None:
    """Without employees no agreement applies yet, and the answer says so."""
    facts = Facts({"maintenance": 100}, headcount=0)
    assert table.rules["no_staff"].text in told(find_agreements(table, facts))


@pytest.mark.parametrize("written", ["6202A", "62.02A", " 62.02a", "62.02Ap"])
def test_code_is_read_however_written(table: AgreementTable, written: str) -> None:
    """A code is known with or without its point, and as the agreement writes it."""
    finding = find_agreements(table, Facts({"services": 100}, naf=written))
    assert finding.naf[0].text.startswith("62.02A, Conseil en systèmes et logiciels informatiques")
    assert "l’écrit 62.02Ap" in finding.naf[0].text


def test_code_that_the_agreement_misspells(table: AgreementTable) -> None:
    """74.30F, as Syntec writes it, is read as 74.30Z."""
    finding = find_agreements(table, Facts({"services": 100}, naf="74.30F"))
    assert finding.naf[0].text.startswith("74.30Z")
    assert "74.30Z (écrit 74.30F)" in finding.candidates[0].naf


@pytest.mark.parametrize("written", ["99.99Z", "informatique", ""])
def test_unknown_code_is_told_and_changes_nothing(table: AgreementTable, written: str) -> None:
    """A code that the base lacks is said to be unknown; the candidates stay the same."""
    shares = {"maintenance": 70.0, "services": 30.0}
    finding = find_agreements(table, Facts(shares, naf=written))
    assert "inconnu de la base" in finding.naf[0].text
    assert finding.candidates == find_agreements(table, Facts(shares)).candidates


def test_code_that_disagrees_is_told(table: AgreementTable) -> None:
    """A repairer with a software code is told that both do not agree."""
    finding = find_agreements(table, Facts({"maintenance": 100}, naf="62.02B"))
    assert finding.status == "probable"
    assert "ne concordent pas" in told(finding)


def test_all_codes_of_syntec_are_given(table: AgreementTable) -> None:
    """The candidate Syntec carries its 27 codes, the partly aimed ones marked."""
    codes = find_agreements(table, Facts({"services": 100})).candidates[0].naf
    assert len(codes) == 27
    assert {"62.02B", "62.02Ap", "63.11Zp"} <= set(codes)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (Facts({}), "reçu : 0"),
        (Facts({"maintenance": 60}), "reçu : 60"),
        (Facts({"maintenance": 70, "services": 31.5}), "reçu : 101,5"),
        (Facts({"maintenance": 120, "services": -20}), "Part de « services » incorrecte"),
        (Facts({"maintenance": math.nan}), "Part de « maintenance » incorrecte"),
        (Facts({"maintenance": math.inf}), "Part de « maintenance » incorrecte"),
        (Facts({"jardinage": 100}), "Activité inconnue : jardinage"),
        (Facts({"maintenance": 100}, basis="surface"), "Base inconnue : surface"),
        (Facts({"maintenance": 100}, nature="agricole"), "Nature inconnue : agricole"),
        (Facts({"maintenance": 100}, headcount=-1), "Effectif incorrect : -1"),
    ],
)
def test_facts_out_of_range_are_refused(table: AgreementTable, bad: Facts, message: str) -> None:
    """What is wrong is told with the value received and a remedy."""
    with pytest.raises(UsageError) as caught:
        find_agreements(table, bad)
    assert message in caught.value.problem
    assert caught.value.fix


@pytest.mark.parametrize("total", [99.0, 100.0, 101.0])
def test_roundings_are_accepted(table: AgreementTable, total: float) -> None:
    """A sum one point off is taken as a rounding."""
    assert find_agreements(table, Facts({"maintenance": total})).status == "probable"
