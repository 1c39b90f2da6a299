"""The timeline: every kind can be drawn, lines come newest first with their words, mails are among them."""

from datetime import date, timedelta

import lucide
import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.models import Event
from casework.overview.timeline import entries
from casework.referrals import actions as referrals
from casework.services import actions as service_entries
from casework.timeline import reading as queries
from casework.timeline import writing as timeline
from casework.timeline.kinds import EVENTS
from casework.timeline.kinds.kind import GROUPS, MAIL
from tenants.audit.models import AccessEntry
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case, a_client, a_referral
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
OPENED = date(2026, 6, 1)


def a_mail(case, to, **others) -> OutgoingEmail:
    known = {
        "key": f"k{OutgoingEmail.objects.count()}",
        "template": "t",
        "language": "fi",
        "subject": "An appeal ends",
        "text": "x",
        "html": "x",
        "due_at": NOON,
        "about": case.number,
        "to": to,
        "to_email": to.email,
    }
    return OutgoingEmail.objects.create(**known | others)


@pytest.mark.parametrize("kind", [*EVENTS, "mail"])
def test_every_kind_has_a_name_an_icon_that_exists_and_a_known_group(kind):
    event = EVENTS.get(kind, MAIL)

    assert str(event.label)
    assert event.group in GROUPS
    assert lucide._render_icon(event.icon, None)


def test_what_nobody_did_is_not_in_the_access_log(kaavi, aino):
    case = a_case(by=aino)
    before = AccessEntry.objects.count()

    timeline.add(case=case, kind="case.direction_set", by=None, at=NOON, facts={"direction": "work"})

    assert AccessEntry.objects.count() == before


def test_an_unknown_kind_is_a_mistake_of_the_programmer(kaavi, aino):
    with pytest.raises(KeyError):
        timeline.add(case=a_case(by=aino), kind="case.vanished", by=aino, at=NOON)


def test_lines_come_newest_day_first_with_their_words(kaavi, aino):
    case = a_case(by=aino, opened_on=date(2026, 6, 1))
    notes.write(case=case, kind="call", text="Later call.", on=date(2026, 11, 20), by=aino, at=NOON)
    notes.write(case=case, kind="meeting", text="Early meeting.", on=date(2026, 9, 1), by=aino, at=NOON)

    lines = queries.latest(case)

    assert [(line.kind, line.words, line.who) for line in lines] == [
        ("note.call", "Later call.", "Aino"),
        ("note.meeting", "Early meeting.", "Aino"),
        ("case.opened", "", "Aino"),
    ]


def test_the_later_of_two_things_at_one_moment_comes_first(kaavi, aino):
    case = a_case(by=aino)
    for number in range(5):
        notes.write(case=case, kind="note", text=str(number), on=TODAY, by=aino, at=NOON)

    assert [line.words for line in queries.latest(case, limit=5)] == ["4", "3", "2", "1", "0"]


def test_mails_about_the_case_are_among_the_lines_and_others_are_not(kaavi, aino):
    case, other = a_case(by=aino), a_case(by=aino)
    a_mail(case, aino)
    a_mail(other, aino, subject="Not this one")

    (line,) = (line for line in queries.latest(case) if line.kind == "mail")
    (entry,) = entries(case, [line])

    assert (line.who, line.facts) == ("Aino", {"subject": "An appeal ends", "state": "pending"})
    assert "An appeal ends" in str(entry.text)


@pytest.mark.parametrize(
    ("group", "kinds"),
    [
        ("notes", {"note.note"}),
        ("tasks", {"task.added"}),
        ("mail", {"mail"}),
        ("nonsense", {"note.note", "task.added", "mail", "case.opened"}),
        ("", {"note.note", "task.added", "mail", "case.opened"}),
    ],
)
def test_a_group_shows_its_own_kinds_only(kaavi, aino, group, kinds):
    case = a_case(by=aino)
    notes.write(case=case, kind="note", text="x", on=TODAY, by=aino, at=NOON)
    tasks.add(case=case, title="x", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    a_mail(case, aino)

    lines, page = queries.page(case, group=group)

    assert {line.kind for line in lines} == kinds
    assert page.paginator.count == len(lines)


def test_pages_hold_every_line_once(kaavi, aino):
    case = a_case(by=aino)
    for day in range(7):
        notes.write(case=case, kind="note", text=str(day), on=TODAY - timedelta(day % 3), by=aino, at=NOON)
    for _ in range(3):
        a_mail(case, aino)

    pages = [queries.page(case, number=str(number), size=4)[0] for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [4, 4, 3]
    lines = [line for page in pages for line in page]
    assert sorted(line.words for line in lines if line.kind == "note.note") == list("0123456")
    assert [line.on for line in lines] == sorted((line.on for line in lines), reverse=True)


def test_every_kind_of_casework_is_put_into_words(kaavi, aino, bertta, daavid):
    case = referrals.accept(
        referral=a_referral(by=aino),
        client=a_client(by=aino),
        coordinator=aino,
        opened_on=OPENED,
        version=1,
        by=aino,
        at=NOON,
    )
    cases.set_direction(case=case, direction="pension", direction_on=TODAY, version=1, by=aino, at=NOON)
    cases.reassign(case=case, coordinator=bertta, version=2, by=bertta, at=NOON)
    joined = cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    cases.remove_participant(participant=joined, until=TODAY, by=aino, at=NOON)
    illnesses.add(case=case, details=IllnessDetails(name="Back"), by=aino, at=NOON)
    tasks.add(case=case, title="Ask Kela", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    service_entries.log(
        case=case, on=TODAY, product="doctor_visit", minutes=90, what="Went along", is_billable=True, by=aino, at=NOON
    )
    application_at("returned", by=aino, case=case)
    cases.close(case=case, outcome="pension", closed_on=TODAY, version=3, by=aino, at=NOON)

    shown = entries(case, queries.latest(case, limit=50))

    text = "\n".join(str(entry.text) for entry in shown)
    assert len(shown) == Event.objects.filter(case=case).count()
    for words in (
        "Back pain prevents",
        "Back",
        "Ask Kela",
        "Went along",
        "Bertta",
        "Daavid",
        "1\xa0h 30\xa0min",
        "Keva",
    ):
        assert words in text
