//! What a visitor downloads: before the first question can be answered, and behind it.

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::finish_page::files_ending;
use crate::problem::Problem;
use crate::split;

/// Of what comes before the first question can be answered, compressed. A kilobyte is 1000 bytes here.
const BYTES_GZIP_MAX: usize = 250_000;
/// Of everything. It keeps the page from growing: lower it with each saving.
const RATCHET_ALL_BYTES_GZIP: usize = 798_000;

const FIRST_LESSON: &str = "lessons/only-design-docs.json";

pub struct Weight {
    /// What comes before the first question can be answered.
    lines: Vec<Line>,
    /// What is fetched behind it, part by part, if the program is split.
    later: Vec<Line>,
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
        let mut weight = Weight { lines: Vec::new(), later: Vec::new(), missing: Vec::new() };
        let (later, first): (Vec<PathBuf>, Vec<PathBuf>) =
            files_ending(dist, "wasm")?.into_iter().partition(|wasm| split::page::later(wasm).is_some());
        if !later.is_empty() {
            for (number, what) in ["rest of wasm", "store interfaces"].into_iter().enumerate() {
                weight.add(what, later.iter().filter(|wasm| split::page::later(wasm) == Some(number)).cloned().collect())?;
            }
            weight.later = std::mem::take(&mut weight.lines);
        }
        weight.add("page", vec![dist.join("index.html")])?;
        weight.add("wasm", first)?;
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

    /// Before the first question can be answered.
    pub fn bytes_gzip(&self) -> usize {
        self.lines.iter().map(|line| line.bytes_gzip).sum()
    }

    pub fn all_bytes_gzip(&self) -> usize {
        self.bytes_gzip() + self.later.iter().map(|part| part.bytes_gzip).sum::<usize>()
    }

    /// The wasm's size as it is and compressed, all parts of it.
    pub fn wasm(&self) -> (usize, usize) {
        let parts = self.lines.iter().filter(|line| line.what == "wasm").chain(&self.later);
        parts.fold((0, 0), |(bytes, bytes_gzip), line| (bytes + line.bytes, bytes_gzip + line.bytes_gzip))
    }

    pub fn report(&self) -> String {
        let row = |what: &str, bytes: usize, gzip: usize| format!("  {what:<18}{:>12}{:>12}\n", kilobytes(bytes), kilobytes(gzip));
        let bytes = self.lines.iter().map(|line| line.bytes).sum();
        let mut text = format!("  {:<18}{:>12}{:>12}\n", "", "as it is", "gzip -9");
        for line in &self.lines {
            text += &row(line.what, line.bytes, line.bytes_gzip);
        }
        text += &row("together", bytes, self.bytes_gzip());
        let over = self.bytes_gzip().saturating_sub(BYTES_GZIP_MAX);
        text += &format!("  before the first question can be answered, of at most {}", kilobytes(BYTES_GZIP_MAX));
        if over > 0 {
            text += &format!(": {} TOO MUCH", kilobytes(over));
        }
        if self.later.is_empty() {
            return text + "\n  the wasm is in one: nothing is fetched behind it\n";
        }
        text += "\n\n";
        for part in &self.later {
            text += &row(part.what, part.bytes, part.bytes_gzip);
        }
        text += "  fetched behind it in this order, in the background\n\n";
        let later: usize = self.later.iter().map(|part| part.bytes).sum();
        text += &row("all", bytes + later, self.all_bytes_gzip());
        text
    }

    /// Fails if a part is missing, since the sum would flatter, or if the page has grown.
    pub fn check(&self) -> Result<(), Problem> {
        if !self.missing.is_empty() {
            return Err(Problem::new(format!("the built page lacks what is to be weighed: {}", self.missing.join(", ")))
                .help(format!("the first lesson is {FIRST_LESSON}; the rest comes from index.html")));
        }
        for (what, over) in [
            ("what opens the page", self.bytes_gzip().saturating_sub(BYTES_GZIP_MAX)),
            ("the page with all that is fetched behind", self.all_bytes_gzip().saturating_sub(RATCHET_ALL_BYTES_GZIP)),
        ] {
            if over > 0 {
                return Err(Problem::new(format!("{what} has grown: it is {} over the most that it may weigh", kilobytes(over))).help(
                    "`cargo xtask profile` writes anew what opening the page needs; `cargo xtask weigh` compares optimization levels",
                ));
            }
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
        Weight { lines: vec![Line { what: "wasm", bytes: 2 * bytes_gzip, bytes_gzip }], later: Vec::new(), missing: Vec::new() }
    }

    #[test]
    fn the_budget_is_met_to_the_byte() {
        assert!(weight(BYTES_GZIP_MAX).check().is_ok());
        let problem = weight(BYTES_GZIP_MAX + 1_500).check().unwrap_err().to_string();
        assert!(problem.contains("1.5 KB over"), "{problem}");
    }

    #[test]
    fn what_is_fetched_behind_counts_only_among_all() {
        let rest = |bytes_gzip| Weight { later: vec![Line { what: "rest of wasm", bytes: bytes_gzip, bytes_gzip }], ..weight(1_000) };
        assert_eq!((rest(400_000).bytes_gzip(), rest(400_000).all_bytes_gzip()), (1_000, 401_000));
        assert!(rest(400_000).check().is_ok());
        assert!(rest(RATCHET_ALL_BYTES_GZIP).check().is_err());
    }

    #[test]
    fn a_missing_part_is_not_a_light_one() {
        let nothing = Weight { lines: Vec::new(), later: Vec::new(), missing: vec!["wasm".to_owned()] };
        assert!(nothing.check().unwrap_err().to_string().contains("lacks"));
    }

    #[test]
    fn compression_is_real() {
        let bytes = gzip_len(&[b'a'; 10_000]).unwrap();
        assert!(bytes < 100, "{bytes}");
    }
}
