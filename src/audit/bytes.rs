//! The bytes of a page, as the tokenizer asks for them.

use std::convert::Infallible;

use html5gum::{Readable, Reader};
use memchr::memchr2;

/// What is left to be read of a page. The texts and the values of attributes, most of its bytes, are read as fast as
/// memory is; the rest as the tokenizer reads a string.
#[derive(Debug)]
pub(super) struct Bytes<'a> {
    left: &'a [u8],
    /// Whether the page has none of the two signs that no page should have, and that the tokenizer stops at.
    is_plain: bool,
}

impl<'a> Bytes<'a> {
    /// Of a page.
    pub(super) fn of(page: &'a [u8]) -> Self {
        Self { left: page, is_plain: memchr2(b'\0', b'\r', page).is_none() }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, left) = self.left.split_at(length);
        self.left = left;
        taken
    }
}

impl Reader for Bytes<'_> {
    type Error = Infallible;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let Some((first, left)) = self.left.split_first() else { return Ok(None) };
        self.left = left;
        Ok(Some(*first))
    }

    #[inline(always)]
    fn try_read_string(&mut self, s: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let is_next = self.left.to_reader().try_read_string(s, case_sensitive)?;
        if is_next {
            self.take(s.len());
        }
        Ok(is_next)
    }

    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        _: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        if self.left.is_empty() {
            return Ok(None);
        }
        let length = match needle {
            [a, b, b'\0', b'\r'] if self.is_plain => {
                // A sign that is asked for comes alone.
                memchr2(*a, *b, self.left).map_or(self.left.len(), |at| at.max(1))
            }
            _ => self.left.to_reader().read_until(needle, &mut [0; 4])?.map_or(0, <[u8]>::len),
        };
        Ok(Some(self.take(length)))
    }
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};

    use super::*;

    #[test]
    fn a_page_is_read_as_a_string_is() {
        let tokens =
            |reader| -> Vec<Token> { Tokenizer::new(reader).map(|token| token.unwrap()).collect() };
        for page in [
            "",
            "<",
            "&",
            "a&b",
            "<p id=\"a&amp;b\" class='c' d=e f>é & < <<\"&eacute;\"</P\n><br/><!-- \" & -->",
            "<!DOCTYPE html><title>a & b < c</title><script>if (a < b && c) \"d\"</script>",
            "<p a=\"\0\" b=\"\r\n\">\r\na\0b\r</p>",
            "<p a=\"sans fin",
        ] {
            let expected: Vec<Token> = Tokenizer::new(page).map(|Ok(token)| token).collect();
            assert_eq!(tokens(Bytes::of(page.as_bytes())), expected, "{page:?}");
        }
    }
}
