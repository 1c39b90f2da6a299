"""Events about assessments and results of instruments."""

from django.utils.translation import gettext_lazy as _

from casework.timeline.kinds.kind import Kind

EVENTS: dict[str, Kind] = {
    "assessment.written": (_("Assessment of work ability"), "activity", "primary", "ability"),
    "assessment.changed": (_("Assessment changed"), "pen-line", "", "ability"),
    "assessment.removed": (_("Assessment taken off"), "circle-minus", "", "ability"),
    "instrument_result.added": (_("Result of an instrument"), "gauge", "", "ability"),
    "instrument_result.changed": (_("Result of an instrument changed"), "pen-line", "", "ability"),
    "instrument_result.removed": (_("Result of an instrument taken off"), "circle-minus", "", "ability"),
}
