//! What was told about a dossier: when, through which channel, to whom in outline, and why a channel failed.

use crate::error::Error;
use crate::tables::notices::{Column, Entity, Model};
use rules::notices::NoticeChannel;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Everything told about a dossier, oldest first; a dossier has few.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// A recipient in outline: the first letter and the host of an address, the last three digits of a number.
pub fn masked(channel: NoticeChannel, recipient: &str) -> String {
    match channel {
        NoticeChannel::Email => match recipient.rsplit_once('@') {
            Some((name, host)) => {
                format!("{}***@{host}", name.chars().next().map(String::from).unwrap_or_default())
            }
            None => "***".to_owned(),
        },
        NoticeChannel::Sms | NoticeChannel::Zalo => {
            let digits: Vec<char> = recipient.chars().collect();
            let end: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
            format!("*******{end}")
        }
        NoticeChannel::Inbox => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_shown_in_outline() {
        assert_eq!(masked(NoticeChannel::Email, "mau@nguoidan.example"), "m***@nguoidan.example");
        assert_eq!(masked(NoticeChannel::Email, "đặng@x"), "đ***@x");
        assert_eq!(masked(NoticeChannel::Email, "không phải"), "***");
        assert_eq!(masked(NoticeChannel::Sms, "0900000123"), "*******123");
        assert_eq!(masked(NoticeChannel::Sms, ""), "*******");
    }
}
