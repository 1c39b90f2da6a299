"""What holds in every template: nothing the content policy forbids, nothing a screen reader stumbles over."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path for app in ("tenants", "casework", "billing") for path in (ROOT / app).rglob("templates/**/*.html")
)
OF_BUSINESS = [path for path in TEMPLATES if "components" not in path.parts]
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "script without a file": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped value": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
    "file from elsewhere": re.compile(r"\ssrc=\"https?://|<link[^>]*href=\"https?://", re.IGNORECASE),
}


def test_there_are_templates():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_the_content_policy_forbids(template):
    text = template.read_text()

    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


SHOWN = re.compile(r"\{\{.*?\}\}|\{% (?:fact|cell|tag)\b.*?%\}")
WORDS = re.compile(r"_\(\".*?\"\)")
PLAIN_PHONE = re.compile(r"\w*phone\b(?!\|phone_(?:link|text)\b)")


def plain_phones(template: str) -> list[str]:
    """Name the telephone numbers that a template shows as they are."""
    return [name for shown in SHOWN.findall(template) for name in PLAIN_PHONE.findall(WORDS.sub("", shown))]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_telephone_number_is_shown_as_a_link_that_dials(template):
    assert plain_phones(template.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "{{ row.phone }}",
        '{{ row.phone|default:"–" }}',
        "{{ client.interpreter_phone }}",
        '{% fact _("Phone") told.phone %}',
        '{% fact _("Interpreter") contact.interpreter_phone %}',
    ],
)
def test_a_planted_number_is_found(planted):
    assert plain_phones(planted)


@pytest.mark.parametrize("template", OF_BUSINESS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_compares_no_states(template):
    """Templates ask `application.is_waiting`; a state's name is the workflow's business."""
    assert not re.search(r"\.state\s*[!=]=", template.read_text())
