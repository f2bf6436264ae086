"""Tariffs as OpenEI's Utility Rate Database has them."""
