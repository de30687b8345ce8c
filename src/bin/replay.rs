//! A lesson replayed natively, step by step.

fn main() {}
