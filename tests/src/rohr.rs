//! Bytes on the wire, for requests no client library would send.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

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

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ende {
    /// The server closed it.
    Geschlossen,
    /// It was still open when we gave up.
    Offen,
}

/// Sends a beginning, then the same piece every 150 ms (nothing, when it is empty), for at most 20 s: everything the
/// server answers, how it ended, and after which time.
pub fn troepfle(adresse: SocketAddr, anfang: &[u8], stueck: &[u8]) -> (Vec<u8>, Ende, Duration) {
    let beginn = Instant::now();
    let mut s = TcpStream::connect(adresse).expect("connect");
    s.set_read_timeout(Some(Duration::from_millis(150))).expect("timeout");
    s.write_all(anfang).expect("write");
    let (mut aus, mut puffer) = (Vec::new(), [0u8; 8192]);
    while beginn.elapsed() < Duration::from_secs(20) {
        match s.read(&mut puffer) {
            Ok(0) => return (aus, Ende::Geschlossen, beginn.elapsed()),
            Ok(n) => aus.extend_from_slice(&puffer[..n]),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                // the server may have closed meanwhile; the next read shows it
                drop(s.write_all(stueck));
            }
            Err(_) => return (aus, Ende::Geschlossen, beginn.elapsed()),
        }
    }
    (aus, Ende::Offen, beginn.elapsed())
}
