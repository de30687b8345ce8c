//! The files that a line of `wsk` may name. A browser has none of its own; these few are there, and any other name is a file that is missing.

/// A file with code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    pub name: &'static str,
    /// The kind that the tool takes its suffix for (CLI `commands/action.go:617-640`).
    pub kind: &'static str,
    pub code: &'static str,
}

/// In order of their names. Their code is kept and never run: an action made of it does what the configuration's first action does.
pub const FILES: [File; 3] = [
    File {
        name: "hello.go",
        kind: "go:default",
        code: "package main\n\nfunc Main(obj map[string]interface{}) map[string]interface{} {\n\treturn map[string]interface{}{\"greeting\": \"Hello, stranger!\"}\n}\n",
    },
    File { name: "hello.js", kind: "nodejs:default", code: "function main() {\n  return { greeting: 'Hello, stranger!' };\n}\n" },
    File { name: "hello.py", kind: "python:default", code: "def main(args):\n    return {\"greeting\": \"Hello, stranger!\"}\n" },
];

/// The code in a file.
pub(super) fn code(name: &str) -> Option<&'static str> {
    FILES.iter().find(|file| file.name == name).map(|file| file.code)
}
