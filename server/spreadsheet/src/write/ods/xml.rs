//! The writer with which the parts of an ods file write their XML.

use quick_xml::Writer;

/// Writes XML into memory.
pub(super) type Xml = Writer<Vec<u8>>;
