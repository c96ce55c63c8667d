//! Papers made for the tests: a PDF of any number of pages with some lines of text on each.

/// A PDF 1.4 with these pages of lines, in a font that every reader has.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let count = pages.len();
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> \
             /Contents {} 0 R >>",
            5 + 2 * page
        ));
        let shown: String = lines.iter().map(|line| format!("({line}) Tj T*\n")).collect();
        let text = format!("BT /F 20 Tf 30 TL 72 740 Td\n{shown}ET");
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    written(&objects)
}

/// A plain paper of so many pages, each saying which it is.
pub fn numbered(pages: usize) -> Vec<u8> {
    let lines: Vec<String> = (1..=pages).map(|page| format!("Trang so {page} cua giay to")).collect();
    let lines: Vec<Vec<&str>> =
        lines.iter().map(|line| vec!["CONG HOA XA HOI CHU NGHIA VIET NAM", line]).collect();
    pdf(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn written(objects: &[String]) -> Vec<u8> {
    let mut all = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(all.len());
        all.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = all.len();
    let rows: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    all.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{rows}").bytes());
    all.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    all
}
