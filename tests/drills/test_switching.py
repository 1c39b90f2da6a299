"""The state machine of the second wall, for as long as it takes to believe it."""

from tests.tenants import test_switching as usual

EXAMPLES = 5_000

residents = usual.residents


def test_switching(residents, tell):
    usual.Switching.rows_read = 0
    usual.search(usual.Switching, EXAMPLES)

    tell(examples=EXAMPLES, rows_read=usual.Switching.rows_read, of_others=0)
    assert usual.Switching.rows_read > 100_000
