"""The true seconds of a panel, in arrears."""
