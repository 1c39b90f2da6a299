"""Documents of a case: checked and kept sealed, handed out as downloads; papers as DOCX."""
