//! What kinds that speak HTTP have in common: how they are declared, the client, one
//! exchange and what its outcome means.
//!
//! | file | story |
//! |---|---|
//! | [`settings`] | the keys that every such kind has |
//! | [`sign_in`] | who the service says that it is |
//! | `client` | deadlines, certificates, proxies, where a redirect may lead |
//! | `exchange` | a request and its answer, or why there is none |
//! | `download` | an answer's body, hashed as it comes and never more than the limit |
//! | `ends` | until when certificates hold |
//! | [`private`] | addresses that a public server may not send to |

pub(super) mod client;
pub(super) mod download;
pub(super) mod ends;
pub(super) mod exchange;
pub mod private;
pub mod settings;
pub mod sign_in;

pub use settings::HttpSettings;
pub use sign_in::SignIn;
