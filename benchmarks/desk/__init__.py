"""The officers' desk under measurement: an office full of letters, served as it is in life."""
