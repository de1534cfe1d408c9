# One image for the three services and the gateway; the command chooses.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --omit=optional
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY apps apps
COPY libs libs
# The verifier in one file is for those who hold a bundle, not for the services.
RUN npx nest build && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# A volume that is made here belongs to the user of the services.
RUN install -d -o node -g node -m 0700 /var/lib/corridor-watch/log
USER node
# The image's own Node, so that signals reach the service without a shell or npm in between.
# The heap is bounded so that a service stays within 256 MB; nothing in it grows with the number of statements.
ENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps", "--max-old-space-size=192", "--max-semi-space-size=8"]
CMD ["dist/apps/gateway/src/main.js"]
