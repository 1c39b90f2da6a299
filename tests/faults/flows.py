"""What people and alarms do all day, each as one request or one task, ready to be done again and again."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from lxml import html

from billing.pricing import Unit
from tasks import access_log, mail, reminders
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.models import Municipality
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.bench.visiting import Answer, Visitor, cookies_of
from tests.billing.making import a_contract, a_price
from tests.browser.furnishing import HOSTS, House
from tests.casework.applications.making import application_at
from tests.people import PASSWORD, PortalClient, browser_of, person
from tests.rules.creating import CREATING, Creating
from tests.rules.test_door import give_reason
from tests.rules.test_sent_once import ROUTES, filled
from tests.tenants.accounts.signing_in import LOGIN, SECOND_STEP, browser_at, give_phone, type_password

FORMS = {str(form): form for form in CREATING}
PAGES = ("portal:today", "portal:case", "portal:document", "portal:appointment_sheet_pdf", "console:invoice_file")
WRITTEN = ["client_new", "document_add", "decision_new", "appeal_new", "meeting_new", "consent_add", "person_invite"]


@dataclass(frozen=True)
class Flow:
    """One of them. A task may have done a part when it fails, and does the rest when it is woken `again`."""

    name: str
    run: Callable[[], Answer]
    again: Callable[[], Answer] | None = None
    status: int = 200  # of the right answer
    writes: Set[str] = frozenset()  # to these tables at least


def all_flows(house: House) -> list[Flow]:
    """Make everything ready, in a house in which commits are real; from then on flows are only run."""
    return [*_pages(house), *_forms(house), *_colleague(house), *_at_the_door(), *_console(house), *_tasks(house)]


def visitor_of(browser: PortalClient) -> Visitor:
    """The same person without the test client, which keeps connections as they are between two requests."""
    return Visitor(get_wsgi_application(), browser.host, cookies_of(browser.cookies))


def page(house: House, name: str) -> Flow:
    """Open a page as somebody who may open it."""
    route = ROUTES[name]
    return Flow(name, partial(_visitor(house, route.side).open, house.path_of(route)))


def written(house: House, form: Creating) -> Flow:
    """Send a form as it was filled in."""
    ready = filled(house, form)
    somebody = _visitor(house, ready.side)

    def send() -> Answer:
        for file in (value for value in ready.fields.values() if hasattr(value, "seek")):
            file.seek(0)
        return somebody.send(ready.path, ready.fields)

    return Flow(str(form), send, status=302)


def _visitor(house: House, side: str) -> Visitor:
    return Visitor(get_wsgi_application(), HOSTS[side], house.cookies[side])


def _pages(house: House) -> Iterator[Flow]:
    yield from (page(house, name) for name in PAGES)
    aino = house.browser("portal")
    address = aino.post(reverse("calendar_feed_make")).context["address"]
    path = "/calendar/" + address.partition("/calendar/")[2]
    yield Flow("portal:calendar_file", partial(Visitor(get_wsgi_application(), HOSTS["portal"], {}).open, path))


def _forms(house: House) -> Iterator[Flow]:
    for name in WRITTEN:
        yield written(house, FORMS[f"portal:{name}"])
    yield written(house, Creating("portal:application_file", "", _filing))
    yield written(house, Creating("portal:person", "", lambda ground: {"roles": ["supervisor"]}))
    aino = _visitor(house, "portal")
    yield Flow("portal:client_search", partial(aino.send, reverse("client_search"), {"q": "Meikäläinen"}))
    note = {"place": house.path_of(ROUTES["portal:note_add"]), "content": "text=Puhelu"}
    yield Flow("portal:draft_save", partial(aino.send, reverse("draft_save"), note))


def _filing(ground: Any) -> dict[str, Any]:
    """An application of a case of its own: the furnished one has filed for that benefit already."""
    draft = application_at("draft", case=ground.other_case(), by=ground.aino, at=ground.now)
    ground.arguments["application_id"] = draft.pk
    return {"filed_on": ground.today, "statement_follows": "on"}


def _colleague(house: House) -> Iterator[Flow]:
    """Somebody else's case: why it is opened, and the page once that was said."""
    case, reason = (house.path_of(ROUTES[f"portal:{name}"]) for name in ("case", "case_reason"))
    with in_municipality("kaavi"):
        bertta = browser_of(person("Bertta", Role.COORDINATOR, Role.SUPERVISOR))
        saara = person("Saara", Role.COORDINATOR, Role.SUPERVISOR)
        give_reason(saara, house.arguments["portal"]["case_number"])
        knows = browser_of(saara)
    fields = {**_fields(bertta, reason), "reason": "Aino on lomalla tämän viikon."}
    yield Flow("portal:case_reason", partial(visitor_of(bertta).send, reason, fields), status=302)
    yield Flow("portal:case of a colleague", partial(visitor_of(knows).open, case))


def _fields(browser: PortalClient, path: str) -> Mapping[str, Any]:
    """What the form on a page sends as it is."""
    shown: Any = html.fromstring(browser.get(path).content)
    (form,) = [one for one in shown.forms if one.method == "POST" and (one.action or path) == path]
    return dict(form.form_values())


def _at_the_door() -> Iterator[Flow]:
    """Signing in, in two steps, and asking for a new password."""
    with in_municipality("kaavi"):
        senja = person("Senja", Role.COORDINATOR)
        phone = give_phone(senja)
        begun = browser_at("kaavi")
        type_password(begun, senja.email)
    stranger = Visitor(get_wsgi_application(), HOSTS["portal"], {})
    typed = {"login": senja.email, "password": PASSWORD}
    yield Flow("portal:account_login", partial(stranger.send, LOGIN, typed), status=302)
    code = visitor_of(begun)
    yield Flow("portal:mfa_authenticate", lambda: code.send(SECOND_STEP, {"code": phone.code()}), status=302)
    reset = partial(stranger.send, reverse("account_reset_password"), {"email": senja.email})
    yield Flow("portal:account_reset_password", reset, status=302)


def _console(house: House) -> Iterator[Flow]:
    """Asking for a municipality, and the months: one contract of this month is not counted yet."""
    with in_console():
        finance = User.objects.get(name="Fiona")
        buyer = a_contract(by=finance, schema="tuusniemi", valid_from=house.arguments["console"]["month"])
        a_price(buyer, Unit.MONTH, "500", by=finance, valid_from=buyer.valid_from)
    fiona = _visitor(house, "console")
    yield page(house, "console:month")
    yield Flow("console:mail_list of kaavi", partial(fiona.open, "/mail/?place=kaavi"))
    yield written(house, FORMS["console:municipality_add"])
    yield written(house, Creating("console:month_close", ""))
    yield written(house, Creating("console:month_issue", ""))


def _tasks(house: House) -> Iterator[Flow]:
    """What alarms wake: reminders (one task and two mails, each kind once is enough), two mails, seals of all logs."""
    with in_console():
        kaavi: Municipality = databases.municipality("kaavi")
    with in_municipality(kaavi):
        first = OutgoingEmail.objects.order_by("pk").values("pk")[:2]
        OutgoingEmail.objects.exclude(pk__in=list(first.values_list("pk", flat=True))).update(
            due_at=timezone.now() + timedelta(days=9)
        )
    some_were_due = timezone.localdate() - timedelta(days=24)
    sweep = partial(reminders.queue_due, municipality_id=kaavi.pk, on=some_were_due.isoformat())
    yield _task("reminders.queue_due", sweep, writes={"kaavi.casework_task", "kaavi.mail_outgoingemail"})
    deliver = partial(mail.deliver_due, municipality_id=kaavi.pk)
    yield _task("mail.deliver_due", deliver, again=lambda: _find_out(kaavi) + deliver())
    yield _task("access_log.seal", access_log.seal)


def _find_out(kaavi: Municipality) -> int:
    """Let the time of whoever was cut off be over, and look what became of their mails."""
    with in_municipality(kaavi):
        OutgoingEmail.objects.exclude(lease_until=None).update(lease_until=Now() - timedelta(hours=1))
    found: int = mail.reconcile(municipality_id=kaavi.pk)
    return found


def _task(
    name: str, work: Callable[[], int], *, again: Callable[[], int] | None = None, writes: Set[str] = frozenset()
) -> Flow:
    return Flow(name, partial(_told, work), partial(_told, again or work), writes=writes)


def _told(work: Callable[[], int]) -> Answer:
    return Answer(200, {}, str(work()).encode())
