//! Flags that several commands have.

use super::Flag;

pub(super) const PARAM: Flag = Flag::text("param", Some('p'), "parameter values in `KEY VALUE` format");
pub(super) const PARAM_FILE: Flag = Flag::text("param-file", Some('P'), "`FILE` containing parameter values in JSON format");
pub(super) const ANNOTATION: Flag = Flag::text("annotation", Some('a'), "annotation values in `KEY VALUE` format");
pub(super) const ANNOTATION_FILE: Flag = Flag::text("annotation-file", Some('A'), "`FILE` containing annotation values in JSON format");
pub(super) const NAME_SORT: Flag = Flag::switch(
    "name-sort",
    Some('n'),
    "sorts a list alphabetically by entity name; only applicable within the limit/skip returned entity block",
);
