"""The pages: a thin way in. Views ask queries and call actions; no view touches a model."""
