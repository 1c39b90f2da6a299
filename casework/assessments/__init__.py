"""Assessments of abilities over time, and results of licensed instruments."""
