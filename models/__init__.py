"""What the office keeps: letters, drafts, records, stations, and the tables they live in."""
