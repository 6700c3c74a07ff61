"""The parts of reading what a question says of time; `index.times.time_in` is the whole."""
