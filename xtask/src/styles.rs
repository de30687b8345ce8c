//! One style sheet in the page that is released, in place of one a region: a browser asks once, and what they share compresses.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::repository;

const BEGIN: &str = "<link rel=\"stylesheet\" href=\"./";
const END: &str = "\"/>";

/// The page's sheets, in the order in which it names them.
fn sheets(html: &str) -> Vec<&str> {
    html.split(BEGIN).skip(1).filter_map(|rest| rest.split_once(END)).map(|(sheet, _)| sheet).collect()
}

/// The page with one sheet in the place of all of its own.
fn with_one(html: &str, first: &str, others: &[&str], joined: &str) -> String {
    let html = html.replacen(&format!("{BEGIN}{first}{END}"), &format!("{BEGIN}{joined}{END}"), 1);
    others.iter().fold(html, |html, sheet| {
        let link = format!("{BEGIN}{sheet}{END}");
        // With the white space before it, so that no empty line is left.
        match html.find(&link) {
            Some(place) => {
                let (before, rest) = html.split_at(place);
                before.trim_end().to_owned() + &rest[link.len()..]
            }
            None => html,
        }
    })
}

/// A name that no other content has: browsers keep files of such names for long.
fn name_of(content: &str) -> String {
    let hash: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("page-{hash}.css")
}

/// Brings all sheets of the page in `folder` together in one, in their order. Returns the page that names it.
pub fn join(folder: &Path, html: &str) -> Result<String, Problem> {
    let sheets = sheets(html);
    let Some((first, others)) = sheets.split_first().filter(|(_, others)| !others.is_empty()) else { return Ok(html.to_owned()) };
    let mut joined = String::new();
    for sheet in &sheets {
        joined += &repository::read(&folder.join(sheet))?;
        joined.push('\n');
    }
    let cannot = |error: std::io::Error| Problem::new(format!("the style sheets cannot be joined: {error}"));
    let name = name_of(&joined);
    std::fs::write(folder.join(&name), joined).map_err(cannot)?;
    sheets.iter().try_for_each(|sheet| std::fs::remove_file(folder.join(sheet))).map_err(cannot)?;
    Ok(with_one(html, first, others, &name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\"/>\n  <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n  <link rel=\"icon\" href=\"./i.svg\"/>\n</head>";

    #[test]
    fn sheets_are_found_in_order_and_one_takes_their_place() {
        assert_eq!(sheets(PAGE), ["a-1.css", "b-2.css"]);
        assert_eq!(
            with_one(PAGE, "a-1.css", &["b-2.css"], "page-3.css"),
            "<head>\n  <link rel=\"stylesheet\" href=\"./page-3.css\"/>\n  <link rel=\"icon\" href=\"./i.svg\"/>\n</head>"
        );
    }

    #[test]
    fn one_sheet_has_all_their_rules_in_order() {
        let folder = std::env::temp_dir().join(format!("whiskscope-styles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a-1.css"), "a{}").unwrap();
        std::fs::write(folder.join("b-2.css"), "b{}").unwrap();
        let page = join(&folder, PAGE).unwrap();
        let name = name_of("a{}\nb{}\n");
        let joined = std::fs::read_to_string(folder.join(&name)).unwrap();
        let are_gone = !folder.join("a-1.css").exists() && !folder.join("b-2.css").exists();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((joined.as_str(), are_gone), ("a{}\nb{}\n", true));
        assert!(page.contains(&name) && !page.contains("a-1.css") && !page.contains("b-2.css"), "{page}");
        assert_ne!(name, name_of("a{}\nb{c}\n"), "another style under the same name");
    }
}
