"""What scikit-learn is asked to do, in an environment of its own (baiying.project.bench.anchors)."""
