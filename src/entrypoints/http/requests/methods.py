"""Which methods a path takes, told to whoever asks with OPTIONS."""

from litestar import Response
from litestar.status_codes import HTTP_204_NO_CONTENT

from entrypoints.http.answers.errors import AnyRequest


async def tell_methods(request: AnyRequest) -> Response[None] | None:
    """Answer OPTIONS: the framework's own answer forgets all but one handler of a path."""
    if request.method != "OPTIONS":
        return None
    methods = request.app.route_handler_method_map[request.scope["path_template"]]
    return Response(
        None, status_code=HTTP_204_NO_CONTENT, headers={"Allow": ", ".join(sorted(methods))}
    )
