"""`make bench`: measurements as JSON; each value is compared with the one table of limits (tests.bench.limits)."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2] / ".suunta" / "bench"


def main(names: list[str]) -> int:
    """Run the named measurements, or all; answer 1 when a limit is missed, after naming what missed it."""
    os.environ.setdefault("SUUNTA_HOME", str(HOME))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import override_settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing one
    from tests import databases
    from tests.bench import adding, documents, letters, overhead, pages, sweeping
    from tests.bench.day import that_monday

    databases.make_base_database(is_copied=databases.start_and_copy())
    modules = (adding, documents, letters, overhead, pages, sweeping)
    measurements = {module.__name__.rpartition(".")[2]: module.measure for module in modules}
    results = {}
    for name in names or measurements:
        print(f"{name} …", file=sys.stderr)
        with (
            databases.copied_database("suunta_bench"),
            tempfile.TemporaryDirectory() as folder,
            override_settings(FILES=Path(folder)),
            that_monday(),
        ):
            results[name] = measurements[name]()
    databases.drop_database(databases.BASE)
    return report(results)


def report(results: dict[str, Any]) -> int:
    """Print the results, and by name what misses its limit; answer 1 when something does."""
    from tests.bench import limits

    print(json.dumps(results, indent=2))
    missed = limits.missed(results)
    print(*missed, sep="\n", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
