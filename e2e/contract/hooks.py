"""What schemathesis does not know by itself: the media type of tus."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def octets(ctx, value):
    """Bytes as they are; generated text as UTF-8."""
    return value if isinstance(value, bytes) else str(value).encode()
