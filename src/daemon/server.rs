//! Three pages for whoever watches the daemon: `/healthz`, `/readyz`, `/metrics`.
//!
//! None names a board or tells a figure, and none needs a password; they are
//! meant for loopback or for a network that only machines are on.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::health::{Health, Readiness};
use crate::telemetry::metrics::{self, metrics};

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("failed to listen on {address} (hint: `listen` under [server] says where; is another program there?)")]
pub struct ServerError {
    address: SocketAddr,
    source: std::io::Error,
}

/// The pages, as long as this is held.
pub struct Server {
    /// Where they are: the port that was given, or the one that was free.
    pub address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Server {
    /// Serves the pages at an address.
    pub async fn listen(address: SocketAddr, health: Arc<Health>) -> Result<Self, ServerError> {
        let error = |source| ServerError { address, source };
        let listener = TcpListener::bind(address).await.map_err(error)?;
        let address = listener.local_addr().map_err(error)?;
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, pages(health)).await {
                tracing::warn!(%error, "health and metrics are not served any more");
            }
        });
        tracing::info!(%address, "health and metrics are served");
        Ok(Self { address, serving })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn pages(health: Arc<Health>) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(|| async { ([(CONTENT_TYPE, metrics::CONTENT_TYPE)], metrics().text()) }))
        .with_state(health)
}

/// Whether the daemon lives: where it does not, it is to be started anew.
async fn healthz(State(health): State<Arc<Health>>) -> Response {
    match health.stuck() {
        None => answer(StatusCode::OK, "alive"),
        Some(why) => answer(StatusCode::SERVICE_UNAVAILABLE, &why),
    }
}

/// Whether packs can be made: where they cannot, somebody is to look.
async fn readyz(State(health): State<Arc<Health>>) -> Response {
    match health.readiness() {
        Readiness::Ready => answer(StatusCode::OK, "ready"),
        Readiness::Starting => answer(StatusCode::SERVICE_UNAVAILABLE, "starting"),
        Readiness::Not(why) => answer(StatusCode::SERVICE_UNAVAILABLE, &why),
    }
}

fn answer(status: StatusCode, text: &str) -> Response {
    (status, format!("{text}\n")).into_response()
}
