"""A corpus of uploads, made anew each time with libraries: honest ones and hostile ones."""
