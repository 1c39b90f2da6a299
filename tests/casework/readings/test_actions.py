"""A colleague reads a draft: who can be asked, how long it opens, and that nothing waits for it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework.appeals import actions as appeals
from casework.appeals import correcting
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases.door import readings_of
from casework.cases.open_ends import open_ends
from casework.descriptions import actions as descriptions
from casework.endings.presenters import title
from casework.models import Appeal, Case, ReadingRemark, ReadingRequest, Task
from casework.readings import actions as readings
from casework.reminders.sweep import sweep
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.casework.appeals.making import an_appeal_of
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description
from tests.casework.readings.making import DUE, a_reading
from tests.conftest import NOON
from tests.people import person

State = ReadingRequest.State


@pytest.fixture
def case(aino) -> Case:
    return a_case(by=aino, last_name="Meikäläinen")


@pytest.fixture
def appeal(case, aino) -> Appeal:
    return an_appeal_of(case, by=aino)


@pytest.fixture
def ilona(kaavi) -> User:
    return person("Ilona", Role.COORDINATOR)


def state_of(reading: ReadingRequest) -> str:
    return ReadingRequest.objects.get(pk=reading.pk).state


def test_a_colleague_is_asked_with_a_row_on_their_today_and_a_mail_without_the_client(appeal, aino, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)

    task = Task.objects.get(assignee=ilona)
    assert (task.due_on, task.reading) == (DUE, reading)
    mail = OutgoingEmail.objects.get(to=ilona)
    assert "Meikäläinen" not in mail.subject + mail.text + mail.html + task.title
    assert str(reading.pk) in mail.text
    assert list(readings_of(ilona)) == [reading]


def test_the_doctor_of_the_team_reads_and_a_doctor_of_no_team_cannot_be_asked(case, appeal, aino, daavid):
    with pytest.raises(readings.CannotRead):
        a_reading(appeal, reader=daavid, by=aino)
    participant = cases.add_participant(case=case, user=daavid, since=date(2026, 11, 2), by=aino, at=NOON)

    reading = a_reading(appeal, reader=daavid, by=aino)
    assert list(readings_of(daavid)) == [reading]

    cases.remove_participant(participant=participant, until=date(2026, 11, 23), by=aino, at=NOON)
    assert list(readings_of(daavid)) == []


def test_nobody_is_asked_twice_asks_themselves_or_somebody_without_casework(appeal, aino, ilona, paula):
    a_reading(appeal, reader=ilona, by=aino)

    with pytest.raises(readings.AskedAlready):
        a_reading(appeal, reader=ilona, by=aino)
    for nobody in (aino, paula):
        with pytest.raises(readings.CannotRead):
            a_reading(appeal, reader=nobody, by=aino)


def test_a_team_member_asks_nobody(case, appeal, aino, daavid, ilona):
    cases.add_participant(case=case, user=daavid, since=date(2026, 11, 2), by=aino, at=NOON)

    with pytest.raises(PermissionDenied):
        a_reading(appeal, reader=ilona, by=daavid)


def test_a_remark_keeps_the_words_it_is_about(appeal, aino, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)

    remark = readings.remark(reading=reading, field="demand", text="Liian lyhyt.", by=ilona, at=NOON)

    assert remark.said == appeal.demand


def test_only_the_reader_remarks(appeal, aino, bertta, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)

    for somebody in (aino, bertta):
        with pytest.raises(readings.ReadingIsOver):
            readings.remark(reading=reading, field="demand", text="Ei.", by=somebody, at=NOON)


def test_who_has_read_it_sees_it_no_more_and_the_task_is_done(appeal, aino, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)

    readings.finish(reading=reading, by=ilona, at=NOON)

    assert state_of(reading) == State.READ
    assert list(readings_of(ilona)) == []
    assert not Task.objects.get(assignee=ilona).is_dropped
    with pytest.raises(readings.ReadingIsOver):
        readings.finish(reading=reading, by=ilona, at=NOON)


def test_what_is_taken_back_is_on_nobody_s_today(appeal, aino, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)

    readings.take_back(reading=reading, by=aino, at=NOON)
    readings.take_back(reading=reading, by=aino, at=NOON)

    assert (state_of(reading), list(readings_of(ilona))) == (State.TAKEN_BACK, [])
    assert Task.objects.get(assignee=ilona).is_dropped


def _file(appeal: Appeal, by: User) -> None:
    appeals.file(appeal=appeal, filed_on=NOON.date(), version=appeal.version, by=by, at=NOON)


def _withdraw(appeal: Appeal, by: User) -> None:
    appeals.withdraw(appeal=appeal, withdrawn_on=NOON.date(), version=appeal.version, by=by, at=NOON)


def _take_back(appeal: Appeal, by: User) -> None:
    correcting.take_back(appeal=appeal, reason="Väärä asia", version=appeal.version, by=by, at=NOON)


@pytest.mark.parametrize("end", [_file, _withdraw, _take_back])
def test_nothing_waits_for_the_reader_and_what_went_out_is_closed_for_them(appeal, aino, ilona, end):
    reading = a_reading(appeal, reader=ilona, by=aino)
    readings.remark(reading=reading, field="demand", text="Liian lyhyt.", by=ilona, at=NOON)

    end(appeal, aino)

    assert (state_of(reading), list(readings_of(ilona))) == (State.OVER, [])
    assert Task.objects.get(assignee=ilona).is_dropped
    assert ReadingRemark.objects.count() == 1


def test_a_task_that_was_taken_back_holds_up_no_filing(appeal, aino, ilona):
    reading = a_reading(appeal, reader=ilona, by=aino)
    tasks.take_back(task=Task.objects.get(assignee=ilona), reason="Turha rivi", version=1, by=aino, at=NOON)

    _file(appeal, aino)

    assert state_of(reading) == State.OVER


def test_a_signed_description_waits_for_nobody_either(case, aino, ilona):
    description = a_description(case=case, by=aino, health="Selkä.")
    reading = a_reading(description, reader=ilona, by=aino)
    readings.remark(reading=reading, field="health", text="Tarkenna.", by=ilona, at=NOON)

    descriptions.sign(description=description, title="Koordinaattori", version=description.version, by=aino, at=NOON)

    assert (state_of(reading), list(readings_of(ilona))) == (State.OVER, [])
    with pytest.raises(readings.NotADraft):
        a_reading(case.descriptions.get(), reader=ilona, by=aino)


def test_a_remark_is_settled_and_opened_again(appeal, aino, ilona, daavid):
    remark = readings.remark(
        reading=a_reading(appeal, reader=ilona, by=aino), field="demand", text="Lyhyt.", by=ilona, at=NOON
    )

    readings.settle(remark=remark, by=aino, at=NOON)
    assert ReadingRemark.objects.get().settled_by == aino
    readings.unsettle(remark=remark, by=aino, at=NOON)
    assert ReadingRemark.objects.get().settled_by is None
    with pytest.raises(PermissionDenied):
        readings.settle(remark=remark, by=daavid, at=NOON)


def test_what_is_open_in_a_case_names_the_reading_by_its_task(case, aino, ilona):
    description = a_description(case=case, by=aino)
    a_reading(description, reader=ilona, by=aino)

    assert any("Lue luonnos" in title(end) and "Ilona" in title(end) for end in open_ends(case, on=NOON.date()))


def test_who_asked_is_told_when_the_day_has_gone_by_and_not_of_what_was_read(case, appeal, aino, bertta, ilona):
    a_reading(appeal, reader=ilona, by=bertta)
    read = a_reading(a_description(case=case, by=aino), reader=ilona, by=bertta)
    readings.finish(reading=read, by=ilona, at=NOON)

    assert _told(DUE) == []
    assert _told(DUE + timedelta(days=1)) == [bertta]
    assert _told(DUE + timedelta(days=2)) == [bertta]


def _told(on: date) -> list[User]:
    sweep(on=on, at=datetime.combine(on, NOON.timetz()))
    tasks = Task.objects.filter(occasion__cause__startswith="reading:", done_at=None)
    return [task.assignee for task in tasks]
