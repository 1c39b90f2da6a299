"""The pages of referrals to a clinic: how one comes there, what is said, who may see them, and where they are told."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.cases.next_thing import FIRST_VISIT, next_things
from casework.models import Application, CareReferral, Case, OpenEnd, Task
from casework.reminders.sweep import sweep
from casework.withdrawals import presenters as withdrawn
from casework.withdrawals.queries import what_remains
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.accounts.permissions import Role
from tests.casework.applications.making import application_at
from tests.casework.care_referrals.making import SENT, WAYS, a_care_referral, known, with_steps
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed, to
from tests.conftest import NOON
from tests.people import browser_of, person

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def portal(aino):
    found = browser_of(aino)
    found.cookies[LANGUAGE_COOKIE] = "en"
    return found


def path(referral, name="") -> str:
    return reverse(f"care_referral_{name}" if name else "care_referral", args=[referral.case.number, referral.pk])


def of_case(name, case) -> str:
    return reverse(name, args=[case.number])


# --- how one comes there ----------------------------------------------------------------------------------------


def test_who_chooses_the_clinic_for_a_new_application_is_led_to_a_referral_and_told_why(case, portal):
    claim = {"benefit_code": "KTP", "decider_code": "wellbeing_county", "matter": "new"}

    answer = portal.post(of_case("application_new", case), claim, follow=True)

    assert answer.redirect_chain == [(of_case("care_referral_new", case), 302)]
    assert "a doctor refers the client to it, it makes no decision that could be appealed" in answer.text
    assert not Application.objects.exists()


def test_a_link_that_brings_the_clinic_along_leads_there_too(case, portal):
    answer = portal.get(of_case("application_new", case), {"benefit_code": "KTP"})

    assert (answer.status_code, answer["Location"]) == (302, of_case("care_referral_new", case))


def test_a_referral_is_begun_and_stands_beside_the_applications(case, portal):
    answer = portal.post(of_case("care_referral_new", case), {"unit": "KYS", "asked_of": "Lääkäri Koski"})

    referral = CareReferral.objects.get()
    assert answer["Location"] == path(referral)
    assert (referral.state, referral.asked_on) == ("draft", None)
    page = portal.get(of_case("case_applications", case)).text
    assert "Referral to a rehabilitation assessment clinic" in page
    assert "No application is recorded here yet." not in page


def test_who_names_the_sender_says_that_it_was_sent(case, portal):
    portal.post(of_case("care_referral_new", case), {"unit": "KYS", "sent_by": "Lääkäri Koski"})

    referral = CareReferral.objects.get()
    assert (referral.state, referral.sent_by, referral.sent_on) == ("sent", "Lääkäri Koski", None)
    assert "day not known" in portal.get(path(referral)).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"unit": ""}, "unit"), ({"sent_on": "2026-11-24"}, "sent_on"), ({"asked_on": "pian"}, "asked_on")],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(case, portal, typed, field):
    known = {"unit": "KYS", "question": "Mitä työkyvystä on jäljellä?"}
    answer = portal.post(of_case("care_referral_new", case), known | typed)

    assert list(answer.context["form"].errors) == [field]
    assert "Mitä työkyvystä on jäljellä?" in answer.text
    assert not CareReferral.objects.exists()


# --- the page and the steps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "A doctor writes and sends the referral."),
        ("sent", "An answer has usually come by 10.1.2027"),
        ("returned", "More information by Tue\N{NO-BREAK SPACE}1.12."),
        ("accepted", "first visit 11.12.2026"),
        ("refused", "No appeal is made against a referral"),
        ("complained", "If no answer has come by 1.12.2026, you get a task to ask after it"),
        ("examined", "If no report has come by 10.1.2027, you get a task to ask for it"),
        ("reported", "The report is here."),
        ("withdrawn", "Asiakas ei halua."),
    ],
)
def test_the_page_says_where_it_stands_and_what_is_awaited(case, aino, portal, state, words):
    page = portal.get(path(a_care_referral(state, case=case, by=aino))).text

    assert words in page
    assert ">A doctor&#x27;s referral<" in page or ">A doctor's referral<" in page


@pytest.mark.parametrize("state", ["sent", "accepted", "complained"])
def test_a_usual_time_says_that_nobody_has_verified_it(case, aino, portal, state):
    assert "from experience, not verified" in portal.get(path(a_care_referral(state, case=case, by=aino))).text


def test_a_complaint_has_no_last_day_and_the_page_says_so(case, aino, portal):
    page = portal.get(path(a_care_referral("refused", case=case, by=aino))).text

    assert "We know of no last day for that." in page
    assert "Hoito on kesken." in page


def test_what_a_complaint_said_is_still_told_when_the_unit_took_the_client_after_all(case, aino, portal):
    referral = with_steps(a_care_referral("complained", case=case, by=aino), "answer_complaint", "accept", by=aino)

    page = portal.get(path(referral)).text

    assert "Lähete on tutkittava." in page
    assert "Tutkimme uudelleen." in page


STEPS = {
    "send": ("draft", {"sent_on": "2026-11-20"}),
    "ask_for_more": ("sent", {"more_asked": "Kuvat", "more_due_on": "2026-12-01"}),
    "supply": ("returned", {"supplied_on": "2026-11-23"}),
    "accept": ("sent", {"first_visit_on": "2026-12-15"}),
    "refuse": ("sent", {"refusal_reason": "Hoito on kesken."}),
    "complain": ("refused", {"complained_on": "2026-11-23"}),
    "answer_complaint": ("complained", {"answer": "Tutkimme uudelleen."}),
    "examine": ("accepted", {"examined_on": "2026-11-20"}),
    "report": ("examined", {"reported_on": "2026-11-23"}),
    "withdraw": ("sent", {"withdrawn_on": "2026-11-23", "withdrawn_reason": "Asiakas ei halua."}),
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_in_its_form(case, aino, portal, step):
    state, typed = STEPS[step]
    referral = a_care_referral(state, case=case, by=aino)

    answer = portal.post(path(referral, step), typed | {"version": referral.version})

    assert answer["Location"] == path(referral)
    assert CareReferral.objects.get().steps == [*referral.steps, step]


def test_a_step_from_a_state_that_has_gone_by_is_told_on_the_form(case, aino, portal):
    referral = a_care_referral("withdrawn", case=case, by=aino)

    answer = portal.post(path(referral, "accept"), {"version": referral.version})

    assert "This can no longer be done" in answer.text
    assert CareReferral.objects.get().state == "withdrawn"


def test_a_correction_asks_only_for_what_was_written(case, aino, portal):
    referral = a_care_referral("sent", case=case, by=aino)

    form = portal.get(path(referral, "correct")).context["form"]

    assert {"unit", "sent_on", "sent_by", "due_on", "reason"} <= form.fields.keys()
    assert not {"refused_on", "report", "withdrawn_on"} & form.fields.keys()


# --- where it is told, and where not --------------------------------------------------------------------------------


def test_a_referral_of_another_case_is_not_found(case, aino, portal):
    referral = a_care_referral("sent", by=aino)

    assert portal.get(reverse("care_referral", args=[case.number, referral.pk])).status_code == 404


@pytest.mark.parametrize("name", ["case_applications", "case_benefits"])
def test_the_tabs_ask_as_many_questions_for_many_referrals_as_for_one(
    case, aino, portal, django_assert_max_num_queries, name
):
    a_care_referral("sent", case=case, by=aino)
    for _ in range(2):
        portal.get(of_case(name, case))
    with django_assert_max_num_queries(15) as few:
        portal.get(of_case(name, case))
    for state in WAYS:
        a_care_referral(state, case=case, by=aino)
    with django_assert_max_num_queries(len(few)):
        portal.get(of_case(name, case))


def test_the_page_asks_the_database_little(case, aino, portal, django_assert_max_num_queries):
    referral = a_care_referral("complained", case=case, by=aino)
    for _ in range(2):
        portal.get(path(referral))

    with django_assert_max_num_queries(15):
        portal.get(path(referral))


def test_the_benefits_tell_it_apart_as_care_that_is_pending_and_no_money(case, aino, portal):
    a_care_referral("accepted", case=case, by=aino)

    page = portal.get(of_case("case_benefits", case)).text

    assert "Referred to care: no decision comes of it, and no money" in page
    assert "Waiting for a decision" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Kuntoutustutkimuspoliklinikka: valmistelemme lähetettä yhdessä. Lääkäri kirjoittaa sen."),
        (
            "sent",
            "Kuntoutustutkimuspoliklinikka: lähete on lähetetty 12.10.2026. Poliklinikka kutsuu sinut tutkimuksiin.",
        ),
        ("accepted", "Ensimmäinen käynti on 11.12.2026."),
        ("refused", "poliklinikka ei hyväksynyt lähetettä."),
    ],
)
def test_the_clients_map_says_it_in_plain_words_without_a_decision(case, aino, portal, state, words):
    a_care_referral(state, case=case, by=aino)

    page = portal.get(of_case("case_map", case) + "?language=fi").text

    assert words in page


def test_the_next_thing_of_a_case_is_the_first_visit_or_the_answer_that_is_awaited(case, aino):
    referral = a_care_referral("sent", case=case, by=aino)
    thing = next_things([case], on=TODAY)[case.pk]
    assert (thing.code, thing.on) == ("sent", referral.due_on)

    referral = with_steps(referral, "accept", by=aino)
    thing = next_things([case], on=TODAY)[case.pk]
    assert (thing.code, thing.on) == (FIRST_VISIT, referral.first_visit_on)

    thing = next_things([case], on=known(referral.first_visit_on) + DAY)[case.pk]
    assert (thing.code, thing.on) == ("accepted", referral.due_on)


def test_today_leads_from_the_task_to_the_referral(case, aino, portal):
    referral = a_care_referral("returned", case=case, by=aino)
    sweep(on=TODAY, at=NOON)

    assert path(referral) in portal.get(reverse("today")).text


def test_a_client_who_leaves_is_told_that_the_referral_goes_on_without_the_service(case, aino):
    a_care_referral("returned", case=case, by=aino)

    remains = what_remains(case, on=TODAY)

    assert withdrawn.goes_on(remains) == [
        "Kuntoutustutkimuspoliklinikka: lähete on lähetetty. Poliklinikka ottaa yhteyttä suoraan asiakkaaseen."
    ]
    assert [last.on for last in withdrawn.last_days(remains)] == [SENT + timedelta(days=50)]


def test_a_colleague_follows_it_in_a_closed_case_with_its_task(case, aino):
    erkki = person("Erkki", Role.COORDINATOR)
    referral = a_care_referral("returned", case=case, by=aino)
    sweep(on=TODAY, at=NOON)

    ended = closed(case, to(erkki), by=aino)

    assert ended.ends.get(kind=OpenEnd.Kind.CARE).about == referral.pk
    assert Task.objects.get(done_at=None).assignee == erkki
    with_steps(CareReferral.objects.get(), "supply", by=erkki)
    assert CareReferral.objects.get().state == "sent"


def test_in_a_closed_case_that_nobody_follows_no_step_is_taken(case, aino, portal):
    referral = a_care_referral("refused", case=case, by=aino)
    cases.close(
        case=case, outcome="work", closed_on=TODAY, version=Case.objects.get(pk=case.pk).version, by=aino, at=NOON
    )

    answer = portal.post(path(referral, "complain"), {"complained_on": "2026-11-23", "version": referral.version})

    assert "The case is closed." in answer.text
    assert CareReferral.objects.get().state == "refused"


@pytest.mark.parametrize("name", ["brought_decision", "benefit_add"])
def test_where_no_clinic_belongs_it_is_not_offered(case, portal, name):
    assert 'value="KTP"' not in portal.get(reverse(name, args=[case.number])).text
    assert 'value="KTP"' in portal.get(reverse("application_new", args=[case.number])).text


@pytest.mark.parametrize(("benefit", "is_offered"), [("SPR", False), ("KTP", True)])
def test_an_application_becomes_none_to_a_clinic_by_a_correction_and_one_from_before_stays(
    case, aino, portal, benefit, is_offered
):
    application = application_at("filed", case=case, benefit=benefit, decider="kela", by=aino)

    page = portal.get(reverse("application_correct", args=[case.number, application.pk])).text

    assert ('value="KTP"' in page) is is_offered
