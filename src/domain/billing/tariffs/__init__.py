"""Tariffs: the rules by which energy is paid for, as data that checks itself."""
