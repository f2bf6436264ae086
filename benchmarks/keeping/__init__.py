"""The archive beside other ways to keep the same samples."""
