"""The repositories, over SQLAlchemy Core."""
