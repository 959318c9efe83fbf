# syntax=docker/dockerfile:1
# Images of all executables, one target each:
#   docker build --target node -t akkasockets/node:0.1.0 .
#   docker build --target lighthouse -t akkasockets/lighthouse:0.1.0 .
#   docker build --target pbm -t akkasockets/pbm:0.1.0 .
# The run-time images are chiselled: no shell, no package manager, a user without rights. Their root file system can be read-only; /tmp,
# where it is writable, holds the runtime's diagnostics sockets.
ARG DOTNET_VERSION=10.0

# Built on the builder's own architecture, whatever the image is for: the compiler knows the others.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble AS build
WORKDIR /source
# CI restores what the lock files say and nothing else, and keeps paths of this machine out of the assemblies.
ENV CI=true \
    DOTNET_NOLOGO=1 \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
COPY global.json Directory.Build.props Directory.Packages.props akka.hocon ./
COPY src/ src/
# The node's playground brings it along.
COPY clients/js/akkasockets.js clients/js/

# Compiled ahead of time (ReadyToRun), since a pod that starts is a pod that users wait for. Old builders do not say TARGETARCH.
FROM build AS publish-node
ARG TARGETARCH
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages,sharing=locked \
    dotnet publish src/Node/Node.csproj --configuration Release --arch ${TARGETARCH:-amd64} --no-self-contained --output /out -p:UseAppHost=false -p:PublishReadyToRun=true

FROM build AS publish-lighthouse
ARG TARGETARCH
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages,sharing=locked \
    dotnet publish src/Lighthouse/Lighthouse.csproj --configuration Release --arch ${TARGETARCH:-amd64} --no-self-contained --output /out -p:UseAppHost=false -p:PublishReadyToRun=true

FROM build AS publish-pbm
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages,sharing=locked \
    dotnet publish src/Pbm/Pbm.csproj --configuration Release --output /out -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION}-noble-chiseled AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.vendor="The AkkaSockets authors" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.base.name="mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled"
# gcServer=0: what fills a node is idle sockets, and on the one to four cores of a pod the workstation collector holds them in the least
# memory. Its concurrent collections keep pauses far below the cluster's heartbeat pause (akka.hocon).
# GCHeapHardLimitPercent is hexadecimal, 0x3C = 60 % of the container's memory limit, below the runtime's own 75: the kernel's socket
# buffers count into the same limit, and a collection must come before the kernel's kill.
# GCConserveMemory=5: full collections compact a heap that is half holes, as one is after a crowd of sockets has left.
ENV DOTNET_gcServer=0 \
    DOTNET_gcConcurrent=1 \
    DOTNET_GCHeapHardLimitPercent=3C \
    DOTNET_GCConserveMemory=5 \
    DOTNET_NOLOGO=1
WORKDIR /app
# The image's own user without rights, by number: Kubernetes can't tell of a name whether it is root.
USER 1654:1654

# Members take commands on their loopback alone, so that pbm is beside them: kubectl exec node-0 -- dotnet /pbm/AkkaSockets.Pbm.dll cluster show
FROM runtime AS lighthouse
LABEL org.opencontainers.image.title="AkkaSockets Lighthouse" \
      org.opencontainers.image.description="The seed node of an AkkaSockets cluster: a member with a stable address and without users."
COPY --from=publish-pbm /out /pbm/
COPY --from=publish-lighthouse /out ./
EXPOSE 4053
ENTRYPOINT ["dotnet", "AkkaSockets.Lighthouse.dll"]

FROM runtime AS pbm
LABEL org.opencontainers.image.title="AkkaSockets pbm" \
      org.opencontainers.image.description="The command line for looking into a running AkkaSockets cluster."
COPY --from=publish-pbm /out ./
ENTRYPOINT ["dotnet", "AkkaSockets.Pbm.dll"]

# The last, so that a build without --target makes the server.
FROM runtime AS node
LABEL org.opencontainers.image.title="AkkaSockets Node" \
      org.opencontainers.image.description="A WebSocket server whose users keep their sockets and their messages while nodes come and go."
COPY --from=publish-pbm /out /pbm/
COPY --from=publish-node /out ./
EXPOSE 8080 8081 4054
ENTRYPOINT ["dotnet", "AkkaSockets.Node.dll"]
