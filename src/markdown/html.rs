//! HTML as a type: only its maker vouches for it, and templates write it as it is.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};
use tera::Value;

/// HTML that is safe to put in a page. Only this module makes it.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Html(Arc<str>);

impl Html {
    pub(super) fn new(html: String) -> Self {
        Self(html.into())
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_is(&self.0, serializer)
    }
}

/// Serialises a text that templates write without escaping it; elsewhere it is a text as any other.
///
/// # Errors
/// Those of the serializer.
pub fn as_is<S: Serializer>(html: &str, serializer: S) -> Result<S::Ok, S::Error> {
    Value::safe_string(html).serialize(serializer)
}
