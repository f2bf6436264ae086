"""What a session that begins with a request is named after."""

from litestar.types import HTTPScope, Scope

from domain.accounts.callers.visits import Visit


def visit_in(scope: Scope | HTTPScope) -> Visit:
    """The visit of whoever sent this request, or opened this socket."""
    client = scope["client"]
    user_agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
    return Visit.of(user_agent=user_agent.decode("latin-1"), address=client[0] if client else "")
