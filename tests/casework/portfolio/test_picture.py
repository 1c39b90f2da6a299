"""The picture of benefits over time: what is drawn where, what is not known, and the same in words."""

from datetime import date
from typing import Any

from django.utils import translation
from lxml import etree

from casework.law.portfolio import Span, Standing, Track, standing
from casework.portfolio.entries import Entry
from casework.portfolio.picture import picture
from tenants.rough_days import Precision, RoughDay

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2025, 11, 1), date(2027, 11, 30)  # of the months that are shown


def a_span(track: Track = Track.GRANTED, since: Any = None, until: Any = None, **others: Any) -> Span:
    days: dict[str, Any] = {
        name: RoughDay(on) if isinstance(on, date) else on for name, on in (("since", since), ("until", until))
    }
    return Span(track=track, known_on=date(2026, 6, 1), **days | others)


def an_entry(*spans: Span, title: str = "Rehabilitation subsidy", **others: Any) -> Entry:
    known: dict[str, Any] = {"title": title, "payer": "Keva", "standing": Standing.IN_FORCE}
    return Entry(spans=spans, **known | others)


def drawn(*entries: Entry) -> Any:
    with translation.override("en"):
        return etree.fromstring(str(picture(entries, today=TODAY)))


def bars(chart: Any, kind: str = "granted") -> list[tuple[float, float]]:
    return [(_percent(bar, "x"), _percent(bar, "width")) for bar in chart.findall(f"rect[@class='{kind}']")]


def _percent(bar: Any, name: str) -> float:
    return float(bar.get(name).removesuffix("%"))


def test_a_grant_over_all_months_is_as_wide_as_the_picture():
    assert bars(drawn(an_entry(a_span(since=FIRST, until=LAST)))) == [(0, 100)]


def test_what_lies_outside_of_the_months_is_cut_off_and_what_lies_wholly_there_is_not_drawn():
    long_ago = an_entry(a_span(since=date(2020, 1, 1), until=date(2020, 12, 31)))

    assert bars(drawn(an_entry(a_span(since=date(2020, 1, 1), until=date(2040, 1, 1))))) == [(0, 100)]
    assert picture([long_ago], today=TODAY) is None


def test_each_track_has_its_own_look_and_only_waiting_is_hatched():
    tracks = [a_span(track, FIRST, LAST) for track in Track]
    chart = drawn(an_entry(*tracks))

    assert [bar.get("class") for bar in chart.findall("rect")] == ["granted", "waiting", "to_appeal", "appeal"]
    assert [bar.get("fill") for bar in chart.findall("rect")] == [None, "url(#benefits-over-time-hatch)", None, None]
    assert chart.find("defs/pattern").get("id") == "benefits-over-time-hatch"


def test_benefits_of_one_name_and_payer_share_a_lane():
    chart = drawn(
        an_entry(a_span(since=FIRST)), an_entry(a_span(since=FIRST)), an_entry(a_span(since=FIRST), title="YT")
    )

    names = [text.text for text in chart.findall("text[@class='total']") if text.text not in ("?", "today")]
    assert names == ["Rehabilitation subsidy, Keva", "YT, Keva"]


def test_what_is_not_known_is_marked_and_nothing_is_drawn_beyond_what_is_known():
    chart = drawn(an_entry(a_span()))

    [(x, width)] = bars(chart)
    days = (LAST - FIRST).days + 1
    assert abs(x - 100 * (date(2026, 6, 1) - FIRST).days / days) < 0.01
    assert abs(x + width - 100 * ((TODAY - FIRST).days + 1) / days) < 0.02
    assert [text.text for text in chart.findall("text")].count("?") == 2


def test_what_goes_on_is_no_unknown_end():
    chart = drawn(an_entry(a_span(Track.WAITING, date(2026, 9, 1), is_open=True)))

    assert "?" not in [text.text for text in chart.findall("text")]


def test_a_month_that_is_known_roughly_is_drawn_whole_and_told_as_a_month():
    may = RoughDay(date(2026, 5, 1), Precision.MONTH)
    chart = drawn(an_entry(a_span(since=may, until=may)))

    [(_x, width)] = bars(chart)
    assert abs(width - 100 * 31 / ((LAST - FIRST).days + 1)) < 0.02
    assert "granted 5/2026–5/2026" in chart.find("desc").text


def test_the_picture_reads_its_bars_to_who_sees_none():
    chart = drawn(an_entry(a_span(until=LAST), a_span(Track.WAITING, date(2026, 9, 1), is_open=True)))

    assert chart.get("role") == "img"
    assert chart.find("title").text == "Benefits from 1.11.2025 to 30.11.2027"
    assert chart.find("desc").text == (
        "Rehabilitation subsidy, Keva: granted beginning not written down–30.11.2027, "
        "waiting for a decision 1.9.2026–, goes on"
    )


def test_every_month_has_its_number_and_the_day_is_marked():
    chart = drawn(an_entry(a_span(since=FIRST)))
    texts = [text.text for text in chart.findall("text")]

    assert [text for text in texts if text and text.isdigit() and len(text) < 3] == [
        str(month) for month in [11, 12, *range(1, 13), *range(1, 12)]
    ]
    assert [text for text in texts if text and len(text) == 4] == ["2026", "2027"]
    assert len(chart.findall("line[@class='today']")) == 1


def test_there_is_no_style_and_no_script_in_it():
    with translation.override("en"):
        text = str(picture([an_entry(a_span(since=FIRST), title="<b>")], today=TODAY))

    assert [part in text for part in ("style=", "<b>", "<script")] == [False] * 3


def test_one_of_two_grants_that_goes_on_is_what_counts():
    soon, later = a_span(until=date(2026, 12, 1)), a_span(until=date(2028, 1, 1))

    assert standing([soon], today=TODAY) is Standing.ENDING
    assert standing([soon, later], today=TODAY) is Standing.IN_FORCE


def test_of_a_grant_that_has_ended_a_missed_day_of_appeal_is_history_and_a_running_one_is_not():
    ended = a_span(until=date(2026, 1, 31))
    missed, running = (a_span(Track.TO_APPEAL, until=date(2026, month, 30), is_open=True) for month in (3, 12))

    assert standing([ended, missed], today=TODAY) is Standing.ENDED
    assert standing([ended, running], today=TODAY) is Standing.APPEAL
    assert standing([missed], today=TODAY) is Standing.APPEAL


def test_a_grant_counts_before_what_is_waited_for_and_that_before_an_appeal():
    waiting, appeal = a_span(Track.WAITING, is_open=True), a_span(Track.APPEAL, is_open=True)

    assert standing([appeal, waiting, a_span()], today=TODAY) is Standing.IN_FORCE
    assert standing([appeal, waiting], today=TODAY) is Standing.WAITING
    assert standing([appeal], today=TODAY) is Standing.APPEAL
    assert standing([], is_prepared=True, today=TODAY) is Standing.PREPARED
    assert standing([], today=TODAY) is Standing.ENDED
