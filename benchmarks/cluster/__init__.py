"""What many nodes cost beside one."""
