//! Bytes on the wire, for requests no client library would send.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Sends bytes and returns everything the server answers until it closes or falls silent.
pub fn sende(adresse: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut s = TcpStream::connect(adresse).expect("connect");
    s.set_read_timeout(Some(Duration::from_millis(2_000))).expect("timeout");
    // the server may close before everything is written
    drop(s.write_all(bytes));
    drop(s.flush());
    let mut aus = Vec::new();
    let mut stueck = [0u8; 8192];
    while let Ok(n) = s.read(&mut stueck) {
        if n == 0 {
            break;
        }
        aus.extend_from_slice(&stueck[..n]);
    }
    aus
}

/// Status, head and body of an answer; none when there is no complete head.
pub fn zerlege(antwort: &[u8]) -> Option<(u16, String, Vec<u8>)> {
    let ende = antwort.windows(4).position(|w| w == b"\r\n\r\n")?;
    let kopf = String::from_utf8_lossy(&antwort[..ende]).into_owned();
    let status = kopf.split(' ').nth(1)?.parse().ok()?;
    Some((status, kopf.to_ascii_lowercase(), antwort[ende + 4..].to_vec()))
}
