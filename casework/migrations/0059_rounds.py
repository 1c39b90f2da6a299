"""One row a round of an application at its decider, and what is there already is told as rounds.

When something was asked anew and withdrawn stands on the timeline only; where that says otherwise than the application
itself, the application is right.
"""

import uuid
from collections import defaultdict
from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

REQUESTED, REQUEST_WITHDRAWN = "application.re_examination", "application.request_withdrawn"
DECIDED = ("decision.granted", "decision.granted_until", "decision.partly", "decision.rejected")
REMOVED = "decision.removed"
OF_COLUMNS = ("state", "matter", "filed_on", "waiting_since", "decided_on", "withdrawn_on", "usual_days", "expected_by")

type Told = dict[str, Any]


def write_rounds(apps: Any, schema_editor: Any) -> None:
    application_model, decision_model, round_model, event_model = (
        apps.get_model("casework", name) for name in ("Application", "Decision", "Round", "Event")
    )
    decisions = decision_model._base_manager.filter(follows=None).only("application_id", "decided_on", "removed_at")
    of_application: dict[uuid.UUID, dict[uuid.UUID, Any]] = defaultdict(dict)
    for decision in decisions:
        of_application[decision.application_id][decision.pk] = decision
    steps = steps_of(event_model, {key: found for known in of_application.values() for key, found in known.items()})
    for application in application_model._base_manager.exclude(filed_on=None).only(*OF_COLUMNS):
        of_steps = as_the_steps_tell(application, steps[application.pk], of_application[application.pk])
        told = as_the_columns_have_it(application, of_steps)
        for number, known in enumerate(told, start=1):
            of_round = known.pop("decisions")
            row = round_model.objects.create(application=application, number=number, **known)
            decision_model._base_manager.filter(pk__in=of_round).update(round=row)
        wait_since_the_round(application, told)


def steps_of(event_model: Any, decisions: dict[uuid.UUID, Any]) -> dict[uuid.UUID, list[Any]]:
    """The lines of the timeline that begin and end a round, by application, in their order."""
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    lines = event_model.objects.filter(kind__in=[REQUESTED, REQUEST_WITHDRAWN, REMOVED, *DECIDED])
    for line in lines.order_by("at", "created_at").only("kind", "about_id", "on"):
        decision = decisions.get(line.about_id)
        found[decision.application_id if decision else line.about_id].append(line)
    return found


def as_the_steps_tell(application: Any, steps: list[Any], decisions: dict[uuid.UUID, Any]) -> list[Told]:
    told = [begun("continuation" if application.matter == "continuation" else "application", application.filed_on)]
    known = {line.about_id for line in steps if line.kind in DECIDED}
    for line in steps:
        last = told[-1]
        if line.kind == REQUESTED and last["ended_on"] is None and len(told) > 1:
            last["begun_on"] = line.on  # the one before it was taken back
        elif line.kind == REQUESTED:
            last |= {} if last["ended_on"] else {"ended_on": line.on, "end": "decided"}
            told.append(begun("re_examination", line.on))
        elif line.kind == REQUEST_WITHDRAWN:
            last |= {"ended_on": line.on, "end": "withdrawn"}
        elif line.kind == REMOVED:
            without(told, line.about_id)
        else:
            decided(told, decisions[line.about_id])
    for decision in decisions.values():
        if decision.pk not in known and decision.removed_at is None:
            decided(told, decision)
    return told


def begun(kind: str, on: Any) -> Told:
    return {"kind": kind, "begun_on": on, "ended_on": None, "end": "", "decisions": []}


def decided(told: list[Told], decision: Any) -> None:
    """A decision ends the round that is open; another one belongs to the newest that was decided."""
    newest = standing(told)[-1]
    if newest["ended_on"] is None:
        newest |= {"ended_on": decision.decided_on, "end": "decided"}
    newest["decisions"].append(decision.pk)


def without(told: list[Told], decision: uuid.UUID) -> None:
    """Of a decision that was taken back the newest round waits again."""
    newest = standing(told)[-1]
    if newest["decisions"] == [decision]:
        newest |= {"ended_on": None, "end": ""}
    for known in told:
        known["decisions"] = [key for key in known["decisions"] if key != decision]


def standing(told: list[Told]) -> list[Told]:
    return [known for known in told if known["end"] != "withdrawn"] or told[:1]


def as_the_columns_have_it(application: Any, told: list[Told]) -> list[Told]:
    newest = standing(told)[-1]
    if application.state in ("filed", "returned"):
        if newest["ended_on"] is not None and newest["decisions"]:
            told.append(newest := begun("re_examination", application.waiting_since or newest["ended_on"]))
        newest |= {"begun_on": application.waiting_since or newest["begun_on"], "ended_on": None, "end": ""}
        return [known for known in told if known is newest or known["ended_on"] is not None]
    if application.state == "withdrawn":
        on = application.withdrawn_on or application.filed_on
        return [known | ({"ended_on": on, "end": "withdrawn"} if known is told[-1] else {}) for known in told]
    if newest["ended_on"] is None and len(told) > 1 and newest is not told[0]:
        told.remove(newest)  # the request was taken back
    elif newest["ended_on"] is None:
        newest |= {"ended_on": application.decided_on or newest["begun_on"], "end": "decided"}
    newest = told[-1]
    if newest["end"] == "decided":
        newest["begun_on"] = application.waiting_since or newest["begun_on"]
    return [known for known in told if known["ended_on"] is not None]


def wait_since_the_round(application: Any, told: list[Told]) -> None:
    """After a request that was withdrawn the application said when the earlier wait began as well as it knew."""
    since = standing(told)[-1]["begun_on"]
    if application.state == "decided" and application.waiting_since != since:
        application.waiting_since = since
        if application.usual_days is not None:
            application.expected_by = since + timedelta(days=application.usual_days)
        application.save(update_fields=["waiting_since", "expected_by"])


class Migration(migrations.Migration):
    contracts = (
        "Code from before writes no round at all, so no decision of two; what it leaves out is written with the next "
        "step of the application."
    )
    dependencies = [
        ("casework", "0058_representation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application", "Application"),
                            ("continuation", "Application for a continuation"),
                            ("re_examination", "Asked for a new decision"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("begun_on", models.DateField(verbose_name="begun on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("decided", "Decided"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rounds", to="casework.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "number"), name="round_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("application",),
                        name="round_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_on__isnull", True)),
                            models.Q(("ended_on__isnull", False), models.Q(("end", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="round_ended_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["application", "continuation"]), ("number", 1)),
                            models.Q(
                                ("number__gt", 1),
                                models.Q(("kind__in", ["application", "continuation"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="round_first_is_the_application",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="decisions",
                to="casework.round",
                verbose_name="round",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("follows", None), ("round", None), _connector="OR"),
                name="decision_of_one_round",
            ),
        ),
        migrations.RunPython(write_rounds, migrations.RunPython.noop),
    ]
