"""What the demo's stories must show, asked inside Kaavi; `test_demo_data` loads them."""

from casework.assessments.queries import scores_over_time
from casework.consents import guard as consents
from casework.descriptions.presenters import missing
from casework.descriptions.queries import known_of, texts_of
from casework.models import Appeal, Case, Decision, MappingEntry, Meeting
from casework.withdrawals.queries import what_remains
from deploy.demo import accounts
from deploy.demo.days import Days


def pekkas_is_told_whole(today):
    case = Case.objects.get(client__first_name="Pekka")
    client = case.client
    entries = client.mapping_entries.current()
    assert {entry.area for entry in entries} == set(MappingEntry.Area.values)
    assert len({entry.source for entry in entries}) >= 5
    assert client.network.filter(safety="not_safe").count() == 1
    assert {row.group for row in client.target_groups.all()} == {"long_term_unemployed", "partially_able"}
    assert consents.find(client, partner="team", purpose="discuss", on=today)
    assert consents.find(client, partner="health_care", purpose="hand_over", on=today)
    assert case.tasks.filter(occasion__cause__startswith="consent:").count() == 1
    it_went_from_the_doctor_to_the_application(case, today)
    abilities_are_seen_to_change(case)
    the_team_of_five_gave_each_a_task(case)


def it_went_from_the_doctor_to_the_application(case, today):
    visit = case.appointments.get(state="held")
    assert visit.is_accompanied
    assert visit.prepared_at < visit.starts_at < visit.debriefed_at
    assert visit.next_task.is_done
    request = case.statement_requests.get()
    assert (request.kind, request.state, request.reminder_count) == ("B", "received", 1)
    application = case.applications.get(benefit_code="SPR", decider_code="kela", state="filed")
    description = case.descriptions.get(state="signed")
    assert {evidence.document for evidence in application.evidence.all()} == {request.document, description.document}
    assert missing(case, texts_of(description), known_of(case), today=today) == []
    assert case.disclosures.filter(basis="consent").count() == 2
    assert case.appointments.filter(state="planned", starts_at__gt=Days(today).now).count() == 2


def abilities_are_seen_to_change(case):
    moved = {code: [score.score for score in scores] for code, scores in scores_over_time(case).items()}
    assert moved["moving"] == [1, 1, 2]
    assert moved["sleep"] == [1, 1, 2]
    assert {result.instrument for result in case.instrument_results.all()} == {"kykyviisari", "own_estimate"}


def the_team_of_five_gave_each_a_task(case):
    item = case.agenda_items.get(state="final")
    professions = {account.email: account.profession for account in accounts.ACCOUNTS}
    assert item.meeting.state == "closed"
    assert len([one for one in item.meeting.participants.all() if one.was_present]) == 5 + 1
    assignees = [agreed.task.assignee for agreed in item.agreed_tasks.select_related("task__assignee")]
    assert len({professions[assignee.email] for assignee in assignees} - {""}) == 5


def seija_left_and_what_is_hers_remains(today):
    case = Case.objects.get(client__first_name="Seija")
    assert case.outcome == Case.Outcome.WITHDREW
    assert {visit.state for visit in case.appointments.all()} == {"cancelled"}
    assert {item.state for item in case.agenda_items.all()} == {"withdrawn"}
    assert {request.state for request in case.statement_requests.all()} == {"cancelled"}
    assert consents.current(case.client, today) == []
    assert [one.benefit_code for one in what_remains(case, on=today).applications] == ["SPR"]


def the_team_meets_about_three_clients(today):
    meeting = Meeting.objects.get(state="planned")
    names = {item.case.client.first_name for item in meeting.agenda.exclude(state="withdrawn")}
    assert meeting.held_on == Days(today).ahead(1)
    assert len(names) == 3
    assert {"Raija", "Pekka"} < names


def martti_wins_because_the_decider_corrects_itself():
    case = Case.objects.get(client__first_name="Martti")
    rejected, granted = Decision.objects.filter(application__case=case).order_by("decided_on")
    assert (rejected.result, granted.result) == (Decision.Result.REJECTED, Decision.Result.GRANTED)
    assert granted.follows.result == Appeal.Result.CORRECTED
    assert {row.answer for row in rejected.coverage_check.rows.all()} == {"considered", "not_mentioned"}
    assert case.direction == Case.Direction.PENSION


def eila_waits_for_the_court_while_a_new_application_pays(today):
    case = Case.objects.get(client__first_name="Eila")
    board, court = Appeal.objects.filter(decision__application__case=case).order_by("filed_on")
    assert board.partly_corrected_on < board.forwarded_on < board.commented_on <= board.comment_due_on
    assert (board.result, court.against, court.state) == (Appeal.Result.REJECTED, board, "filed")
    assert board.supplements.get().document is not None
    assert Decision.objects.get(application__case=case, result="granted_until").granted_until > today


def kauko_came_with_a_rejection_of_last_year():
    case = Case.objects.get(client__first_name="Kauko")
    application = case.applications.get()
    assert application.is_from_before
    appeal = Appeal.objects.get(decision__application=application)
    assert appeal.filed_on < appeal.forwarded_on < case.opened_on
    assert appeal.is_forwarded


def airis_subsidy_follows_her_sickness_allowance_and_is_continued(today):
    case = Case.objects.get(client__first_name="Airi")
    allowance, subsidy = Decision.objects.filter(application__case=case).order_by("decided_on")
    assert (allowance.application.benefit_code, subsidy.application.benefit_code) == ("SPR", "KT")
    assert [row.paid_days for row in case.sickness_day_counts.order_by("counted_on")] == [141, 268]
    assert case.jobseeker_registrations.get().registered_on < subsidy.decided_on
    continuation = case.applications.get(matter="continuation")
    assert (continuation.state, continuation.evidence.get().kind) == ("filed", "B")
    assert continuation.filed_on < today < subsidy.granted_until
    clinic = case.care_referrals.get()
    assert clinic.state == "accepted"
    assert clinic.due_on is not None
    assert clinic.due_on > today
