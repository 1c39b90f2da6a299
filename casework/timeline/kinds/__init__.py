"""The kinds of lines, one module a subject; `timeline.writing` merges them and is the one that writes."""
