//! `[server]`: where the daemon answers whoever watches it.

use std::net::SocketAddr;

use super::reader::TableReader;

pub(super) fn read(root: &mut TableReader<'_>) -> Option<SocketAddr> {
    let mut table = root.table("server");
    let listen: Option<String> = table.optional("listen");
    let address = listen.and_then(|text| {
        let address = text.parse().ok();
        if address.is_none() {
            table.fault(
                "listen",
                format!("found {text:?}; expected an address and a port"),
                "such as \"127.0.0.1:9464\"",
            );
        }
        address
    });
    table.finish();
    address
}
