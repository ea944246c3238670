"""Draw Thai letters as a scanner would see them, with the truth beside every page."""
