//! Bodies nobody wants. actix keeps a connection open, without any limit, until the rest of a chunked body has come
//! that its handler dropped. Held until the answer is out, it counts as unread, and the connection is closed.

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// A body that is read through one hand and held by the other.
#[derive(Clone)]
pub struct Gehalten(Rc<RefCell<Payload>>);

impl Stream for Gehalten {
    type Item = Result<Bytes, PayloadError>;
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(cx)
    }
}

/// Takes hold of the body of a request; only a chunked one has no end of its own.
pub fn halte(req: &mut ServiceRequest) -> Option<Gehalten> {
    req.headers().contains_key(TRANSFER_ENCODING).then(|| {
        let gehalten = Gehalten(Rc::new(RefCell::new(req.take_payload())));
        req.set_payload(Payload::Stream { payload: Box::pin(gehalten.clone()) });
        gehalten
    })
}

/// An answer that holds the body of its request until it is sent.
struct Antwort {
    koerper: BoxBody,
    _gehalten: Gehalten,
}

impl MessageBody for Antwort {
    type Error = <BoxBody as MessageBody>::Error;
    fn size(&self) -> BodySize {
        self.koerper.size()
    }
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.koerper).poll_next(cx)
    }
}

/// Lets the answer hold it from here on.
pub fn bis_zur_antwort(res: ServiceResponse<BoxBody>, gehalten: Option<Gehalten>) -> ServiceResponse<BoxBody> {
    match gehalten {
        None => res,
        Some(g) => res.map_body(|_, koerper| Antwort { koerper, _gehalten: g }.boxed()),
    }
}
