# syntax=docker/dockerfile:1
# Three images from one build: manager (the operator), frontdoor and crm.
#   docker build --target manager   -t salexops/manager:dev .
#   docker build --target frontdoor -t salexops/frontdoor:dev .
#   docker build --target crm       -t salexops/crm:dev .
# Each holds one static binary and nothing else: no shell, no package manager.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=dev
ENV CGO_ENABLED=0
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    for name in manager frontdoor crm; do \
      go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/$name ./cmd/$name || exit 1; \
    done && \
    mkdir -p /out/tmp && chmod 1777 /out/tmp

FROM scratch AS base
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/tmp /tmp
USER 65532:65532

FROM base AS manager
COPY --from=build /out/manager /manager
ENTRYPOINT ["/manager"]

FROM base AS frontdoor
COPY --from=build /out/frontdoor /frontdoor
EXPOSE 8080
ENTRYPOINT ["/frontdoor"]

FROM base AS crm
COPY --from=build /out/crm /crm
EXPOSE 8080 9090
ENTRYPOINT ["/crm"]
