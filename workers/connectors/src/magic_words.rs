//! What each magic button of a sandbox does, in a sentence for the person who presses it.

/// The button's name for people and what it does, in Vietnamese and in English; none for a word nobody has explained.
pub(crate) fn told(magic: &str) -> Option<[&'static str; 3]> {
    WORDS.iter().find(|(name, _)| *name == magic).map(|(_, words)| *words)
}

const WORDS: [(&str, [&str; 3]); 25] = [
    (
        "down",
        [
            "Ngừng máy",
            "Mọi lời gọi bị từ chối (503; thư: 421) cho đến khi mở lại.",
            "Every call is refused (503; mail: 421) until it is up again.",
        ],
    ),
    ("up", ["Mở lại", "Hoạt động lại như thường.", "It works as usual again."]),
    ("garbage", ["Trả lời vô nghĩa", "Câu trả lời tới không đọc được.", "The next answer cannot be read."]),
    ("oversized", ["Trả lời quá dài", "Câu trả lời tới dài 6 MiB.", "The next answer is 6 MiB long."]),
    ("error", ["Lỗi máy chủ", "Câu trả lời tới là lỗi 500.", "The next answer is an error 500."]),
    (
        "busy",
        [
            "Đang bận",
            "Câu trả lời tới là 429, xin quay lại sau 7 giây.",
            "The next answer is 429: come back in 7 seconds.",
        ],
    ),
    (
        "slow",
        [
            "Trả lời chậm",
            "Lời gọi tới được làm xong rồi mới trả lời, quá muộn.",
            "The next call is done, and answered too late.",
        ],
    ),
    (
        "pays",
        [
            "Trả tiền",
            "Khoản thanh toán tới được trả ngay và báo về.",
            "The next payment is paid at once and told.",
        ],
    ),
    (
        "pays_twice",
        [
            "Báo hai lần",
            "Khoản tới được trả một lần nhưng báo về hai lần.",
            "The next payment is paid once and told twice.",
        ],
    ),
    (
        "wrong_amount",
        [
            "Sai số tiền",
            "Tin báo về khoản tới ghi sai số tiền.",
            "The next payment is told with another sum.",
        ],
    ),
    (
        "forged",
        [
            "Tin giả",
            "Tin báo về khoản tới mang chữ ký sai.",
            "The next payment is told under a wrong signature.",
        ],
    ),
    (
        "late",
        ["Báo muộn", "Khoản tới được trả nhưng báo về muộn.", "The next payment is paid and told late."],
    ),
    (
        "refuses",
        ["Từ chối", "Yêu cầu tới được hiểu và bị từ chối.", "The next request is understood and refused."],
    ),
    (
        "session_expired",
        [
            "Hết phiên",
            "Mọi phiên đăng nhập bị quên; phải đăng nhập lại.",
            "All sessions are forgotten; a new login is needed.",
        ],
    ),
    (
        "token_expired",
        [
            "Hết hạn thẻ",
            "Mọi thẻ truy cập bị quên; phải lấy thẻ mới.",
            "All tokens are forgotten; a new one is needed.",
        ],
    ),
    ("delivers", ["Phát ngay", "Đơn tới được phát thành công ngay.", "The next order is delivered at once."]),
    ("undelivered", ["Phát không được", "Đơn tới không phát được.", "The next order cannot be delivered."]),
    ("infected", ["Có mã độc", "Tệp tới bị coi là có mã độc.", "The next file is found to be infected."]),
    (
        "too_large",
        [
            "Tệp quá lớn",
            "Tệp tới bị coi là lớn quá mức quét được.",
            "The next file is larger than is looked through.",
        ],
    ),
    (
        "no_database",
        [
            "Chưa có mẫu nhận dạng",
            "Lần hỏi phiên bản tới cho biết chưa có cơ sở dữ liệu mã độc.",
            "The next question for the version finds no database of signatures.",
        ],
    ),
    (
        "already_exists",
        [
            "Đã có sẵn",
            "Hồ sơ mới được đồng bộ tới coi như đã có từ trước.",
            "The next new dossier that is told is there already.",
        ],
    ),
    (
        "forgets",
        [
            "Quên hồ sơ",
            "Hồ sơ được tra cứu tới bị quên hẳn.",
            "The next dossier that is looked up is forgotten for good.",
        ],
    ),
    (
        "denies",
        [
            "Nói khác đi",
            "Lượt tra cứu tới bị từ chối bằng lời riêng của Cổng: hồ sơ chưa được gửi lên.",
            "The next look-up is refused in words of its own: nothing was sent under this code.",
        ],
    ),
    (
        "drifts",
        [
            "Lệch trạng thái",
            "Hồ sơ được tra cứu tới đổi sang trạng thái khác.",
            "The next dossier that is looked up has another status.",
        ],
    ),
    (
        "republishes",
        [
            "Công bố lại",
            "Thủ tục chứng thực được công bố lại với phí, thời hạn và thành phần khác.",
            "The procedure of certified copies is published anew with another fee, time and paper.",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox_page::EVERYWHERE;

    #[test]
    fn every_button_that_all_sandboxes_have_is_explained() {
        for magic in EVERYWHERE {
            assert!(told(magic).is_some(), "{magic}");
        }
    }
}
