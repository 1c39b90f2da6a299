"""How dates, times, money and names are written for people, in three languages. Pure: no database, no clock."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tenants.rough_days import Precision, RoughDay

HELSINKI = ZoneInfo("Europe/Helsinki")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
COUNTED = 100  # a page that says how many there are counts no further: one more is "100+"
CLOCK = {"fi": ("klo ", "."), "sv": ("kl. ", "."), "en": ("at ", ":")}


def helsinki(value: date) -> date:
    """Turn a moment into the day it is in Finland; a plain day stays."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(HELSINKI).date() if value.tzinfo else value.date()


def midnight(on: date) -> datetime:
    """The moment at which a day begins in Finland."""
    return datetime.combine(on, time(), HELSINKI)


def counted(number: int) -> str:
    """Write how many there are, when they were counted up to one over COUNTED: 37, or 100+."""
    return f"{COUNTED}+" if number > COUNTED else str(number)


def day(value: date | RoughDay) -> str:
    """Write a day in full: 23.11.2026; of a rough one what is known: 2026, 11/2026."""
    if isinstance(value, RoughDay):
        return value.short
    on = helsinki(value)
    return f"{on.day}.{on.month}.{on.year}"


def weekday_day(value: date) -> str:
    """Write a near day: ma 23.11."""
    on = helsinki(value)
    return f"{WEEKDAYS[_language()][on.weekday()]}{NO_BREAK_SPACE}{on.day}.{on.month}."


def clock(value: datetime) -> str:
    """Write the time of day in Finland: klo 9.05 (fi), kl. 9.05 (sv), at 9:05 (en)."""
    word, separator = CLOCK[_language()]
    local = value.astimezone(HELSINKI) if value.tzinfo else value
    return f"{word.replace(' ', NO_BREAK_SPACE)}{local.hour}{separator}{local.minute:02}"


def bare_clock(value: datetime) -> str:
    """Write the time of day without the word before it, as the end of a range: 9.05 (fi, sv), 9:05 (en)."""
    return clock(value).split(NO_BREAK_SPACE)[-1]


def clocks(begins: datetime, ends: datetime) -> str:
    """Write from when to when: klo 9.05–10.00."""
    return f"{clock(begins)}–{bare_clock(ends)}"


def moments(begins: datetime, ends: datetime) -> str:
    """Write a day with from when to when: 23.11.2026 klo 9.05–10.00."""
    return f"{day(begins)} {clocks(begins, ends)}"


def moment(value: datetime) -> str:
    """Write a moment in full: 23.11.2026 klo 9.05."""
    return f"{day(value)} {clock(value)}"


def near(value: date) -> str:
    """Write a near day, and the time when there is one: ma 23.11. or ma 23.11. klo 9.05."""
    return f"{weekday_day(value)} {clock(value)}" if isinstance(value, datetime) else weekday_day(value)


def month(value: date) -> str:
    """Write a month with its year as in the middle of a sentence: marraskuu 2026."""
    on = helsinki(value)
    return f"{MONTHS[on.month]} {on.year}"


def since(value: date | RoughDay) -> str:
    """Say since when in a sentence: since 2015, since May 2015, since 1.5.2015."""
    on = value if isinstance(value, RoughDay) else RoughDay(helsinki(value))
    if on.precision == Precision.DAY:
        return _("since %(day)s") % {"day": on.short}
    if on.precision == Precision.MONTH:
        # Translators: in Finnish "%(month)ssta %(year)s", toukokuusta 2015
        return _("since %(month)s %(year)s") % {"month": MONTHS[on.first.month], "year": on.first.year}
    return _("since %(year)s") % {"year": on.first.year}


def euros(amount: Decimal | int) -> str:
    """Write an amount of money, rounded half up to cents: 1 234,50 €."""
    cents = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    digits = f"{abs(cents):,.2f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS if cents < 0 else ''}{digits}{NO_BREAK_SPACE}€"


def duration(minutes: int) -> str:
    """Write a length of time: 45 min, 2 h, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NO_BREAK_SPACE}h"] * bool(hours) + [f"{rest}{NO_BREAK_SPACE}min"] * (bool(rest) or not hours)
    return " ".join(parts)


def in_sentence(label: object) -> str:
    """Write a label in the middle of a sentence: without the capital it begins with, all others stay (Kela, B)."""
    text = str(label)
    return f"{text[:1].lower()}{text[1:]}"


def initials(name: str) -> str:
    """Take the first letters of the first and the last name: AM."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper()


def citation(text: str) -> str:
    """Keep the sign of a section with its number at the end of a line: TyEL 395/2006 128 §."""
    return str(text).replace(" §", f"{NO_BREAK_SPACE}§")


def distance(on: date, *, today: date) -> str:
    """Say how far a deadline is: 3 days late, today, 2 days."""
    days = (helsinki(on) - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def urgency(on: date, *, today: date) -> str:
    """Choose the tone of a deadline: danger when late, warning on its day, none before."""
    days = (helsinki(on) - today).days
    return "danger" if days < 0 else "warning" if days == 0 else ""


def _language() -> str:
    return (get_language() or "fi").split("-")[0]
