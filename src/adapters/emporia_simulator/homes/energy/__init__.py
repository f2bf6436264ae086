"""How energy flows in a home: loads as formulas of time, devices that measure them, buckets."""
