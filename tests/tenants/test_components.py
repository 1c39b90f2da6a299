"""The component tags: what they draw, for whom, and that the vendored look is complete."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from lucide import IconDoesNotExist
from lxml import html

from tenants.components import Step, TimelineEntry
from tenants.navigation import places
from tests.tenants.markup import select, words

STATIC = Path(__file__).parents[2] / "tenants" / "static" / "suunta"
MONDAY = date(2026, 11, 23)


def drawn(source: str, /, path: str = "/clients/", language: str = "en", **values: object) -> html.HtmlElement:
    with translation.override(language):
        text = engines["django"].from_string(source).render(values, request(path))
    return html.fragment_fromstring(text, create_parent="body")


def request(path: str) -> HttpRequest:
    return RequestFactory().get(path)


def test_an_icon_is_hidden_from_screen_readers():
    svg = drawn('{% icon "calendar-check" %}')[0]

    assert (svg.tag, svg.get("class"), svg.get("aria-hidden")) == ("svg", "icon", "true")


def test_an_unknown_icon_is_an_error():
    with pytest.raises(IconDoesNotExist):
        drawn('{% icon "no-such-icon" %}')


@pytest.mark.parametrize("entry", [*places("portal"), *places("console")], ids=lambda entry: entry.url_name)
def test_every_entry_of_the_navigation_has_its_icon(entry):
    assert select(drawn("{% icon name %}", name=entry.icon), "path, circle, rect")


def test_a_panel_is_named_by_its_heading():
    page = drawn(
        '{% panel "Deadlines" count=5 link="All" url="/deadlines/" about="deadlines" %}<p>Body</p>{% endpanel %}'
    )

    section = select(page, "section.panel")[0]
    assert words(select(page, f"h2#{section.get('aria-labelledby')}")[0]) == "Deadlines"
    assert words(select(section, ".count")[0]) == "5"
    assert words(select(section, "header a")[0]) == "All deadlines"
    assert words(select(section, "p")[0]) == "Body"


def test_what_a_person_wrote_is_escaped():
    page = drawn(
        "{% panel title %}{% endpanel %}{% tag title %}{% fact title title note=title %}", title="<script>x</script>"
    )

    assert not select(page, "script")


def test_a_page_head_without_actions_has_no_empty_box():
    assert not select(drawn('{% page_head "Today" %}\n{% endpage_head %}'), ".actions")


def test_a_repeated_button_carries_its_object():
    page = drawn('{% post_button "Done" "/tasks/1/done/" about="Call Keva" version=3 %}')

    assert words(select(page, "button")[0]) == "Done"
    assert select(page, "button")[0].get("aria-label") == "Done: Call Keva"
    assert select(page, "form[method=post]")[0].get("action") == "/tasks/1/done/"
    assert select(page, "input[name=version]")[0].get("value") == "3"
    assert select(page, "input[name=csrfmiddlewaretoken]")


def test_a_form_panel_posts_safely_and_offers_one_main_button_and_a_way_out():
    class Upload(forms.Form):
        letter = forms.FileField()

    page = drawn('{% form_panel form submit="Save" cancel="/clients/" %}<p>Words</p>{% endform_panel %}', form=Upload())

    form = select(page, "section.formpanel[aria-label=Save] form")[0]
    assert form.get("enctype") == "multipart/form-data"
    assert select(form, "input[name=csrfmiddlewaretoken]")
    assert [words(button) for button in select(form, "button")] == ["Save"]
    assert select(form, "a")[0].get("href") == "/clients/"


def test_a_tab_is_current_on_its_own_address_whatever_the_query():
    page = drawn(
        '{% tabs "Case" %}{% tab "All" "/case/" %}{% tab "Notes" "/case/notes/" count=2 %}{% endtabs %}', "/case/?a=b"
    )

    assert [link.get("aria-current") for link in select(page, "nav a")] == ["page", None]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/case/", ["true", None]),
        ("/case/?kind=&page=2", ["true", None]),
        ("/case/?kind=note", [None, "true"]),
        ("/case/?page=2&kind=note", [None, "true"]),
        ("/case/?kind=call", [None, None]),
    ],
)
def test_a_filter_is_current_on_every_page_of_its_list(path, current):
    source = '{% filters "Show" %}{% filter_link "All" "." %}{% filter_link "Notes" "?kind=note" %}{% endfilters %}'

    assert [link.get("aria-current") for link in select(drawn(source, path), "a")] == current


def test_crumbs_end_with_this_page():
    page = drawn('{% crumbs "Clients" "/clients/" "Aino" %}')

    assert [link.get("href") for link in select(page, "a")] == ["/clients/"]
    assert words(select(page, "[aria-current=page]")[0]) == "Aino"


def test_a_pager_keeps_the_rest_of_the_address():
    page = drawn("{% pager page %}", "/clients/?state=open&page=2", page=Paginator(range(30), 10).page(2))

    assert [link.get("href") for link in select(page, "a")] == ["?state=open&page=1", "?state=open&page=3"]


def test_a_list_of_one_page_has_no_pager():
    assert not select(drawn("{% pager page %}", page=Paginator(range(3), 10).page(1)), "nav")


def test_a_deadline_leads_to_what_it_is_about():
    page = drawn(
        '{% deadline "Call" on=on today=on subject="Aino" subject_url="/clients/1/" note="Kela" %}{% enddeadline %}',
        on=MONDAY,
    )

    assert words(select(page, ".what p")[0]) == "Aino · Kela"
    assert [link.get("href") for link in select(page, ".what a")] == ["/clients/1/"]


def test_a_late_deadline_says_so_in_words_and_in_colour():
    page = drawn(
        '{% deadline "B statement" on=on today=today url="/x/" %}{% enddeadline %}', on=date(2026, 11, 20), today=MONDAY
    )

    when = select(page, ".when")[0]
    assert when.get("data-color") == "danger"
    assert words(when) == "Fri 20.11.3 days late"
    assert not select(page, ".do")


def test_steps_tell_a_screen_reader_what_is_done_and_what_is_ahead():
    steps = [Step("Draft", state="done"), Step("Filed", "2.10.", state="now", tone="warning"), Step("Decision")]

    items = select(drawn('{% steps steps label="Steps" %}', steps=steps), "li")

    assert [words(item) for item in items] == ["Draft, done", "Filed 2.10.", "Decision, ahead"]
    assert [item.get("aria-current") for item in items] == [None, "step", None]


@pytest.mark.parametrize(
    ("waited", "usual", "within", "over"),
    [(168, 120, "66.7", "26.7"), (30, 60, "16.7", "0.0"), (360, 90, "25.0", "75.0")],
)
def test_a_waiting_bar_shows_the_usual_time_and_what_goes_over_it(waited, usual, within, over):
    page = drawn("{% waitbar waited usual %}", waited=waited, usual=usual)

    assert select(page, "rect.fill")[0].get("width") == within
    assert (select(page, "rect.over")[0].get("x"), select(page, "rect.over")[0].get("width")) == (within, over)
    assert words(page) == f"{waited} days usually {usual} days"


def test_a_waiting_bar_is_drawn_the_same_where_decimals_have_a_comma():
    page = drawn("{% waitbar 168 120 %}", language="fi")

    assert select(page, "rect.fill")[0].get("width") == "66.7"


def test_a_timeline_is_grouped_by_the_months_of_finland():
    entries = [
        TimelineEntry(at=datetime(2026, 10, 31, 22, 30, tzinfo=UTC), title="Call"),  # half past midnight in Helsinki
        TimelineEntry(at=date(2026, 10, 31), title="Letter", links=[("Decision, PDF", "/documents/1/")]),
    ]

    page = drawn("{% timeline entries %}", entries=entries)

    assert [words(month) for month in select(page, "h3")] == ["November 2026", "October 2026"]
    assert [words(time) for time in select(page, "time")] == ["Sun 1.11. at 0:30", "Sat 31.10."]
    assert select(page, "a.file")[0].get("href") == "/documents/1/"


def test_a_table_keeps_its_roles_when_it_is_stacked():
    page = drawn(
        '{% data_table "Name" "Filed" "" caption="Applications" %}'
        "{% row %}{% cell head=True %}Keva{% endcell %}"
        '{% cell number=True label="Filed" %}2.10.{% endcell %}{% endrow %}'
        "{% enddata_table %}"
    )

    assert words(select(page, "caption")[0]) == "Applications"
    assert [cell.get("role") for cell in select(page, "tbody th, tbody td")] == ["rowheader", "cell"]
    assert select(page, "td")[0].get("data-label") == "Filed"
    assert [words(heading) for heading in select(page, "thead th")] == ["Name", "Filed", "Actions"]


@pytest.mark.parametrize(("value", "shown"), [("", "–"), (None, "–"), (0, "0"), ("Finnish", "Finnish")])
def test_a_fact_without_value_shows_a_dash(value, shown):
    assert words(select(drawn('{% fact "Language" value %}', value=value), "dd")[0]) == shown


@pytest.mark.parametrize(
    "name", ["day", "weekday_day", "clock", "moment", "near", "month", "euros", "duration", "initials"]
)
def test_a_filter_leaves_an_empty_value_empty(name):
    assert drawn("{{ value|" + name + " }}", value=None).text_content() == ""


@pytest.mark.parametrize("name", ["400.html", "404.html", "403.html", "500.html"])
def test_an_error_page_needs_no_context(name):
    with translation.override("en"):
        text = engines["django"].get_template(name).render()

    assert len(select(html.document_fromstring(text), "h1")) == 1


def test_the_page_of_a_refusal_gives_the_reason():
    text = engines["django"].get_template("409.html").render({"reason": "The month is not over."})

    assert "The month is not over." in text


def test_every_file_a_style_sheet_asks_for_is_there():
    asked = {
        sheet.parent / match
        for sheet in STATIC.glob("*.css")
        for match in re.findall(r"url\([\"']?(?!data:)([^)\"']+)", sheet.read_text())
    }

    assert len(asked) == 2
    assert all(file.is_file() for file in asked)


def test_everything_vendored_is_listed_with_version_and_licence():
    listed = json.loads((STATIC / "package.json").read_text())["vendored"]

    assert {"designsystemet.css", "theme.css"} | {f"fonts/{file.name}" for file in STATIC.glob("fonts/*")} == set(
        listed
    )
    assert all(entry["version"] and entry["licence"] for entry in listed.values())


def test_no_template_has_inline_style_or_script():
    forbidden = re.compile(r"\sstyle=|\son[a-z]+=\"|<script>|<style")
    templates = list((STATIC.parents[1] / "templates").rglob("*.html"))

    assert len(templates) > 50
    assert [str(file) for file in templates if forbidden.search(file.read_text())] == []
