"""Events about tasks and promises."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "task.added": (_("Task added"), "list-todo", "", "tasks"),
    "task.done": (_("Task done"), "check", "", "tasks"),
    "task.undone": (_("Task opened again"), "undo-2", "", "tasks"),
    "task.dropped": (_("Task no longer needed"), "list-x", "", "tasks"),
    "task.corrected": (_("Task corrected"), "pen-line", "", "tasks"),
    "task.handed_over": (_("Task given to somebody else"), "arrow-left-right", "", "tasks"),
    "task.removed": (_("Task taken back"), "undo-2", "", "tasks"),
}
