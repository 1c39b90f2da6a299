"""A ciphertext works only in its place: every encrypted column there is, its values in every other (promise 17)."""

import uuid
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from tenants.encryption import (
    BadTag,
    EncryptedTextField,
    EncryptionError,
    OutsideItsMunicipality,
    UnknownKey,
    seal_column,
)
from tenants.keys import ring, rotation
from tenants.keys.sealing import Key, new_secret
from tenants.scope import in_municipality
from tests.rules.test_routes import in_place

ROW, OTHER_ROW = uuid.uuid4(), uuid.uuid4()
TEXT = "131052-308T"


@pytest.fixture(params=["portal", "console"])
def columns(request, db) -> Iterator[list[EncryptedTextField]]:
    """The encrypted columns of one side of the house, which is entered."""
    with in_place(request.param):
        yield list(rotation.encrypted_fields())


def sealed_for(field: EncryptedTextField) -> bytes:
    return seal_column(TEXT, column=field.place, row=ROW).content


def opens(field: EncryptedTextField, content: bytes, *, row: uuid.UUID = ROW) -> bool:
    """Tell whether a column of a row opens what lies in it, the way the database hands it to an object."""
    record = field.model()
    setattr(record, str(field.row_field.attname), row)
    setattr(record, str(field.attname), field.from_db_value(content, None, connection))  # type: ignore[arg-type]
    try:
        return bool(getattr(record, str(field.attname)) == TEXT)
    except EncryptionError:
        return False


def test_every_column_opens_what_was_sealed_for_it(columns):
    assert [field.place for field in columns if not opens(field, sealed_for(field))] == []
    assert len(columns) == len({field.place for field in columns}) >= 3


def test_no_column_opens_what_was_sealed_for_another(columns):
    sealed = {field.place: sealed_for(field) for field in columns}

    pairs = [(field, place) for field in columns for place in sealed if place != field.place]

    assert [(field.place, place) for field, place in pairs if opens(field, sealed[place])] == []
    assert len(pairs) == len(columns) * (len(columns) - 1)


def test_no_column_opens_what_was_sealed_for_another_row(columns):
    assert [field.place for field in columns if opens(field, sealed_for(field), row=OTHER_ROW)] == []


def test_no_column_opens_with_another_key_of_the_same_name(columns, monkeypatch):
    sealed = {field.place: sealed_for(field) for field in columns}
    wrong = AESGCM(new_secret())
    monkeypatch.setattr(ring, "key", lambda key_id: Key(id=key_id, cipher=wrong))

    assert [field.place for field in columns if opens(field, sealed[field.place])] == []


@pytest.mark.parametrize("has_the_key", [False, True])
def test_no_column_opens_what_was_sealed_in_another_municipality(kaavi, tuusniemi, monkeypatch, has_the_key):
    columns = list(rotation.encrypted_fields())
    sealed, stolen = {field.place: sealed_for(field) for field in columns}, ring.current_key()
    with in_municipality(tuusniemi):
        if has_the_key:
            monkeypatch.setattr(ring, "key", lambda key_id: stolen)

        assert [field.place for field in columns if opens(field, sealed[field.place])] == []
    assert len(columns) > 60


def test_what_is_refused_is_refused_as_what_it_is(kaavi, tuusniemi):
    [field, other, *_rest] = rotation.encrypted_fields()
    sealed = field.from_db_value(sealed_for(field), None, connection)  # type: ignore[arg-type]
    moved = other.from_db_value(sealed_for(field), None, connection)  # type: ignore[arg-type]
    assert sealed is not None
    assert moved is not None

    with pytest.raises(BadTag):
        sealed.opened(OTHER_ROW)
    with pytest.raises(BadTag):
        moved.opened(ROW)
    with in_municipality(tuusniemi):
        with pytest.raises(OutsideItsMunicipality):
            sealed.opened(ROW)
        theirs = field.from_db_value(sealed.content, None, connection)  # type: ignore[arg-type]
        assert theirs is not None
        with pytest.raises(UnknownKey):
            theirs.opened(ROW)
