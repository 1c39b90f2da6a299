"""What background jobs are called on the console: a run carries the name of its task."""

from django.utils.translation import gettext_lazy as _

JOB_NAMES = {
    "access_log.seal": _("Sealing access logs"),
    "access_log.tell_officers": _("Checking access logs and mailing their heads"),
    "documents.scan_waiting": _("Scanning documents for viruses"),
    "jobs.prune": _("Clearing old runs from this list"),
    "letters.read_waiting": _("Reading letters of decisions"),
    "leftovers.prune": _("Clearing old drafts and ended sessions"),
    "leftovers.prune_on_console": _("Clearing old drafts and ended sessions"),
    "mail.deliver_due": _("Sending mails"),
    "mail.deliver_due_on_console": _("Sending mails"),
    "mail.reconcile": _("Checking mails whose delivery is unclear"),
    "mail.reconcile_on_console": _("Checking mails whose delivery is unclear"),
    "people.take_effect": _("Changes of roles whose day is over"),
    "people.take_effect_on_console": _("Changes of roles whose day is over"),
    "provisioning.make": _("Setting up a municipality"),
    "reminders.queue_due": _("Writing reminders and tasks of rules"),
    "work.look_everywhere": _("Asking everywhere whether something is due"),
}
