"""The officers' desk: queue, review, registry and export, in Thai."""
