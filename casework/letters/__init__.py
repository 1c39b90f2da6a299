"""Letters: the file of a decision is read by machine, and what was found is proposed; a person decides."""
