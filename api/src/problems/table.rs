//! Every way a request can fail, in one table: stable code, HTTP status, title and what to do.

use actix_web::http::StatusCode;
use rules::lang::Lang;

/// One row of the table, for the printed page and for `GET /problems/{code}`.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Stable key, `snake_case`; clients switch on it.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    title: (&'static str, &'static str),
    advice: (&'static str, &'static str),
}

impl Entry {
    /// What happened, in one sentence.
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }

    /// What the client can do about it.
    pub fn advice(&self, lang: Lang) -> &'static str {
        lang.pick(self.advice.0, self.advice.1)
    }
}

macro_rules! problems {
    ($($name:ident $code:literal $status:literal
        $title_vi:literal / $title_en:literal
        $advice_vi:literal / $advice_en:literal;)*) => {
        /// Stable codes of problems.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title_en] $name,)*
        }

        impl Code {
            /// All codes in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The row of this code.
            pub fn entry(self) -> Entry {
                match self {
                    $(Self::$name => Entry {
                        code: $code,
                        status: $status,
                        title: ($title_vi, $title_en),
                        advice: ($advice_vi, $advice_en),
                    },)*
                }
            }
        }
    };
}

problems! {
    JsonMalformed "json_malformed" 400
        "Nội dung gửi lên không phải là JSON đúng cú pháp." / "The body is not well-formed JSON."
        "Sửa cú pháp JSON rồi gửi lại." / "Correct the JSON and send it again.";
    JsonTooDeep "json_too_deep" 400
        "JSON lồng quá nhiều tầng." / "The JSON is nested too deeply."
        "Gửi tối đa 32 tầng đối tượng và danh sách lồng nhau." / "Send at most 32 levels of objects and lists within one another.";
    PathInvalid "path_invalid" 400
        "Địa chỉ chứa một mã không đúng dạng." / "The address holds an id of the wrong form."
        "Kiểm tra mã trong địa chỉ." / "Check the id in the address.";
    QueryInvalid "query_invalid" 400
        "Tham số truy vấn không hợp lệ." / "A query parameter is not valid."
        "Bỏ hoặc sửa tham số được nêu." / "Remove or correct the parameter named in the detail.";
    HeaderInvalid "header_invalid" 400
        "Một tiêu đề HTTP không đúng dạng." / "An HTTP header is not of the right form."
        "Sửa tiêu đề được nêu." / "Correct the header named in the detail.";
    IdempotencyKeyMissing "idempotency_key_missing" 400
        "Thiếu tiêu đề Idempotency-Key." / "The Idempotency-Key header is missing."
        "Gửi kèm một khóa mới cho mỗi việc muốn làm; gửi lại cùng khóa khi thử lại."
        / "Send a new key with each thing you want done, and the same key when you try again.";
    IdempotencyKeyInvalid "idempotency_key_invalid" 400
        "Idempotency-Key không đúng dạng." / "The Idempotency-Key is not of the right form."
        "Dùng 1 đến 255 ký tự ASCII nhìn thấy được." / "Use 1 to 255 visible ASCII characters.";
    CursorInvalid "cursor_invalid" 400
        "Con trỏ trang không hợp lệ." / "The page cursor is not valid."
        "Bắt đầu lại từ trang đầu với cùng bộ lọc." / "Start again from the first page with the same filters.";
    TokenMissing "token_missing" 401
        "Chưa đăng nhập." / "Nobody is signed in."
        "Gửi mã truy cập trong tiêu đề Authorization: Bearer."
        / "Send an access token in the Authorization: Bearer header.";
    TokenExpired "token_expired" 401
        "Phiên đăng nhập đã hết hạn." / "The access token has expired."
        "Đăng nhập lại để lấy mã mới." / "Sign in again to get a new token.";
    TokenInvalid "token_invalid" 401
        "Mã truy cập không hợp lệ." / "The access token is not valid."
        "Lấy mã mới từ nơi cấp đã đăng ký với văn phòng." / "Get a new token from an issuer known to this office.";
    SessionEnded "session_ended" 401
        "Bạn đã đăng xuất ở nơi đăng nhập." / "You have signed out where you signed in."
        "Đăng nhập lại để lấy mã mới." / "Sign in again to get a new token.";
    IssuerUnknown "issuer_unknown" 401
        "Nơi cấp mã truy cập không được văn phòng này công nhận." / "This office does not know the token's issuer."
        "Đăng nhập qua một nơi cấp được công nhận." / "Sign in through an issuer this office accepts.";
    ProofInvalid "proof_invalid" 401
        "Thiếu hoặc sai bằng chứng giữ khóa mà mã truy cập gắn với." / "The proof for the key of this token is missing or wrong."
        "Gửi mã theo DPoP (RFC 9449) với bằng chứng mới cho mỗi yêu cầu, hoặc qua kết nối dùng đúng chứng thư."
        / "Show it under DPoP (RFC 9449) with a new proof for each request, or over a line with its certificate.";
    AssuranceTooLow "assurance_too_low" 401
        "Mức độ xác thực danh tính chưa đủ." / "The sign-in is not assured enough."
        "Đăng nhập lại với mức xác thực cao hơn." / "Sign in again at a higher level of assurance.";
    LogoutInvalid "logout_token_invalid" 400
        "Thông báo đăng xuất không hợp lệ hoặc đã được nhận." / "The logout token is not valid, or was taken before."
        "Gửi logout_token mới theo OpenID Connect Back-Channel Logout 1.0."
        / "Send a new logout_token as OpenID Connect Back-Channel Logout 1.0 has it.";
    ReceiptNotYet "receipt_not_yet" 409
        "Hồ sơ chưa được tiếp nhận nên chưa có giấy tiếp nhận." / "The dossier has not been received, so there is no receipt."
        "Đợi cán bộ một cửa tiếp nhận rồi in lại." / "Wait until the desk has received it, then print again.";
    FormNotReady "form_not_ready" 409
        "Tệp của mẫu này đang được lập." / "The file of this form is still being made."
        "Tải lại sau số giây nêu ở Retry-After, hoặc xem bản HTML." / "Ask again after the seconds in Retry-After, or take the HTML page.";
    LookupFailed "look_up_failed" 404
        "Không có hồ sơ nào khớp mã số và mã tra cứu này." / "No dossier has this code and secret."
        "Kiểm tra cả hai mã trên giấy tiếp nhận." / "Check both against the receipt.";
    PlatformUnknown "platform_unknown" 404
        "Không có nền tảng thanh toán này." / "There is no such payment platform."
        "Kiểm tra địa chỉ nhận kết quả đã khai với nền tảng." / "Check the callback address told to the platform.";
    LinkInvalid "link_invalid" 403
        "Đường dẫn tải tệp sai hoặc đã hết hạn." / "The link to the file is wrong or has expired."
        "Xin đường dẫn mới." / "Ask for a new link.";
    LinkEnded "link_ended" 410
        "Đường dẫn này đã hết hạn." / "This link has ended."
        "Xin người đã gửi đường dẫn một đường dẫn mới." / "Ask whoever sent it for a new link.";
    Forbidden "forbidden" 403
        "Bạn không có quyền làm việc này." / "You may not do this."
        "Liên hệ người quản trị nếu bạn cần quyền này." / "Ask an administrator if you need this right.";
    ScopeMissing "scope_missing" 403
        "Mã truy cập của ứng dụng thiếu phạm vi cần thiết." / "The token of this client lacks a scope."
        "Xin nơi cấp mã thêm phạm vi nêu trong detail, rồi lấy mã mới."
        / "Have the issuer give the client the scope named in the detail, then get a new token.";
    NotFound "not_found" 404
        "Không tìm thấy, hoặc bạn không được xem." / "There is no such thing, or you may not see it."
        "Kiểm tra mã đã dùng." / "Check the id you used.";
    RouteUnknown "route_unknown" 404
        "Địa chỉ này không có ở văn phòng." / "There is nothing at this address."
        "Xem danh sách địa chỉ tại /openapi.json." / "See /openapi.json for the addresses.";
    MethodNotAllowed "method_not_allowed" 405
        "Địa chỉ này không nhận phương thức đó." / "This address does not take that method."
        "Dùng một phương thức trong tiêu đề Allow." / "Use a method named in the Allow header.";
    ActRefused "act_refused" 409
        "Chưa thể làm việc này lúc này." / "This cannot be done now."
        "Xem blocked_by để biết vì sao và allowed_actions để biết có thể làm gì."
        / "Read blocked_by for the reasons and allowed_actions for what can be done.";
    AlreadyExists "already_exists" 409
        "Đã có một bản ghi như vậy." / "There already is one like this."
        "Đọc bản ghi đang có rồi sửa nó." / "Read the one that is there and change it.";
    OffsetMismatch "upload_offset_mismatch" 409
        "Phần tệp gửi lên không nối tiếp phần đã nhận." / "The part does not continue what has been received."
        "Hỏi lại vị trí bằng HEAD rồi gửi tiếp từ đó." / "Ask for the offset with HEAD and continue from there.";
    FileQuarantined "file_quarantined" 409
        "Tệp đang chờ kiểm tra." / "The file is still waiting to be inspected."
        "Thử lại sau ít phút." / "Try again in a few minutes.";
    DossierErased "dossier_erased" 410
        "Thời hạn lưu trữ của hồ sơ đã hết, dữ liệu cá nhân trong đó đã được xóa."
        / "The term of this dossier is over, and what was kept of persons in it was erased."
        "Mã hồ sơ, các ngày và trạng thái vẫn còn trong danh sách; không ai xem thêm được gì nữa."
        / "Its code, its days and its status are still in the lists; nobody can see more of it.";
    FileRefused "file_refused" 410
        "Tệp không qua kiểm tra nên không được giao." / "The file failed inspection and is not handed out."
        "Tải lên một tệp khác." / "Upload another file.";
    Stale "stale" 412
        "Dữ liệu đã thay đổi sau khi bạn đọc." / "It has changed since you read it."
        "Đọc lại, xem thay đổi, rồi gửi với ETag mới." / "Read it again and send with the new ETag.";
    BodyTooSlow "body_too_slow" 408
        "Nội dung được gửi đến quá chậm." / "The body came too slowly."
        "Gửi lại khi đường truyền tốt hơn; tệp lớn thì gửi từng phần." / "Send it again over a better line, a large file in parts.";
    BodyTooLarge "body_too_large" 413
        "Nội dung gửi lên quá lớn." / "The body is too large."
        "Gửi nội dung nhỏ hơn giới hạn." / "Send less than the limit.";
    FileTooLarge "file_too_large" 413
        "Tệp lớn hơn mức cho phép." / "The file is larger than allowed."
        "Nén hoặc chia nhỏ tệp." / "Compress or split the file.";
    MediaTypeUnsupported "media_type_unsupported" 415
        "Loại nội dung này không được nhận ở đây." / "This content type is not taken here."
        "Dùng Content-Type nêu trong mô tả API." / "Use the Content-Type named in the API description.";
    RangeNotSatisfiable "range_not_satisfiable" 416
        "Tệp không có đoạn được yêu cầu." / "The file has no such range."
        "Xem độ dài trong tiêu đề Content-Range." / "See the length in the Content-Range header.";
    BodyInvalid "body_invalid" 422
        "Nội dung gửi lên chưa đúng yêu cầu." / "The content does not meet the requirements."
        "Sửa từng lỗi trong errors rồi gửi lại." / "Correct each entry of errors and send again.";
    IdempotencyKeyReused "idempotency_key_reused" 422
        "Idempotency-Key này đã dùng cho một yêu cầu khác." / "This Idempotency-Key was used for another request."
        "Dùng khóa mới cho yêu cầu mới." / "Use a new key for a new request.";
    FileTypeRefused "file_type_refused" 422
        "Loại tệp này không được nhận." / "This type of file is not taken."
        "Gửi tệp PDF hoặc ảnh; phần mở rộng của tên không thay đổi loại tệp."
        / "Send a PDF or an image; the name's extension does not change what a file is.";
    ChecksumMismatch "checksum_mismatch" 422
        "Tệp nhận được khác với mã kiểm tra đã khai." / "The file received differs from the declared checksum."
        "Tải lại tệp từ đầu." / "Upload the file again from the start.";
    PreconditionRequired "precondition_required" 428
        "Thiếu tiêu đề If-Match." / "The If-Match header is missing."
        "Đọc dữ liệu, rồi gửi ETag của nó trong If-Match." / "Read it first and send its ETag in If-Match.";
    HeadTooLarge "head_too_large" 431
        "Địa chỉ và các tiêu đề HTTP quá lớn." / "The address and the HTTP headers are too large."
        "Bớt tiêu đề, cookie hoặc tham số rồi gửi lại." / "Leave out headers, cookies or parameters and send it again.";
    TooManyRequests "too_many_requests" 429
        "Bạn gửi quá nhiều yêu cầu trong một phút." / "You have asked too often within a minute."
        "Đợi số giây trong Retry-After rồi gửi lại; tiêu đề RateLimit cho biết còn bao nhiêu."
        / "Wait the seconds in Retry-After and send it again; the RateLimit header tells what is left.";
    Internal "internal" 500
        "Hệ thống gặp lỗi ngoài dự tính." / "Something unexpected went wrong here."
        "Thử lại; nếu vẫn lỗi, báo trace_id cho bộ phận hỗ trợ."
        / "Try again; if it persists, give the trace_id to support.";
    TemporarilyUnavailable "temporarily_unavailable" 503
        "Hệ thống đang bận hoặc tạm dừng." / "The office is busy or down for a moment."
        "Thử lại sau số giây trong Retry-After." / "Try again after the seconds in Retry-After.";
}

impl Code {
    /// HTTP status of the code.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.entry().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The code of this name, when there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.entry().code == name)
    }
}
