//! The one place where HTTP clients are made: where a call goes is looked up once, judged, and kept to.
//!
//! A name may say one address when it is judged and another when it is called, an address may be written in many ways,
//! and an answer may lead elsewhere: so what is judged is what the line is opened to, and no answer is followed.

use crate::standing_of_addresses::{Standing, standing};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, Proxy, RequestBuilder, Url, redirect};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use std::{error, future::Future, io, pin::Pin};
use url::Host;

/// Finds the addresses of a name.
pub type Lookup = Arc<dyn Fn(String) -> Found + Send + Sync>;

/// The addresses, once they are found.
pub type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// How a client may go out.
#[derive(Clone)]
pub struct Way {
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest wait for a whole answer.
    pub answer: Duration,
    /// Whether addresses of private networks and of this machine may be called, then over plain HTTP and any port too.
    pub private: bool,
    /// Address of a forward proxy; the environment's own proxy settings are never looked at.
    pub proxy: Option<String>,
    /// Finds the addresses of names.
    pub lookup: Lookup,
}

/// A client that keeps to its way.
#[derive(Debug, Clone)]
pub struct WayOut {
    client: Client,
    private: bool,
}

/// Why an address is not called; its words hold no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    /// It cannot be read.
    #[error("its address cannot be used")]
    Unreadable,
    /// Neither `https`, nor `http` within a private network.
    #[error("only https is called outside of a private network (allow_private)")]
    Scheme,
    /// It carries a name or a password.
    #[error("its address carries a login")]
    Login,
    /// A port below 1024 that is neither 80 nor 443.
    #[error("its port is not one of HTTP")]
    Port,
    /// It lies in a private network, or on this machine.
    #[error("it lies in a private network, and the settings do not say allow_private")]
    Private,
    /// No party lies there: the addresses of networks of machines, of all and of none.
    #[error("its address is none that a party can have")]
    Never,
}

impl Way {
    /// Out into the world and nowhere else.
    pub fn new(connect: Duration, answer: Duration) -> Self {
        let lookup = Arc::new(|name| -> Found { Box::pin(system(name)) });
        Self { connect, answer, private: false, proxy: None, lookup }
    }

    /// A client for this way. Fails when the proxy or TLS cannot be used.
    pub fn open(self) -> Result<WayOut, reqwest::Error> {
        // With a proxy the only name that is looked up here is its own.
        let private = self.private || self.proxy.is_some();
        let mut builder = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(self.connect)
            .timeout(self.answer)
            .dns_resolver(Arc::new(Judging { private, lookup: self.lookup }));
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(Proxy::all(proxy)?);
        }
        Ok(WayOut { client: builder.build()?, private: self.private })
    }
}

/// A client for what this house says to itself: the sandboxes' calls back, the story of the demo.
pub fn indoors(answer: Duration) -> Result<Client, reqwest::Error> {
    Ok(Way { private: true, ..Way::new(answer, answer) }.open()?.client)
}

impl WayOut {
    /// Whether an address may be called, as far as it tells by itself.
    pub fn admits(&self, url: &str) -> Result<(), Barred> {
        judged(url, self.private).map(|_| ())
    }

    /// A request to an address that may be called.
    pub fn request(&self, method: Method, url: &str) -> Result<RequestBuilder, Barred> {
        Ok(self.client.request(method, judged(url, self.private)?))
    }
}

/// The reason why a call was not made, where a name led to what may not be called.
pub fn barred(error: &reqwest::Error) -> Option<Barred> {
    let mut cause: Option<&(dyn error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(barred) = error.downcast_ref::<Barred>() {
            return Some(*barred);
        }
        cause = error.source();
    }
    None
}

/// The address as the client will read it: other spellings of numbers are the numbers by then.
fn judged(url: &str, private: bool) -> Result<Url, Barred> {
    let url = Url::parse(url).map_err(|_| Barred::Unreadable)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Barred::Login);
    }
    match url.scheme() {
        "https" => {}
        "http" if private => {}
        _ => return Err(Barred::Scheme),
    }
    let port = url.port_or_known_default().unwrap_or_default();
    if !private && port < 1_024 && ![80, 443].contains(&port) {
        return Err(Barred::Port);
    }
    match url.host() {
        Some(Host::Ipv4(address)) => admitted(address.into(), private)?,
        Some(Host::Ipv6(address)) => admitted(address.into(), private)?,
        Some(Host::Domain(_)) => {}
        None => return Err(Barred::Unreadable),
    }
    Ok(url)
}

fn admitted(address: IpAddr, private: bool) -> Result<(), Barred> {
    match standing(address) {
        Standing::Public => Ok(()),
        Standing::Private if private => Ok(()),
        Standing::Private => Err(Barred::Private),
        Standing::Never => Err(Barred::Never),
    }
}

/// Looks a name up for a line that is to be opened; the line goes to what was judged here.
struct Judging {
    private: bool,
    lookup: Lookup,
}

impl Resolve for Judging {
    fn resolve(&self, name: Name) -> Resolving {
        let (private, found) = (self.private, (self.lookup)(name.as_str().to_owned()));
        Box::pin(async move {
            let found = found.await?;
            // One bad address among good ones is a trick, and which of them is called is not ours to choose.
            for address in &found {
                admitted(*address, private)?;
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

async fn system(name: String) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
}
