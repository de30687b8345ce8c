//! One style sheet in the page that is released, in place of one a region: a browser asks once, and what they share compresses.

use std::path::Path;

use crate::problem::Problem;
use crate::repository;

const BEGIN: &str = "<link rel=\"stylesheet\" href=\"./";
const END: &str = "\"/>";

/// The page's sheets, in the order in which it names them.
fn sheets(html: &str) -> Vec<&str> {
    html.split(BEGIN).skip(1).filter_map(|rest| rest.split_once(END)).map(|(sheet, _)| sheet).collect()
}

/// The page with its first sheet alone.
fn without_others(html: &str, others: &[&str]) -> String {
    others.iter().fold(html.to_owned(), |html, sheet| {
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

/// Brings all sheets of the page in `folder` together in the first one, in their order. Returns the page that names it.
pub fn join(folder: &Path, html: &str) -> Result<String, Problem> {
    let sheets = sheets(html);
    let Some((first, others)) = sheets.split_first().filter(|(_, others)| !others.is_empty()) else { return Ok(html.to_owned()) };
    let mut joined = String::new();
    for sheet in &sheets {
        joined += &repository::read(&folder.join(sheet))?;
        joined.push('\n');
    }
    let cannot = |error: std::io::Error| Problem::new(format!("the style sheets cannot be joined: {error}"));
    std::fs::write(folder.join(first), joined).map_err(cannot)?;
    others.iter().try_for_each(|sheet| std::fs::remove_file(folder.join(sheet))).map_err(cannot)?;
    Ok(without_others(html, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\"/>\n  <link rel=\"stylesheet\" href=\"./b-2.css\"/>\n  <link rel=\"icon\" href=\"./i.svg\"/>\n</head>";

    #[test]
    fn sheets_are_found_in_order_and_the_first_stays() {
        assert_eq!(sheets(PAGE), ["a-1.css", "b-2.css"]);
        assert_eq!(
            without_others(PAGE, &["b-2.css"]),
            "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\"/>\n  <link rel=\"icon\" href=\"./i.svg\"/>\n</head>"
        );
    }

    #[test]
    fn one_sheet_has_all_their_rules_in_order() {
        let folder = std::env::temp_dir().join(format!("whiskscope-styles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a-1.css"), "a{}").unwrap();
        std::fs::write(folder.join("b-2.css"), "b{}").unwrap();
        let page = join(&folder, PAGE).unwrap();
        let joined = std::fs::read_to_string(folder.join("a-1.css")).unwrap();
        let is_gone = !folder.join("b-2.css").exists();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((joined.as_str(), is_gone), ("a{}\nb{}\n", true));
        assert!(!page.contains("b-2.css"));
    }
}
