"""Shadow pairs: two worlds that differ in one protected thing alone, and everybody who must not notice it."""
