//! What goes wrong between the service and a server: a way of the test's own that cuts off,
//! falls silent or is slow, and leads to the real server all the same.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What a way does to what a server answers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// It is closed after so many bytes.
    Cut(usize),
    /// Nothing comes after so many bytes.
    Silent(usize),
    /// Everything comes late by this much.
    Late(Duration),
}

/// The port of a way to a server, whose first connections are faulty, and how many
/// connections were made.
pub(crate) fn way(to: u16, fault: Fault, times: usize) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    // Ends with the test's process, as its connections do.
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", to))) else { return };
            let fault = (count.fetch_add(1, Ordering::SeqCst) < times).then_some(fault);
            let (client_too, server_too) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            let late = fault.filter(|fault| matches!(fault, Fault::Late(_)));
            std::thread::spawn(move || carry(client_too, server_too, late));
            std::thread::spawn(move || carry(server, client, fault));
        }
    });
    (port, made)
}

fn carry(mut from: TcpStream, to: TcpStream, fault: Option<Fault>) {
    let (send, due) = mpsc::channel::<(Instant, Vec<u8>)>();
    let delay = if let Some(Fault::Late(delay)) = fault { delay } else { Duration::ZERO };
    let mut sink = to.try_clone().unwrap();
    let writer = std::thread::spawn(move || {
        for (at, bytes) in due {
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            if sink.write_all(&bytes).is_err() {
                return;
            }
        }
    });
    let (mut buffer, mut carried) = ([0; 1 << 14], 0);
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 {
            break;
        }
        let left = match fault {
            Some(Fault::Cut(after) | Fault::Silent(after)) => after.saturating_sub(carried),
            _ => count,
        };
        carried += count;
        let _ = send.send((Instant::now() + delay, buffer[..count.min(left)].to_vec()));
        if count > left {
            if let Some(Fault::Silent(_)) = fault {
                std::thread::sleep(Duration::from_secs(60));
            }
            break;
        }
    }
    drop(send);
    let _ = writer.join();
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
