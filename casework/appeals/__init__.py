"""Appeals: their grounds, their deadlines and both levels."""
