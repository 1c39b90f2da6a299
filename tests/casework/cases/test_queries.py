"""Who sees which cases: the municipality's own staff, a team member his own, and a reason for somebody else's."""

from datetime import date

import pytest
from django.http import Http404

from casework.cases import actions as cases
from casework.cases import notes
from casework.cases.door import GIVEN_REASON, ReasonNeeded, own_cases, visible_cases
from casework.cases.queries import Standing, case_in_view_or_404, case_or_404, in_phase, phase_of, subject
from casework.clients.queries import search
from casework.law.phases import Phase
from casework.models import Case
from casework.models.consent import Partner
from casework.services import actions as service_entries
from casework.timeline.kept import derived
from tenants.audit import access_log
from tenants.audit.models import AccessEntry
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case, fresh_code
from tests.casework.consents.making import a_consent, a_paper, taken_back
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def test_coordinators_and_supervisors_see_all_cases_and_others_none(kaavi, aino, bertta, daavid, paula, tiina):
    a_case(by=aino)

    assert [visible_cases(user).count() for user in (aino, bertta, daavid, paula, tiina)] == [1, 1, 0, 0, 0]


def test_a_team_member_sees_a_case_while_in_its_team(kaavi, aino, daavid):
    case, _other = a_case(by=aino), a_case(by=aino)
    joined = cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    assert list(own_cases(daavid)) == [case]
    assert case_or_404(daavid, case.number, on=TODAY) == case

    cases.remove_participant(participant=joined, until=TODAY, by=aino, at=NOON)
    with pytest.raises(Http404):
        case_or_404(daavid, case.number, on=TODAY)


def test_looking_at_a_case_is_logged_before_it_is_handed_out(kaavi, aino):
    case = a_case(by=aino)

    case_or_404(aino, case.number, on=TODAY)

    entry = AccessEntry.objects.filter(action="case.seen").get()
    assert (entry.subject, entry.actor) == (case.number, aino.pk)


def test_somebody_elses_case_asks_for_a_reason_which_holds_for_that_person_and_case(kaavi, aino, bertta):
    case, other = a_case(by=aino), a_case(by=aino)
    with pytest.raises(ReasonNeeded):
        case_or_404(bertta, case.number, on=TODAY)
    assert not AccessEntry.objects.filter(action="case.seen").exists()

    access_log.record(by=bertta, action=GIVEN_REASON, subjects=[subject(case)], reason="Aino is ill.")

    assert case_or_404(bertta, case.number, on=TODAY) == case
    with pytest.raises(ReasonNeeded):
        case_or_404(bertta, other.number, on=TODAY)


def test_a_member_of_the_team_gives_no_reason(kaavi, aino, bertta):
    case = a_case(by=aino)
    cases.add_participant(case=case, user=bertta, since=TODAY, by=aino, at=NOON)

    assert case_or_404(bertta, case.number, on=TODAY) == case


def test_a_case_in_view_has_the_numbers_at_its_tabs_and_what_its_client_has_consented_to(
    kaavi, aino, bertta, settings, tmp_path
):
    settings.FILES = tmp_path
    case = a_case(by=aino)
    for _turn in range(2):
        application_at("draft", by=aino, case=case)
    a_paper(case, by=aino)
    a_consent(case, by=aino, given_on=date(2026, 11, 2), valid_until=date(2027, 5, 2))
    taken_back(case, a_consent(case, Partner.TEAM, by=aino), by=aino, on=TODAY)

    seen = case_in_view_or_404(aino, case.number, on=TODAY)

    assert seen.case == case
    assert (seen.application_count, seen.document_count) == (2, 1)
    assert seen.consents == [Standing(Partner.KELA, date(2026, 11, 2), date(2027, 5, 2))]
    with pytest.raises(ReasonNeeded):
        case_in_view_or_404(bertta, case.number, on=TODAY)


def test_a_case_is_read_with_its_client_and_its_head_in_one_query_and_logged_in_another(
    kaavi, aino, django_assert_num_queries
):
    case = a_case(by=aino)
    for read in (case_or_404, case_in_view_or_404):
        read(aino, case.number, on=TODAY)  # compiles it

    with django_assert_num_queries(2):
        seen = case_in_view_or_404(aino, case.number, on=TODAY)
        assert (seen.case.client.last_name, seen.case.coordinator, seen.consents) == ("Meikäläinen", aino, [])
    with django_assert_num_queries(2):
        assert case_or_404(aino, case.number, on=TODAY).client == case.client


def in_every_phase(aino) -> dict[Phase, str]:
    """Bring a case to each phase through the actions; answers the case numbers."""
    made: dict[Phase, Case] = {phase: a_case(by=aino) for phase in Phase if phase is not Phase.APPEALING}
    notes.write(case=made[Phase.MAPPING], kind="meeting", text="x", on=TODAY, by=aino, at=NOON)
    entry = {"on": TODAY, "minutes": 60, "what": "", "is_billable": True, "by": aino, "at": NOON}
    service_entries.log(case=made[Phase.ASSESSING], product="doctor_visit", **entry)
    for phase, state in ((Phase.APPLYING, "draft"), (Phase.WAITING, "filed"), (Phase.CHECKING, "decided")):
        application_at(state, by=aino, case=made[phase])
    cases.set_direction(case=made[Phase.FOLLOW_UP], direction="work", direction_on=TODAY, version=1, by=aino, at=NOON)
    cases.close(case=made[Phase.CLOSED], outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)
    return {phase: case.number for phase, case in made.items()}


def test_every_phase_is_kept_as_its_facts_say_and_found_by_a_query(kaavi, aino):
    expected = in_every_phase(aino)

    assert {phase_of(case): case.number for case in visible_cases(aino)} == expected
    assert all(derived(case).phase is phase_of(case) for case in Case.objects.all())
    for phase, number in expected.items():
        assert [case.number for case in in_phase(visible_cases(aino), phase)] == [number]


def test_search_finds_by_name_in_any_order_by_number_and_by_whole_identity_code(kaavi, aino):
    code = fresh_code()
    case = a_case(by=aino, first_name="Anna-Kaisa", last_name="Räsänen", identity_code=code)
    a_case(by=aino)

    for text in ("räsänen anna", "Kaisa", "Räsänen, Anna", case.number, code, f" {code.lower()} "):
        assert [found.number for found in search(aino, text)] == [case.number], text
    for text in (code[:-1], code[:6], "Räsänen Pekka", "", "   ", "%", "_"):
        assert list(search(aino, text)) == [], text


def test_a_team_member_finds_only_what_he_may_see(kaavi, aino, daavid):
    case = a_case(by=aino, last_name="Räsänen")

    assert list(search(daavid, "Räsänen")) == []
    assert list(search(daavid, case.number)) == []
