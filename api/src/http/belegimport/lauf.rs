//! Reading beside the threads that serve connections, judging in bites: at most two bites are in memory.

use super::sicht::{BelegimportView, Belegimportauszug, Belegimportzeilensicht};
use super::{unlesbar, unversioniert};
use crate::app::belegimport::{self as app, Hochladung, Lesestand, Pruefer, STAPEL, Urteile};
use crate::belegdatei::{self, Abbruch, GeleseneZeile, Optionen};
use crate::fehler::{Ergebnis, Fehler};
use crate::http::Zustand;
use crate::http::ablauf::{HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, koerper};
use crate::http::plaetze::Platz;
use actix_web::web;
use aqb_domain::befund::Befund;
use aqb_domain::beleg::Belegfakten;
use aqb_domain::belegimport::{Belegdialekt, Belegimportzahlen, Belegimportzeile, Belegzeilenurteil};
use aqb_domain::berechtigung::recht::BelegSchreiben;
use aqb_domain::berechtigung::{RechtTyp, Sicht};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{DbFehler, Tx};
use std::fs::File;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Faulty lines that a dry run shows, and as many with hints.
const GEZEIGT: usize = 200;
/// Tries of a bite while the database is busy, and the wait between them.
const VERSUCHE: u32 = 40;
const PAUSE: Duration = Duration::from_millis(500);

/// A file with what must be known to read and judge it.
pub(super) type Lesung = (File, Optionen, Pruefer);

/// On whose behalf the work goes on behind the answer.
pub(super) struct Auftrag {
    zustand: web::Data<Zustand>,
    wer: Auftraggeber,
    sicht: Sicht,
}

impl Auftrag {
    pub(super) fn aus<R: RechtTyp>(a: &Aufruf<R>) -> Self {
        let wer = Auftraggeber { akteur: a.akteur.clone(), anfrage: a.kontext.anfrage.clone(), simulation: false };
        Auftrag { zustand: a.zustand.clone(), wer, sicht: a.sicht.clone() }
    }

    /// A unit of work that waits while the database is busy: nobody else would try it again.
    async fn schreibe<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Ergebnis<T> + Clone + Send + 'static,
    ) -> Ergebnis<T> {
        beharrlich(|| self.zustand.db.schreiben(self.wer.clone(), f.clone())).await
    }
}

/// Tries again while the database is busy.
async fn beharrlich<T, R: Future<Output = Ergebnis<T>>>(f: impl Fn() -> R) -> Ergebnis<T> {
    for _ in 0..VERSUCHE {
        match f().await {
            Err(Fehler::Db(DbFehler::Ausgelastet(_) | DbFehler::Konflikt(_))) => tokio::time::sleep(PAUSE).await,
            ergebnis => return ergebnis,
        }
    }
    Err(Fehler::Db(DbFehler::Ausgelastet("Import".to_owned())))
}

/// Who judges a file, one bite after the other.
type Richter = Arc<Mutex<Pruefer>>;

/// Judges a bite on what the register holds, beside those who write.
async fn urteile(zustand: &Zustand, r: &Richter, (zeilen, stand): Bissen) -> Ergebnis<Urteile> {
    let bissen = Arc::new((zeilen, stand));
    beharrlich(|| {
        let (r, bissen) = (r.clone(), bissen.clone());
        zustand.db.lesen(move |c| {
            let mut p = r.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            p.urteile(c, &bissen.0, &bissen.1)
        })
    })
    .await
}

/// A bite of lines and where reading stands.
type Bissen = (Vec<GeleseneZeile>, Lesestand);

/// What a reader ends with: the last bite, and the finding about the file, if there is one.
type Ende = (Bissen, Option<Befund>);

/// Reads a file, and hands every full bite to the channel.
fn lies(mut datei: File, o: &Optionen, tx: &mpsc::Sender<Bissen>) -> Ende {
    let mut zeilen = Vec::with_capacity(STAPEL);
    let mut gelesen = 0i64;
    let (dialekt, ergebnis) = belegdatei::lies(&mut datei, o, &mut |z, dialekt, bytes| {
        gelesen = i64::try_from(bytes).unwrap_or(i64::MAX);
        zeilen.push(z);
        if zeilen.len() < STAPEL {
            return Ok(());
        }
        let stand = Lesestand { dialekt: dialekt.clone(), gelesen, fertig: false };
        let voll = std::mem::replace(&mut zeilen, Vec::with_capacity(STAPEL));
        tx.blocking_send((voll, stand)).map_err(|_| Abbruch::Niemand)
    });
    let befund = match ergebnis {
        Err(Abbruch::Datei(b)) => Some(*b),
        Ok(()) | Err(Abbruch::Niemand) => None,
    };
    ((zeilen, Lesestand { dialekt, gelesen, fertig: true }), befund)
}

/// Reads a file bite by bite. The last bite says that it is the last; a file that is refused has none.
async fn bissenweise<F, R>(datei: File, o: Optionen, mut je: F) -> Ergebnis<(Belegdialekt, Option<Befund>)>
where
    F: FnMut(Bissen) -> R,
    R: Future<Output = Ergebnis<()>>,
{
    let (tx, mut rx) = mpsc::channel(1);
    let leser = koerper::mit_platz(move || lies(datei, &o, &tx));
    let mut leser = std::pin::pin!(leser);
    let ende = loop {
        tokio::select! {
            bissen = rx.recv() => match bissen {
                Some(b) => je(b).await?,
                None => break leser.await,
            },
            ende = &mut leser => {
                while let Some(b) = rx.recv().await {
                    je(b).await?;
                }
                break ende;
            }
        }
    };
    let Ok((letzter, befund)) = ende else { return Ok((Belegdialekt::default(), Some(unlesbar()))) };
    let dialekt = letzter.1.dialekt.clone();
    if befund.is_none() {
        je(letzter).await?;
    }
    Ok((dialekt, befund))
}

/// Stages the lines of an import.
pub(super) async fn stagen(a: Auftrag, id: Uuid, (datei, o, pruefer): Lesung, _platz: (Platz, Platz)) {
    let richter = Arc::new(Mutex::new(pruefer));
    let ergebnis = bissenweise(datei, o, |bissen| async {
        let u = Arc::new(urteile(&a.zustand, &richter, bissen).await?);
        a.schreibe(move |tx| app::ablegen(tx, id, &u)).await
    })
    .await;
    let ende = match ergebnis {
        Ok((dialekt, Some(b))) => a.schreibe(move |tx| app::abweisen(tx, id, &b, &dialekt)).await,
        Ok((_, None)) => Ok(()),
        Err(e) => Err(e),
    };
    if let Err(e) = ende {
        tracing::error!(import = %id, "the lines of an import were not all judged: {e:?}");
    }
}

/// Takes the rest of an import over, after the line `nach`.
pub(super) async fn uebernehmen(a: Auftrag, id: Uuid, nach: i64) {
    let mut nach = Some(nach);
    while nach.is_some() {
        let (sicht, ab) = (a.sicht.clone(), nach);
        let ergebnis = a.schreibe(move |tx| app::uebernehmen(tx, &sicht, (id, None), false, ab)).await;
        match ergebnis {
            Ok((_, weiter)) => nach = weiter,
            Err(e) => {
                // sending the act again goes on where this ended
                tracing::warn!(import = %id, "the lines of an import were not all taken over: {e:?}");
                return;
            }
        }
    }
}

/// The first lines about which there is something to say.
#[derive(Default)]
struct Auszug {
    fehler: Vec<Belegimportzeile>,
    hinweise: Vec<Belegimportzeile>,
}

impl Auszug {
    fn nimm(&mut self, zeilen: Vec<Belegimportzeile>) {
        for z in zeilen {
            let ziel = match z.urteil {
                Belegzeilenurteil::Fehlerhaft => &mut self.fehler,
                _ if z.befunde.is_empty() => continue,
                _ => &mut self.hinweise,
            };
            if ziel.len() < GEZEIGT {
                ziel.push(z);
            }
        }
    }
}

/// The dry run: everything is read and judged, nothing is stored.
pub(super) async fn probe(
    a: &Aufruf<BelegSchreiben>,
    n: Uuid,
    (f, h): (Belegfakten, Hochladung),
    (datei, o, pruefer): Lesung,
) -> HandlerErgebnis {
    let richter = Arc::new(Mutex::new(pruefer));
    let stand = std::cell::RefCell::new((Auszug::default(), Belegimportzahlen::default(), Vec::new()));
    let gelesen = bissenweise(datei, o, |bissen| async {
        let u = urteile(&a.zustand, &richter, bissen).await?;
        let mut s = stand.borrow_mut();
        s.0.nimm(u.zeilen);
        (s.1, s.2) = (u.zahlen, u.zur_datei.unwrap_or_default());
        Ok(())
    })
    .await;
    let (dialekt, befund) = gelesen.map_err(|e| a.ablehnung(e))?;
    let (auszug, zahlen, zur_datei) = stand.into_inner();
    let roh = app::entwurf(Uuid::nil(), n, &f, &h, &a.akteur);
    let fertig = match &befund {
        Some(b) => roh.abweisen(std::slice::from_ref(b), Some(dialekt)),
        None => roh.fortschreiten(&dialekt, zahlen, h.groesse, Some(&zur_datei)),
    };
    let sprache = a.sprache();
    let mut sicht = BelegimportView::aus(&unversioniert(fertig.zustand), sprache);
    let zeilen = |z: &[Belegimportzeile]| z.iter().map(|z| Belegimportzeilensicht::aus(z, sprache)).collect();
    sicht.fehlerzeilen = Some(zeilen(&auszug.fehler));
    sicht.hinweiszeilen = Some(zeilen(&auszug.hinweise));
    sicht.auszug = Some(Belegimportauszug::neu(&zahlen, auszug.fehler.len(), auszug.hinweise.len()));
    a.schreibe(Verlangt::NICHTS, h.sha256.as_bytes(), move |_| crate::http::ablauf::Antwort::gut(&sicht)).await
}
