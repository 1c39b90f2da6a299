"""Keys: wrapped outside the database, one set for each municipality, replaced while people work (promise 18)."""

import base64
import json
import stat
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from tenants import encryption, files, keys
from tenants.accounts import second_factor_secrets
from tenants.keys import master, ring, rotation
from tenants.keys.models import DataKey
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests import databases
from tests.tenants import diaries
from tests.tenants.accounts.signing_in import SECRET, give_phone
from tests.tenants.diaries import Diary, Logbook, overwrite, raw

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def diary_tables(django_db_setup: None) -> Iterator[None]:
    with diaries.tables():
        yield


@pytest.fixture(autouse=True)
def keys_and_files_of_this_test(settings, tmp_path, monkeypatch) -> Iterator[None]:
    settings.FILES = tmp_path / "files"
    fields = [model._meta.get_field(name) for model in (Diary, Logbook) for name in ("text", "remark")]
    monkeypatch.setattr(rotation, "encrypted_fields", lambda: iter(fields))
    yield
    for schema in diaries.SCHEMAS:
        ring.forget(schema)


def add_master_key(settings, tmp_path, *, forget_older: bool = False) -> None:
    """Put a new master key in front of those in use, as an operator does, and let this process read it."""
    older = {} if forget_older else json.loads(settings.MASTER_KEYS_FILE.read_text())
    settings.MASTER_KEYS_FILE = tmp_path / f"{uuid.uuid4()}.json"
    settings.MASTER_KEYS_FILE.write_text(json.dumps({"newer": base64.b64encode(bytes(range(32))).decode(), **older}))
    for schema in diaries.SCHEMAS:
        ring.forget(schema)


def keys_in_use() -> set[uuid.UUID]:
    return {uuid.UUID(bytes=raw(diary)[1:17]) for diary in Diary.objects.all()}


# --- the master key ---------------------------------------------------------------------------------------------------


def test_the_first_master_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "state" / "master-keys.json"
    made = master.load_or_create(path)

    master.load.cache_clear()
    assert master.load_or_create(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["master-keys.json"]


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"a": "short"}', '{"a": 5}', '{"a": "c2hvcnQ="}', "\xff"])
def test_a_master_key_that_cannot_be_used_is_one_clear_line(tmp_path, content):
    path = tmp_path / "keys.json"
    if content is not None:
        path.write_text(content, encoding="latin-1")

    with pytest.raises(ImproperlyConfigured, match=r"The master keys .*keys\.json"):
        master.load(path)


def test_a_machine_whose_master_key_is_elsewhere_never_makes_one(kaavi, settings, tmp_path):
    settings.MASTER_KEYS_FILE = tmp_path / "mounted.json"

    with pytest.raises(ImproperlyConfigured), atomic():
        ring.create_data_key()
    assert not settings.MASTER_KEYS_FILE.exists()


# --- the ring ---------------------------------------------------------------------------------------------------------


def test_each_municipality_has_keys_of_its_own(kaavi, tuusniemi):
    ours = set(DataKey.objects.values_list("pk", flat=True))
    with in_municipality(tuusniemi):
        theirs = set(DataKey.objects.values_list("pk", flat=True))

    assert (len(ours), len(theirs), ours & theirs) == (3, 3, set())


def test_keys_are_made_once(kaavi):
    before = set(DataKey.objects.values_list("pk", flat=True))
    keys.create()

    assert set(DataKey.objects.values_list("pk", flat=True)) == before


def test_no_key_lies_open_in_the_table(kaavi, monkeypatch):
    known = bytes(range(32))
    monkeypatch.setattr(ring, "new_secret", lambda: known)
    made = ring.create_data_key()

    assert known[:16] not in bytes(DataKey.objects.get(pk=made.pk).wrapped)


def test_a_wrapped_key_is_of_no_use_in_another_municipality(kaavi, tuusniemi):
    stolen = DataKey.objects.get(purpose="data")
    with in_municipality(tuusniemi):
        DataKey.objects.filter(purpose="data").delete()
        stolen.save(force_insert=True)
        ring.forget("tuusniemi")

        with pytest.raises(encryption.BadTag):
            ring.current_key()


def test_without_its_master_key_a_municipality_cannot_be_read(kaavi, settings, tmp_path):
    diary = Diary.objects.create(text="secret")
    add_master_key(settings, tmp_path, forget_older=True)

    with pytest.raises(ring.UnknownMasterKey):
        _ = Diary.objects.get(pk=diary.pk).text


def test_a_schema_without_keys_and_no_schema_at_all_are_errors(kaavi, monkeypatch):
    DataKey.objects.all().delete()
    ring.forget("kaavi")
    with pytest.raises(ring.NoKey):
        ring.current_key()
    with pytest.raises(ring.NoKey):
        ring.hash_key(DataKey.Purpose.INDEX)

    monkeypatch.setattr(ring, "connection", SimpleNamespace(schema_name=None))
    with pytest.raises(ring.NoSchema):
        ring.current_key()


def test_a_key_is_read_from_the_table_once(kaavi, django_assert_num_queries):
    Diary.objects.bulk_create([Diary(text=str(number)) for number in range(5)])
    ring.forget("kaavi")

    with django_assert_num_queries(2):
        assert len({diary.text for diary in Diary.objects.all()}) == 5


def test_the_ring_is_bounded():
    cache = ring._Cache(size=3)
    for number in range(10):
        cache.put("kaavi", number, number)
        cache.get("kaavi", 8)

    assert list(cache.entries) == [("kaavi", 7), ("kaavi", 9), ("kaavi", 8)]


def test_no_representation_shows_a_key(kaavi):
    assert "cipher" not in repr(ring.current_key())


# --- rotation ---------------------------------------------------------------------------------------------------------


def rotate(*arguments: str) -> str:
    output = StringIO()
    call_command("rotate_keys", "--municipality", "kaavi", "--settle", "0", *arguments, stdout=output)
    return output.getvalue()


def test_rotation_seals_everything_with_a_new_key(kaavi):
    Diary.objects.bulk_create([Diary(text=f"day {number}", remark=None) for number in range(25)])
    file_id = uuid.uuid4()
    files.store(b"statement", file_id=file_id)
    old = ring.current_key().id

    assert "kaavi: begun, 26 sealed anew" in rotate("--batch", "10")

    assert old not in keys_in_use()
    assert {diary.text for diary in Diary.objects.all()} == {f"day {number}" for number in range(25)}
    assert files.read(file_id) == b"statement"
    assert list(files.stored_under_other_keys()) == []
    assert DataKey.objects.get(pk=old).retired_at is not None


def test_a_rotation_that_was_stopped_goes_on_with_the_same_key(kaavi):
    diary = Diary.objects.create(text="before")
    rotation.begin()
    new = ring.current_key().id

    assert rotation.begin() is False
    assert "kaavi: continued, 1 sealed anew" in rotate()
    assert keys_in_use() == {new}
    assert Diary.objects.get(pk=diary.pk).text == "before"


def test_what_somebody_writes_meanwhile_is_not_overwritten(kaavi, monkeypatch):
    diary = Diary.objects.create(text="before")
    rotation.begin()
    seal_column = encryption.seal_column

    def seal_while_somebody_saves(text, **place):
        Diary(id=diary.pk, text="after", created_at=NOON).save(force_update=True, update_fields=["text"])
        return seal_column(text, **place)

    monkeypatch.setattr(rotation, "seal_column", seal_while_somebody_saves)

    assert rotation.sweep(batch=10).resealed == 0
    assert Diary.objects.get(pk=diary.pk).text == "after"


def test_an_object_loaded_before_the_rotation_is_saved_with_the_new_key(kaavi):
    loaded = Diary.objects.get(pk=Diary.objects.create(text="kept").pk)
    rotate()
    loaded.save()

    assert keys_in_use() == {ring.current_key().id}
    assert Diary.objects.get(pk=loaded.pk).text == "kept"


def test_a_value_that_cannot_be_read_stops_nothing_but_keeps_the_old_key(kaavi):
    Diary.objects.bulk_create([Diary(text=str(number)) for number in range(4)])
    old = ring.current_key().id
    damaged = Diary.objects.all()[0]
    overwrite(damaged, raw(damaged)[:-1])

    with pytest.raises(CommandError, match="1 values"):
        rotate("--batch", "1")
    assert DataKey.objects.get(pk=old).retired_at is None
    assert sum(uuid.UUID(bytes=raw(diary)[1:17]) == old for diary in Diary.objects.all()) == 1


def test_a_value_that_the_database_refuses_stops_nothing_but_keeps_the_old_key(kaavi, monkeypatch):
    Diary.objects.bulk_create([Diary(text=f"day {number}") for number in range(4)])
    old = ring.current_key().id
    seal_column = encryption.seal_column

    def refused_once(text, **place):
        if text == "day 2":
            raise DatabaseError("070770-905D")
        return seal_column(text, **place)

    monkeypatch.setattr(rotation, "seal_column", refused_once)

    with pytest.raises(
        CommandError, match=r"1 values were refused by the database .*; their keys were not retired"
    ) as says:
        rotate()
    assert "070770" not in str(says.value)
    assert DataKey.objects.get(pk=old).retired_at is None
    assert sum(uuid.UUID(bytes=raw(diary)[1:17]) == old for diary in Diary.objects.all()) == 1


def test_a_row_that_somebody_holds_is_waited_for_when_all_others_are_free_again(own_database, monkeypatch):
    """Whoever waits while holding other rows is waited for: a person who saves two of them would be the victim."""
    monkeypatch.setattr(rotation, "encrypted_fields", lambda: iter([OutgoingEmail._meta.get_field("text")]))
    with in_municipality("kaavi"), databases.as_superuser("suunta_test_own") as somebody:
        mails = sorted(a_mail(number) for number in range(5))
        rotation.begin()
        somebody.execute("begin")
        somebody.execute("select from kaavi.mail_outgoingemail where id = %s for update", [mails[2]])
        alone, waited_for = rotation._reseal_alone, []

        def while_it_waits(field, row, content):
            waited_for.append(row)
            for other in mails:
                somebody.execute("select from kaavi.mail_outgoingemail where id = %s for update nowait", [other])
            somebody.execute("commit")
            return alone(field, row, content)

        monkeypatch.setattr(rotation, "_reseal_alone", while_it_waits)
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '3s'")  # a sweep that waits for ever is a fault that ends
        swept = rotation.sweep(batch=10)

    assert (swept.resealed, swept.refused) == (5, 0)
    assert waited_for == [mails[2]]


def a_mail(number: int) -> uuid.UUID:
    known = {"to_email": "aino@kaavi.example", "template": "x", "language": "fi", "subject": "x", "due_at": NOON}
    return OutgoingEmail.objects.create(key=str(number), text=f"mail {number}", **known).pk


def test_a_damaged_file_and_a_strange_one_stop_nothing(kaavi, settings):
    file_id, damaged = uuid.uuid4(), uuid.uuid4()
    files.store(b"statement", file_id=file_id)
    folder = settings.FILES / "kaavi"
    (folder / str(damaged)).write_bytes(b"no")
    (folder / "lost-and-found").write_bytes(b"no")
    old = ring.current_key().id

    with pytest.raises(CommandError, match="1 values cannot be read"):
        rotate()
    assert files.read(file_id) == b"statement"
    assert DataKey.objects.get(pk=old).retired_at is None
    assert list(files.stored_under_other_keys()) == [damaged]


def test_rotation_wraps_the_keys_with_the_newest_master_key(kaavi, settings, tmp_path):
    diary, hashed = Diary.objects.create(text="kept"), encryption.blind_index("010594Y9032", purpose="client")
    add_master_key(settings, tmp_path)
    rotate()

    assert set(DataKey.objects.values_list("master_key_id", flat=True)) == {"newer"}
    assert Diary.objects.get(pk=diary.pk).text == "kept"
    assert encryption.blind_index("010594Y9032", purpose="client") == hashed


def test_second_factor_secrets_get_the_new_key_and_open_as_before(kaavi, aino):
    give_phone(aino)
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()

    assert "kaavi: begun, 2 sealed anew" in rotate()

    app, recovery = Authenticator.objects.order_by("-type")
    assert all(encryption.is_current_text(text) for text in (app.data["secret"], recovery.data["seed"]))
    assert second_factor_secrets.open_sealed(app.data["secret"]) == SECRET
    assert RecoveryCodes(recovery).get_unused_codes() == codes


def test_a_recovery_code_that_is_used_meanwhile_stays_used(kaavi, aino):
    give_phone(aino)
    rotation.begin()
    _app, loaded = second_factor_secrets.under_other_keys()
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert codes.validate_code(codes.get_unused_codes()[0])

    assert second_factor_secrets.reseal(loaded) == 0
    assert rotation.sweep(batch=10).resealed == 2
    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()) == 9


def test_a_second_factor_that_cannot_be_read_keeps_the_old_key(kaavi, aino):
    give_phone(aino)
    old = ring.current_key().id
    damaged = Authenticator.objects.get(type="totp")
    damaged.data["secret"] = f"{damaged.data['secret'][:40]}AAAA"
    damaged.save()

    with pytest.raises(CommandError, match="1 values cannot be read"):
        rotate()
    assert DataKey.objects.get(pk=old).retired_at is None


def test_an_unknown_municipality_is_one_line(kaavi):
    with pytest.raises(CommandError, match=r"There is no municipality nowhere\."):
        call_command("rotate_keys", "--municipality", "nowhere")
