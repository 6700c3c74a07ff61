"""The parts of reading what a question says of time; `index.time_in` is the whole."""
