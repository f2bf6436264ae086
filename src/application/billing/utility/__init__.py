"""The utility's own readings: kept, and compared with what was measured."""
