"""Encrypted columns: unreadable outside, searchable by hash. A ciphertext works only in its place."""

import pickle
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import FieldError
from django.core.serializers import serialize
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.transaction import atomic
from django.forms import modelform_factory
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import encryption
from tenants.encryption import EncryptedTextField, Sealed, blind_index, open_text, seal_text
from tenants.keys import ring
from tenants.scope import in_municipality
from tests.tenants import diaries
from tests.tenants.diaries import Diary, Logbook, overwrite, raw

CANARY = "Aino’s canary: 010594Y9032 päiväkirja"


@pytest.fixture(scope="module", autouse=True)
def diary_tables(django_db_setup: None) -> Iterator[None]:
    with diaries.tables():
        yield


@pytest.fixture
def diary(kaavi) -> Diary:
    return Diary.objects.create(title="Monday", text=CANARY, remark="quiet")


def again(diary: Diary) -> Diary:
    return Diary.objects.get(pk=diary.pk)


# --- what is written is read, and only there ------------------------------------------------------------------------


def test_what_is_saved_is_read_again(diary):
    assert (again(diary).text, again(diary).remark, diary.text) == (CANARY, "quiet", CANARY)


def test_the_table_holds_no_trace_of_the_text(diary):
    assert CANARY.encode() not in raw(diary)
    assert b"010594Y9032" not in raw(diary)
    assert raw(diary)[:1] == b"\x01"


def test_the_same_text_is_never_the_same_ciphertext(diary):
    assert raw(diary) != raw(Diary.objects.create(text=CANARY))


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_comes_back(kaavi, text):
    assert again(Diary.objects.create(text=text, remark=text)).remark == text


def test_nothing_and_empty_are_kept_apart(kaavi):
    empty = Diary.objects.create()

    assert (again(empty).text, again(empty).remark) == ("", None)
    assert Diary.objects.get(remark__isnull=True) == empty


def test_a_ciphertext_copied_to_another_row_is_refused(diary):
    other = Diary.objects.create(text="mine")
    overwrite(other, raw(diary))

    with pytest.raises(encryption.BadTag):
        _ = again(other).text


def test_a_ciphertext_copied_to_another_column_is_refused(diary):
    overwrite(diary, raw(diary, "text"), column="remark")

    with pytest.raises(encryption.BadTag):
        _ = again(diary).remark


def test_a_ciphertext_copied_to_another_table_is_refused(diary):
    logbook = Logbook.objects.create(id=diary.pk, text="mine")
    overwrite(logbook, raw(diary))

    with pytest.raises(encryption.BadTag):
        _ = Logbook.objects.get(pk=diary.pk).text


def test_a_ciphertext_copied_to_another_municipality_is_refused(diary, tuusniemi, monkeypatch):
    stolen, same_key = raw(diary), ring.current_key()
    with in_municipality(tuusniemi):
        Diary.objects.create(id=diary.pk)
        overwrite(diary, stolen)

        with pytest.raises(encryption.UnknownKey):
            _ = again(diary).text

        monkeypatch.setattr(ring, "key", lambda key_id: same_key)  # even if the neighbour had the key
        with pytest.raises(encryption.BadTag):
            _ = again(diary).text


def test_a_value_read_in_one_municipality_is_not_opened_in_another(diary, tuusniemi):
    loaded = again(diary)

    with in_municipality(tuusniemi), pytest.raises(encryption.OutsideItsMunicipality):
        _ = loaded.text
    with in_municipality(tuusniemi), pytest.raises(encryption.OutsideItsMunicipality), atomic():
        loaded.save()


@pytest.mark.parametrize(
    ("damage", "refusal"),
    [
        (lambda sealed: b"\x02" + sealed[1:], encryption.UnknownVersion),
        (lambda sealed: b"plain text", encryption.UnknownVersion),
        (lambda sealed: sealed[:10], encryption.UnknownVersion),
        (lambda sealed: sealed[:1] + uuid.uuid4().bytes + sealed[17:], encryption.UnknownKey),
        (lambda sealed: sealed[:20], encryption.BadTag),
        (lambda sealed: sealed[:-1], encryption.BadTag),
        (lambda sealed: sealed[:17] + bytes(12) + sealed[29:], encryption.BadTag),
        (lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), encryption.BadTag),
    ],
)
def test_a_damaged_value_is_an_error_that_names_the_place_and_shows_nothing(diary, damage, refusal):
    overwrite(diary, damage(raw(diary)))

    with pytest.raises(refusal) as error:
        _ = again(diary).text
    assert "010594Y9032" not in repr(error.value)


def test_a_damaged_value_does_not_hide_the_rest_of_the_row(diary):
    overwrite(diary, b"plain text")

    assert (again(diary).title, again(diary).remark) == ("Monday", "quiet")


# --- the ways Django reads and writes ---------------------------------------------------------------------------------


def test_values_answers_closed_values(diary):
    (closed,) = Diary.objects.values_list("text", flat=True)

    assert isinstance(closed, Sealed)
    assert "010594Y9032" not in f"{closed} {closed!r}"
    assert closed.opened(diary.pk) == CANARY
    with pytest.raises(encryption.RowUnknown):
        closed.opened()
    with pytest.raises(encryption.BadTag):
        closed.opened(uuid.uuid4())


def test_a_closed_value_is_not_taken_for_text_elsewhere(diary):
    (closed,) = Diary.objects.values_list("text", flat=True)

    with pytest.raises(encryption.BadTag), atomic():
        Diary(text=closed).save()
    with pytest.raises(encryption.RowUnknown):
        EncryptedTextField().clean(closed, None)


@pytest.mark.parametrize("load", [Diary.objects.only("title"), Diary.objects.defer("text", "remark")])
def test_a_deferred_column_is_loaded_when_it_is_read(diary, load, django_assert_num_queries):
    with django_assert_num_queries(1):
        partly = load.get(pk=diary.pk)
    with django_assert_num_queries(1):
        assert partly.text == CANARY


def test_a_deferred_column_is_left_alone_by_save(diary):
    before = raw(diary)
    partly = Diary.objects.only("title").get(pk=diary.pk)
    partly.title = "Tuesday"
    partly.save()

    assert (again(diary).title, raw(diary)) == ("Tuesday", before)


def test_peers_are_fetched_together(kaavi, django_assert_num_queries):
    Diary.objects.bulk_create([Diary(text=str(number)) for number in range(3)])

    with django_assert_num_queries(2):
        peers = list(Diary.objects.defer("text").fetch_mode(models.FETCH_PEERS))
        assert sorted(peer.text for peer in peers) == ["0", "1", "2"]


def test_refresh_brings_what_another_wrote(diary):
    stale = again(diary)
    diary.text = "new"
    diary.save(update_fields=["text"])

    stale.refresh_from_db()
    assert (stale.text, stale.remark) == ("new", "quiet")


def test_an_unchanged_column_keeps_its_ciphertext_when_the_row_is_saved(diary):
    before = raw(diary)
    loaded = again(diary)
    loaded.remark = "loud"
    loaded.save()

    assert (raw(diary), again(diary).remark) == (before, "loud")


def test_update_fields_writes_only_what_it_names(diary):
    loaded = again(diary)
    loaded.text, loaded.remark = "changed", "not written"
    loaded.save(update_fields=["text"])

    assert (again(diary).text, again(diary).remark) == ("changed", "quiet")


def test_bulk_create_seals_each_row_for_itself(kaavi):
    Diary.objects.bulk_create([Diary(text=f"day {number}") for number in range(20)])

    assert {diary.text for diary in Diary.objects.all()} == {f"day {number}" for number in range(20)}


def test_an_object_saved_under_two_keys_is_two_rows(kaavi):
    first, second = uuid.uuid4(), uuid.uuid4()
    diary = Diary(id=first, text=CANARY)
    diary.save()
    diary.pk, diary._state.adding = second, True
    diary.save()

    assert [Diary.objects.get(pk=key).text for key in (first, second)] == [CANARY, CANARY]


def test_a_loaded_object_is_copied_to_another_row_in_the_way_of_django(diary):
    duplicate = again(diary)
    duplicate.pk = uuid.uuid4()
    duplicate._state.adding = True
    duplicate.save()

    assert (again(duplicate).text, again(diary).text) == (CANARY, CANARY)
    assert raw(duplicate) != raw(diary)


def test_a_pickled_object_carries_the_ciphertext(diary):
    carried = pickle.dumps(again(diary).__dict__ | {"_state": None})

    assert b"010594Y9032" not in carried


def test_a_key_given_as_text_is_the_same_row(kaavi):
    diary = Diary(id=str(uuid.uuid4()), text=CANARY)
    diary.save()

    assert again(diary).text == CANARY


@pytest.mark.parametrize(
    "write",
    [
        lambda diary: Diary.objects.update(text="plain"),
        lambda diary: Diary.objects.update(text=models.F("remark")),
        lambda diary: Diary.objects.update(text=models.Value("plain")),
        lambda diary: Diary.objects.update(text=b"\x01plain"),
        lambda diary: Diary.objects.update(text=Diary.objects.values_list("text", flat=True)[0]),
        lambda diary: Diary.objects.bulk_update([diary], ["text"]),
        lambda diary: Diary(text=models.F("remark")).save(),
        lambda diary: Diary(id=None, text="plain").save_base(raw=True),
    ],
)
def test_a_write_that_cannot_know_its_row_is_refused(diary, write):
    with pytest.raises(encryption.RowUnknown), atomic():
        write(diary)


def test_a_column_may_be_emptied_by_update(diary):
    Diary.objects.update(text="", remark=None)

    assert (again(diary).text, again(diary).remark) == ("", None)


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__gt", "__startswith", "__length"])
def test_an_encrypted_column_cannot_be_searched(kaavi, lookup):
    with pytest.raises(FieldError, match="encrypted"):
        Diary.objects.filter(**{f"text{lookup}": "a"})


# --- forms, fixtures, migrations --------------------------------------------------------------------------------------


def test_a_form_shows_and_takes_plain_text(diary):
    form_class = modelform_factory(Diary, fields=["text"])
    assert model_to_dict(again(diary), fields=["text"]) == {"text": CANARY}
    assert "010594Y9032" in form_class(instance=again(diary)).as_p()

    form = form_class({"text": "typed"}, instance=again(diary))
    assert form.is_valid()
    form.save()
    assert again(diary).text == "typed"


def test_fixtures_are_refused(diary):
    with pytest.raises(encryption.EncryptionError, match="fixtures"):
        serialize("json", [diary])


def test_a_migration_can_hold_the_field():
    written, imports = MigrationWriter.serialize(EncryptedTextField(blank=True, max_length=9))

    assert written == "tenants.encryption.EncryptedTextField(blank=True, max_length=9)"
    assert imports == {"import tenants.encryption"}


def test_a_migration_can_add_the_column_to_rows_that_are_there(kaavi):
    field: Any = Diary._meta.get_field("text")

    empty: Any = connection.schema_editor().effective_default(field)
    assert empty == b""
    assert field.db_type(connection) == "bytea"


def test_the_checks_refuse_a_column_that_could_not_work():
    class Numbered(models.Model):
        text = EncryptedTextField(unique=True)

        class Meta:
            apps = diaries.registry
            app_label = "casework"

    found = {error.id for error in Numbered._meta.get_field("text").check() if isinstance(error, checks.Error)}
    assert found == {"suunta.E010", "suunta.E011"}
    assert Diary._meta.get_field("text").check() == []


# --- keyed hashes and text without a row ------------------------------------------------------------------------------


def test_a_keyed_hash_finds_the_same_value_in_its_municipality_only(kaavi, tuusniemi):
    here = blind_index("010594Y9032", purpose="client")

    assert here == blind_index("010594Y9032", purpose="client")
    assert len(here) == 32
    assert here != blind_index("010594-9032", purpose="client")
    assert here != blind_index("010594Y9032", purpose="other")
    with in_municipality(tuusniemi):
        assert here != blind_index("010594Y9032", purpose="client")


def test_text_without_a_row_opens_for_its_purpose_and_municipality_only(kaavi, tuusniemi):
    sealed = seal_text("JBSWY3DPEHPK3PXP", purpose="second_factor")

    assert open_text(sealed, purpose="second_factor") == "JBSWY3DPEHPK3PXP"
    with pytest.raises(encryption.BadTag):
        open_text(sealed, purpose="other")
    with pytest.raises(encryption.UnknownVersion):
        open_text("JBSWY3DPEHPK3PXP?", purpose="second_factor")
    with in_municipality(tuusniemi), pytest.raises(encryption.UnknownKey):
        open_text(sealed, purpose="second_factor")
