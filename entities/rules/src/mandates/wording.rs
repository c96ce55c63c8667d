//! What is missing from a mandate, as a clerk would say it.

use crate::refusal::Violation;

/// One thing that is wrong: its member of the mandate, its code, and the words in Vietnamese and English.
pub(super) struct Wrong(&'static str, &'static str, &'static str, &'static str);

/// The violation, at its place in the body.
pub(super) fn said(Wrong(member, code, vi, en): Wrong) -> Violation {
    Violation { pointer: format!("/mandate{member}"), code, vi: vi.into(), en: en.into() }
}

impl Wrong {
    pub(super) const MANDATE_MISSING: Self = Self(
        "",
        "mandate_missing",
        "Người đề nghị không phải là chủ tài khoản đang đăng nhập. Hãy ghi căn cứ nộp thay: giấy ủy quyền, giấy giới thiệu của tổ chức, hoặc quan hệ cha mẹ, giám hộ.",
        "The applicant is not the person signed in. Say on what ground you hand in for them: a power of attorney, a letter of introduction of the organisation, or being a parent or guardian.",
    );
    pub(super) const HELPER_MANDATE_MISSING: Self = Self(
        "",
        "mandate_missing",
        "Bạn nộp hộ người khác. Hãy ghi sự đồng ý của người đó: giấy có chữ ký hoặc lời nói trước người làm chứng, ngày đồng ý và thời hạn. Nếu nộp cho chính mình, hãy ghi số định danh của bạn.",
        "You are handing in for somebody else. Record their consent: a signed paper or their word before a witness, the day, and until when. If it is for yourself, write your own number.",
    );
    pub(super) const NOT_ONLINE: Self = Self(
        "",
        "mandate_not_online",
        "Căn cứ nộp thay ở đây chỉ dùng khi nộp trực tuyến; tại quầy và qua bưu chính hãy nộp giấy ủy quyền cùng hồ sơ.",
        "A mandate is told here only for what is handed in online; at the desk and by post hand the paper in with the dossier.",
    );
    pub(super) const OF_ONESELF: Self = Self(
        "",
        "mandate_of_oneself",
        "Người đề nghị chính là bạn, không cần căn cứ nộp thay; hãy bỏ mục này.",
        "The applicant is yourself, so no mandate is needed; leave it out.",
    );
    pub(super) const NOT_A_HELPER: Self = Self(
        "/ground",
        "not_a_community_helper",
        "Chỉ thành viên tổ công nghệ số cộng đồng được giao việc mới nộp hộ theo lời đồng ý; người khác cần giấy ủy quyền.",
        "Only appointed members of a community digital team hand in on consent; anybody else needs a power of attorney.",
    );
    pub(super) const NO_ORGANISATION: Self = Self(
        "/ground",
        "ground_not_fitting",
        "Người đề nghị là cá nhân nên không có người đại diện của tổ chức; hãy chọn ủy quyền hoặc giám hộ.",
        "The applicant is a person, who has no representative of an organisation; choose proxy or guardian.",
    );
    pub(super) const NO_PERSON: Self = Self(
        "/ground",
        "ground_not_fitting",
        "Tổ chức không có cha mẹ, người giám hộ; hãy chọn đại diện hoặc ủy quyền.",
        "An organisation has no parent or guardian; choose representative or proxy.",
    );
    pub(super) const WAY_MISSING: Self = Self(
        "/way",
        "way_missing",
        "Chưa ghi người đề nghị đồng ý bằng cách nào: ký giấy, hoặc nói trước người làm chứng.",
        "Say how the applicant consented: on a signed paper, or by word before a witness.",
    );
    pub(super) const NOT_IN_WRITING: Self = Self(
        "/way",
        "not_in_writing",
        "Ủy quyền và giới thiệu đại diện phải bằng giấy có chữ ký.",
        "A power of attorney and a letter of introduction must be signed papers.",
    );
    pub(super) const PROOF_MISSING: Self = Self(
        "/proof",
        "proof_missing",
        "Chưa có tệp giấy chứng minh. Hãy tải lên giấy ủy quyền, giấy giới thiệu hoặc giấy đồng ý có chữ ký.",
        "The proof is missing. Upload the signed power of attorney, letter of introduction or consent.",
    );
    pub(super) const WITNESS_MISSING: Self = Self(
        "/witness",
        "witness_missing",
        "Người đề nghị đồng ý bằng lời thì phải ghi họ tên người làm chứng.",
        "For a consent by word, name the witness.",
    );
    pub(super) const WITNESS_TOO_LONG: Self = Self(
        "/witness",
        "too_long",
        "Họ tên người làm chứng dài quá 200 ký tự.",
        "The witness' name has over 200 characters.",
    );
    pub(super) const GIVEN_MISSING: Self = Self(
        "/given_on",
        "given_on_missing",
        "Chưa ghi ngày đồng ý, ủy quyền hoặc giới thiệu.",
        "Say on which day the consent, power of attorney or letter was given.",
    );
    pub(super) const GIVEN_LATER: Self = Self(
        "/given_on",
        "in_the_future",
        "Ngày đồng ý, ủy quyền hoặc giới thiệu không thể sau hôm nay.",
        "The consent, power of attorney or letter cannot have been given later than today.",
    );
    pub(super) const CONSENT_TOO_OLD: Self = Self(
        "/given_on",
        "consent_too_old",
        "Lời đồng ý đã quá 30 ngày; hãy hỏi lại người đề nghị.",
        "The consent is over 30 days old; ask the applicant again.",
    );
    pub(super) const UNTIL_MISSING: Self = Self(
        "/until",
        "until_missing",
        "Chưa ghi người đề nghị đồng ý đến ngày nào.",
        "Say until which day the applicant consents.",
    );
    pub(super) const OVER: Self =
        Self("/until", "mandate_over", "Căn cứ nộp thay đã hết hạn.", "The mandate has ended already.");
    pub(super) const OVER_BY_LAW: Self = Self(
        "/until",
        "mandate_over",
        "Giấy ủy quyền không ghi thời hạn chỉ có hiệu lực một năm (BLDS 91/2015 Đ563) và đã hết hạn.",
        "A power of attorney without a term holds for a year (BLDS 91/2015 Đ563), which has passed.",
    );
    pub(super) const CONSENT_TOO_LONG: Self = Self(
        "/until",
        "until_too_far",
        "Người đề nghị đồng ý nhiều nhất cho 180 ngày kể từ ngày đồng ý.",
        "A consent holds for at most 180 days from the day it was given.",
    );
    pub(super) const TOO_LONG: Self = Self(
        "/until",
        "until_too_far",
        "Thời hạn nhiều nhất là mười năm kể từ hôm nay.",
        "The term is at most ten years from today.",
    );
}
