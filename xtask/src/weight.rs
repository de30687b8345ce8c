//! What a visitor downloads before the first lesson can begin.

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::finish_page::files_ending;
use crate::problem::Problem;

/// Of everything together, compressed. A kilobyte is 1000 bytes here.
const BYTES_GZIP_MAX: usize = 250_000;
/// The page is over its budget. Until it is not, this keeps it from growing: lower it with each saving, and drop it at the budget.
const RATCHET_BYTES_GZIP: usize = 405_000;

const FIRST_LESSON: &str = "lessons/only-design-docs.json";

pub struct Weight {
    lines: Vec<Line>,
    missing: Vec<String>,
}

struct Line {
    what: &'static str,
    bytes: usize,
    bytes_gzip: usize,
}

impl Weight {
    /// Weighs the page built into `dist`.
    pub fn of(dist: &Path) -> Result<Weight, Problem> {
        let mut weight = Weight { lines: Vec::new(), missing: Vec::new() };
        weight.add("page", vec![dist.join("index.html")])?;
        weight.add("wasm", files_ending(dist, "wasm")?)?;
        weight.add("script", files_ending(dist, "js")?)?;
        weight.add("style", files_ending(dist, "css")?)?;
        weight.add("first lesson", vec![dist.join(FIRST_LESSON)])?;
        Ok(weight)
    }

    fn add(&mut self, what: &'static str, files: Vec<PathBuf>) -> Result<(), Problem> {
        let mut line = Line { what, bytes: 0, bytes_gzip: 0 };
        let present: Vec<PathBuf> = files.into_iter().filter(|file| file.is_file()).collect();
        if present.is_empty() {
            self.missing.push(what.to_owned());
        }
        for file in present {
            let failed = |error: std::io::Error| Problem::new(format!("{} cannot be weighed: {error}", file.display()));
            let content = std::fs::read(&file).map_err(failed)?;
            line.bytes += content.len();
            line.bytes_gzip += gzip_len(&content).map_err(failed)?;
        }
        self.lines.push(line);
        Ok(())
    }

    pub fn bytes_gzip(&self) -> usize {
        self.lines.iter().map(|line| line.bytes_gzip).sum()
    }

    /// The wasm's size as it is and compressed.
    pub fn wasm(&self) -> (usize, usize) {
        self.lines.iter().find(|line| line.what == "wasm").map_or((0, 0), |line| (line.bytes, line.bytes_gzip))
    }

    pub fn report(&self) -> String {
        let row = |what: &str, bytes: usize, gzip: usize| format!("  {what:<14}{:>12}{:>12}\n", kilobytes(bytes), kilobytes(gzip));
        let mut text = format!("  {:<14}{:>12}{:>12}\n", "", "as it is", "gzip -9");
        for line in &self.lines {
            text += &row(line.what, line.bytes, line.bytes_gzip);
        }
        text += &row("together", self.lines.iter().map(|line| line.bytes).sum(), self.bytes_gzip());
        let over = self.bytes_gzip().saturating_sub(BYTES_GZIP_MAX);
        text += &format!("  of at most {}", kilobytes(BYTES_GZIP_MAX));
        if over > 0 {
            text += &format!(": {} TOO MUCH", kilobytes(over));
        }
        text
    }

    /// Fails if a part is missing, since the sum would flatter, or if the page has grown.
    pub fn check(&self) -> Result<(), Problem> {
        if !self.missing.is_empty() {
            return Err(Problem::new(format!("the built page lacks what is to be weighed: {}", self.missing.join(", ")))
                .help(format!("the first lesson is {FIRST_LESSON}; the rest comes from index.html")));
        }
        let over = self.bytes_gzip().saturating_sub(RATCHET_BYTES_GZIP);
        if over > 0 {
            return Err(Problem::new(format!("the page grew: it is {} over the most that it may weigh today", kilobytes(over)))
                .help("`cargo xtask weigh` compares optimization levels; `twiggy top` on dist/*.wasm shows what is large"));
        }
        Ok(())
    }
}

pub fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

fn gzip_len(content: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(bytes_gzip: usize) -> Weight {
        Weight { lines: vec![Line { what: "wasm", bytes: 2 * bytes_gzip, bytes_gzip }], missing: Vec::new() }
    }

    #[test]
    fn the_budget_is_met_to_the_byte() {
        assert!(weight(RATCHET_BYTES_GZIP).check().is_ok());
        let problem = weight(RATCHET_BYTES_GZIP + 1_500).check().unwrap_err().to_string();
        assert!(problem.contains("1.5 KB over"), "{problem}");
    }

    #[test]
    fn a_missing_part_is_not_a_light_one() {
        let nothing = Weight { lines: Vec::new(), missing: vec!["wasm".to_owned()] };
        assert!(nothing.check().unwrap_err().to_string().contains("lacks"));
    }

    #[test]
    fn compression_is_real() {
        let bytes = gzip_len(&[b'a'; 10_000]).unwrap();
        assert!(bytes < 100, "{bytes}");
    }
}
