//! What a request looked at, gathered where sight is given, so that no handler can forget to say it.

use super::about::About;
use crate::dossiers::is_own;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use rules::access::Sight;
use rules::actor::Actor;
use std::cell::RefCell;
use std::future::Future;
use uuid::Uuid;

/// One person's data that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Whose.
    pub about: About,
    /// Persons were masked.
    pub masked: bool,
    /// The document or paper that was opened, where it is not the dossier itself.
    pub thing: Option<Uuid>,
    /// What for, in words, where it was asked.
    pub purpose: Option<String>,
}

/// What became known of a request while it was handled.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What was looked at, each once, in order.
    pub looks: Vec<Look>,
    /// The write is in the chronicle already, in the transaction of its effect.
    pub written: bool,
}

tokio::task_local! {
    static GATHERED: RefCell<Gathered>;
}

/// Does `work` and gives, beside its outcome, what it looked at.
pub async fn gathering<F: Future>(work: F) -> (F::Output, Gathered) {
    let scope = GATHERED.scope(RefCell::default(), async {
        let outcome = work.await;
        (outcome, GATHERED.with(RefCell::take))
    });
    scope.await
}

/// Somebody was given sight of a dossier; at one's own it is nobody's look, by who handed it in for another it is one.
/// Without effect where nobody gathers.
pub fn seen(sealer: &Sealer, by: &Actor, dossier: &dossiers::Model, sight: Sight) {
    if sight == Sight::None || is_own(dossier, by, sealer) {
        return;
    }
    let about = About::dossier(dossier, sealer);
    add(Look { about, masked: sight == Sight::Masked, thing: None, purpose: None });
}

/// A list named the person of a dossier for a purpose; one's own is nobody's look. Without effect where nobody gathers.
pub fn named(sealer: &Sealer, by: &Actor, dossier: &dossiers::Model, purpose: &str) {
    if !is_own(dossier, by, sealer) {
        let about = About::dossier(dossier, sealer);
        add(Look { about, masked: false, thing: None, purpose: Some(purpose.to_owned()) });
    }
}

/// A document or paper was opened for a purpose. Without effect where nobody gathers.
pub fn opened(dossier: Option<Uuid>, thing: Uuid, purpose: &str) {
    let about = About { dossier, ..About::default() };
    add(Look { about, masked: false, thing: Some(thing), purpose: Some(purpose.to_owned()) });
}

/// The write of this request is in the chronicle, in its own transaction.
pub fn written() {
    gather(|gathered| gathered.written = true);
}

fn add(look: Look) {
    gather(|gathered| {
        if !gathered.looks.contains(&look) {
            gathered.looks.push(look);
        }
    });
}

fn gather(change: impl FnOnce(&mut Gathered)) {
    // Jobs look at dossiers too; what they tell others is a write of its own.
    let _nobody_gathers = GATHERED.try_with(|gathered| change(&mut gathered.borrow_mut()));
}
