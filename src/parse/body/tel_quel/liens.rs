//! Addresses, as far as their form tells.

/// Ends of the names of files that a link leads to.
const FILES: [&str; 16] = [
    ".md", ".html", ".htm", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".odt",
    ".ods", ".doc", ".docx", ".mp3", ".mp4",
];

/// True when a text is the address of a page or of a file, as opposed to words.
pub(in super::super) fn is_address(text: &str) -> bool {
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == '\0') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let opening = ["http://", "https://", "mailto:", "www.", "../", "./"];
    opening.iter().any(|start| lower.starts_with(start))
        || FILES.iter().any(|end| lower.ends_with(end))
        || begins_with_a_host(&lower)
}

/// `exemple.fr/page`.
fn begins_with_a_host(text: &str) -> bool {
    let Some((host, _)) = text.split_once('/') else { return false };
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    let letters = |c: char| c.is_ascii_alphabetic();
    name.len() > 1 && (2..=6).contains(&last.len()) && last.chars().all(letters)
}

/// An address as a link has it.
pub(super) fn whole(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("www.") || begins_with_a_host(&lower) && !lower.starts_with('.') {
        format!("https://{address}")
    } else {
        address.to_string()
    }
}

/// True when an address leads somewhere for certain, as far as its form tells.
pub(super) fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.split('/').next().is_some_and(|host| host.contains('.')))
        && !address.contains(['(', ')', '[', ']', '<', '>', '\\'])
        && !address.ends_with([',', ';', '.'])
}
