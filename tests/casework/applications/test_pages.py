"""The pages of applications, decisions and appeals: who may open them, what they show, and what their forms do."""

import re
from datetime import date

import pytest
from django.urls import reverse

from casework.applications.urls import urlpatterns
from casework.models import Application, Evidence
from tenants.audit.models import AccessEntry
from tenants.rough_days import RoughDay
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    a_refused_case,
    application_at,
    evidence_of,
    in_db,
    page_of,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
POSTS_ONLY = {"coverage", "coverage_reopen", "appeal_new", "appeal_further", "application_paper_attach"}
SEEN_BY_THE_TEAM = {"case_applications", "application", "decision", "appeal"}
NAMES = [str(pattern.name) for pattern in urlpatterns if pattern.name != "today"]
NOT_HERE = {"appeal_notice", "application_claim_day"}  # the court's, and of a benefit with a time to claim
OPENED = [name for name in NAMES if name not in POSTS_ONLY | NOT_HERE]


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    return a_refused_case(by=aino)


def ask(browser, name, url):
    return browser.post(url) if name in POSTS_ONLY else browser.get(url)


# --- who --------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_another_municipality_finds_nothing_at_any_address(matti, cecilia, tuusniemi, subtests):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    for name in NAMES:
        with subtests.test(name):
            assert ask(browser, name, page_of(name, matti)).status_code == 404


def test_people_without_case_content_are_forbidden_every_page(matti, paula, tiina, subtests):
    for browser in (browser_of(paula), browser_of(tiina)):
        for name in NAMES:
            with subtests.test(name):
                assert ask(browser, name, page_of(name, matti)).status_code == 403


def test_a_team_member_who_is_not_in_the_team_finds_nothing_and_may_change_nothing(matti, daavid, subtests):
    browser = browser_of(daavid)

    for name in NAMES:
        with subtests.test(name):
            answer = ask(browser, name, page_of(name, matti))
            assert answer.status_code == (404 if name in SEEN_BY_THE_TEAM else 403)


@pytest.mark.parametrize("name", sorted(SEEN_BY_THE_TEAM))
def test_a_team_member_of_the_case_sees_it_without_any_button_to_change_it(matti, aino, daavid, name):
    from casework.cases import actions as cases

    cases.add_participant(case=matti, user=daavid, since=TODAY, by=aino, at=NOON)

    answer = browser_of(daavid).get(page_of(name, matti))

    assert answer.status_code == 200
    forms = re.findall(r'<form[^>]*action="([^"]*)"', answer.text)
    assert [action for action in forms if "/cases/" in action] == []


def test_the_coordinator_opens_every_page_and_the_look_is_in_the_access_log(matti, aino_browser, subtests):
    looks = AccessEntry.objects.filter(action="case.seen", subject=matti.number)
    for name in OPENED:
        with subtests.test(name):
            before = looks.count()
            assert aino_browser.get(page_of(name, matti)).status_code == 200
            assert looks.count() == before + 1


def test_no_page_leaves_a_variable_or_a_style_in_its_html(matti, aino_browser, subtests):
    for name in OPENED:
        with subtests.test(name):
            text = aino_browser.get(page_of(name, matti)).text
            assert not re.search(r"{[{%]|style=\"|onclick=|&amp;lt;|None<", text)


def test_somebody_else_s_case_asks_for_the_reason_first(matti, bertta):
    answer = browser_of(bertta).get(page_of("decision", matti))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("case_reason", args=[matti.number]))


def test_an_application_is_found_only_under_its_own_case(matti, aino, aino_browser):
    other = application_at("draft", by=aino)

    assert aino_browser.get(reverse("application", args=[matti.number, other.pk])).status_code == 404


# --- an application ---------------------------------------------------------------------------------------------


def test_a_new_application_is_begun_and_its_page_opened(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    url = reverse("application_new", args=[case.number])

    answer = aino_browser.post(url, {"benefit_code": "KT", "decider_code": "kela", "matter": "continuation"})

    application = Application.objects.get()
    assert answer["Location"] == application.get_absolute_url()
    assert (application.benefit_code, application.matter, application.state) == ("KT", "continuation", "draft")


def test_a_decider_that_does_not_decide_it_is_asked_of_at_its_field(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    url = reverse("application_new", args=[case.number])

    answer = aino_browser.post(url, {"benefit_code": "TKE-T", "decider_code": "kela", "matter": "new"})

    assert answer.context["form"].in_doubt.field == "decider_code"
    assert not Application.objects.exists()


def test_evidence_is_corrected_and_taken_off_with_a_reason(matti, aino_browser):
    known = aino_browser.get(page_of("application_evidence_correct", matti)).context["form"].initial
    assert [illness.name for illness in known["illnesses"]] == ["Selkäkipu"]
    typed = {"kind": "C", "title": "Kirjoitti Salo", "version": 1, "reason": "Väärä lausunto"}
    aino_browser.post(page_of("application_evidence_correct", matti), typed)
    remove = page_of("application_evidence_remove", matti)
    assert "Kirjoitti Salo" in aino_browser.get(remove).content.decode()
    assert "reason" in aino_browser.post(remove, {"version": 2}).context["form"].errors

    aino_browser.post(remove, {"version": 2, "reason": "Väärä hakemus"})

    told = aino_browser.get(reverse("case_corrections", args=[matti.number])).content.decode()
    assert [words in told for words in ("Väärä lausunto", "Väärä hakemus", "Selkäkipu")] == [True] * 3
    assert aino_browser.get(remove).status_code == 404


def test_evidence_is_attached_with_its_illnesses(matti, aino_browser):
    draft = Application.objects.get(state="draft")
    illness = matti.client.illnesses.last()

    aino_browser.post(
        page_of("application_evidence", matti), {"kind": "C", "dated_on": "2026-10-01", "illnesses": [illness.pk]}
    )

    piece = Evidence.objects.get(application=draft, kind="C")
    assert (list(piece.illnesses.all()), piece.dated_on) == ([illness], RoughDay(date(2026, 10, 1)))


def test_filing_on_the_page_shows_the_steps_and_the_usual_time(matti, aino_browser):
    answer = aino_browser.post(
        page_of("application_file", matti),
        {"filed_on": "2026-11-02", "sent_by": "electronic", "version": 1},
        follow=True,
    )

    assert answer.status_code == 200
    assert "2.11.2026" in answer.text
    assert "11.12.2026" in answer.text  # 39 days later


def test_a_day_in_the_future_is_said_at_its_field_and_what_was_typed_stays(matti, aino_browser):
    answer = aino_browser.post(
        page_of("application_file", matti), {"filed_on": "2026-12-02", "reference": "Dnro 5", "version": 1}
    )

    assert list(answer.context["form"].errors) == ["filed_on"]
    assert "Dnro 5" in answer.text
    assert Application.objects.get(pk=Application.objects.get(state="draft").pk).filed_on is None


def test_two_people_at_once_the_second_is_told_keeps_what_was_typed_and_can_save_knowingly(matti, aino, aino_browser):
    application = application_at("filed", case=matti, by=aino)
    url = reverse("application_ask_for_more", args=[matti.number, application.pk])
    typed = {"asked_on": "2026-11-20", "due_on": "2026-11-30", "what": "Palkkatodistus", "version": 1}

    answer = aino_browser.post(url, typed)
    assert "Palkkatodistus" in answer.text
    assert answer.context["form"]["version"].value() == str(application.version)
    assert in_db(application).state == "filed"

    aino_browser.post(url, typed | {"version": application.version})
    assert in_db(application).state == "returned"


def test_a_step_the_state_does_not_allow_is_told_on_the_form(matti, aino, aino_browser):
    application = application_at("withdrawn", case=matti, by=aino)
    url = reverse("application_file", args=[matti.number, application.pk])

    answer = aino_browser.post(url, {"filed_on": "2026-11-02", "version": application.version})

    assert answer.context["form"].non_field_errors()


# --- how many queries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SEEN_BY_THE_TEAM))
def test_a_page_asks_the_database_at_most_15_times_and_no_more_for_many_applications(
    matti, aino, aino_browser, django_assert_max_num_queries, name
):
    url = page_of(name, matti)
    aino_browser.get(url)
    with django_assert_max_num_queries(15) as few:
        aino_browser.get(url)
    for _number in range(4):
        application = application_at("decided", case=matti, by=aino)
        evidence_of(application, *matti.client.illnesses.all(), by=aino)

    with django_assert_max_num_queries(15) as many:
        aino_browser.get(url)
    assert len(many.captured_queries) == len(few.captured_queries)


@pytest.mark.parametrize(
    ("benefit", "said"), [("TKE-K", "enintään 6\xa0kuukaudelta"), ("SPR", "takautuvasti vain rajoitetulta ajalta")]
)
def test_a_new_decision_can_be_asked_at_any_time_and_how_far_back_it_is_paid_is_said_beside_it(
    kaavi, aino, aino_browser, benefit, said
):
    application = application_at("decided", benefit=benefit, decider="kela", by=aino)

    shown = aino_browser.get(reverse("application_re_examine", args=[application.case.number, application.pk])).text

    assert [words in shown for words in ("Määräaikaa ei ole", said)] == [True, True]
