"""A form is sent once: its page draws a key, and a second sending of the same form leads to the first answer."""
