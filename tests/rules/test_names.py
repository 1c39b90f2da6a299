"""Names stand in Finnish order everywhere, and what is derived from a text is never written beside it."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from tenants.derived import PhoneHashesField

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for floor in ("tenants", "casework", "billing", "tasks")
    for path in (ROOT / floor).rglob("*.py")
    if "migrations" not in path.parts
)
OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"tenants", "casework", "billing"}]
BY_NAME = re.compile(r'order_by\([^)]*"-?(?:\w+__)*(?:first_|last_|actor_)?name"')
WRITTEN_PAST_THE_KEYS = re.compile(r"\.(?:update|bulk_update)\([^)]*\b(?:first_name|last_name|name|phone)\b\s*=")


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_no_model_is_in_the_order_of_the_servers_locale(model):
    order = [str(part) for part in model._meta.ordering]
    decides = next((part for part in order if re.search(r"(?:^-?|_)(?:name|sort_key)$", part)), "")

    assert not decides.endswith("name")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_query_is_in_the_order_of_the_servers_locale(source):
    assert BY_NAME.findall(source.read_text()) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_writes_a_name_or_a_phone_past_the_keys_beside_it(source):
    assert WRITTEN_PAST_THE_KEYS.findall(source.read_text()) == []


# A referral's number is the client's as soon as it is accepted, and only clients are searched for.
NOBODY_SEARCHES_FOR = {"Referral", "Seller"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: str(model._meta.label))
def test_every_telephone_number_can_be_searched_for(model):
    fields = {field.name: field for field in model._meta.concrete_fields}
    numbers = {name for name in fields if name.endswith("phone")}
    searched = {name for field in fields.values() if isinstance(field, PhoneHashesField) for name in field.of}

    assert searched == (set() if model.__name__ in NOBODY_SEARCHES_FOR else numbers)
