"""deploy/law.md names everything that nobody has verified, so that the city can answer it."""

from pathlib import Path

from tests.deploy.law_table import HEAD, table

LAW = Path(__file__).resolve().parents[2] / "deploy" / "law.md"


def test_the_table_of_what_is_not_verified_is_that_of_the_rules():
    lines = LAW.read_text(encoding="utf-8").splitlines()
    start = lines.index(HEAD[0])
    written = [line for line in lines[start:] if line.startswith("|")]

    assert written == table(), "Write into deploy/law.md:\n" + "\n".join(table())


def test_the_table_names_what_nobody_knows_at_all():
    assert "| benefits | TAK | not known: claim window, forms, annexes | – |" in table()
    assert any(
        line.startswith("| appeals, appeal | employment_authority, others, first | disputed |") for line in table()
    )
