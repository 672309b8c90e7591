# syntax=docker/dockerfile:1

# Dependencies are built in a layer of their own, so that a change of the
# program does not build typst again.
FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock rust-toolchain.toml ./
RUN mkdir -p src benches tests examples/sample \
 && echo '//! placeholder' > src/lib.rs \
 && echo 'fn main() {}' > src/main.rs \
 && cp src/main.rs examples/sample/main.rs \
 && cp src/main.rs benches/pack.rs && cp src/main.rs benches/read.rs && cp src/main.rs benches/disclosure.rs \
 && cp src/main.rs tests/suite.rs \
 && cargo build --release --locked --bin boardpack
COPY src src
COPY templates templates
# cargo goes by time stamps: the real sources must be newer than the placeholders.
RUN touch src/lib.rs src/main.rs && cargo build --release --locked --bin boardpack

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin boardpack \
 && mkdir -p /etc/boardpack /var/lib/boardpack \
 && chown boardpack /var/lib/boardpack
COPY --from=build /build/target/release/boardpack /usr/local/bin/boardpack
# Templates and fonts are inside the program. The config is mounted here; the
# paths in it are relative to it unless they begin with a slash.
VOLUME ["/etc/boardpack", "/var/lib/boardpack"]
USER boardpack
# Health and metrics, within the container: publish the port, and listen on
# 0.0.0.0:9464, for a Prometheus outside.
ENV BOARDPACK__SERVER__LISTEN=127.0.0.1:9464
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m \
  CMD ["/usr/local/bin/boardpack", "--config", "/etc/boardpack", "healthcheck", "--live"]
# SIGTERM lets the packs in hand end: give the container 90 seconds to stop.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/boardpack", "--config", "/etc/boardpack"]
CMD ["daemon"]
