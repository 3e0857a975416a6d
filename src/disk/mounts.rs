//! Disks and shared folders attached inside a folder: nothing can be renamed from one to another, so that a site
//! whose folders lie on several could not take its place.

use std::{fs, path::Path};

/// The places inside a folder where something else is attached, relative to it, sorted. Where the system keeps no
/// such list (other systems than Linux), the disk says so when a file is put in place.
pub(super) fn inside(folder: &Path) -> Vec<String> {
    let Ok(folder) = folder.canonicalize() else { return Vec::new() };
    let list = fs::read("/proc/self/mountinfo").unwrap_or_default();
    listed(&String::from_utf8_lossy(&list), &folder.to_string_lossy())
}

/// Those of a list as Linux writes it: the fifth word of a line is the place.
fn listed(list: &str, folder: &str) -> Vec<String> {
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let places = list.lines().filter_map(|line| Some(unescaped(line.split(' ').nth(4)?)));
    let mut inside: Vec<String> = places
        .filter_map(|place| Some(place.strip_prefix(&folder)?.to_string()))
        .filter(|place| !place.is_empty())
        .collect();
    inside.sort();
    inside.dedup();
    inside
}

/// A place with its spaces, ends of line and backslashes, which the list writes by their numbers.
fn unescaped(place: &str) -> String {
    let signs = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    signs.iter().fold(place.to_string(), |place, (number, sign)| place.replace(number, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_attached_inside_a_folder() {
        let list = "22 1 254:0 / / rw,relatime - ext4 /dev/root rw\n\
            40 22 0:35 / /site/output/retex rw - tmpfs tmpfs rw\n\
            41 22 254:0 /x /site/output/un\\040partage\\134 rw - ext4 /dev/root rw\n\
            42 22 0:36 / /site/output rw - tmpfs tmpfs rw\n\
            43 22 0:37 / /site/output-2 rw - tmpfs tmpfs rw\n\
            44 22 0:38 / /site/output/retex rw - tmpfs tmpfs rw\n";
        assert_eq!(listed(list, "/site/output"), ["retex", "un partage\\"]);
        assert_eq!(listed(list, "/site/output-2"), [""; 0]);
        assert_eq!(listed(list, "/").len(), 4);
        assert_eq!(listed("", "/site"), [""; 0]);
    }
}
