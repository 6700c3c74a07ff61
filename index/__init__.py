"""The collection: articles in, passages found."""

import os

# ONNX Runtime reads this when it is imported; without it, it reports to its makers.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
