"""What the OpenAPI document shows of each route's answers, one file a room."""
