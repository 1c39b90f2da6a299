"""Something on every page: one case in Kaavi that has met everything, and a month billed on the console."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from billing.actions import contracts, invoices, usage
from billing.models import Contract, ContractMonth, Invoice
from billing.pricing import Unit
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.consents import disclosures
from casework.documents import actions as documents
from casework.models import Case
from casework.services import actions as service_entries
from deploy.local.embedded import ROOT
from tenants import files
from tenants.accounts import invitations, staff
from tenants.accounts.models import RoleRequest, User
from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES, Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console, in_municipality
from tests.billing.making import SELLER, a_contract, a_price, a_seller
from tests.casework.applications.making import a_decision, an_illness, appeal_at, application_at, evidence_of
from tests.casework.cases.making import a_case, a_referral
from tests.casework.endings.making import an_earlier_end
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route
from tests.tenants.uploads import pdf

PORTAL, CONSOLE = "kaavi.localhost", "console.localhost"
HOSTS = {"portal": PORTAL, "console": CONSOLE}


@dataclass
class House:
    """Where things are: arguments of addresses per side, and the cookies of who may see everything there."""

    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    port: int = 0

    def address(self, side: str, path: str) -> str:
        return f"http://{HOSTS[side]}:{self.port}{path}"

    def path_of(self, route: Route) -> str:
        values = self.arguments[route.side]
        arguments = {name: values.get(name, "x") for name, _ in route.arguments}
        if route.name == "account_reset_password_from_key":
            arguments = {"uidb36": "x", "key": "x"}
        return reverse(route.name, kwargs=arguments, urlconf=route.urlconf)

    def browser(self, side: str) -> PortalClient:
        """Open a browser, without Chromium, of somebody who may do everything on a side."""
        opened = PortalClient(HOSTS[side])
        for name, value in self.cookies[side].items():
            opened.cookies[name] = value
        return opened

    def status(self, side: str, path: str, *, is_signed_in: bool) -> int:
        """Ask for a page without a browser, which shows no page for an empty refusal."""
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies[side].items()) if is_signed_in else ""
        web = HTTPConnection("127.0.0.1", self.port, timeout=20)
        web.request("GET", path, headers={"Host": f"{HOSTS[side]}:{self.port}", "Cookie": jar})
        status = web.getresponse().status
        web.close()
        return status


def furnish() -> House:
    """Fill the database one stands in."""
    house = House()
    with in_municipality("kaavi"):
        aino = person("Aino", *(Role(role) for role in PORTAL_ROLES))
        house.arguments["portal"] = portal(aino)
        house.cookies["portal"] = _cookies(aino)
    with in_console():
        fiona = person("Fiona", *(Role(role) for role in CONSOLE_ROLES))
        house.arguments["console"] = _console(fiona)
        house.cookies["console"] = _cookies(fiona)
    return house


def portal(aino: User, **client: Any) -> dict[str, Any]:
    """Fill the municipality one is in; answer the arguments of its addresses. `client`: details of the one client."""
    now, today = timezone.now(), timezone.localdate()
    details = {"phone": "040 123 4567", "city": "Kaavi"} | client
    case = a_case(by=aino, at=now, opened_on=today - timedelta(days=200), **details)
    end = an_earlier_end(case, by=aino, at=now)
    back = an_illness(case, "Selkäkipu", icd10="M54.5", effect="Ei jaksa istua eikä nostaa.", by=aino, at=now)
    an_illness(case, "Masennus", icd10="F32.1", by=aino, at=now)
    draft = application_at("draft", case=case, benefit="SPR", decider="kela", by=aino, at=now)  # has a time to claim
    evidence = evidence_of(draft, back, by=aino, at=now)
    application_at("filed", case=case, filed_on=today - timedelta(days=120), by=aino, at=now)
    decided = application_at("filed", case=case, filed_on=today - timedelta(days=100), by=aino, at=now)
    days: dict[str, Any] = {"decided_on": today - timedelta(days=6), "notice_on": today - timedelta(days=5)}
    decision = a_decision(application=decided, by=aino, at=now, **days)
    appealed = application_at("filed", case=case, filed_on=today - timedelta(days=90), by=aino, at=now)
    appeal = appeal_at("draft", decision=a_decision(application=appealed, by=aino, at=now, **days), by=aino, at=now)
    note = notes.write(case=case, kind="call", text="Puhuttu jaksamisesta.", on=today, by=aino, at=now)
    task = tasks.add(case=case, title="Soita Kelaan", due_on=today, assignee=aino, by=aino, at=now)
    paper = documents.add(
        case=case,
        file=files.check_upload(SimpleUploadedFile("päätös.pdf", pdf()), "päätös.pdf"),
        kind="decision",
        title="Päätös",
        dated_on=today,
        by=aino,
        at=now,
    )
    ground: dict[str, Any] = {"partner": "kela", "recipient": "Kela, Kuopio", "on": today, "ground": "381/2023 15 §"}
    disclosure = disclosures.hand_over(document=paper, **ground, by=aino, at=now)
    _work(case, aino)
    daavid = person("Daavid", Role.TEAM_MEMBER)
    participant = cases.add_participant(case=case, user=daavid, since=today, by=aino, at=now)
    referral = a_referral(by=aino, at=now, received_on=today)
    return {
        **_people(aino, daavid, inviter=person("Pirkko", Role.PORTAL_ADMIN)),
        **_subjects(case, aino),
        "case_number": case.number,
        "illness_id": back.pk,
        "application_id": draft.pk,
        "evidence_id": evidence.pk,
        "decision_id": decision.pk,
        "appeal_id": appeal.pk,
        "task_id": task.pk,
        "end_id": end.pk,
        "note_id": note.pk,
        "service_entry_id": case.service_entries.earliest("on").pk,
        "document_id": paper.pk,
        "disclosure_id": disclosure.pk,
        "participant_id": participant.pk,
        "referral_id": referral.pk,
    }


def _subjects(case: Case, aino: User) -> dict[str, Any]:
    """Fill the pages of each subject that has a making, the lower ones first, which the upper ones show."""
    now = timezone.now()
    return {name: key for fill in _fillings() for name, key in fill(case, by=aino, at=now).items()}


def _fillings() -> Iterator[Callable[..., dict[str, Any]]]:
    """Find `furnish` in `tests/casework/<subject>/making.py`, in the order of the contract that orders the subjects."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract.get("exhaustive")]
    for name in (name for layer in reversed(layers) for name in layer.split(" : ")):
        if find_spec(f"tests.casework.{name}") and find_spec(f"tests.casework.{name}.making"):
            making = import_module(f"tests.casework.{name}.making")
            if hasattr(making, "furnish"):
                yield making.furnish


def _work(case: Case, aino: User) -> None:
    """Two visits in each of the two months before this one."""
    for month in (_month_before(timezone.localdate()), _month_before(_month_before(timezone.localdate()))):
        for day in (4, 18):
            service_entries.log(
                case=case,
                on=month.replace(day=day),
                product="coordination",
                minutes=75,
                what="Tapaaminen",
                is_billable=True,
                by=aino,
                at=timezone.now(),
            )


def _earlier(contract: Contract, *, by: User) -> None:
    """Leave something that the contract, a price and the seller said before."""
    wrong = a_price(contract, Unit.CLIENT_MONTH, "40", by=by)
    who: dict[str, Any] = {"version": 1, "by": by, "at": timezone.now()}
    contracts.remove_price(row=wrong, reason="Väärä hinta", **who)
    contracts.change(contract=contract, details={"buyer_reference": "4712"}, **who)
    contracts.save_seller(details=SELLER | {"phone": "017 111 111"}, **who)


def _console(fiona: User) -> dict[str, Any]:
    month = _month_before(timezone.localdate())
    a_seller(by=fiona)
    begin: dict[str, Any] = {"valid_from": date(month.year - 1, 1, 1)}
    contract = a_contract(by=fiona, **begin)
    price = a_price(contract, Unit.HOUR, "60", by=fiona, **begin)
    a_price(contract, Unit.MONTH, "450", by=fiona, **begin)
    _earlier(contract, by=fiona)
    before = _month_before(month)
    usage.close_month(before, at=timezone.now())
    invoices.issue_month(before, at=timezone.now())
    usage.close_month(month, at=timezone.now())
    mail = OutgoingEmail.objects.create(
        key="lost",
        to_email="aino@kaavi.example",
        template="casework/emails/decision_overdue",
        language="fi",
        subject="-",
        text="-",
        html="-",
        state=OutgoingEmail.State.UNKNOWN,
        due_at=timezone.now(),
    )
    return {
        **_people(fiona, person("Oiva", Role.OPERATOR), inviter=person("Olavi", Role.OPERATOR)),
        "schema_name": "kaavi",
        "place": "console",
        "mail_id": mail.pk,
        "contract_id": contract.pk,
        "price_id": price.pk,
        "month": month,
        "closed_id": ContractMonth.objects.order_by("-month")[0].pk,
        "invoice_id": Invoice.objects.order_by("created_at")[0].pk,
        "format": "pdf",
    }


def _people(owner: User, other: User, *, inviter: User) -> dict[str, Any]:
    """Invite somebody, and ask for a role. Whoever looks at the pages is the owner, and opens no link of their own."""
    roles = [other.roles[0]]
    invitation = invitations.invite(
        email="uusi@kaavi.example", name="Uusi Ihminen", roles=roles, by=inviter, at=timezone.now()
    )
    token = OutgoingEmail.objects.get(to_email="uusi@kaavi.example").text.split("/invitation/")[1].split("/")[0]
    return {
        "person_id": other.pk,
        "invitation_id": invitation.pk,
        "role_request_id": _asked(other, by=owner).pk,
        "token": token,
        "pk": 1,
    }


def _asked(person: User, *, by: User) -> RoleRequest:
    """Ask for another role of somebody."""
    role = "coordinator" if "team_member" in person.roles else "finance"
    known: dict[str, Any] = {"name": person.name, "language": person.language, "version": person.version}
    waiting = staff.change(person=person, roles=[role], **known, by=by, at=timezone.now())
    assert waiting is not None
    return waiting


def _cookies(user: User) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser_of(user).cookies.items()}


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
