"""Visits: appointments, their sheet and debrief, calendar files and private feeds."""
