"""Fits the network that reads numbers; nothing here runs at an office (see docs/reading.md)."""
