"""Tables as Apache Arrow has them; loaded only where somebody asks for one."""
