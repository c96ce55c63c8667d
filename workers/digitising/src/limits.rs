//! How large a paper may be.

/// What one paper may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Pages.
    pub pages: u32,
    /// Pixels of one picture.
    pub pixels: u64,
    /// Mebibytes of everything packed in it, unpacked; pictures are counted by their pixels instead.
    pub unpacked_mb: u32,
}

/// 500 pages; A2 at 300 dpi or A4 at 800; 256 MB.
impl Default for Limits {
    fn default() -> Self {
        Self { pages: 500, pixels: 64_000_000, unpacked_mb: 256 }
    }
}
