"""How ONNX Runtime is opened here."""

import os

import onnxruntime

FATAL = 4  # what is logged to stderr; errors are raised
_MOST_THREADS = 4


def session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the processor alone
    options.log_severity_level = FATAL
    return options
