//! Query wrappers that remove most forks between the two backends.
use crate::verbindung::{DbConn, MultiBackend};
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable};
use diesel::sqlite::Sqlite;

/// `CAST(SUM(x) AS BIGINT)`: exact on both backends, and an overflow is an error on both. (diesel types SUM(BigInt) as
/// Numeric, which SQLite computes in floating point.)
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Summe<E>(pub E);
/// Exact sum of whole cents; NULL over no rows.
pub fn summe<E: Expression<SqlType = BigInt>>(e: E) -> Summe<E> {
    Summe(e)
}
impl<E: Expression<SqlType = BigInt>> Expression for Summe<E> {
    type SqlType = Nullable<BigInt>;
}
impl<E, G> ValidGrouping<G> for Summe<E> {
    type IsAggregate = is_aggregate::Yes;
}
impl<E: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for Summe<E> where Self: Expression {}
impl<E, QS> SelectableExpression<QS> for Summe<E>
where
    Self: AppearsOnTable<QS>,
    E: SelectableExpression<QS>,
{
}
impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Summe<E> {
    fn walk_ast<'b>(&'b self, mut o: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        o.push_sql("CAST(SUM(");
        self.0.walk_ast(o.reborrow())?;
        o.push_sql(") AS BIGINT)");
        Ok(())
    }
}

/// Appends FOR UPDATE to a SELECT on PostgreSQL. On SQLite the IMMEDIATE transaction already holds the only write lock.
#[derive(Debug, Clone, Copy)]
pub struct Gesperrt<Q>(pub Q);
impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Gesperrt<Q> {
    fn walk_ast<'b>(&'b self, mut o: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(o.reborrow())?;
        o.push_sql(" FOR UPDATE");
        Ok(())
    }
}
impl<Q: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Gesperrt<Q> {
    fn walk_ast<'b>(&'b self, o: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.0.walk_ast(o)
    }
}
impl<Q> QueryFragment<MultiBackend> for Gesperrt<Q>
where
    Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, o: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, o)
    }
}
impl<Q: QueryId> QueryId for Gesperrt<Q> {
    type QueryId = Gesperrt<Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}
impl<Q: Query> Query for Gesperrt<Q> {
    type SqlType = Q::SqlType;
}
impl<Q, C> RunQueryDsl<C> for Gesperrt<Q> {}
/// A SELECT whose rows can be locked.
pub trait Sperrbar: Sized {
    /// Locks the selected rows until the end of the transaction.
    fn zeile_sperren(self) -> Gesperrt<Self> {
        Gesperrt(self)
    }
}
impl<F, S, D, W, O, L, G, H, LC> Sperrbar
    for diesel::internal::table_macro::SelectStatement<F, S, D, W, O, L, G, H, LC>
{
}

/// Runs a query that both backends can do although their common subset cannot (ON CONFLICT).
#[derive(Debug, Clone, Copy)]
pub struct Beide<Q>(pub Q);
impl<Q: QueryFragment<Pg> + QueryFragment<Sqlite>> QueryFragment<MultiBackend> for Beide<Q> {
    fn walk_ast<'b>(&'b self, o: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, o)
    }
}
impl<Q: QueryId> QueryId for Beide<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}
impl<Q: Query> Query for Beide<Q> {
    type SqlType = Q::SqlType;
}
impl<Q> RunQueryDsl<DbConn> for Beide<Q> {}

/// The body is compiled once per backend and sees the concrete connection: batch inserts, unions and hot paths.
#[macro_export]
macro_rules! je_backend {
    ($c:expr, $x:ident => $body:expr) => {
        match $c {
            $crate::verbindung::DbConn::Postgres($x) => $body,
            $crate::verbindung::DbConn::Sqlite($x) => $body,
        }
    };
}
