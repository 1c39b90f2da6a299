"""`manage.py explain_deadline`: the reckoning on a terminal, and one clear line for bad input."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[3]
KELA = "--kind appeal --decider kela --channel post --sent 2026-11-17"


def explain(line: str) -> str:
    answer = StringIO()
    call_command("explain_deadline", *line.split(), stdout=answer)
    return answer.getvalue()


def last_day(line: str) -> str:
    return str(json.loads(explain(f"{line} --json"))["last_day"])


def run_in_a_shell(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "REDIS_URL": "redis://127.0.0.1:1"}
    return subprocess.run(
        [sys.executable, "manage.py", "explain_deadline", *line.split()],
        cwd=ROOT,
        env=os.environ | nowhere | {"SUUNTA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "deploy.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_command_answers_without_a_database(tmp_path):
    answer = run_in_a_shell(f"{KELA} --json", tmp_path)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["last_day"] == "2026-12-28"


def test_a_wrong_option_is_one_line_and_exit_code_1(tmp_path):
    answer = run_in_a_shell("--kind appeal --decidr kela --sent", tmp_path)

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert "--sent" in answer.stderr


def test_each_step_is_printed_with_its_source():
    lines = explain(KELA).splitlines()

    assert len(lines) == 5
    assert lines[0] == "posted                  Tue 17 Nov 2026"
    assert lines[3].startswith("moved to next weekday   Mon 28 Dec 2026")
    assert lines[3].endswith("(150/1930 5 §, checked in the statute 22.11.2026)")


def test_a_row_that_nobody_has_verified_says_so_in_the_explanation_of_the_day():
    lines = explain(f"{KELA} --benefit TKE-K").splitlines()

    assert "KEL 568/2007, from experience, not verified" in lines[2]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (KELA, "2026-12-28"),
        ("--kind appeal --decider kela --channel electronic --sent 2026-11-17", "2026-12-28"),
        ("--kind appeal --decider pension_insurer --channel electronic --sent 2026-11-02", "2026-12-07"),
        ("--kind appeal --decider ilmarinen --channel electronic --sent 2026-11-02", "2026-12-07"),
        ("--kind appeal --decider kela --sent 2026-11-12", "2026-12-15"),
        ("--kind appeal --decider keva --channel post --sent 2026-11-25 --level court", "2027-01-04"),
        ("--kind appeal --decider kela --channel post --sent 2026-11-25 --benefit TTO", "2027-01-04"),
        (f"{KELA} --printed 2026-12-22", "2026-12-22"),
        ("--kind appeal --decider wellbeing_county --sent 2026-11-17 --printed 2026-12-01", "2026-12-01"),
        ("--kind months --months 2 --from 2026-10-24", "2026-12-28"),
        ("--kind months --months 2 --from 2026-12-31", "2027-03-01"),
    ],
)
def test_the_last_day_follows_the_options(line, expected):
    assert last_day(line) == expected


def test_the_json_is_last_day_and_steps():
    answer = json.loads(explain("--kind months --months 2 --from 2026-10-24 --json"))

    assert answer["last_day"] == answer["steps"][-1]["day"] == "2026-12-28"
    assert [step["code"] for step in answer["steps"]] == ["start", "months", "moved", "arrival"]
    assert [origin["source"] for origin in answer["steps"][1]["origins"]] == ["150/1930 3 §"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "--kind is missing."),
        ("--kind birthday", "--kind 'birthday' is not known; it is one of: appeal, months."),
        ("--kind appeal --sent 2026-11-17", "--decider is missing."),
        ("--kind appeal --decider kela", "--sent is missing."),
        ("--kind months --months 2", "--from is missing."),
        ("--kind months --from 2026-10-24", "--months is missing."),
        ("--kind appeal --decider nokia --sent 2026-11-17", "it is one of: kela, keva, ilmarinen, varma"),
        ("--kind appeal --decider kela --channel owl --sent 2026-11-17", "one of: post, electronic, in_hand, unknown."),
        ("--kind appeal --decider kela --sent 2026-02-30", "--sent '2026-02-30' is not a day such as 2026-11-17."),
        ("--kind appeal --decider kela --sent 17.11.2026", "--sent '17.11.2026' is not a day"),
        (f"{KELA} --printed soon", "--printed 'soon' is not a day"),
        (f"{KELA} --level highest", "one of: first, court, supreme."),
        (f"{KELA} --benefit GOLD", "Suunta has no rule for GOLD on 17.11.2026."),
        (f"{KELA} --benefit TKE-T", "TKE-T is not decided by kela."),
        (f"{KELA} --months 2", "--months does not go with --kind appeal."),
        ("--kind months --months 2 --from 2026-10-24 --decider kela", "--decider does not go with --kind months."),
        ("--kind months --months two --from 2026-10-24", "--months 'two' is not a number of months from 1 to 600."),
        ("--kind months --months 0 --from 2026-10-24", "--months '0' is not a number of months"),
        ("--kind months --months 2 --from 9999-12-31", "Give a day in the years 1931–2100."),
        ("--kind appeal --decider kela --channel post --sent 2100-12-31", "Give a day in the years 1931–2100."),
        ("--kind appeal --decider kela --sent 1999-01-01", "Suunta has no rule for Kela on 1.1.1999."),
        (
            "--kind appeal --decider wellbeing_county --sent 2026-11-17",
            "Suunta has no rule for Wellbeing services county",
        ),
        ("--kind appeal --decider employment_area --sent 2026-11-17", "appealed is disputed (OKV/1051/21/2022"),
        (f"{KELA} --language de", "invalid choice: 'de'"),
        (f"{KELA} --colour red", "unrecognized arguments: --colour red"),
    ],
)
def test_bad_input_is_one_clear_line(line, complaint):
    with pytest.raises(CommandError) as refusal:
        explain(line)

    assert complaint in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1
    assert refusal.value.returncode == 1
