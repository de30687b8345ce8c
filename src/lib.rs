//! WhiskScope: where an OpenWhisk activation record goes, simulated and shown.
