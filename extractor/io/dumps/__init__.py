"""Dumps: files too many or too large to hold, read one article at a time.

``inputs`` finds the files, ``streams`` opens them, and a module for each form gives their rows.
"""
