"""Drafts: what is typed is kept sealed, for its person and its form only, put back, and ended by saving or by will."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode

from casework.cases import drafts
from casework.cases.door import ReasonNeeded
from casework.cases.draft_queries import case_of_place_or_404
from casework.meetings import actions as meetings
from casework.models import Draft, Note
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import a_meeting, an_item, in_db, written
from tests.conftest import NOON
from tests.people import browser_of

TYPED = "The client told for an hour."


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def place(case) -> str:
    return reverse("note_add", args=[case.number])


@pytest.fixture
def aino_browser(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


def keep(browser, place, **typed):
    return browser.post(reverse("draft_save"), {"place": place, "content": urlencode(typed or {"text": TYPED}, True)})


# --- keeping ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_the_script_is_told_when(place, aino, case, aino_browser):
    answer = keep(aino_browser, place)

    draft = Draft.objects.get()
    assert (draft.user, draft.place, draft.case) == (aino, place, case)
    assert answer.json()["text"].startswith("Draft kept")
    assert answer.json()["left"] == 20 * 60


def test_the_newest_words_take_the_place_of_the_ones_before(place, aino_browser):
    keep(aino_browser, place)
    keep(aino_browser, place, text="Newer")

    assert Draft.objects.get().content == "text=Newer"


def test_a_draft_lies_sealed_in_the_database(place, aino_browser):
    keep(aino_browser, place)

    with connection.cursor() as cursor:
        cursor.execute("select content from casework_draft")
        assert b"hour" not in bytes(cursor.fetchone()[0])


def test_what_is_too_long_is_not_kept_and_the_script_is_told(place, aino_browser):
    assert keep(aino_browser, place, text="x" * drafts.MOST).status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "place",
    ["", "/", "/nowhere/", "/people/invite/", "/account/password/change/", "/language/", "https://x.example/", "//x/"],
)
def test_only_the_forms_a_person_may_send_have_drafts(kaavi, aino_browser, place):
    answer = keep(aino_browser, place)

    assert answer.status_code in {200, 404}
    assert Draft.objects.exists() == (place == "/")  # the start page is theirs, and no form


def test_a_draft_needs_a_case_that_is_ones_own_to_see(place, case, aino, daavid):
    edit = reverse("minutes_edit", args=[case.number, an_item(a_meeting(by=aino), case, by=aino).pk])

    assert [keep(browser_of(daavid), address).status_code for address in (place, edit)] == [404, 404]
    assert not Draft.objects.exists()


def test_a_draft_at_a_colleagues_case_needs_the_reason_and_goes_on_when_it_ends_at_midnight(place, case, bertta):
    browser = browser_of(bertta)
    assert keep(browser, place).status_code == 409
    assert not Draft.objects.exists()
    browser.post(reverse("case_reason", args=[case.number]), {"reason": "Standing in for Aino."})
    assert keep(browser, place).status_code == 200

    later = date(2046, 1, 1)  # the log has the database's clock
    assert case_of_place_or_404(bertta, place, on=later) == case
    with pytest.raises(ReasonNeeded):
        case_of_place_or_404(bertta, reverse("task_add", args=[case.number]), on=later)


def test_a_draft_nobody_came_back_to_is_forgotten_after_a_month_whoever_wrote_it(place, case, aino, daavid):
    for by in (aino, daavid):
        drafts.save(place="/old/", case=None, content="a=1", by=by, at=NOON - drafts.KEPT_FOR - timedelta(days=1))
    drafts.save(place=place, case=case, content="a=1", by=aino, at=NOON)

    assert drafts.forget_old(at=NOON) == 2
    assert Draft.objects.get().place == place


# --- putting back ----------------------------------------------------------------------------------------------------


def test_the_form_comes_back_as_it_was_left_with_a_word_about_it(place, aino_browser):
    keep(aino_browser, place, kind="call", on="2026-11-20", text=TYPED)

    page = aino_browser.get(place)

    text = page.content.decode()
    assert "Restored what you had typed" in text
    assert TYPED in text
    assert 'value="2026-11-20"' in text
    assert page.context["form"]["kind"].value() == "call"
    assert not Note.objects.exists()


def test_nobody_else_gets_it_and_no_other_form(place, case, aino, bertta, aino_browser):
    keep(aino_browser, place)
    bertta_browser = browser_of(bertta)
    bertta_browser.post(reverse("case_reason", args=[case.number]), {"reason": "Standing in for Aino."})

    assert TYPED not in bertta_browser.get(place).content.decode()
    other = reverse("note_add", args=[a_case(by=aino).number])
    assert TYPED not in aino_browser.get(other).content.decode()


def test_a_form_that_was_sent_shows_what_was_sent(place, aino_browser):
    keep(aino_browser, place)

    page = aino_browser.post(place, {"text": "", "autosave": "1"}).content.decode()

    assert TYPED not in page
    assert "Restored" not in page
    assert Draft.objects.exists()


def test_saving_the_form_ends_the_draft(place, aino_browser):
    keep(aino_browser, place)

    aino_browser.post(place, {"kind": "note", "on": "2026-11-20", "text": TYPED, "autosave": "1"})

    assert Note.objects.get().text == TYPED
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_by_a_button(place, aino_browser):
    keep(aino_browser, place)

    answer = aino_browser.post(reverse("draft_throw_away"), {"place": place})

    assert answer.headers["Location"] == place
    assert TYPED not in aino_browser.get(place).content.decode()
    assert not Draft.objects.exists()


def test_throwing_away_leads_to_no_strange_place(kaavi, aino_browser):
    assert aino_browser.post(reverse("draft_throw_away"), {"place": "https://x.example/"}).status_code == 404
    assert aino_browser.post(reverse("draft_throw_away"), {"place": "//x.example/"}).status_code == 404


def test_a_draft_from_before_somebody_elses_save_does_not_overwrite_it(case, aino, bertta, aino_browser):
    item = an_item(a_meeting(by=aino, team=[bertta]), case, by=aino)
    address = reverse("minutes_edit", args=[case.number, item.pk])
    keep(aino_browser, address, text=TYPED, version=1)
    written(item, by=bertta, text="Bertta was first.")

    restored = aino_browser.get(address).context["form"]
    page = aino_browser.post(address, {"text": restored["text"].value(), "version": restored["version"].value()})

    assert "Somebody else changed this" in str(page.context["form"].non_field_errors())
    assert in_db(item).text == "Bertta was first."


def test_a_participant_who_left_gets_no_draft_back(case, aino, daavid):
    """A draft is shown on the page of its form only, and that page is shut."""
    meeting = a_meeting(by=aino, team=[daavid])
    item = an_item(meeting, case, by=aino)
    meetings.leave(participant=meeting.participants.get(user=daavid), by=aino, at=NOON)

    assert browser_of(daavid).get(reverse("minutes_edit", args=[case.number, item.pk])).status_code == 403


# --- a lost session ---------------------------------------------------------------------------------------------------


def test_a_lost_session_in_the_middle_of_typing_is_told_to_the_script(place, aino_browser):
    keep(aino_browser, place)
    aino_browser.session.flush()

    more = {"place": place, "content": "text=More"}
    answer = aino_browser.post(reverse("draft_save"), more, headers={"accept": "application/json"})

    assert answer.status_code == 401
    assert Draft.objects.get().content == urlencode({"text": TYPED})


def test_a_draft_is_in_nobodys_access_log(place, aino_browser):
    before = AccessEntry.objects.count()

    keep(aino_browser, place)

    assert AccessEntry.objects.count() == before


def test_a_page_with_a_draft_needs_one_query_more(place, aino_browser, django_assert_max_num_queries):
    keep(aino_browser, place)

    with django_assert_max_num_queries(15):
        aino_browser.get(place)
