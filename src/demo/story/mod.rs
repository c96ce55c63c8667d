//! Three journeys told over the real API and the real wires of the twins.

mod caller;
mod desk;
mod happy;
mod mishaps;
mod papers;
mod parties;

use super::twins::Twins;
use crate::commands::tell;
use caller::Caller;

/// Tells all three, then what each outside party received. Fails at the first step that does not go as it should.
pub(crate) async fn tell_all(url: &str, twins: &Twins) -> Result<(), String> {
    let caller = Caller::signed_in(url, twins).await?;
    tell("\n── Chuyện thứ nhất: bản sao chứng thực, từ cú nhấp chuột đến người đưa thư ──");
    happy::tell_it(&caller).await?;
    tell("\n── Chuyện thứ hai: từ chối, bổ sung, rút hồ sơ, thanh toán không thành ──");
    mishaps::tell_it(&caller).await?;
    tell("\n── Chuyện thứ ba: hồ sơ giấy gửi qua bưu điện, xử lý tại bàn ──");
    desk::tell_it(&caller).await?;
    parties::tell_what_they_received(&caller, twins).await
}
