"""How ONNX Runtime is opened here."""

import os

import onnxruntime

FATAL = 4  # what is logged to stderr; errors are raised
THREADS = min(4, os.cpu_count() or 1)


def session_options(threads: int = THREADS) -> onnxruntime.SessionOptions:
    """For a network whose every run is divided among so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the processor alone
    options.log_severity_level = FATAL
    return options
