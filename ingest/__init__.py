"""How a scan gets in and travels to a draft."""
