//! Lists the phrases of saved pages that have no Welsh, for a translator:
//! `cargo run -p registration-welsh --example gaps -- page.html …`. Answers and names are in the
//! list too, because they have no Welsh either.

use std::collections::BTreeMap;
use std::fs;

use welsh::Catalogue;

fn main() -> std::io::Result<()> {
    let mut gaps: BTreeMap<String, String> = BTreeMap::new();
    for file in std::env::args().skip(1) {
        let html = fs::read_to_string(&file)?;
        for missing in Catalogue::of_the_service().page(&html).missing {
            gaps.entry(missing.english).or_insert_with(|| file.clone());
        }
    }
    for (english, file) in gaps {
        println!("{file}\t{english}");
    }
    Ok(())
}
