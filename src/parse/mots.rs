//! Closed lists of words, each written as one text: `un, deux, trois`.

/// The words of a list.
pub(super) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(", ")
}

/// True when a list has this word.
pub fn among(list: &str, word: &str) -> bool {
    words(list).any(|known| known == word)
}
