"""Samples as bytes, by pcodec; numpy is loaded with it, at first use."""
