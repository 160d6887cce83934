//! Readers that end where a single piece of a file becomes too large, or a whole one: memory stays bounded whatever the
//! file holds.

use std::cell::Cell;
use std::io::{Error, ErrorKind, Read, Result};
use std::rc::Rc;

/// Bytes that may still be read before the next piece, and bytes read in all.
#[derive(Clone, Default)]
pub(super) struct Zaehlwerk(Rc<(Cell<u64>, Cell<u64>)>);

impl Zaehlwerk {
    /// A new piece begins: so many bytes may be read for it.
    pub(super) fn stueck(&self, hoechstens: u64) {
        self.0.0.set(hoechstens);
    }

    /// Bytes read in all.
    pub(super) fn gelesen(&self) -> u64 {
        self.0.1.get()
    }
}

/// A reader that is counted.
pub(super) struct Wache<R> {
    pub(super) innen: R,
    pub(super) werk: Zaehlwerk,
    /// Bytes it may give in all.
    pub(super) gesamt: u64,
}

impl<R: Read> Read for Wache<R> {
    fn read(&mut self, puffer: &mut [u8]) -> Result<usize> {
        let n = self.innen.read(puffer)?;
        let zahl = u64::try_from(n).unwrap_or(u64::MAX);
        let (rest, bisher) = &*self.werk.0;
        bisher.set(bisher.get().saturating_add(zahl));
        if n > 0 && (rest.get() < zahl || bisher.get() > self.gesamt) {
            return Err(Error::new(ErrorKind::FileTooLarge, "piece too large"));
        }
        rest.set(rest.get().saturating_sub(zahl));
        Ok(n)
    }
}
