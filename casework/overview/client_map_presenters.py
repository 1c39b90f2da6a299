"""The client's own map in words: one page in plain Finnish, Swedish or English, the same on screen and on paper."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from casework.applications.appeal_days import words_of
from casework.applications.certainty import of_last_day
from casework.cases.papers import author
from casework.cases.representing import terms_told, with_role
from casework.law.origins import UNKNOWN
from casework.law.workflow import CareState
from casework.models import (
    Appeal,
    Application,
    Appointment,
    CareReferral,
    Case,
    Decision,
    Meeting,
    NetworkPerson,
    Removal,
    Representation,
    Round,
)
from casework.models.hidden import told
from casework.overview.client_map import Road
from tenants.display import clock, day, helsinki
from tenants.printing import Report, Section

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Step = tuple[date, str]

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
MOST_STEPS = 7

# How somebody is called after their name: one word each, with the capitals of its own only. OTHER says nothing.
_Role = NetworkPerson.Role
ROLES_AFTER_A_NAME: "dict[NetworkPerson.Role, StrOrPromise]" = {
    _Role.SPOUSE: pgettext_lazy("role after a name", "spouse or partner"),
    _Role.PARENT: pgettext_lazy("role after a name", "parent"),
    _Role.CHILD: pgettext_lazy("role after a name", "child"),
    _Role.RELATIVE: pgettext_lazy("role after a name", "other relative"),
    _Role.FRIEND: pgettext_lazy("role after a name", "somebody close"),
    _Role.GUARDIAN: pgettext_lazy("role after a name", "legal guardian"),
    _Role.DOCTOR: pgettext_lazy("role after a name", "doctor"),
    _Role.NURSE: pgettext_lazy("role after a name", "nurse"),
    _Role.PHYSIOTHERAPIST: pgettext_lazy("role after a name", "physiotherapist"),
    _Role.PSYCHOLOGIST: pgettext_lazy("role after a name", "psychologist"),
    _Role.SOCIAL_WORKER: pgettext_lazy("role after a name", "social worker"),
    _Role.EMPLOYMENT_EXPERT: pgettext_lazy("role after a name", "expert of the employment area"),
    _Role.KELA_EXPERT: pgettext_lazy("role after a name", "Kela's expert"),
    _Role.PENSION_EXPERT: pgettext_lazy("role after a name", "expert of the pension institution"),
    _Role.TEACHER: pgettext_lazy("role after a name", "contact at school"),
    _Role.EMPLOYER: pgettext_lazy("role after a name", "employer's representative"),
    _Role.ASSOCIATION: pgettext_lazy("role after a name", "contact of an association"),
    _Role.INTERPRETER: pgettext_lazy("role after a name", "interpreter"),
}


def language_of(case: Case, asked: str) -> str:
    """The language that was asked for, else the client's own when there is a map in it, else Finnish."""
    return next((one for one in (asked, case.client.language) if one in LANGUAGES), "fi")


def client_map(road: Road, *, language: str) -> Report:
    """Write the map in a language. Under a protective order it names no place and nothing that tells of one."""
    with translation.override(language):
        return Report(
            language=language,
            title=_("My map"),
            author=author(is_protected=road.case.client.is_protected),
            on=road.today,
            subtitle=road.case.client.name,
            note=_("This is how things stand on %(day)s.") % {"day": day(road.today)},
            sections=[
                Section(heading=_("What is going on"), points=_going_on(road)),
                Section(heading=_("What comes next"), points=_next(road)),
                Section(heading=_("Who helps you"), points=_helpers(road)),
                Section(heading=_("When you get a decision"), points=_when_a_decision_comes()),
            ],
            footer=_("Case %(number)s") % {"number": road.case.number},
        )


def download_name(case: Case, *, on: date) -> str:
    """A file name of case number and day: no name."""
    return f"{case.number}-{pgettext('file name', 'map')}-{on.isoformat()}.pdf"


def _going_on(road: Road) -> list[str]:
    found = [_application(application, road.today) for application in road.applications]
    found += map(_appeal, road.appeals)
    found += map(_removal, road.removals)
    found += [_day_unknown(decision) for decision in road.day_unknown if decision.application.benefit.is_appealable]
    found += [_granted(decision) for decision in road.granted_until]
    found += map(_care_referral, road.care_referrals)
    for statement in road.statements:
        values = {"statement": statement.get_kind_display(), "day": day(statement.asked_on)}
        found.append(_("%(statement)s: asked for on %(day)s.") % values)
    return found or [_("Nothing that waits for an answer is recorded in the service right now.")]


def _application(application: Application, today: date) -> str:
    if application.benefit.is_care_referral:
        return _referral(application)
    values: dict[str, Any] = {
        "benefit": capfirst(application.benefit.name_in_sentence),
        "decider": application.decider.name_in_sentence,
    }
    is_employers = application.benefit.employer_applies
    if application.is_returned and application.more_due_on:
        values["day"] = day(application.more_due_on)
        if is_employers:
            return _("%(benefit)s: %(decider)s asks the employer for more, by %(day)s.") % values
        return _("%(benefit)s: %(decider)s wants to know more, by %(day)s. Your coordinator helps.") % values
    if application.filed_on is None:
        if is_employers:
            return _("%(benefit)s: the employer applies, and has not sent the application yet.") % values
        return _("%(benefit)s: we are preparing the application together.") % values
    values["day"] = day(application.waiting_since or application.filed_on)
    if application.is_annulled:
        return _owed(application) % values
    if application.expected_by is None:
        return _("%(benefit)s: the application has waited for a decision since %(day)s (%(decider)s).") % values
    if application.is_overdue(today):
        text = _(
            "%(benefit)s: the application has waited for a decision since %(day)s (%(decider)s), longer than usual. "
            "Your coordinator asks why."
        )
        return text % values
    values["until"] = day(application.expected_by)
    values["known"] = (application.usual_origin or UNKNOWN).certainty.words
    text = _(
        "%(benefit)s: the application has waited for a decision since %(day)s (%(decider)s). "
        "A decision usually comes by %(until)s (%(known)s)."
    )
    return text % values


def _referral(application: Application) -> str:
    """A referral to care is sent by a doctor, and brings no decision that could be waited for."""
    values = {"benefit": capfirst(application.benefit.name_in_sentence)}
    if application.filed_on is None:
        return _("%(benefit)s: we are preparing the referral together.") % values
    values["day"] = day(application.filed_on)
    return _("%(benefit)s: the referral was sent on %(day)s. The clinic contacts you.") % values


def _care_referral(referral: CareReferral) -> str:
    """Where a referral to a clinic stands; of a day that nobody knows nothing is said."""
    name = {"clinic": capfirst(referral.benefit.name_in_sentence)}
    if referral.state == CareState.ACCEPTED and referral.first_visit_on:
        text = _("%(clinic)s: the clinic has invited you. The first visit is on %(day)s.")
        return text % (name | {"day": day(referral.first_visit_on)})
    if referral.state == CareState.SENT and referral.sent_on:
        text = _("%(clinic)s: the referral was sent on %(day)s. The clinic invites you to the examinations.")
        return text % (name | {"day": day(referral.sent_on)})
    return str(_AT_CLINIC[referral.state]) % name


_AT_CLINIC: "dict[str, StrOrPromise]" = {
    CareState.DRAFT: gettext_lazy("%(clinic)s: we are preparing the referral together. A doctor writes it."),
    CareState.SENT: gettext_lazy("%(clinic)s: the referral has been sent. The clinic invites you to the examinations."),
    CareState.RETURNED: gettext_lazy("%(clinic)s: the clinic wants to know more. Your coordinator helps."),
    CareState.ACCEPTED: gettext_lazy("%(clinic)s: the clinic has accepted the referral. It tells you when to come."),
    CareState.REFUSED: gettext_lazy(
        "%(clinic)s: the clinic did not accept the referral. Your coordinator goes through with you what can be done."
    ),
    CareState.COMPLAINED: gettext_lazy("%(clinic)s: you have complained to the clinic's unit. It answers you."),
    CareState.EXAMINED: gettext_lazy("%(clinic)s: you have been examined. The clinic writes a report."),
}


def _appeal(appeal: Appeal) -> str:
    values = {"benefit": capfirst(appeal.decision.application.benefit.name_in_sentence)}
    if appeal.filed_on is None:
        if appeal.decision.application.benefit.employer_applies:
            return _("%(benefit)s: the employer may appeal.") % values
        return str(words_of(appeal).being_written) % values
    values["day"] = day(appeal.filed_on)
    return str(words_of(appeal).arrived) % values


def _owed(application: Application) -> str:
    """That the decider owes a new decision, with a place for the day on which the earlier one fell."""
    current = application.current_round
    if current is not None and current.kind == Round.Kind.REMOVAL:
        return _("%(benefit)s: the earlier decision was removed on %(day)s, and a new one is awaited (%(decider)s).")
    return _("%(benefit)s: the earlier decision was annulled on %(day)s, and a new one is awaited (%(decider)s).")


def _removal(removal: Removal) -> str:
    decision = removal.decision
    values = {"benefit": capfirst(decision.application.benefit.name_in_sentence), "day": day(decision.decided_on)}
    if removal.filed_on is None:
        return _("%(benefit)s: we are preparing to ask that the decision of %(day)s be removed.") % values
    values["on"] = day(removal.filed_on)
    return _("%(benefit)s: on %(on)s it was asked that the decision of %(day)s be removed.") % values


def _day_unknown(decision: Decision) -> str:
    """Until when a decision can be appealed is being found out: that nothing is written must not look like no time."""
    values = {"benefit": capfirst(decision.application.benefit.name_in_sentence)}
    if decision.application.benefit.employer_applies:
        return _("%(benefit)s: until when the employer may appeal is not known yet. The decision tells it.") % values
    return str(words_of(decision).end_is_asked) % values


def _granted(decision: Decision) -> str:
    values = {
        "benefit": capfirst(decision.application.benefit.name_in_sentence),
        "day": day(decision.granted_until or date.max),
    }
    return _("%(benefit)s: granted until %(day)s.") % values


def _next(road: Road) -> list[str]:
    """Everything with a day, the nearest first."""
    steps = sorted([*_visits(road), *_meetings(road.meetings), *_last_days(road)], key=lambda step: step[0])
    none = _("No agreed time is recorded in the service. Your coordinator gets in touch.")
    return [line for _on, line in steps[:MOST_STEPS]] or [none]


def _visits(road: Road) -> Iterator[Step]:
    for visit in road.appointments:
        line = f"{_when(visit)}: {visit.get_kind_display()}"
        if place := told(visit, is_hidden=road.case.client.is_protected).place.strip():
            line = f"{line}, {place}"
        comes_along = _("Your coordinator comes along.")
        yield helsinki(visit.starts_at), f"{line}. {comes_along}" if visit.is_accompanied else line


def _meetings(meetings: list[Meeting]) -> Iterator[Step]:
    for meeting in meetings:
        line = _("%(kind)s, where your matters are discussed") % {"kind": meeting.get_kind_display()}
        yield helsinki(meeting.starts_at), f"{_when(meeting)}: {line}"


def _last_days(road: Road) -> Iterator[Step]:
    for application in road.applications:
        if application.is_returned and application.more_due_on:
            name = capfirst(application.benefit.name_in_sentence)
            values = {"day": day(application.more_due_on), "benefit": name}
            yield application.more_due_on, _("By %(day)s: send more information – %(benefit)s") % values
    clocks: list[Decision | Appeal] = [*road.open_to_appeal, *(found for found in road.appeals if found.is_draft)]
    for found in clocks:
        application = found.application if isinstance(found, Decision) else found.decision.application
        if found.last_day and found.last_day >= road.today:
            values = {"day": day(found.last_day), "benefit": capfirst(application.benefit.name_in_sentence)}
            line, known = str(words_of(found).ends_for_you) % values, of_last_day(found)
            if application.benefit.employer_applies:
                line = _("%(day)s: the employer's appeal period ends – %(benefit)s") % values
            yield found.last_day, f"{line} ({known})" if known else line


def _when(found: Appointment | Meeting) -> str:
    return f"{day(found.starts_at)} {clock(found.starts_at)}"


def _helpers(road: Road) -> list[str]:
    """The coordinator's e-mail names the municipality, so it goes with the places; the phone is written by hand."""
    coordinator = road.case.coordinator
    email = "" if road.case.client.is_protected else coordinator.email
    own = ", ".join(
        part for part in (coordinator.name, pgettext("role after a name", "your coordinator"), email) if part
    )
    phone = _("Phone of your coordinator: %(line)s") % {"line": "_" * 24}
    acts = _acts(road.representative) if road.representative else []
    others = [one for one in road.helpers if road.representative is None or one.pk != road.representative.person_id]
    return [own, phone, *acts, *map(_helper, others)]


def _acts(representative: Representation) -> list[str]:
    """Who signs and receives for the client, and in what."""
    values = {"name": with_role(representative), "terms": terms_told(representative)}
    return [_("%(name)s, signs and receives for you (%(terms)s)") % values]


def _helper(helper: NetworkPerson) -> str:
    role = ROLES_AFTER_A_NAME.get(NetworkPerson.Role(helper.role))
    return f"{helper.name}, {role}" if role else helper.name


def _when_a_decision_comes() -> list[str]:
    return [
        _("Keep the letter and its envelope. Write on it the day it came."),
        _("A decision may also come to OmaKela or to Suomi.fi Messages. Do the same then."),
        _(
            "A decision counts as received a few days after it was sent, even if you have not opened it. "
            "Its instructions tell the last day to appeal. So call your coordinator at once."
        ),
        _("If the decision is a rejection, you can appeal or apply again. You get help with that."),
        _("A rejection is not your fault. You can always talk the decision over with your coordinator."),
    ]
