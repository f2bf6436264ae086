"""How connections are taken, kept and ended: what stands between the kernel and the application."""
