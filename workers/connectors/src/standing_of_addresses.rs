//! What kind of place a network address is, by the registries of special-purpose addresses (RFC 6890 and its successors).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What may be at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Anybody in the world.
    Public,
    /// Somebody in a private network, or this machine.
    Private,
    /// No party: addresses of a network of machines (metadata), of many, of nobody, and those that hide another one.
    Never,
}

/// Networks of IPv4 with their length, and what is there.
const SHORT: [(Ipv4Addr, u32, Standing); 18] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, Standing::Never),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Standing::Private),
    (Ipv4Addr::new(100, 100, 100, 200), 32, Standing::Never),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Standing::Private),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Standing::Private),
    // A cloud's own machinery is asked at a public address too.
    (Ipv4Addr::new(168, 63, 129, 16), 32, Standing::Never),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Standing::Never),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Standing::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Standing::Never),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Standing::Never),
    (Ipv4Addr::new(192, 31, 196, 0), 24, Standing::Never),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Standing::Never),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Standing::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Standing::Never),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Standing::Never),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Standing::Never),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Standing::Never),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Standing::Never),
];

/// Networks of IPv6 within the one that is given out (2000::/3) where nobody is, or another address hides.
const LONG: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// The metadata of a cloud's machine, in the midst of private addresses.
const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// What kind of place it is; an IPv4 address within IPv6 (`::ffff:10.0.0.1`) is what it is by itself.
pub fn standing(address: IpAddr) -> Standing {
    match address.to_canonical() {
        IpAddr::V4(short) => {
            let within = |(network, length, _): &&(Ipv4Addr, u32, Standing)| {
                (short.to_bits() ^ network.to_bits()) >> (32 - length) == 0
            };
            SHORT.iter().find(within).map_or(Standing::Public, |(_, _, standing)| *standing)
        }
        IpAddr::V6(long) => of_long(long),
    }
}

fn of_long(long: Ipv6Addr) -> Standing {
    let within =
        |(network, length): &(Ipv6Addr, u32)| (long.to_bits() ^ network.to_bits()) >> (128 - length) == 0;
    match long {
        METADATA => Standing::Never,
        Ipv6Addr::LOCALHOST => Standing::Private,
        _ if long.is_unique_local() => Standing::Private,
        _ if long.to_bits() >> 125 != 1 || LONG.iter().any(within) => Standing::Never,
        _ => Standing::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_what_the_registries_say() {
        let all = [
            (
                Standing::Public,
                "1.1.1.1 8.8.8.8 14.225.0.1 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 2606:4700::1",
            ),
            (
                Standing::Private,
                "10.0.0.1 127.0.0.1 127.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1",
            ),
            (Standing::Private, "::1 fc00::1 fd12:3456::1 ::ffff:127.0.0.1 ::ffff:10.1.2.3"),
            (
                Standing::Never,
                "0.0.0.0 169.254.169.254 168.63.129.16 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1",
            ),
            (
                Standing::Never,
                "203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 ::ffff:169.254.169.254",
            ),
            (
                Standing::Never,
                ":: ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1",
            ),
            (Standing::Never, "fe80::1 fec0::1 ff02::1 fd00:ec2::254 4000::1"),
        ];
        for (expected, addresses) in all {
            for address in addresses.split(' ') {
                assert_eq!(standing(address.parse().unwrap()), expected, "{address}");
            }
        }
    }
}
