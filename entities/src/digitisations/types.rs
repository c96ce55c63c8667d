//! The types of papers that are read field by field, as data of the program.

use crate::error::Error;
use rules::papers::PaperReading;
use serde::Deserialize;

/// Every type that is described.
pub fn described() -> Result<Vec<PaperReading>, Error> {
    let shipped: Shipped =
        serde_saphyr::from_str(SHIPPED).map_err(|e| Error::damaged("paper_types.yaml", e))?;
    Ok(shipped.paper_types)
}

const SHIPPED: &str = include_str!("../../../migrations/seed/paper_types.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    paper_types: Vec<PaperReading>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_described_type_is_there_once_and_can_be_found() {
        let types = described().unwrap();
        let codes: BTreeSet<_> = types.iter().map(|kind| &kind.code).collect();

        assert_eq!(codes.len(), types.len());
        assert!(types.iter().all(|kind| !kind.titles.is_empty() && !kind.fields.is_empty()));
    }
}
