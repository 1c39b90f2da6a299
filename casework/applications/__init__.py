"""Applications: their life, their evidence, what they wait for, and the days of appeal."""
