"""Charts: readable without seeing them, and nothing in them that the content policy forbids."""

from datetime import date
from typing import Any

from lxml import etree

from tenants.charts import HEIGHT, SIDE, TOP, WIDTH, trend_line

SPRING, AUTUMN = date(2026, 6, 5), date(2026, 11, 20)


def drawn(points, **others):
    known: dict[str, Any] = {"title": "Mood & stress", "description": "5.6.2026: 1", "highest": 4}
    known |= {"since": SPRING, "until": AUTUMN}
    return etree.fromstring(trend_line("mood", points=points, **known | others))


def test_the_picture_has_a_name_and_reads_its_numbers():
    chart = drawn([(SPRING, 1)])

    assert chart.get("role") == "img"
    named = [chart.xpath(f"//*[@id='{id}']")[0].text for id in chart.get("aria-labelledby").split()]
    assert named == ["Mood & stress", "5.6.2026: 1"]


def test_time_goes_right_and_more_goes_up():
    dots = drawn([(SPRING, 0), (AUTUMN, 4)]).findall("circle")

    assert [(float(dot.get("cx")), float(dot.get("cy"))) for dot in dots] == [
        (SIDE, HEIGHT - TOP),
        (WIDTH - SIDE, TOP),
    ]


def test_only_the_newest_dot_is_marked():
    assert [dot.get("class") for dot in drawn([(SPRING, 0), (AUTUMN, 4)]).findall("circle")] == ["dot", "dot now"]


def test_one_score_is_a_dot_without_a_line_also_when_all_is_one_day():
    chart = drawn([(SPRING, 2)], until=SPRING)

    assert (len(chart.findall("circle")), len(chart.findall("polyline"))) == (1, 0)


def test_there_is_no_style_and_no_script_in_it():
    text = str(
        trend_line("x", title="<b>", description='"', points=[(SPRING, 1)], highest=4, since=SPRING, until=AUTUMN)
    )

    assert "style=" not in text
    assert "<b>" not in text
