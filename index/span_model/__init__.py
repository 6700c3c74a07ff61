"""A small network that reads a question with a passage: where the answer stands, and whether there is one.

`SpanReader` runs it by ONNX Runtime. `model/` holds the files, with their model card; `training/` made them.
"""
