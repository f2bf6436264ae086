"""For clients that speak to servers of this machine alone."""

import ssl

WITHOUT_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""What `verify` may be there: reading the certificates of the world takes 20 ms each time."""
