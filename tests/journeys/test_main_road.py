"""The main road (design, section 5): from a referral to an invoice, through HTTP, the worker and the mail outbox."""

import io
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree
from pypdf import PdfReader

from casework.models import Appeal, Case, CoverageCheck, Illness, Referral
from tasks.app import app
from tenants.accounts.permissions import Role
from tenants.audit import checking
from tenants.audit.models import AccessEntry
from tenants.scope import in_console, in_municipality
from tests.billing.making import BUYER, SELLER
from tests.billing.test_ubl import broken_rules
from tests.databases import municipality
from tests.journeys.typing_in import doubted, fill, refused
from tests.mail_server import received
from tests.people import PortalClient, browser_of, person
from tests.tasks.processes import wait_until

__all__ = ["broken_rules"]

CANARIES = ("Liisa", "Laine", "131052-308T", "Selkäsairaus", "Masennus", "M54")


def test_from_a_referral_to_an_invoice(real_clock, workers, mail_server, broken_rules, tmp_path):
    today = timezone.localdate()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)

    with in_municipality("kaavi") as kaavi:
        browser = browser_of(person("Aino", Role.COORDINATOR, language="en"))
        number = a_referral_is_accepted(browser, today)
        application = an_application_is_filed(browser, number, today)

        the_decision_takes_long_and_a_reminder_comes(workers, mail_server, browser, number, kaavi.pk, today)

        decision = a_rejection_misses_an_illness(browser, application, today)
        an_appeal_is_filed(browser, decision, today)
        work_was_done(browser, number, month)
        everything_stands_on_the_timeline(browser, number)
        every_look_is_in_the_log(number)

    the_month_becomes_an_invoice(month, broken_rules, tmp_path)


def a_referral_is_accepted(browser: PortalClient, today: date) -> str:
    fill(
        browser,
        reverse("referral_new"),
        source=Referral.Source.EMPLOYMENT,
        referrer="Employment services of Keski-Savo",
        reason="Two years without work; back pain.",
        received_on=today - timedelta(days=160),
        first_name="Liisa",
        last_name="Laine",
        identity_code="131052-308T",
    )
    referral = Referral.objects.get()
    assert "Liisa Laine" in browser.get(reverse("today")).text

    accept = reverse("referral_accept", args=[referral.pk])
    case_page = fill(browser, accept, opened_on=today - timedelta(days=150))

    case = Case.objects.get()
    assert case_page == reverse("case", args=[case.number])
    assert case.client.identity_code == "131052-308T"
    return case.number


def an_application_is_filed(browser: PortalClient, number: str, today: date) -> str:
    for name, code in (("Selkäsairaus", "M54.5"), ("Masennus", "F32.1")):
        fill(
            browser, reverse("illness_add", args=[number]), name=name, icd10=code, effect="Cannot lift or concentrate."
        )
    page = fill(browser, reverse("application_new", args=[number]), benefit_code="TKE-T", decider_code="keva")
    fill(
        browser,
        f"{page}evidence/",
        kind="B",
        title="Statement of Dr. Salo",
        dated_on=today - timedelta(days=110),
        sent_on=today - timedelta(days=100),
        illnesses=[str(Illness.objects.order_by("created_at")[0].pk)],
    )

    assert "before" in doubted(browser, f"{page}file/", filed_on=today - timedelta(days=151)).lower()
    fill(browser, f"{page}file/", filed_on=today - timedelta(days=100))
    return page


def the_decision_takes_long_and_a_reminder_comes(workers, mail_server, browser, number, municipality_id, today) -> None:
    workers.worker()
    for _ in range(3):  # however often the alarm rings
        app.send_task("reminders.queue_due", kwargs={"municipality_id": municipality_id, "on": today.isoformat()})
    app.send_task("mail.deliver_due", kwargs={"municipality_id": municipality_id}, countdown=2)
    wait_until(mail_server.mails)
    app.send_task("mail.deliver_due", kwargs={"municipality_id": municipality_id})

    (letter,) = received(mail_server)
    assert letter["To"] == "aino@kaavi.example"
    text = letter.as_string() + "".join(part.get_content() for part in letter.walk() if not part.is_multipart())
    assert number in text
    assert f"http://kaavi.localhost:8000/cases/{number}/" in text
    assert [canary for canary in CANARIES if canary in text] == []
    assert str(letter["Subject"]) in browser.get(reverse("case_timeline", args=[number])).text


def a_rejection_misses_an_illness(browser: PortalClient, application: str, today: date) -> str:
    dates: dict[str, Any] = {"decided_on": today - timedelta(days=5), "notice_on": today - timedelta(days=4)}
    too_early = dates | {"decided_on": today - timedelta(days=101)}
    assert "older" in doubted(browser, f"{application}decision/", result="rejected", channel="post", **too_early)
    page = fill(browser, f"{application}decision/", result="rejected", channel="post", **dates)

    check = CoverageCheck.objects.get()
    back, depression = Illness.objects.order_by("created_at")
    answers = {f"answer_{back.pk}": "considered", f"answer_{depression.pk}": "mentioned"}
    assert "Masennus" in browser.get(page).text

    coverage = {"post_to": f"{page}coverage/", **answers}
    assert refused(browser, page, **coverage, conclusion="accept")
    check.refresh_from_db()
    assert check.is_open

    fill(browser, page, **coverage, conclusion="appeal")
    check.refresh_from_db()
    assert not check.is_open
    return page


def an_appeal_is_filed(browser: PortalClient, decision: str, today: date) -> None:
    page = browser.post(f"{decision}appeal/").headers["Location"]
    appeal = Appeal.objects.get()
    assert "Masennus" in appeal.grounds
    shown = browser.get(page).text
    assert "150/1930" in shown  # the clock explains itself, with its source
    assert f"{appeal.last_day.day}.{appeal.last_day.month}.{appeal.last_day.year}" in shown

    fill(browser, f"{page}file/", filed_on=today)
    appeal.refresh_from_db()
    assert appeal.filed_on == today


def work_was_done(browser: PortalClient, number: str, month: date) -> None:
    for day, minutes in ((3, 90), (17, 45)):
        fill(
            browser,
            reverse("service_entry_add", args=[number]),
            product="coordination",
            on=month.replace(day=day),
            minutes=minutes,
            what="Liisa Laine was heard and the papers were written.",
            is_billable="on",
        )


def everything_stands_on_the_timeline(browser: PortalClient, number: str) -> None:
    page = browser.get(reverse("case_timeline", args=[number])).text

    for event in ("Application filed", "Appeal filed", "Decision"):
        assert event in page


def every_look_is_in_the_log(number: str) -> None:
    actions = set(AccessEntry.objects.filter(subject=number).values_list("action", flat=True))

    assert "case.seen" in actions
    assert checking.check().is_whole


def the_month_becomes_an_invoice(month: date, broken_rules, folder) -> None:
    with in_console():
        browser = browser_of(person("Fiona", Role.FINANCE, language="en"))
        urls = "deploy.urls_console"
        fill(browser, reverse("seller", urlconf=urls), **SELLER)
        buyer: dict[str, Any] = {name: value for name, value in BUYER.items() if value is not None}
        contract = fill(
            browser,
            reverse("contract_add", urlconf=urls),
            **buyer | {"municipality": municipality("kaavi").pk, "valid_from": month - timedelta(days=365)},
        )
        fill(
            browser,
            f"{contract}prices/add/",
            unit="hour",
            name="Coordination",
            amount="60",
            vat_category="O",
            vat_reason="Cooperation of authorities, KHO 2009:42",
            reason_code="VATEX-EU-O",
            valid_from=month - timedelta(days=365),
        )
    run("close_month", f"{month:%Y-%m}")
    number = run("issue_invoices", f"{month:%Y-%m}").split()[0]

    pdf, xml = folder / "invoice.pdf", folder / "invoice.xml"
    run("invoice_document", number, "--format=pdf", f"--output={pdf}")
    run("invoice_document", number, "--format=ubl", f"--output={xml}")
    printed = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    sent = xml.read_bytes()
    assert number in printed
    assert broken_rules(sent) == []
    assert [canary for canary in CANARIES if canary in printed or canary in sent.decode()] == []
    payable = etree.fromstring(sent).findtext(".//{*}LegalMonetaryTotal/{*}PayableAmount")
    assert Decimal(payable or 0) == Decimal("135.00")  # 2 h 15 min at 60 euros, outside the scope of VAT

    last_day = monthrange(month.year, month.month)[1]
    assert f"{last_day}.{month.month}.{month.year}" in printed


def run(command: str, *words: str) -> str:
    """Run a command as at the shell."""
    out = io.StringIO()
    with translation.override("en"):
        call_command(command, *words, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield
