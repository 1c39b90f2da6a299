"""A last day that is printed in a decision and looks like a slip: it is asked about once, and never refused. Pure."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.law.deadlines import AppealRule
from casework.law.practice import Measure, length
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def odd_about(printed_last_day: date, *, notice_on: date, rule: AppealRule | None) -> "StrOrPromise":
    """Say what is odd about a printed day that nobody would expect; empty when nothing is.

    The earliest lawful day is that of a decision handed over on its day: the time of appeal counted from `notice_on`.
    """
    if printed_last_day <= notice_on:
        return format_lazy(_("The decision was sent on {sent}, and this day is not after it."), sent=day(notice_on))
    if printed_last_day > notice_on + length(Measure.PRINTED_DAY_FAR, notice_on):
        text = _("The decision was sent on {sent}, and this day is more than a year after it.")
        return format_lazy(text, sent=day(notice_on))
    if rule is not None and printed_last_day < notice_on + timedelta(days=rule.appeal_days):
        earliest = notice_on + timedelta(days=rule.appeal_days)
        text = _("The decision was sent on {sent}. By its rule the time of appeal ends on {earliest} at the earliest.")
        return format_lazy(text, earliest=day(earliest), sent=day(notice_on))
    return ""
