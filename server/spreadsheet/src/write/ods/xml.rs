//! The XML writer that the parts of an ods file share.

use quick_xml::Writer;

/// A writer of XML into memory.
pub(super) type Xml = Writer<Vec<u8>>;
