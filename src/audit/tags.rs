//! A tag of a page with its attributes, as the tokenizer gives its pieces one after the other. Its room serves
//! again for the next: a site of ten thousand pages has six million tags.

/// The tag being read, or the last one.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) is_end: bool,
    pub(super) name: Vec<u8>,
    /// The names and the values of the attributes, one after the other.
    written: Vec<u8>,
    attributes: Vec<Attribute>,
}

/// Where an attribute is in what is written.
#[derive(Clone, Copy, Debug)]
struct Attribute {
    name: usize,
    value: usize,
    end: usize,
}

impl Tag {
    pub(super) fn begin(&mut self, is_end: bool) {
        self.is_end = is_end;
        self.name.clear();
        self.written.clear();
        self.attributes.clear();
    }

    pub(super) fn begin_attribute(&mut self) {
        let at = self.written.len();
        self.attributes.push(Attribute { name: at, value: at, end: at });
    }

    pub(super) fn push_name(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        if let Some(last) = self.attributes.last_mut() {
            (last.value, last.end) = (self.written.len(), self.written.len());
        }
    }

    pub(super) fn push_value(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        if let Some(last) = self.attributes.last_mut() {
            last.end = self.written.len();
        }
    }

    /// The name and the value of each attribute, in order.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.attributes.iter().map(|Attribute { name, value, end }| {
            (&self.written[*name..*value], &self.written[*value..*end])
        })
    }

    /// The attributes that the audit looks at.
    pub(super) fn known(&self) -> Known<'_> {
        let mut known = Known::default();
        for (name, value) in self.attributes() {
            let place = match name {
                b"id" => &mut known.id,
                b"href" => &mut known.href,
                b"src" => &mut known.src,
                b"action" => &mut known.action,
                b"content" => &mut known.content,
                b"hidden" | b"inert" => &mut known.hidden,
                b"alt" => &mut known.alt,
                b"class" => &mut known.class,
                b"http-equiv" => &mut known.equiv,
                b"formaction" => &mut known.formaction,
                b"xlink:href" => &mut known.xlink,
                b"rel" => &mut known.rel,
                b"type" => &mut known.kind,
                _ => continue,
            };
            // A page is a text: so is each of its values.
            place.get_or_insert_with(|| std::str::from_utf8(value).unwrap_or_default());
        }
        known
    }
}

/// The attributes that the audit looks at. Of two of one name, the first, as in a browser.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'t> {
    pub(super) id: Option<&'t str>,
    pub(super) href: Option<&'t str>,
    pub(super) src: Option<&'t str>,
    pub(super) action: Option<&'t str>,
    pub(super) content: Option<&'t str>,
    /// `hidden` or `inert`: readers do not see the element, or cannot reach it.
    pub(super) hidden: Option<&'t str>,
    pub(super) alt: Option<&'t str>,
    pub(super) class: Option<&'t str>,
    /// `http-equiv`.
    pub(super) equiv: Option<&'t str>,
    pub(super) formaction: Option<&'t str>,
    /// `xlink:href`.
    pub(super) xlink: Option<&'t str>,
    pub(super) rel: Option<&'t str>,
    /// `type`.
    pub(super) kind: Option<&'t str>,
}
