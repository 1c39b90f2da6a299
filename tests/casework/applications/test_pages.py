"""The pages of applications, decisions and appeals: who may open them, what they show, and what their forms do."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.applications.urls import urlpatterns
from casework.models import Appeal, Application, CoverageCheck, Decision, Evidence
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    LAST_DAY,
    a_decision,
    an_illness,
    answered,
    appeal_at,
    application_at,
    evidence_of,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
POSTS_ONLY = {"application_evidence_remove", "coverage", "coverage_reopen", "appeal_new", "appeal_further"}
SEEN_BY_THE_TEAM = {"case_applications", "application", "decision", "appeal"}
NAMES = [pattern.name for pattern in urlpatterns if pattern.name != "today"]
OPENED = [name for name in NAMES if name not in POSTS_ONLY | {"appeal_notice"}]  # that one is the court's


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def matti(kaavi, aino):
    """Aino's case with a bad back and depression, and a draft appeal against a rejection."""
    case = a_case(by=aino)
    back = an_illness(case, "Selkäkipu", icd10="M54.5", by=aino)
    an_illness(case, "Masennus", by=aino)
    application = application_at("draft", case=case, by=aino)
    evidence_of(application, back, by=aino)
    decided = application_at("filed", case=case, by=aino)
    appeal_at("draft", decision=a_decision(application=decided, by=aino), by=aino)
    return case


def address(name, case):
    """The address of a page of that name for what the case holds."""
    draft = Application.objects.get(case=case, state="draft")
    kind = name.split("_")[0]
    if name in ("case_applications", "application_new"):
        return reverse(name, args=[case.number])
    if name == "application_evidence_remove":
        return reverse(name, args=[case.number, draft.pk, draft.evidence.get().pk])
    if name == "appeal_new" or kind == "coverage":
        return reverse(name, args=[case.number, Decision.objects.get().pk])
    if name == "decision_new":
        return reverse(name, args=[case.number, draft.pk])
    found: dict[str, Any] = {
        "application": draft,
        "decision": Decision.objects.first(),
        "appeal": Appeal.objects.first(),
    }
    return reverse(name, args=[case.number, found[kind].pk])


def ask(browser, name, url):
    return browser.post(url) if name in POSTS_ONLY else browser.get(url)


# --- who --------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_another_municipality_finds_nothing_at_any_address(matti, cecilia, tuusniemi, subtests):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    for name in NAMES:
        with subtests.test(name):
            assert ask(browser, name, address(name, matti)).status_code == 404


def test_people_without_case_content_are_forbidden_every_page(matti, paula, tiina, subtests):
    for browser in (browser_of(paula), browser_of(tiina)):
        for name in NAMES:
            with subtests.test(name):
                assert ask(browser, name, address(name, matti)).status_code == 403


def test_a_team_member_who_is_not_in_the_team_finds_nothing_and_may_change_nothing(matti, daavid, subtests):
    browser = browser_of(daavid)

    for name in NAMES:
        with subtests.test(name):
            answer = ask(browser, name, address(name, matti))
            assert answer.status_code == (404 if name in SEEN_BY_THE_TEAM else 403)


@pytest.mark.parametrize("name", sorted(SEEN_BY_THE_TEAM))
def test_a_team_member_of_the_case_sees_it_without_any_button_to_change_it(matti, aino, daavid, name):
    from casework.cases import actions as cases

    cases.add_participant(case=matti, user=daavid, since=TODAY, by=aino, at=NOON)

    answer = browser_of(daavid).get(address(name, matti))

    assert answer.status_code == 200
    forms = re.findall(r'<form[^>]*action="([^"]*)"', answer.text)
    assert [action for action in forms if "/cases/" in action] == []


def test_the_coordinator_opens_every_page_and_the_look_is_in_the_access_log(matti, aino_browser, subtests):
    looks = AccessEntry.objects.filter(action="case.seen", subject=matti.number)
    for name in OPENED:
        with subtests.test(name):
            before = looks.count()
            assert aino_browser.get(address(name, matti)).status_code == 200
            assert looks.count() == before + 1


def test_no_page_leaves_a_variable_or_a_style_in_its_html(matti, aino_browser, subtests):
    for name in OPENED:
        with subtests.test(name):
            text = aino_browser.get(address(name, matti)).text
            assert not re.search(r"{[{%]|style=\"|onclick=|&amp;lt;|None<", text)


def test_somebody_else_s_case_asks_for_the_reason_first(matti, bertta):
    answer = browser_of(bertta).get(address("decision", matti))

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


def test_a_decider_that_does_not_decide_it_is_said_at_its_field(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    url = reverse("application_new", args=[case.number])

    answer = aino_browser.post(url, {"benefit_code": "TKE-T", "decider_code": "kela", "matter": "new"})

    assert "decider_code" in answer.context["form"].errors
    assert not Application.objects.exists()


def test_evidence_is_attached_with_its_illnesses(matti, aino_browser):
    draft = Application.objects.get(state="draft")
    illness = matti.client.illnesses.last()

    aino_browser.post(
        address("application_evidence", matti), {"kind": "C", "dated_on": "2026-10-01", "illnesses": [illness.pk]}
    )

    piece = Evidence.objects.get(application=draft, kind="C")
    assert (list(piece.illnesses.all()), piece.dated_on) == ([illness], date(2026, 10, 1))


def test_filing_on_the_page_shows_the_steps_and_the_usual_time(matti, aino_browser):
    answer = aino_browser.post(
        address("application_file", matti),
        {"filed_on": "2026-11-02", "sent_by": "electronic", "version": 1},
        follow=True,
    )

    assert answer.status_code == 200
    assert "2.11.2026" in answer.text
    assert "11.12.2026" in answer.text  # 39 days later


def test_a_day_in_the_future_is_said_at_its_field_and_what_was_typed_stays(matti, aino_browser):
    answer = aino_browser.post(
        address("application_file", matti), {"filed_on": "2026-12-02", "reference": "Dnro 5", "version": 1}
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


# --- a decision and its check -----------------------------------------------------------------------------------


def test_recording_a_rejection_leads_to_its_page_with_the_check_and_the_last_day(matti, aino, aino_browser):
    application = application_at("filed", case=matti, by=aino)
    url = reverse("decision_new", args=[matti.number, application.pk])
    typed = {
        "decided_on": "2026-11-16",
        "result": "rejected",
        "channel": "post",
        "notice_on": "2026-11-17",
        "version": application.version,
    }

    answer = aino_browser.post(url, typed, follow=True)

    assert "28.12.2026" in answer.text
    assert "17.12." in answer.text
    assert "Selkäkipu" in answer.text
    assert "TyEL 395/2006 128\N{NO-BREAK SPACE}§" in answer.text


def test_a_decision_before_its_filing_is_said_at_the_field(matti, aino, aino_browser):
    application = application_at("filed", case=matti, by=aino)
    url = reverse("decision_new", args=[matti.number, application.pk])

    answer = aino_browser.post(
        url,
        {
            "decided_on": "2026-08-16",
            "result": "rejected",
            "channel": "post",
            "notice_on": "2026-08-17",
            "version": application.version,
        },
    )

    assert list(answer.context["form"].errors) == ["decided_on"]
    assert in_db(application).state == "filed"


def check_of(case):
    check = CoverageCheck.objects.get(decision__application__case=case)
    illnesses = list(case.client.illnesses.all())
    typed = {"version": check.version, "conclusion": "open", "client_decision": ""}
    typed |= {f"considered_{illnesses[0].pk}": "yes", f"note_{illnesses[0].pk}": ""}
    typed |= {f"considered_{illnesses[1].pk}": "no", f"note_{illnesses[1].pk}": "Ei mainita"}
    return check, typed


def test_the_check_is_saved_and_stays_open(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(address("coverage", matti), typed | {"has_newer_evidence": "yes"}, follow=True)

    assert answer.status_code == 200
    assert "Ei mainita" in answer.text
    assert in_db(check).is_open
    assert [row.is_considered for row in check.rows.all()] == [True, False]


def test_accepting_with_a_gap_is_said_at_the_reason_and_nothing_is_saved(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(address("coverage", matti), typed | {"conclusion": "accept"})

    assert list(answer.context["form"].errors) == ["reason"]
    assert "Ei mainita" in answer.text
    assert in_db(check).version == check.version
    assert [row.is_considered for row in check.rows.all()] == [None, None]


def test_closing_with_another_way_shows_the_conclusion_and_can_be_opened_again(matti, aino_browser):
    check, typed = check_of(matti)

    answer = aino_browser.post(address("coverage", matti), typed | {"conclusion": "re_examination"}, follow=True)
    assert in_db(check).conclusion == "re_examination"
    assert "päättäjä voi tutkia asian uudelleen" in answer.text  # Keva: no section of the law is known
    assert "SVL 17:4.5" not in answer.text

    aino_browser.post(address("coverage_reopen", matti))
    assert in_db(check).is_open


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ({"conclusion": "appeal"}, "Kyllä"),
        ({"conclusion": "accept", "reason": "Asiakas tyytyy"}, "Ei"),
        ({"conclusion": "re_examination"}, "Ei vielä päätetty"),
    ],
)
def test_a_closed_check_says_whether_the_client_appeals(matti, aino_browser, ending, words):
    Appeal.objects.all().delete()
    _, typed = check_of(matti)

    answer = aino_browser.post(address("coverage", matti), typed | ending, follow=True)

    assert re.findall(r"<dt>Valittaako asiakas\?</dt>\s*<dd[^>]*>\s*([^<]*?)\s*<", answer.text) == [words]


def test_the_section_about_new_evidence_is_cited_for_kela(kaavi, aino, aino_browser):
    decision = a_decision(application=application_at("filed", benefit="SPR", decider="kela", by=aino), by=aino)

    assert "Kelan on tutkittava evätty etuus uudelleen" in aino_browser.get(decision.get_absolute_url()).text


def test_the_day_printed_in_the_decision_is_confirmed_on_its_page(matti, aino_browser):
    decision = Decision.objects.get()
    typed = {
        "channel": "post",
        "notice_on": "2026-11-17",
        "printed_last_day": "2026-12-22",
        "version": decision.version,
    }

    answer = aino_browser.post(address("decision_notice", matti), typed, follow=True)

    assert in_db(decision).last_day == date(2026, 12, 22)
    assert "22.12.2026" in answer.text
    assert "28.12.2026" in answer.text  # what it would be by the rules


# --- an appeal --------------------------------------------------------------------------------------------------


def test_an_appeal_is_begun_from_the_decision(matti, aino, aino_browser):
    decision = a_decision(application=application_at("filed", case=matti, by=aino), by=aino)

    answer = aino_browser.post(reverse("appeal_new", args=[matti.number, decision.pk]), follow=True)

    assert answer.status_code == 200
    assert "Masennus" in answer.text
    assert Appeal.objects.filter(decision=decision, state="draft").count() == 1


def test_a_second_appeal_gets_the_friendly_page(matti, aino_browser):
    answer = aino_browser.post(address("appeal_new", matti))

    assert answer.status_code == 409


def test_a_late_appeal_is_warned_of_asked_why_and_filed(matti, aino, time_is):
    appeal = Appeal.objects.get()
    time_is(NOON + (LAST_DAY - TODAY) + timedelta(days=2))
    aino_browser = browser_of(aino)
    url = address("appeal_file", matti)

    assert "28.12.2026" in aino_browser.get(address("appeal", matti)).text
    answer = aino_browser.post(url, {"filed_on": "2026-12-30", "version": appeal.version})
    assert list(answer.context["form"].errors) == ["late_reason"]
    assert in_db(appeal).is_draft

    typed = {"filed_on": "2026-12-30", "late_reason": "Sairaalassa", "version": appeal.version}
    answer = aino_browser.post(url, typed, follow=True)
    assert in_db(appeal).was_late
    assert "Sairaalassa" in answer.text


def test_the_text_is_edited_and_the_answer_recorded_and_the_court_begins(matti, aino, aino_browser):
    appeal = Appeal.objects.get()
    typed = {"demand": "Myönnettävä", "grounds": "Masennus sivuutettiin", "version": appeal.version}
    assert "Masennus sivuutettiin" in aino_browser.post(address("appeal_edit", matti), typed, follow=True).text

    aino_browser.post(address("appeal_file", matti), {"filed_on": "2026-11-20", "version": in_db(appeal).version})
    answer = {
        "result": "rejected",
        "result_on": "2026-11-22",
        "result_channel": "electronic",
        "result_notice_on": "2026-11-23",
        "version": in_db(appeal).version,
    }
    page = aino_browser.post(address("appeal_decide", matti), answer, follow=True)

    court = Appeal.objects.get(level="insurance_court")
    assert court.get_absolute_url() in page.text
    assert "vakuutusoikeu" in aino_browser.get(court.get_absolute_url()).text


def test_a_given_up_court_appeal_is_begun_again_from_the_board_s(matti, aino, aino_browser):
    board = answered(appeal_at("filed", decision=a_decision(by=aino), by=aino), by=aino)
    court = Appeal.objects.get(against=board)
    number = board.decision.application.case.number
    url = reverse("appeal_withdraw", args=[number, court.pk])
    aino_browser.post(url, {"withdrawn_on": "2026-11-23", "version": court.version})

    aino_browser.post(reverse("appeal_further", args=[number, board.pk]))

    assert sorted(Appeal.objects.filter(against=board).values_list("state", flat=True)) == ["draft", "withdrawn"]


def test_the_notice_of_a_first_appeal_is_confirmed_on_its_decision(matti, aino_browser):
    answer = aino_browser.get(address("appeal_notice", matti))

    assert answer["Location"] == address("decision_notice", matti)


def test_the_notice_of_a_court_appeal_is_confirmed_on_its_own_page(kaavi, aino, aino_browser):
    board = answered(appeal_at("filed", by=aino), by=aino)
    court = Appeal.objects.get(against=board)
    url = reverse("appeal_notice", args=[board.decision.application.case.number, court.pk])
    assert aino_browser.get(url).status_code == 200

    typed = {"channel": "post", "notice_on": "2026-11-23", "printed_last_day": "2026-12-29", "version": court.version}
    aino_browser.post(url, typed)

    assert in_db(court).last_day == date(2026, 12, 29)


# --- how many queries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SEEN_BY_THE_TEAM))
def test_a_page_asks_the_database_at_most_15_times_and_no_more_for_many_applications(
    matti, aino, aino_browser, django_assert_max_num_queries, name
):
    url = address(name, matti)
    aino_browser.get(url)
    with django_assert_max_num_queries(15) as few:
        aino_browser.get(url)
    for _number in range(4):
        application = application_at("decided", case=matti, by=aino)
        evidence_of(application, *matti.client.illnesses.all(), by=aino)

    with django_assert_max_num_queries(15) as many:
        aino_browser.get(url)
    assert len(many.captured_queries) == len(few.captured_queries)
