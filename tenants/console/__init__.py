"""The console's own pages: municipalities, outgoing mail, jobs. No case content."""
