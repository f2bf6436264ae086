"""The files of DATA_DIR: whose they are, how they come to be, and how they are copied."""
