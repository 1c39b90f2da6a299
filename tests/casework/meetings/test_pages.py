"""The pages of meetings, agendas and minutes as people use them, and as those who may not do not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.models import Draft, Meeting
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.casework.meetings.making import (
    ON_ITEM,
    ON_MEETING,
    TOMORROW,
    a_consent,
    a_meeting,
    an_item,
    at,
    final,
    in_db,
    of,
    written,
)
from tests.conftest import NOON
from tests.people import browser_of

BUDGET = 15  # queries, whatever the number of cases and people
AFTER = TOMORROW + timedelta(hours=3)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def item(case, aino, bertta, daavid):
    return an_item(a_meeting(by=aino, team=[bertta, daavid]), case, by=aino, question="Can work begin?")


@pytest.fixture
def aino_browser(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


def a_form(chair, *team, **others) -> dict[str, object]:
    typed = {
        "kind": "team",
        "on": "2026-11-25",
        "begins": "09:00",
        "ends": "11:00",
        "place": "Room 2",
        "chair": chair.pk,
    }
    for one in team:
        typed |= {f"is_invited_{one.pk.hex}": "on", f"profession_{one.pk.hex}": "doctor"}
    return typed | others


# --- the way through a meeting ----------------------------------------------------------------------------------------


def test_a_meeting_is_planned_with_the_last_team_chosen_already(item, aino, daavid, aino_browser):
    page = aino_browser.get(reverse("meeting_new"))
    chosen = {seat.user.name for seat in page.context["form"]["team"].value() if seat.is_invited}
    assert chosen == {"Aino", "Bertta", "Daavid"}

    answer = aino_browser.post(reverse("meeting_new"), a_form(aino, daavid))

    made = Meeting.objects.get(place="Room 2")
    assert answer.headers["Location"] == f"/meetings/{made.pk}/"
    assert made.participants.get(user=daavid).profession == "doctor"
    assert made.starts_at.isoformat() == "2026-11-25T07:00:00+00:00"


@pytest.mark.parametrize(
    ("others", "field"),
    [({"ends": "08:00"}, "ends"), ({"on": ""}, "on"), ({"begins": "25:00"}, "begins"), ({"kind": "party"}, "kind")],
)
def test_what_cannot_be_is_refused_at_its_field(kaavi, aino, aino_browser, others, field):
    page = aino_browser.post(reverse("meeting_new"), a_form(aino, **others))

    assert list(page.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_a_meeting_is_edited_and_who_is_not_ticked_has_left(item, aino, bertta, aino_browser):
    typed = a_form(aino, bertta, version=1)

    aino_browser.post(of("meeting_edit", item.meeting), typed)

    assert {one.user.name for one in item.meeting.participants.filter(left_at=None)} == {"Aino", "Bertta"}


def test_an_edit_over_a_change_one_has_not_seen_keeps_what_was_typed(item, aino, daavid, aino_browser):
    aino_browser.post(of("meeting_edit", item.meeting), a_form(aino, daavid, version=1))

    page = aino_browser.post(of("meeting_edit", item.meeting), a_form(aino, version=1, place="Typed"))

    assert page.context["form"].errors
    assert 'value="Typed"' in page.content.decode()


def test_without_consent_the_form_says_at_the_ground_how_to_mend_it(kaavi, aino, case, aino_browser):
    meeting = a_meeting(by=aino)
    typed = {"case": case.pk, "basis": "consent", "question": "Can work begin?"}

    page = aino_browser.post(of("meeting_agenda_add", meeting), typed)

    assert list(page.context["form"].errors) == ["basis"]
    assert "Can work begin?" in page.content.decode()
    a_consent(case, by=aino)
    assert aino_browser.post(of("meeting_agenda_add", meeting), typed).status_code == 302
    assert meeting.agenda.get().question == "Can work begin?"


def test_a_provision_of_law_must_be_chosen(kaavi, aino, case, aino_browser):
    meeting = a_meeting(by=aino)
    address = reverse("agenda_add", args=[case.number])

    page = aino_browser.post(address, {"meeting": meeting.pk, "basis": "law"})
    assert list(page.context["form"].errors) == ["law"]

    aino_browser.post(address, {"meeting": meeting.pk, "basis": "law", "law": "381/2023 15 §"})
    assert meeting.agenda.get().basis_note == "381/2023 15 §"


def test_a_case_goes_up_the_agenda(item, aino, aino_browser):
    second = an_item(item.meeting, a_case(by=aino), by=aino)

    aino_browser.post(at("agenda_move", second), {"way": "up"})

    assert list(item.meeting.agenda.all()) == [second, item]


def test_minutes_are_written_finalised_and_closed(item, aino, aino_browser, time_is):
    aino_browser.post(at("minutes_edit", item), {"text": "Said.", "recommendation": "Do.", "version": 1})
    aino_browser.post(at("minutes_finalise", item), {"version": 2})
    assert in_db(item).is_final

    time_is(AFTER)
    browser = browser_of(aino)
    browser.post(of("meeting_close", item.meeting))

    assert Meeting.objects.get().state == "closed"


def test_closing_too_early_is_a_friendly_refusal(item, aino_browser):
    answer = aino_browser.post(of("meeting_close", item.meeting))

    assert answer.status_code == 409
    assert "has not begun" in answer.content.decode()


def test_words_typed_into_minutes_that_were_finalised_meanwhile_are_not_lost(item, aino, aino_browser):
    final(item, by=aino)

    page = aino_browser.post(at("minutes_edit", item), {"text": "Typed for an hour.", "version": 1})

    assert page.status_code == 200
    assert "Typed for an hour." in page.content.decode()
    assert "final" in str(page.context["form"].non_field_errors())


def test_the_second_of_two_who_finalise_is_told_who_was_first(item, bertta, aino_browser):
    final(item, by=bertta)

    page = aino_browser.post(at("minutes_finalise", item), {"version": 3})

    assert "Bertta finalised these minutes" in page.content.decode()


def test_versions_are_shown_with_who_and_what_changed(item, aino, bertta, aino_browser):
    written(item, by=aino, text="The back is better.")
    written(item, by=bertta, text="The back is much better.")

    page = aino_browser.get(at("minutes_versions", item)).content.decode()

    assert "<ins>" in page
    assert "much" in page
    assert "Bertta" in page
    assert "<ins>" in aino_browser.get(at("minutes_versions", item) + "?version=1").content.decode()


def test_a_task_is_agreed_with_a_participant_only(item, daavid, tiina, aino_browser):
    typed = {"title": "B statement", "due_on": "2026-12-10", "assignee": daavid.pk}

    aino_browser.post(at("minutes_task", item), typed)
    page = aino_browser.post(at("minutes_task", item), typed | {"assignee": tiina.pk})

    assert list(page.context["form"].errors) == ["assignee"]
    assert "B statement" in aino_browser.get(item.get_absolute_url()).content.decode()


def test_the_paper_is_a_download_that_is_logged(item, aino, aino_browser):
    final(item, by=aino)

    answer = aino_browser.get(at("minutes_pdf", item))

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{item.case.number}-minutes-2026-11-24.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert AccessEntry.objects.filter(action="minutes.fetched").get().subject == item.case.number


def test_a_cancelled_meeting_is_confirmed_first(item, aino_browser):
    assert aino_browser.get(of("meeting_cancel", item.meeting)).status_code == 200
    assert Meeting.objects.get().is_open

    aino_browser.post(of("meeting_cancel", item.meeting))

    assert Meeting.objects.get().is_cancelled


def test_presence_is_ticked(item, aino, time_is):
    time_is(AFTER)
    chair = item.meeting.participants.get(user=aino)

    browser_of(aino).post(of("meeting_presence", item.meeting), {"present": [chair.pk]})

    assert item.meeting.participants.filter(was_present=True).get() == chair


def test_the_tab_of_a_case_shows_the_next_meeting_and_past_recommendations(item, aino, aino_browser):
    earlier = a_meeting(by=aino, starts_at=NOON - timedelta(days=30))
    final(an_item(earlier, item.case, by=aino, basis="law", law="381/2023 15 §"), by=aino)

    page = aino_browser.get(reverse("case_meetings", args=[item.case.number])).content.decode()

    assert "A work try-out in spring." in page
    assert "Can work begin?" in page
    assert "Health centre, room 2" in page


def test_empty_lists_say_so(kaavi, case, aino_browser):
    assert "No planned meeting is recorded here." in aino_browser.get(reverse("meeting_list")).content.decode()
    assert "No meeting to choose" in aino_browser.get(reverse("agenda_add", args=[case.number])).content.decode()


# --- the protective order ---------------------------------------------------------------------------------------------


# --- measured ---------------------------------------------------------------------------------------------------------


def test_pages_need_few_queries_whatever_the_amounts(item, aino, daavid, django_assert_max_num_queries):
    for _ in range(6):
        written(an_item(item.meeting, a_case(by=aino), by=aino), by=aino)
    for number in range(3):
        written(item, by=aino, text=f"Version {number}")
        a_meeting(by=aino, team=[daavid])
    addresses = [
        reverse("meeting_list"),
        reverse("meeting_new"),
        reverse("case_meetings", args=[item.case.number]),
        reverse("agenda_add", args=[item.case.number]),
        *(of(name, item.meeting) for name in ON_MEETING),
        *(at(name, item) for name in [*ON_ITEM, "minutes_pdf"]),
    ]
    asked = [(browser_of(aino), address) for address in addresses]
    asked += [(browser_of(daavid), address) for address in (of("meeting", item.meeting), item.get_absolute_url())]

    for browser, address in asked:
        with django_assert_max_num_queries(BUDGET):
            assert browser.get(address).status_code == 200


def test_saving_the_minutes_ends_their_draft(item, aino, aino_browser):
    address = at("minutes_edit", item)
    aino_browser.post(reverse("draft_save"), {"place": address, "content": "text=Typed&version=1"})
    assert Draft.objects.filter(user=aino, place=address).exists()

    aino_browser.post(address, {"text": "Typed and saved", "version": 1, "autosave": "1"})

    assert not Draft.objects.exists()
