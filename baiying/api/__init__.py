"""The thin way in for programs: what a person without a post may read, ask and send, as JSON under /api/v1/."""
