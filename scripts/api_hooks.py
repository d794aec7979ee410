"""What schemathesis must know of the read API beside its description; named by check_api.py."""

import schemathesis


@schemathesis.hook
def filter_query(context, query):
    """A cursor cannot be made up: one that was drawn by chance is refused, as it should be, however well it fits its schema."""
    return not query or "cursor" not in query
