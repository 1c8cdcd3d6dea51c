"""What the API says and takes, as the OpenAPI document describes it."""
