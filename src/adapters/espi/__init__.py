"""Green Button files, as ESPI has them."""
