"""The tests' own reckoning of last days and safe days: it knows no library and counts day by day."""

from datetime import date, timedelta

from hypothesis import strategies as st

FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
ONE_DAY = timedelta(days=1)
days = st.dates(FIRST, LAST)


def easter(year: int) -> date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    week = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_closed(day: date) -> bool:
    """150/1930 § 5: Sunday, church holiday, Independence Day, May Day, Christmas and Midsummer Eve, a Saturday."""
    if day.weekday() >= 5 or (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}:
        return True
    if (day - easter(day.year)).days in {-2, 1, 39}:  # Good Friday, Easter Monday, Ascension Day
        return True
    return day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25  # Midsummer Eve


def counted(start: date, days: int) -> date:
    """Count days one by one, the first of them the day after the start, and go on to an office day."""
    day = start
    for _ in range(days):
        day += ONE_DAY
    while is_closed(day):
        day += ONE_DAY
    return day


def counted_months(start: date, months: int) -> date:
    """Go month by month to the day of the same number, else the last day of the month, and on to an office day."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day, number = date(year, month, 1), 1
    while number < start.day and (day + ONE_DAY).month == month:
        day, number = day + ONE_DAY, number + 1
    while is_closed(day):
        day += ONE_DAY
    return day


def safe_before(raw_day: date) -> date:
    day = raw_day
    for _ in range(7):
        day -= ONE_DAY
    while is_closed(day):
        day -= ONE_DAY
    return day
